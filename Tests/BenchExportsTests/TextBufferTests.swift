import Foundation
import Testing

@testable import BenchExports

struct `A buffer of text` {
  @Test(arguments: [
    ("", "\"\""), ("plain text of some length", "\"plain text of some length\""),
    ("say \"hi\"", "\"say \\\"hi\\\"\""), ("CORP\\alice", "\"CORP\\\\alice\""),
    ("a\nb\tc\rd", "\"a\\nb\\tc\\rd\""), ("</script>", "\"\\u003c/script>\""),
    ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\\u007f\""), ("äöü 😀 ß", "\"äöü 😀 ß\""),
    ("a\u{202e}b\u{e0001}", "\"a\\u202eb\\udb40\\udc01\""),
  ])
  func `escapes what a reader could take for more than text`(text: String, json: String) {
    var buffer = TextBuffer()
    buffer.append(quoted: text)
    #expect(buffer.text == json)
  }

  @Test func `escapes at any place of a text`() throws {
    for scalar in ["\"", "\\", "<", "\n", "\u{7f}", "ä", "\u{202e}", "\u{80}"] {
      for place in 0..<20 {
        let text = String(repeating: "x", count: place) + scalar + "yz!~"
        var buffer = TextBuffer()
        buffer.append(quoted: text)
        #expect(!buffer.text.utf8.contains(0x3C) && !buffer.text.utf8.contains(0x0A))
        #expect(
          try JSONDecoder().decode([String].self, from: Data("[\(buffer.text)]".utf8)) == [text])
      }
    }
  }

  @Test func `writes numbers`() {
    var buffer = TextBuffer()
    for number in [0, 9, 10, -1, Int.max, Int.min] { [number].writeJSON(to: &buffer) }
    #expect(buffer.text == "[0][9][10][-1][\(Int.max)][\(Int.min)]")
  }

  @Test func `keeps gaps where they are in what it is appended to`() {
    var inner = TextBuffer()
    inner.append("b")
    inner.append(.line)
    inner.append("c")
    var outer = TextBuffer()
    outer.append(.host(0))
    outer.append("a")
    outer.append(inner)
    outer.append(.run(1))
    #expect(outer.text == "abc")
    #expect(outer.gaps.map(\.offset) == [0, 2, 3])
    #expect(outer.gaps.map(\.gap) == [.host(0), .line, .run(1)])
  }
}
