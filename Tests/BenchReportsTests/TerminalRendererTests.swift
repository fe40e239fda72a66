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
}
