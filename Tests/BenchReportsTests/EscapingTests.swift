import BenchModel
import Testing

@testable import BenchReports

struct `An untrusted text` {
  @Test(arguments: [
    ("web-1", "web-1"), ("ünï 漢字 🐳", "ünï 漢字 🐳"), ("", ""), ("a b", "a b"), ("\\u{1b}", "\\u{1b}"),
    ("\u{1b}[31m", "\\u{1b}[31m"), ("a\u{9b}2J", "a\\u{9b}2J"),
    ("a\nb\r\tc", "a\\u{a}b\\u{d}\\u{9}c"),
    ("a\r\nb", "a\\u{d}\\u{a}b"),
    ("\u{0}\u{7f}", "\\u{0}\\u{7f}"), ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"),
    ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"), ("\u{200b}\u{feff}", "\\u{200b}\\u{feff}"),
    ("\u{2028}", "\\u{2028}"), ("\u{e0041}", "\\u{e0041}"), ("\u{61c}", "\\u{61c}"),
  ])
  func `is spelled out for a terminal`(raw: String, text: String) {
    #expect(Untrusted(raw).forTerminal == text)
  }

  @Test func `is cut in a cell where it is long, and keeps its end`() {
    let long = String(repeating: "a", count: 1_100) + "-7"
    let cut = Untrusted(long).forCell.forTerminal
    #expect(cut.unicodeScalars.count == Untrusted.mostInCell)
    #expect(cut.hasSuffix("aaa-7"))
    #expect(cut.contains("(1102 characters)"))
    #expect(Untrusted("web-1").forCell == Untrusted("web-1"))
    var document = Document()
    document.table([Document.Column("name", isFlexible: true)], [[[.item(long)]]])
    #expect(MarkdownRenderer().render(document).utf8.count < 400)
  }

  @Test(arguments: ["a\u{ad}b", "a\u{180e}b", "a\u{fe0f}b", "a\u{10fee9}b"])
  func `hides no character`(raw: String) {
    #expect(Untrusted(raw).forTerminal.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `has no control character afterwards`() {
    for value in UInt32(0)...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = Untrusted("a" + String(Character(scalar)) + "b").forTerminal
      #expect(!text.unicodeScalars.contains { $0.isUnsafe })
      #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
  }

  @Test(arguments: [
    ("abc", 3), ("ünï", 3), ("漢字", 4), ("🐳", 2), ("e\u{301}", 1), ("ｗｅｂ", 6), ("한글", 4), ("", 0),
    ("שלום", 4),
    ("✓", 1),
  ])
  func `takes columns`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }
}

struct `A document for programs` {
  private struct Value: Encodable {
    var text: String
  }

  @Test(arguments: [
    ("a", "a"), ("\u{1b}", "\\u001b"), ("\u{9b}", "\\u009b"), ("\u{202e}", "\\u202e"),
    ("\n", "\\n"),
    ("\u{e0041}", "\\udb40\\udc41"), ("/", "/"), ("\"\\", "\\\"\\\\"), ("漢🐳", "漢🐳"),
    ("\u{7f}", "\\u007f"),
  ])
  func `is safe to look at`(text: String, encoded: String) throws {
    #expect(try JSONText.encode(Value(text: text)) == "{\n  \"text\" : \"\(encoded)\"\n}\n")
  }
}
