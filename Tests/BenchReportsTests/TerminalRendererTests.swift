import Testing

@testable import BenchReports

struct `A terminal renderer` {
  private static func render(_ document: Document, width: Int, hasColor: Bool = false) -> [String] {
    TerminalRenderer(width: width, hasColor: hasColor).render(document)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test(arguments: 60...130)
  func `keeps every line within the width`(width: Int) {
    let documents = [
      RunReport.show(Sample.base, Sample.findings, title: "All findings", Sample.judgement),
      ComparisonReport.document(
        Sample.base, Sample.head, Sample.comparison, isVerbose: true),
    ]
    for document in documents {
      for line in Self.render(document, width: width) { #expect(line.columns <= width, "\(line)") }
    }
  }

  @Test(arguments: [80, 100, 120])
  func `keeps a list of runs within the width`(width: Int) {
    let documents = [
      RunReport.list(Sample.runs), ImportReport.document(Sample.imported, isDryRun: false),
    ]
    for document in documents {
      for line in Self.render(document, width: width) { #expect(line.columns <= width, "\(line)") }
    }
  }

  @Test func `breaks a line between words and a word only where it must`() {
    var document = Document()
    document.paragraph(.init("one two three four five six seven eight nine ten"))
    document.paragraph(.init(Untrusted(String(repeating: "x", count: 90))))
    #expect(
      Self.render(document, width: 40) == [
        "one two three four five six seven eight", "nine ten", String(repeating: "x", count: 40),
        String(repeating: "x", count: 40), String(repeating: "x", count: 10),
      ])
  }

  @Test func `counts wide characters as two columns`() {
    var document = Document()
    document.paragraph(.init(Untrusted(String(repeating: "漢", count: 30))))
    #expect(Self.render(document, width: 41).map(\.count) == [20, 10])
    document = Document()
    document.table(
      [Document.Column("a"), Document.Column("b")],
      [[[.init(Untrusted("漢字"))], [.init("x")]], [[.init("abcd")], [.init("x")]]])
    #expect(Self.render(document, width: 80) == ["a     b", "漢字  x", "abcd  x"])
  }

  @Test func `aligns columns and folds cells`() {
    var document = Document()
    document.table(
      [Document.Column("name", isFlexible: true), Document.Column("count", isRightAligned: true)],
      [
        [[.init("a few words that are longer than the terminal")], [.init("7")]],
        [[.init("b")], [.init("1234567")]],
      ])
    let lines = Self.render(document, width: 40)
    #expect(lines.allSatisfy { $0.columns <= 40 })
    #expect(lines.first?.hasSuffix("count") == true)
    #expect(lines.last?.hasSuffix("1234567") == true)
    #expect(lines.count == 4)
  }

  @Test func `leaves out a table without rows`() {
    var document = Document()
    document.table([Document.Column("a")], [])
    #expect(Self.render(document, width: 80).isEmpty)
  }

  @Test func `indents what follows a bullet`() {
    var document = Document()
    document.bullet([.init("one two three four five six seven eight nine")])
    #expect(
      Self.render(document, width: 40) == ["  one two three four five six seven", "    eight nine"])
  }

  @Test func `colours only where it may`() {
    var document = Document()
    document.paragraph(.init("bad", .bad), .init(" plain"))
    #expect(Self.render(document, width: 80, hasColor: true) == ["\u{1b}[31mbad\u{1b}[0m plain"])
    #expect(Self.render(document, width: 80) == ["bad plain"])
  }

  @Test func `sets a heading apart`() {
    var document = Document()
    document.heading(.init("One"))
    document.paragraph(.init("text"))
    document.heading(.init("Two"))
    #expect(Self.render(document, width: 80) == ["One", "text", "", "Two"])
  }

  @Test func `breaks a slug behind a hyphen, and never within a word that fits`() {
    var document = Document()
    document.table(
      [Document.Column("control", isFlexible: true), Document.Column("x")],
      [[[.init("container-bind-specific-interface")], [.init(String(repeating: "x", count: 20))]]])
    #expect(
      Self.render(document, width: 40) == [
        "control             x", "container-bind-     xxxxxxxxxxxxxxxxxxxx", "specific-interface",
      ])
    document = Document()
    document.paragraph(
      .init(Untrusted("registry.example.com:5000/platform/web-frontend:2024.04.0")))
    #expect(
      Self.render(document, width: 40) == [
        "registry.example.com:5000/platform/web-", "frontend:2024.04.0",
      ])
  }

  @Test func `leaves out what it may, and says so`() {
    var document = Document()
    let cell = { (letter: String) -> Document.Line in [.init(String(repeating: letter, count: 15))]
    }
    document.table(
      [
        Document.Column("one"), Document.Column("two", spare: 2), Document.Column("three"),
        Document.Column("four", spare: 1),
      ], [[cell("a"), cell("b"), cell("c"), cell("d")]])
    #expect(
      Self.render(document, width: 40) == [
        "one              three", "aaaaaaaaaaaaaaa  ccccccccccccccc",
        "Not shown in 40 columns: two, four.",
      ])
    #expect(
      Self.render(document, width: 50) == [
        "one              three            four",
        "aaaaaaaaaaaaaaa  ccccccccccccccc  ddddddddddddddd", "Not shown in 50 columns: two.",
      ])
    #expect(Self.render(document, width: 80).count == 2)
  }

  @Test func `has lines of their own in a cell`() {
    var document = Document()
    document.table(
      [Document.Column(""), Document.Column("", isFlexible: true)],
      [[[.init("high")], [.init("A title"), .lineBreak, .init("+ "), .init(Untrusted("web"))]]])
    #expect(Self.render(document, width: 80) == ["high  A title", "      + web"])
    #expect(MarkdownRenderer().render(document).hasSuffix("| high | A title<br>+ web |\n"))
    #expect(HTMLRenderer().render(document).html.contains("A title<br>+ web</td>"))
  }

  @Test func `lists the cells of a table with more columns than fit`() {
    var document = Document()
    let numbers = 1...14
    document.table(
      numbers.map { Document.Column("c\($0)") }, [numbers.map { [.init("value\($0)")] }])
    #expect(Self.render(document, width: 40) == numbers.map { "c\($0): value\($0)" })
  }

  @Test func `has stand-ins where the locale has only ASCII`() {
    var document = Document()
    document.paragraph(.init("1 → 2, 3 × 4 "), .init(Untrusted("büro → 漢")))
    document.chart(
      Chart(
        "open", unit: "", times: [0, 86_400, 172_800],
        series: [Chart.Series("all", .plain, [0, nil, 7])]))
    let text = TerminalRenderer(width: 80, hasColor: false, isUTF8: false).render(document)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "1 -> 2, 3 x 4 b\\u{fc}ro \\u{2192} \\u{6f22}")
    #expect(lines.last?.hasPrefix("all   _.#") == true)
  }
}
