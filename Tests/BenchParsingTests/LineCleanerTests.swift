import Testing

@testable import BenchParsing

struct `A line cleaner` {
  private static func clean(_ line: String) -> String {
    var cleaner = LineCleaner()
    Array(line.utf8).withUnsafeBufferPointer { cleaner.clean($0) }
    return String(decoding: cleaner.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("\u{1b}[1;31m[WARN]\u{1b}[0m 1.1", "[WARN] 1.1"), ("#033[1;31m[WARN]#033[0m", "[WARN]"),
    ("^[[1;31m[WARN]^[[0m", "[WARN]"), ("\\u001b[1;31m[WARN]\\u001B[0m", "[WARN]"),
    ("\\x1b[31m[WARN]\\x1B[m", "[WARN]"), ("\\033[31m[WARN]\\033[0m", "[WARN]"),
    ("\\e[31m[WARN]\\e[0m", "[WARN]"), ("\u{1b}(Bx", "x"), ("\u{1b}]0;title\u{7}x", "x"),
    ("\u{1b}]0;title", ""), ("\u{1b}[31", ""), ("\u{1b}", ""), ("a\u{1b}", "a"), ("\u{1b}c", ""),
    ("\u{1b}[2K\u{1b}[1Gx", "x"), ("\u{1b}[?25lx", "x"),
  ])
  func `drops escape sequences`(line: String, clean: String) {
    #expect(Self.clean(line) == clean)
  }

  @Test(arguments: [
    ("#033", "#033"), ("#033[", "#033["), ("^[", "^["), ("^[[", "^[["), ("\\e", "\\e"),
    ("\\x1b", "\\x1b"),
    ("C:\\temp", "C:\\temp"), ("[0m", "[0m"),
  ])
  func `keeps what only looks like one`(line: String, clean: String) {
    #expect(Self.clean(line) == clean)
  }

  @Test(arguments: [
    ("CORP\u{7}lice", "CORP\\alice"), ("a\u{8}c", "a\\bc"), ("a\u{b}c", "a\\vc"),
    ("a\u{c}c", "a\\fc"),
    ("a\tc", "a c"), ("a\u{0}c", "ac"), ("a\u{7f}c", "ac"), ("a\u{1}c", "ac"),
    ("ünïcode", "ünïcode"),
  ])
  func `turns control characters back`(line: String, clean: String) {
    #expect(Self.clean(line) == clean)
  }

  @Test(arguments: [
    ("    \"[WARN] 1.1\",", "[WARN] 1.1"), ("\"[WARN] \\u001b[0m1.1\"", "[WARN] 1.1"),
    ("\"a\\\\b \\\"c\\\"\"", "a\\b \"c\""), ("\"\\u00fc\"", "ü"), ("\"\\u12\"", "\\u12"),
    ("\"", "\""),
    ("\",", "\","), ("\"\"", ""), ("say \"x\"", "say \"x\""), ("\"a\\\"", "a\\"),
  ])
  func `takes a line out of its quotes`(line: String, clean: String) {
    #expect(Self.clean(line) == clean)
  }

  @Test func `drops blanks at the end`() {
    #expect(Self.clean("  a   ") == "  a")
    #expect(Self.clean("   ").isEmpty)
  }
}
