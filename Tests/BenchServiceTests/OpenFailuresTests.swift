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

  private func open(_ query: HostQuery = Sample.query()) throws -> OpenFailures {
    try OpenFailures(query, in: repository)
  }

  @Test func `are collected with the runs that have them`() throws {
    let open = try open()
    #expect(open.failures.count == 7)
    #expect(
      open.failures.filter { $0.host == "web-1" }.map(\.finding.control)
        == [Sample.icc, nil, Sample.privileged, Sample.partition])
    #expect(open.runs.map(\.id) == [ids[2], ids[3], ids[1]])
    #expect(try Sample.query().ranking(by: .fix, in: repository).open == open.failures.count)
    #expect(
      open.assessment.count(.exposed)
        == (try Sample.query().threats(in: repository).count(.exposed)))
  }

  @Test func `are those that nobody has accepted`() throws {
    var policy = Sample.accepting(Sample.privileged)
    policy.waivers[0].items = [Glob("b")]
    let open = try open(Sample.query(policy: policy))
    let items = open.failures.filter { $0.finding.control == Sample.privileged }
      .map { $0.finding.items.map(\.name) }
    #expect(items == [["c"], ["a"]])
    let none = try self.open(Sample.query(policy: Sample.accepting(Sample.privileged)))
    #expect(none.failures.count == 5)
  }

  @Test func `make a shortlist of what fixes most`() throws {
    let shortlist = try open().shortlist(limit: 2, merging: nil)
    #expect(shortlist.entries.map(\.group.fix.id).count == 2)
    let ranking = try Sample.query().ranking(by: .fix, in: repository)
    #expect(
      shortlist.entries.map(\.group.fix.id)
        == Array(ranking.entries.map(\.name).filter { $0 != "unmapped" }.prefix(2)))
    #expect(shortlist.entries.first?.score == ranking.entries.first?.score)
    #expect(shortlist.unmapped.map(\.finding.checkID) == ["9.9"])
    let all = try open().shortlist(limit: 100, merging: nil)
    #expect(all.entries.reduce(0) { $0 + $1.group.failures.count } == 6)
  }

  @Test func `make a selection to write up`() throws {
    let open = try open()
    let selection = try open.selection(count: 2, coversThreats: false, excluding: [])
    let ranking = try Sample.query().ranking(by: .control, in: repository)
    #expect(
      selection.choices.map(\.candidate.control)
        == Array(ranking.entries.map(\.name).prefix(2)))
    let all = try open.selection(count: 9, coversThreats: true, excluding: [])
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
  }

  @Test func `leave one place for what is not excluded`() throws {
    let open = try open()
    let selection = try open.selection(
      count: 1, coversThreats: false, excluding: [Sample.privileged, Sample.anonymous])
    #expect(selection.choices.map(\.candidate.control) == [Sample.icc])
    #expect(throws: CheckName.Problem.unknown("no-such")) {
      try open.selection(count: 1, coversThreats: true, excluding: ["no-such"])
    }
  }

  @Test func `need runs`() {
    #expect(throws: ServiceError.noRuns(host: "web-9")) { try open(Sample.query(host: "web-9")) }
  }
}
