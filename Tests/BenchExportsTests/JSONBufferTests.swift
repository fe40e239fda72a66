import Foundation
import Testing

@testable import BenchExports

struct `A buffer of JSON` {
  @Test(arguments: [
    ("", "\"\""), ("plain text of some length", "\"plain text of some length\""),
    ("say \"hi\"", "\"say \\\"hi\\\"\""), ("CORP\\alice", "\"CORP\\\\alice\""),
    ("a\nb\tc\rd", "\"a\\nb\\tc\\rd\""), ("</script>", "\"\\u003c/script>\""),
    ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\\u007f\""), ("äöü 😀 ß", "\"äöü 😀 ß\""),
    ("a\u{202e}b\u{e0001}", "\"a\\u202eb\\udb40\\udc01\""),
  ])
  func `escapes what a reader could take for more than text`(text: String, json: String) {
    var buffer = JSONBuffer()
    buffer.append(quoted: text)
    #expect(buffer.text == json)
  }

  @Test func `escapes at any place of a text`() throws {
    for scalar in ["\"", "\\", "<", "\n", "\u{7f}", "ä", "\u{202e}", "\u{80}"] {
      for place in 0..<20 {
        let text = String(repeating: "x", count: place) + scalar + "yz!~"
        var buffer = JSONBuffer()
        buffer.append(quoted: text)
        #expect(!buffer.text.utf8.contains(0x3C) && !buffer.text.utf8.contains(0x0A))
        #expect(
          try JSONDecoder().decode([String].self, from: Data("[\(buffer.text)]".utf8)) == [text])
      }
    }
  }

  @Test func `writes numbers`() {
    var buffer = JSONBuffer()
    for number in [0, 9, 10, -1, Int.max, Int.min] { [number].writeJSON(to: &buffer) }
    #expect(buffer.text == "[0][9][10][-1][\(Int.max)][\(Int.min)]")
  }

  @Test func `hands on pieces once they are worth it`() throws {
    var (buffer, pieces) = (JSONBuffer(), [String]())
    buffer.append(raw: "x")
    try buffer.flush { pieces.append($0) }
    #expect(pieces.isEmpty)
    buffer.append(raw: String(repeating: "y", count: 1 << 16))
    try buffer.flush { pieces.append($0) }
    #expect(pieces.map(\.utf8.count) == [65_537])
    #expect(buffer.isEmpty)
  }
}
