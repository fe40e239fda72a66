import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport
import Testing

struct `A report` {
  private static func render(_ document: Document, width: Int = 80, hasColor: Bool = false)
    -> String
  {
    TerminalRenderer(width: width, hasColor: hasColor).render(document)
  }

  private static func show(_ run: RunSummary) -> Document {
    RunReport.show(run, Sample.findings, title: "All findings", Sample.judgement)
  }

  private static let stillOpen = Sample.findings.map {
    StillOpen(finding: $0, run: Sample.other)
  }

  private static func compare(isVerbose: Bool) -> Document {
    ComparisonReport.document(
      Sample.base, Sample.head, Sample.comparison, isVerbose: isVerbose)
  }

  private static func explained() throws -> [ExplainedControl] {
    try ["swarm-secrets-used", "daemon-rootless"].map { id in
      ExplainedControl(try #require(Catalog.embedded.controls.control(id)), Policy())
    }
  }

  @Test func `lists runs`() {
    expectSnapshot(Self.render(RunReport.list(Sample.runs)), "list.txt")
  }

  @Test func `lists runs in a wide terminal`() {
    expectSnapshot(Self.render(RunReport.list(Sample.runs), width: 1_000), "list-wide.txt")
  }

  @Test func `shows a run`() {
    expectSnapshot(Self.render(Self.show(Sample.base)), "show.txt")
  }

  @Test func `shows a run in colour`() {
    expectSnapshot(Self.render(Self.show(Sample.head), hasColor: true), "show-color.txt")
  }

  @Test func `shows a run without findings`() {
    let document = RunReport.show(Sample.other, [], title: "What fails", Sample.judgement)
    expectSnapshot(Self.render(document), "show-none.txt")
  }

  @Test func `compares runs`() {
    expectSnapshot(Self.render(Self.compare(isVerbose: false)), "compare.txt")
  }

  @Test func `compares runs in full`() {
    expectSnapshot(Self.render(Self.compare(isVerbose: true)), "compare-verbose.txt")
  }

  @Test func `tells what an import did`() {
    expectSnapshot(
      Self.render(ImportReport.document(Sample.imported, isDryRun: true)), "import.txt")
  }

  @Test func `tells what a large import did`() {
    let runs = Array(repeating: Sample.imported, count: 9).joined()
    expectSnapshot(
      Self.render(ImportReport.document(Array(runs), isDryRun: false)), "import-many.txt")
  }

  @Test func `explains controls`() throws {
    expectSnapshot(Self.render(ExplainReport.document(try Self.explained())), "explain.txt")
  }

  @Test func `explains an id`() {
    let meanings = Catalog.embedded.editions.meanings(of: "5.1")
    expectSnapshot(Self.render(ExplainReport.document(id: "5.1", meanings)), "explain-id.txt")
  }

  @Test func `has a document for programs`() throws {
    expectSnapshot(try JSONText.encode(RunsJSON(Sample.runs)), "list.json")
    expectSnapshot(try JSONText.encode(ShowJSON(Sample.head, Sample.findings)), "show.json")
    expectSnapshot(
      try JSONText.encode(ComparisonJSON(Sample.base, Sample.head, Sample.comparison)),
      "compare.json")
    expectSnapshot(
      try JSONText.encode(ImportJSON(Sample.imported, [], Sample.problems, isDryRun: false)),
      "import.json")
    expectSnapshot(try JSONText.encode(ExplainJSON(Self.explained())), "explain.json")
  }

  @Test func `has nothing that a terminal could take for a command`() throws {
    var texts = [
      try JSONText.encode(RunsJSON(Sample.runs)),
      try JSONText.encode(ShowJSON(Sample.other, Sample.findings)),
      try JSONText.encode(ShowJSON(Sample.other, [], stillOpen: Self.stillOpen)),
      try JSONText.encode(ComparisonJSON(Sample.base, Sample.other, Sample.comparison)),
      try JSONText.encode(ImportJSON(Sample.imported, [], Sample.problems, isDryRun: false)),
    ]
    let documents = [
      RunReport.list(Sample.runs), Self.show(Sample.other), Self.compare(isVerbose: true),
      RunReport.show(
        Sample.other, [], title: "What fails", stillOpen: Self.stillOpen, Sample.judgement),
      ImportReport.document(Sample.imported, isDryRun: false),
    ]
    texts += documents.map { Self.render($0) } + documents.map { Self.render($0, width: 40) }
    for text in texts {
      #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
      #expect(!text.contains("\n[PASS] 1.1"))
    }
  }
}
