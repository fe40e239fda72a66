import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchRemedy
import BenchReports
import BenchService
import BenchTestSupport
import Testing

struct `Open failures` {
  private let repository = MemoryRepository()
  private let ids: [Int64]

  init() throws {
    var run = Run.of(
      [Sample.icc: .fail, Sample.restore: .pass, "9.9": .fail], day: 1, host: "web-1")
    run.findings.append(
      Example.finding(Sample.privileged, .fail, items: [Example.container("a")]))
    var other = Run.of([Sample.icc: .fail], day: 2, host: "db-1")
    other.findings.append(
      Example.finding(
        Sample.privileged, .fail, items: [Example.container("b"), Example.container("c")]))
    ids = try repository.add([
      .of([Sample.partition: .fail], day: 0, host: "web-1"), run, other,
      .of([Sample.anonymous: .fail], day: 2, host: "node-1", release: Sample.kube),
    ])
  }

  private func shortlist(_ query: HostQuery = Sample.query(), limit: Int = 100) throws -> Shortlist
  {
    try query.shortlist(limit: limit, merging: nil, in: repository)
  }

  private func select(
    _ count: Int, coversThreats: Bool = false, excluding excluded: [String] = [],
    outside: [String] = []
  ) throws -> SelectedFindings {
    let rule = Selection.Rule(
      count: count, coversThreats: coversThreats, outside: outside.isEmpty ? 0 : 1)
    return try Sample.query().selection(
      SelectionRequest(rule, excluded: excluded, outside: outside), in: repository)
  }

  /// The failures that fixes close, by host.
  private func failures(_ shortlist: Shortlist) -> [(host: String, finding: Finding)] {
    shortlist.entries.flatMap(\.group.failures).flatMap { failure in
      failure.hosts.map { ($0, failure.finding) }
    }.sorted { $0.host < $1.host }
  }

  @Test func `are collected with the runs that have them`() throws {
    let failures = try failures(shortlist())
    #expect(failures.count == 6)
    #expect(
      Set(failures.filter { $0.host == "web-1" }.map(\.finding.control))
        == [Sample.icc, Sample.privileged, Sample.partition])
    #expect(try shortlist().unmapped == 1)
    let open = try Sample.query().ranking(by: .fix, in: repository).open
    #expect(open == failures.count + 1)
    let selected = try select(2)
    #expect(selected.runs.map(\.id) == [ids[2], ids[3], ids[1]])
    #expect(
      selected.assessment.count(.exposed)
        == (try Sample.query().threats(in: repository).count(.exposed)))
  }

  @Test func `are those that nobody has accepted`() throws {
    var policy = Sample.accepting(Sample.privileged)
    policy.waivers[0].items = [Glob("b")]
    let items = try failures(shortlist(Sample.query(policy: policy)))
      .filter { $0.finding.control == Sample.privileged }.map { $0.finding.items.map(\.name) }
    #expect(items == [["c"], ["a"]])
    let none = try failures(shortlist(Sample.query(policy: Sample.accepting(Sample.privileged))))
    #expect(none.count == 4)
  }

  @Test func `make a shortlist of what fixes most`() throws {
    let shortlist = try shortlist(limit: 2)
    let ranking = try Sample.query().ranking(by: .fix, in: repository)
    #expect(
      shortlist.entries.map(\.group.fix.id)
        == Array(ranking.entries.map(\.name).filter { $0 != "unmapped" }.prefix(2)))
    #expect(shortlist.entries.count == 2)
    #expect(shortlist.entries.first?.score == ranking.entries.first?.score)
  }

  @Test func `make a selection to write up`() throws {
    let ranking = try Sample.query().ranking(by: .control, in: repository)
    let two = try select(2)
    #expect(
      two.selection.choices.map(\.candidate.control)
        == Array(ranking.entries.map(\.name).prefix(2)))
    // What fixes the chosen ones, and nothing else.
    let fixes = two.selection.choices.compactMap {
      Catalog.embedded.advice[$0.candidate.control]?.fix.id
    }
    #expect(Set(two.remedies.groups.map(\.fix.id)) == Set(fixes))
    let all = try select(9, coversThreats: true).selection
    #expect(all.choices.count == 4)
    #expect(all.passedOver.isEmpty)
    let found = Dictionary(
      all.choices.map { ($0.candidate.control, $0.candidate) }
    ) { first, _ in first }
    #expect(found[Sample.privileged]?.hosts == ["db-1", "web-1"])
    #expect(found[Sample.privileged]?.finding.items.map(\.name) == ["b", "c"])
    #expect(found[Sample.privileged]?.source?.id == ids[2])
    #expect(found[Sample.partition]?.source?.id == ids[0])
    #expect(found[Sample.anonymous]?.source?.id == ids[3])
    for choice in all.choices {
      #expect(choice.candidate.now?.run.id == choice.candidate.source?.id)
      #expect(choice.candidate.before?.run.id == choice.candidate.source?.id)
      #expect(choice.candidate.now?.finding.outcome == .fail)
    }
  }

  @Test func `leave one place for what is outside`() throws {
    let selection = try select(1, outside: [Sample.privileged, Sample.anonymous]).selection
    #expect(selection.choices.map(\.candidate.control) == [Sample.icc])
    #expect(throws: CheckName.Problem.unknown("no-such")) {
      try select(1, coversThreats: true, outside: ["no-such"])
    }
  }

  @Test func `are never chosen where they are excluded`() throws {
    let selection = try select(9, excluding: [Sample.privileged, Sample.anonymous]).selection
    #expect(Set(selection.choices.map(\.candidate.control)) == [Sample.icc, Sample.partition])
    #expect(selection.passedOver.map(\.reason) == [.excluded, .excluded])
    #expect(throws: CheckName.Problem.unknown("no-such")) { try select(1, excluding: ["no-such"]) }
  }

  @Test func `show what a run printed, and not what is accepted alone`() throws {
    var policy = Sample.accepting(Sample.privileged)
    policy.waivers[0].items = [Glob("b")]
    let selection = try Sample.query(policy: policy).selection(
      SelectionRequest(Selection.Rule(count: 9)), in: repository
    ).selection
    let candidate = try #require(
      selection.choices.map(\.candidate).first { $0.control == Sample.privileged })
    #expect(candidate.hosts.count == 2)
    #expect(candidate.finding.items.count == 1)
    let printed = candidate.hosts.first == "db-1" ? ["b", "c"] : ["a"]
    #expect(candidate.now?.finding.items.map(\.name) == printed)
  }

  @Test func `need runs`() {
    #expect(throws: ServiceError.noRuns(host: "web-9")) {
      try shortlist(Sample.query(host: "web-9"))
    }
  }
}
