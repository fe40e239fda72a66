import Testing

@testable import BenchReports

struct `A Markdown renderer` {
  private static func render(_ build: (inout Document) -> Void) -> String {
    var document = Document()
    build(&document)
    return MarkdownRenderer().render(document)
  }

  @Test func `writes headings, paragraphs and bullets apart`() {
    let text = Self.render {
      $0.heading(.init("One"))
      $0.paragraph(.init("text"))
      $0.bullet([.init("a")])
      $0.bullet([.init("b")])
      $0.paragraph(.init("more"))
    }
    #expect(text == "## One\n\ntext\n\n- a\n- b\n\nmore\n")
  }

  @Test func `writes a table`() {
    let text = Self.render {
      $0.table(
        [Document.Column("name"), Document.Column("count", isRightAligned: true)],
        [[[.init("a|b")], [.init("1")]], [[.init("c")]]])
    }
    #expect(text == "| name | count |\n| --- | ---: |\n| a\\|b | 1 |\n| c |  |\n")
  }

  @Test func `writes what is strong without its blanks`() {
    let text = Self.render {
      $0.paragraph(.init("a"), .init(" b ", .strong), .init("c", .bad), .init(" ", .strong))
    }
    #expect(text == "a **b** c \n")
  }

  @Test(arguments: [1, 3, 6, 0, 9])
  func `has headings of a level`(level: Int) {
    var document = Document()
    document.heading(.init("x"))
    let marks = MarkdownRenderer(level: level).render(document).prefix { $0 == "#" }.count
    #expect(marks == min(max(level, 1), 6))
  }

  @Test(arguments: [
    ("web-1", "web-1"), ("a_b", "a_b"), ("_a_", "\\_a\\_"), ("<b>", "&lt;b>"),
    ("&amp;", "&amp;amp;"),
    ("a & b", "a & b"), ("[a](b)", "[a\\](b)"), ("[FAIL] 2.1 (Scored)", "[FAIL] 2.1 (Scored)"),
    ("[a]: b", "[a\\]: b"), ("[a]", "[a\\]"), ("[ ] a", "\\[ ] a"), ("`x`", "\\`x\\`"),
    ("a|b", "a|b"),
    ("@me", "<span>@</span>me"), ("#1", "<span>#</span>1"),
    (" # a", " \\# a"), ("  1. a", "  1\\. a"), ("# a", "\\# a"), ("a # b", "a # b"),
    ("- a", "\\- a"),
    ("-a", "-a"), ("1. a", "1\\. a"), ("1.10 a", "1.10 a"), ("> a", "\\> a"), ("a > b", "a > b"),
    ("http://a.b", "http&#58;//a.b"), ("a:b", "a:b"), ("www.a.b", "www&#46;a.b"),
    ("WWW.a", "WWW&#46;a"), ("\n", "\\u{a}"), ("\u{1b}[0m", "\\u{1b}[0m"),
    ("![a](b)", "\\![a\\](b)"), ("~~a~~", "\\~\\~a\\~\\~"), ("$x$", "\\$x\\$"),
    ("a@b.c", "a<span>@</span>b.c"), ("C:\\x", "C:\\x"), ("C:\\_x", "C:\\\\\\_x"),
    ("{+a+}", "\\{+a+}"),
    ("漢🐳", "漢🐳"), ("", ""),
  ])
  func `escapes what a name could mean, and no more`(name: String, text: String) {
    #expect(Untrusted(name).forMarkdown() == text)
  }

  @Test(arguments: ["# a", "- a", "+ a", "> a", "1. a", "="])
  func `begins no block in a cell`(text: String) {
    #expect(Untrusted(text).forMarkdown(isCell: true) == text)
  }

  @Test(arguments: [("a", "`a`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a|b", "`a\\|b`")])
  func `shows code to the letter`(code: String, text: String) {
    let shown = Self.render {
      $0.table([Document.Column("x")], [[[.init(Untrusted(code), .code)]]])
    }
    #expect(shown == "| x |\n| --- |\n| \(text) |\n")
  }

  @Test func `escapes a pipe where it would end a cell`() {
    #expect(Untrusted("a|b").forMarkdown(isCell: true) == "a\\|b")
  }
}

struct `A chart` {
  @Test(
    arguments: [
      ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"), ([7, 0], "█▁"), ([5, 5, 5], "▄▄▄"), ([0, 0], "▁▁"),
      ([nil, 1, nil, 2], "·▁·█"), ([nil, nil], "··"), ([], ""), ([3], "▄"), ([-1, 1], "▁█"),
    ] as [([Double?], String)])
  func `is a line of bars`(values: [Double?], bars: String) {
    #expect(Chart.Series("a", .plain, values).sparkline(width: 10) == bars)
  }

  @Test func `shows the last of the values that fall on one place`() {
    let series = Chart.Series("a", .plain, (0..<100).map { Double($0) })
    #expect(series.sparkline(width: 4) == "▁▃▆█")
    #expect(series.sparkline(width: 0) == "▄")
    #expect(series.sparkline(width: 8).count == 8)
  }

  @Test(
    arguments: [
      (0, "0"), (1, "1"), (1.25, "1.3"), (66.666, "66.7"), (100, "100"), (-0.5, "-0.5"),
      (0.04, "0"), (99.96, "100"), (1e20, "?"), (.infinity, "?"), (.nan, "?"),
    ] as [(Double, String)])
  func `writes a value with no more digits than it needs`(value: Double, text: String) {
    #expect(Chart.Series.text(value) == text)
  }

  @Test func `is left out with one place`() {
    var document = Document()
    document.chart(Chart("a", unit: "", times: [1], series: [Chart.Series("a", .plain, [1])]))
    #expect(document.blocks.isEmpty)
  }
}
