import BenchCatalog
import BenchModel
import BenchRemedy
import BenchReports
import BenchTestSupport
import Testing

@testable import BenchAnalysis

/// The reports on what to do; their snapshots are those of ``A report``.
struct `A report on what to do` {
  private static func expect(_ document: Document, _ name: String, level: Int = 2) {
    let text = TerminalRenderer(width: 100, hasColor: false).render(document)
    expectSnapshot(text, name + ".txt")
    expectSnapshot(MarkdownRenderer(level: level).render(document), name + ".md")
  }

  private static func scope(
    _ grouping: Ranking.Grouping, isExplained: Bool = false, limit: Int = 10
  ) -> TopReport.Options {
    TopReport.Options(
      grouping: grouping, limit: limit, isExplained: isExplained, time: Sample.day(40))
  }

  private static func threats(isVerbose: Bool, hasHosts: Bool) -> Document {
    let assessment =
      hasHosts ? Sample.assessment() : ThreatAssessment(Sample.model(), .embedded)
    return ThreatsReport.document(assessment, system: nil, isVerbose: isVerbose)
  }

  // MARK: Top

  @Test func `shows what is most urgent`() throws {
    let ranking = Sample.ranking(by: .control)
    Self.expect(TopReport.document(ranking, Self.scope(.control)), "top")
    let scope = Self.scope(.control, isExplained: true, limit: 3)
    Self.expect(TopReport.document(ranking, scope), "top-why")
    expectSnapshot(try JSONText.encode(TopJSON(ranking, scope)), "top.json")
  }

  @Test(arguments: [Ranking.Grouping.fix, .host, .stride, .item])
  func `shows what is most urgent together`(grouping: Ranking.Grouping) throws {
    let ranking = Sample.ranking(by: grouping)
    let name = "top-\(grouping.name)"
    Self.expect(TopReport.document(ranking, Self.scope(grouping, isExplained: true)), name)
    expectSnapshot(try JSONText.encode(TopJSON(ranking, Self.scope(grouping))), name + ".json")
  }

  @Test func `says that nothing fails`() {
    let ranking = RankingBuilder(by: .control, Sample.judgement()).build()
    let text = TerminalRenderer(width: 80, hasColor: false)
      .render(TopReport.document(ranking, Self.scope(.control)))
    #expect(text.contains("Nothing fails."))
    #expect(text.contains("0 open failures"))
  }

  // MARK: STRIDE and threats

  @Test func `shows which threats are open`() throws {
    let movement = Sample.stride()
    let first = Sample.stride(isFirst: true)
    Self.expect(
      StrideReport.document(movement, baseWords: "the run before", limit: 2), "stride")
    Self.expect(StrideReport.document(first, baseWords: "", limit: 1), "stride-first")
    expectSnapshot(
      try JSONText.encode(StrideJSON(movement, baseWords: "the run before")),
      "stride.json")
  }

  @Test func `shows the threat model against the runs`() throws {
    Self.expect(Self.threats(isVerbose: false, hasHosts: true), "threats")
    Self.expect(Self.threats(isVerbose: true, hasHosts: true), "threats-verbose")
    expectSnapshot(
      try JSONText.encode(ThreatsJSON(Sample.assessment(), system: nil)), "threats.json")
  }

  @Test func `shows the threat model alone`() throws {
    Self.expect(Self.threats(isVerbose: false, hasHosts: false), "threats-model")
    Self.expect(Self.threats(isVerbose: true, hasHosts: false), "threats-model-verbose")
    let model = ThreatAssessment(Sample.model(), .embedded)
    expectSnapshot(
      try JSONText.encode(ThreatsJSON(model, system: .kubernetes)), "threats-model.json")
  }

  @Test func `shows the threats to one system`() {
    let document = ThreatsReport.document(
      Sample.assessment(), system: .kubernetes, isVerbose: false)
    let text = MarkdownRenderer().render(document)
    #expect(text.contains("Kubernetes"))
    #expect(text.contains("A role with a star"))
    #expect(!text.contains("Docker"))
    #expect(text.contains("\n\n1 unproven\n"))
  }

  // MARK: Shortlist

  @Test func `shows what to fix first`() throws {
    Self.expect(
      ShortlistReport.document(Sample.shortlist()), "shortlist")
    Self.expect(
      ShortlistReport.document(Sample.shortlist(mostTexts: 0)), "shortlist-short")
    expectSnapshot(try JSONText.encode(ShortlistJSON(Sample.shortlist())), "shortlist.json")
  }

  @Test func `writes up what was chosen`() throws {
    Self.expect(Sample.analyst().document, "analyst", level: 1)
    Self.expect(Sample.analyst(isNamed: true, most: 1).document, "analyst-named", level: 1)
    expectSnapshot(try JSONText.encode(AnalystJSON(Sample.analyst())), "analyst.json")
  }

  @Test func `shows what was chosen`() throws {
    Self.expect(Sample.selectionReport().summary, "selection")
    Self.expect(
      Sample.selectionReport(outside: [], hasAfter: false).summary, "selection-without-outside")
    expectSnapshot(try JSONText.encode(SelectionJSON(Sample.selection())), "selection.json")
    Self.expect(Sample.namedReport().summary, "selection-named")
    expectSnapshot(
      try JSONText.encode(SelectionJSON(Sample.namedSelection(), meanings: Sample.meanings())),
      "selection-named.json")
  }

  /// The summary of a selection of all that is open, as Markdown.
  private static func summary(_ selection: Selection, outside: [String] = []) -> String {
    let report = SelectionReport(
      selection, Sample.assessment(), model: Sample.model(), runs: [],
      remedies: .init([], policy: Policy()), outside: outside, after: nil)
    return MarkdownRenderer().render(report.summary)
  }

  @Test func `says that all is excluded`() {
    let all = Set(Sample.failures().compactMap(\.finding.control))
    let selection = Sample.selection(excluded: all)
    #expect(selection.isAllExcluded)
    #expect(selection.choices.isEmpty)
    let text = Self.summary(selection)
    #expect(text.contains("Every open finding is excluded, so none is chosen."))
    #expect(text.contains("Passed over"))
    #expect(text.contains("excluded; priority"))
  }

  @Test func `says that too few are outside`() {
    let all = Set(Sample.failures().compactMap(\.finding.control))
    let none = Self.summary(Sample.selection(inside: all), outside: ["5.32"])
    #expect(none.contains("Outside 5.32 none could be chosen: 1 fewer than asked for."))
    let one = Sample.selection(inside: all.subtracting(["daemon-icc-disabled"]), outside: 2)
    #expect(one.missingOutside == 1)
    let text = Self.summary(one, outside: ["5.32"])
    #expect(text.contains("Outside 5.32 no more could be chosen: 1 fewer than asked for."))
  }

  // MARK: All of it

  @Test(arguments: [true, false])
  func `shows all of it`(isOne: Bool) {
    let document = Sample.full(isOne: isOne)
    let name = isOne ? "full" : "full-fleet"
    Self.expect(document, name, level: 1)
  }

  @Test(arguments: [60, 80, 120])
  func `keeps within the width`(width: Int) {
    let documents = [
      Sample.full(), Self.threats(isVerbose: true, hasHosts: true),
      TopReport.document(Sample.ranking(by: .control), Self.scope(.control, isExplained: true)),
      Sample.selectionReport().summary, Sample.namedReport().summary,
    ]
    for document in documents {
      let text = TerminalRenderer(width: width, hasColor: false).render(document)
      // What is copied stays what it is.
      for line in text.split(separator: "\n") where !line.hasPrefix("    ") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }
}
