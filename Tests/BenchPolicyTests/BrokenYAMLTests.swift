import BenchPolicy
import Testing

struct `A broken file` {
  private static let table: [(text: String, line: Int, column: Int, kind: PolicyError.Kind)] = [
    ("version: 1\n\tgate: 1", 2, 1, .tab),
    ("gate:\n  unmapped: true: false", 2, 17, .syntax("unmapped: true: false")),
    ("version: 1\ngate: {unmapped: true\n", 2, 7, .syntax("gate: {unmapped: true")),
    ("version: 1\ngate: \"unmapped", 2, 7, .syntax("gate: \"unmapped")),
    ("waivers:\n- hosts: *", 2, 10, .unquotedStar),
    ("waivers:\n- hosts: [*web, b]", 2, 11, .unquotedStar),
    ("waivers:\n- items: *.example", 2, 10, .unquotedStar),
    ("hosts: &all [a]\ngate: *all", 1, 8, .anchor),
    ("version: 1\n---\nversion: 1", 2, 1, .severalDocuments),
    ("version: 1\r\nver\u{7}: 1", 2, 4, .controlCharacter(7)),
  ]

  @Test(arguments: table.indices)
  func `is told with its place and its kind`(number: Int) {
    let row = Self.table[number]
    let errors = PolicyFile(row.text).errors
    #expect(errors == [PolicyError(row.kind, at: .init(line: row.line, column: row.column))])
  }

  @Test func `is refused when it is too large, or not UTF-8`() {
    let large = [UInt8](repeating: 0x23, count: PolicyFile.sizeLimit + 1)
    #expect(PolicyFile(large).errors.map(\.kind) == [.tooLarge(limit: 1 << 20)])
    #expect(PolicyFile(Array(large.dropLast())).errors.isEmpty)
    #expect(PolicyFile([0x61, 0xFF]).errors.map(\.kind) == [.notUTF8])
  }

  @Test func `does not blow up where aliases multiply`() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for number in 1..<40 {
      let uses = Array(repeating: "*a\(number - 1)", count: 9).joined(separator: ", ")
      lines.append("a\(number): &a\(number) [\(uses)]")
    }
    for tail in ["", "\n? *a39\n: 1", "\n*a39 : 1", "\n? !t *a39\n: 1"] {
      let errors = PolicyFile(lines.joined(separator: "\n") + tail).errors
      #expect(errors.map(\.kind) == [.anchor])
    }
    for text in [
      "? !!seq &a [x]\n: {*a : 1}", "{a: [&a x],b: *a}", "- &a x\n- !!str\n  *a",
      "k:\n  &a x\nl:\n  *a",
    ] {
      #expect(PolicyFile(text).errors.map(\.kind) == [.anchor])
    }
  }

  @Test func `takes prose for no alias`() {
    let text = """
      waivers:
        - severity: low
          reason: R &D and *all* of Q & A
          owner: '&me and *you'
          hosts: "*"
      """
    #expect(PolicyFile(text).errors.isEmpty)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "- - - ? - "], [40, 900, 20_000])
  func `may be nested as deep as it likes`(part: String, count: Int) {
    let errors = PolicyFile(String(repeating: part, count: count)).errors
    #expect(!errors.isEmpty)
    let closed = String(repeating: "[", count: count) + String(repeating: "]", count: count)
    #expect(PolicyFile("gate: " + closed).errors.contains { $0.kind == .tooDeep })
  }

  @Test func `is not compared for ever where keys hold keys`() {
    let list = String(repeating: "x,", count: 400_000)
    for start in ["? ", "{? ", "{?", "{? !t ", "[? "] {
      let nested = String(repeating: start, count: 900)
      #expect(PolicyFile(nested + "[" + list).errors.map(\.kind) == [.keyIsNoText])
    }
    let patterns = (0..<50).map { "  - ?eb-\($0)\n" }.joined()
    let waiver = "waivers:\n- severity: low\n  reason: Why?\n  owner: o\n  hosts:\n"
    #expect(PolicyFile(waiver + patterns).errors.isEmpty)
  }

  @Test func `tells of repeated keys and of all else`() {
    let text = """
      gate:
        'unmapped': true
        unmapped: false
        unmapped: maybe
        compliance: 200
      gate: {}
      """
    #expect(PolicyFile(text).errors.map(\.line) == [3, 4, 5, 6])
    let many = (0..<100).map { "a\($0): 1\na\($0): 2\n" }.joined()
    let errors = PolicyFile(many).errors
    #expect(errors.count == 1)
    guard case .duplicateKey? = errors.first?.kind else {
      Issue.record("no duplicate key: \(errors)")
      return
    }
    #expect(PolicyFile("[a]: 1\n[a]: 2").errors.map(\.kind) == [.keyIsNoText])
  }

  @Test func `gives the same for any bytes of a file that is cut or changed`() {
    let bytes = Array(
      PolicyTemplate(compliance: 50, open: [:], hasUnmapped: true, hasIncomplete: false).text.utf8)
    for end in stride(from: 0, to: bytes.count, by: 61) {
      _ = PolicyFile(Array(bytes[..<end]))
      for byte in [0x00, 0x09, 0x22, 0x26, 0x2A, 0x3F, 0x5B, 0x7B, 0xFF] as [UInt8] {
        var changed = bytes
        changed[end] = byte
        _ = PolicyFile(changed)
      }
    }
  }
}
