import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchAnalysis
@testable import BenchReports

/// The reports on many runs; their snapshots are those of ``A report``.
struct `A report on many runs` {
  private static func text(_ document: Document, width: Int = 100) -> String {
    TerminalRenderer(width: width, hasColor: false).render(document)
  }

  private static func markdown(_ document: Document) -> String {
    MarkdownRenderer().render(document)
  }

  private static let one = TrendReport.document(
    Sample.trend, TrendReport.Options(host: "web-1", point: .run, limit: 15))

  private static func many(_ name: String = "web-1", limit: Int = 3) -> Document {
    TrendReport.document(
      Sample.fleetTrend(name), TrendReport.Options(host: nil, point: .days(1), limit: limit))
  }

  private static func fleet(_ name: String = "web-1") -> Document {
    FleetReport.document(Sample.fleet(name), limit: 2)
  }

  private static func matrix(_ name: String = "web-1", isVerbose: Bool = false) -> Document {
    let matrix = Sample.matrix(name)
    return MatrixReport.document(matrix.base, matrix.heads, isVerbose: isVerbose)
  }

  private static func imports(_ name: String = "web-1") -> Document {
    ImportReport.document(Sample.imported, Sample.imports(name), isDryRun: false)
  }

  @Test func `shows the trend of a host`() throws {
    expectSnapshot(Self.text(Self.one), "trend.txt")
    expectSnapshot(Self.markdown(Self.one), "trend.md")
    expectSnapshot(try JSONText.encode(TrendJSON(Sample.trend, host: "web-1")), "trend.json")
  }

  @Test func `shows the trend of a fleet`() {
    expectSnapshot(Self.text(Self.many()), "trend-fleet.txt")
  }

  @Test func `shows a trend of nothing`() {
    let document = TrendReport.document(
      Trend(window: 10, staleDays: 7, time: 0, catalog: .embedded),
      TrendReport.Options(host: nil, point: .days(1), limit: 5))
    #expect(Self.text(document) == "Trend of 0 hosts\nNo runs.\n")
  }

  @Test func `shows a gate that failed`() throws {
    let gate = Sample.gate("web-1")
    #expect(gate.isTripped)
    expectSnapshot(Self.text(GateReport.document(gate)), "gate.txt")
    expectSnapshot(Self.markdown(GateReport.document(gate)), "gate.md")
    expectSnapshot(GateReport.annotations(gate), "gate-github.txt")
    expectSnapshot(try JSONText.encode(GateJSON(gate)), "gate.json")
  }

  @Test func `shows a gate that is passed`() throws {
    #expect(!Sample.passed.isTripped)
    expectSnapshot(Self.text(GateReport.document(Sample.passed)), "gate-passed.txt")
    expectSnapshot(GateReport.annotations(Sample.passed), "gate-passed-github.txt")
    expectSnapshot(try JSONText.encode(GateJSON(Sample.passed)), "gate-passed.json")
  }

  @Test func `shows a fleet`() throws {
    expectSnapshot(Self.text(Self.fleet()), "fleet.txt")
    expectSnapshot(Self.markdown(Self.fleet()), "fleet.md")
    expectSnapshot(try JSONText.encode(FleetJSON(Sample.fleet("web-1"))), "fleet.json")
  }

  @Test func `shows a table of runs`() throws {
    expectSnapshot(Self.text(Self.matrix()), "matrix.txt")
    expectSnapshot(Self.text(Self.matrix(isVerbose: true)), "matrix-verbose.txt")
    expectSnapshot(Self.markdown(Self.matrix()), "matrix.md")
    let matrix = Sample.matrix("web-1")
    let json = try JSONText.encode(MatrixJSON(matrix.base.summary, matrix.heads))
    #expect(json.contains("benchtrail.matrix.v1"))
  }

  @Test func `shows what an import changed`() throws {
    expectSnapshot(Self.text(Self.imports()), "import-changes.txt")
    expectSnapshot(
      try JSONText.encode(
        ImportJSON(Sample.imported, Sample.imports("web-1"), [], isDryRun: false)),
      "import-changes.json")
  }

  @Test func `names the hosts that are new, or says why they can't be judged`() throws {
    let names = ["web-1"] + (2...12).map { "web-\($0)" }
    let report = Sample.firstRuns(names, .report)
    let text = Self.text(GateReport.document(report), width: 1_000)
    #expect(text.hasPrefix("Gate passed on 12 hosts\n"))
    #expect(
      text.contains("First run: web-1 (docker), web-2 (docker), ")
        && text.contains(" and 4 more hosts."))
    #expect(!text.contains("not measurable"))
    let annotations = GateReport.annotations(report).split(separator: "\n")
    #expect(annotations.count == 13)
    #expect(
      annotations.first?.hasPrefix("::notice title=benchtrail gate::web-1: first run of docker: ")
        == true)
    let pass = Sample.firstRuns(["web-1"], .pass)
    #expect(!Self.text(GateReport.document(pass)).contains("irst run"))
    #expect(GateReport.annotations(pass) == "::notice title=benchtrail gate::passed\n")
    let fail = Sample.firstRuns(["web-1"], .fail)
    let words = Self.text(GateReport.document(fail), width: 1_000)
    #expect(words.hasPrefix("Gate can't judge 1 of 1 host, and failed on none\n"))
    #expect(words.contains("web-1: not measurable: first run of docker"))
    #expect(
      GateReport.annotations(fail).hasPrefix(
        "::warning title=benchtrail gate::web-1: first run of docker"))
    for (gate, word) in [(report, "report"), (pass, "pass"), (fail, "fail")] {
      let json = try JSONText.encode(GateJSON(gate))
      #expect(json.contains("\"firstRun\" : \"\(word)\""))
      #expect(json.contains("\"reason\" : \"noBase\""))
    }
  }

  @Test func `says plainly that a gate has nothing to judge by`() throws {
    var gate = Gate(Thresholds(), Judgement(Policy(), at: Sample.day(40)))
    gate.check(Gate.Subject(host: JudgedHost(Sample.hosts()[0].now, Sample.judgement()), runs: []))
    let text = Self.text(GateReport.document(gate), width: 80)
    let first = try #require(text.split(separator: "\n").first)
    #expect(first.contains("nothing to judge by") && first.contains("benchtrail policy init"))
    let annotations = GateReport.annotations(gate)
    #expect(annotations.hasPrefix("::warning title=benchtrail gate::no threshold is set"))
    #expect(!annotations.contains("passed"))
    #expect(try JSONText.encode(GateJSON(gate)).contains("\"thresholds\" : [\n\n  ]"))
  }

  @Test(
    arguments: [
      ([], "none"), ([nil, nil], "2 findings"), ([5], "1 finding (until 2026-01-05)"),
      ([nil, 9, 5, 5], "4 findings (2 until 2026-01-05)"),
      ([5, 5], "2 findings (until 2026-01-05)"),
    ] as [([Int64?], String)])
  func `says until when findings are accepted`(days: [Int64?], words: String) {
    var accepted = Acceptances()
    for day in days { accepted.add(until: day.map { Sample.day($0) }) }
    #expect(GateReport.accepted(accepted) == words)
  }

  @Test(arguments: [60, 80, 100, 120])
  func `keeps within the width`(width: Int) {
    let documents = [
      Self.one, Self.many(), Self.fleet(), GateReport.document(Sample.gate("web-1")),
      Self.imports(),
    ]
    for document in documents {
      for line in Self.text(document, width: width).split(separator: "\n") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  // MARK: Hostile names

  private static func documents(_ name: String) -> [Document] {
    [
      many(name), fleet(name), matrix(name), matrix(name, isVerbose: true), imports(name),
      GateReport.document(Sample.gate(name)),
    ]
  }

  @Test(arguments: [Sample.attack, Sample.hostile])
  func `has no escape sequence, in no form`(name: String) throws {
    let matrix = Sample.matrix(name)
    let texts =
      Self.documents(name).flatMap { [Self.text($0), Self.markdown($0)] } + [
        GateReport.annotations(Sample.gate(name)),
        try JSONText.encode(GateJSON(Sample.gate(name))),
        try JSONText.encode(TrendJSON(Sample.fleetTrend(name), host: name)),
        try JSONText.encode(FleetJSON(Sample.fleet(name))),
        try JSONText.encode(MatrixJSON(matrix.base.summary, matrix.heads)),
        try JSONText.encode(ImportJSON([], Sample.imports(name), [], isDryRun: false)),
      ]
    for text in texts {
      #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
    }
  }

  @Test func `has no markup of a name in Markdown`() {
    for document in Self.documents(Sample.attack) {
      let text = Self.markdown(document).replacing("\\]", with: "")
      #expect(!text.contains("<script"))
      #expect(!text.contains("](javascript"))
      #expect(!text.contains("http://"))
      #expect(!text.contains("www."))
      #expect(!text.contains(" @me"))
      #expect(!text.contains(" #1"))
      #expect(!text.contains("`b`"))
      #expect(!text.contains("_d_"))
      // A pipe of a name would end its cell.
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("|") && $0.contains("|a|") })
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
  }

  @Test func `has as many cells in each row of Markdown as there are columns`() {
    for document in Self.documents(Sample.attack) {
      var columns: Int?
      for line in Self.markdown(document).split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          columns = nil
          continue
        }
        let count = line.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
        #expect(count == columns ?? count, "\(line)")
        columns = count
      }
    }
  }

  @Test func `has a command of GitHub for each reason and no other`() {
    let gate = Sample.gate(Sample.attack)
    let lines = GateReport.annotations(gate).split(separator: "\n")
    #expect(lines.count == gate.reasons.count + 1)
    // What can't be measured is no reason, and is said last.
    for (number, line) in lines.enumerated() {
      #expect(line.hasPrefix(number < gate.reasons.count ? "::error " : "::warning "))
      // What stands between the first two double colons are the properties; no name adds one.
      let properties = line.dropFirst(2).prefix { $0 != ":" }
      #expect(
        properties.split(separator: ",").allSatisfy {
          $0.hasPrefix("error file=") || $0.hasPrefix("line=") || $0.hasPrefix("title=")
            || $0.hasPrefix("error title=") || $0.hasPrefix("warning title=")
        }, "\(line)")
      // A percent sign of a name is none of the runner's.
      #expect(!line.contains("%0A"))
      #expect(line.contains("%250A") || !line.contains("0A"))
    }
  }
}
