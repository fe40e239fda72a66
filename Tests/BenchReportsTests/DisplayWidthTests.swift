import BenchTestSupport
import Testing

@testable import BenchReports

#if canImport(Glibc)
  import Glibc
#endif

struct `The width of a text` {
  @Test(arguments: [
    ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("👍🏽", 2), ("1️⃣", 2),
    ("각", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1100}\u{1100}", 4), ("ｱ", 1), ("ア", 2),
    ("क्षि", 3), ("กำ", 2), ("\u{2630}", 2), ("→", 1), ("▇", 1), ("a\u{301}\u{327}", 1),
    ("\u{1FAE9}", 2), ("𠀀", 2),
  ])
  func `counts what a terminal draws`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  #if canImport(Glibc)
    private typealias Width = @convention(c) (Int32) -> Int32

    /// What the C library says of characters in a locale of UTF-8; nil where there is no such locale.
    ///
    /// The locale is this thread's for as long as the body runs, and Swift has no name for the function.
    private static func withLibrary<Result>(_ body: (Width) -> Result) -> Result? {
      guard let symbol = dlsym(nil, "wcwidth"),
        let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
      else { return nil }
      let before = uselocale(locale)
      defer {
        _ = uselocale(before)
        freelocale(locale)
      }
      return body(unsafeBitCast(symbol, to: Width.self))
    }

    /// What the library has otherwise: it takes circled numbers on black for wide, and older ones don't have the width that
    /// Unicode 16.0 gave to trigrams, digrams, tetragrams and counting rods.
    private static func isKnownDifference(_ value: UInt32) -> Bool {
      switch value {
      case 0x3248...0x324F, 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF, 0x1171E,
        0x1D300...0x1D376:
        true
      default: false
      }
    }

    /// Characters that are as old as the oldest library in use: their width is the same in all.
    private static func isOld(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.age.map { $0.major <= 12 } ?? false
    }

    @Test func `is the C library's, of every character that it knows`() throws {
      let wrong = Self.withLibrary { width in
        (UInt32(0x20)...0x10FFFF).compactMap { Unicode.Scalar($0) }.filter { scalar in
          let own = Int(width(Int32(bitPattern: scalar.value)))
          return own >= 0 && own != scalar.columns && Self.isOld(scalar)
            && !Self.isKnownDifference(scalar.value)
        }
      }
      #expect(wrong ?? [] == [])
    }

    private static let parts = [
      "a", "b-c", "web", "-", "/", "漢字", "é", "e\u{301}", "한", "🐳", "a.b", "=", "--", "\u{1b}[31m",
      "registry.example.com:5000/platform/api:2024.04.0", "container-bind-specific-interface",
      "\u{1100}\u{1100}\u{1100}", "क्षि", ".........................................", "x",
    ]

    private static func line(_ generator: inout SeededGenerator) -> Document.Line {
      (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        if Int.random(in: 0...5, using: &generator) == 0 { return .lineBreak }
        let words = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          let blank = Int.random(in: 0...2, using: &generator) == 0 ? " " : ""
          return (parts.randomElement(using: &generator) ?? "") + blank
        }
        return Document.Span(Untrusted(words.joined()))
      }
    }

    private static func document(_ generator: inout SeededGenerator) -> Document {
      var document = Document()
      for _ in 0..<3 {
        document.paragraph(line(&generator))
        document.bullet(line(&generator))
        document.blocks.append(.heading(line(&generator)))
        document.blocks.append(.section(line(&generator)))
        let columns = (0..<Int.random(in: 1...16, using: &generator)).map { _ in
          Document.Column(
            ["", "title", "a longer title"].randomElement(using: &generator) ?? "",
            isFlexible: Bool.random(using: &generator),
            isRightAligned: Bool.random(using: &generator),
            spare: max(Int.random(in: -2...2, using: &generator), 0))
        }
        document.table(
          columns,
          (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            columns.map { _ in line(&generator) }
          })
      }
      return document
    }

    @Test(arguments: 0..<150 as Range<UInt64>)
    func `is never more than the terminal's in a report`(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      let document = Self.document(&generator)
      for width in [40, Int.random(in: 41...200, using: &generator)] {
        for isUTF8 in [true, false] {
          let text = TerminalRenderer(width: width, hasColor: false, isUTF8: isUTF8)
            .render(document)
          let lines = text.split(separator: "\n")
          let widest = Self.withLibrary { library in
            lines.map { line in
              line.unicodeScalars.reduce(0) { $0 + Int(library(Int32(bitPattern: $1.value))) }
            }.max()
          }
          #expect((widest ?? 0) ?? 0 <= width)
          if !isUTF8 { #expect(text.utf8.allSatisfy { $0 < 0x80 }) }
        }
      }
    }
  #endif
}
