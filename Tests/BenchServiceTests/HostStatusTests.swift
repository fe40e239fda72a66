import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `The status of a host` {
  private let repository = MemoryRepository()

  private func status(_ query: HostQuery = Sample.query()) throws -> HostStatus {
    try query.status(silentAfter: 2, in: repository)
  }

  @Test func `has the numbers of the other use cases`() throws {
    try repository.add(
      .of(
        [
          Sample.icc: .pass, Sample.privileged: .fail, Sample.restore: .fail,
          Sample.partition: .fail, "host-hardened": .manual, "9.1": .fail,
        ], day: 0),
      .of(
        [
          Sample.icc: .fail, Sample.privileged: .fail, Sample.restore: .pass,
          Sample.partition: .pass, "host-hardened": .manual, "9.1": .fail,
        ], day: 1),
      .of([Sample.icc: .fail], day: 1, host: "db-1"))
    var policy = Sample.accepting(Sample.privileged, until: Past.day(30))
    policy.thresholds.newFailures = true
    policy.thresholds.severity = .high
    let query = Sample.query(host: "web-1", policy: policy)
    let status = try status(query)
    #expect(
      status.overview == (try query.overview(silentAfter: 2, in: repository).hosts.first))
    let gate = try GateHosts(query, thresholds: policy.thresholds).run(in: repository)
    #expect(status.gate?.state == .tripped)
    #expect(status.gate?.reasons.count == gate.reasons.count)
    let ranking = try query.ranking(by: .control, in: repository)
    #expect(status.overview.open.total == ranking.open)
    #expect(status.urgent.map(\.check.key.description) == ranking.entries.map(\.name))
    let points = try ReadTrend(query).run(in: repository).trend.points
    #expect(status.history.map(\.failures) == points.map(\.open))
    #expect(status.history.map(\.failures) == [4, 3])
    #expect(status.accepted.count == 1)
    #expect(status.accepted.nextEnd == Past.day(30))
    #expect([status.manual, status.lapsed, status.notEvaluated] == [1, 0, 0])
    #expect([status.overview.worse, status.overview.fixed] == [1, 2])
    #expect(status.worst.map(\.check.control) == [Sample.icc])
    #expect(status.complianceBefore == Compliance(pass: 1, fail: 4))
    #expect(status.overview.compliance == Compliance(pass: 2, fail: 3))
    #expect(status.runs.map(\.unmapped) == [1])
    #expect(status.systems.map(\.base?.startedAt) == [Past.day(0)])
  }

  @Test func `names the worst first, and accepted ones too`() throws {
    try repository.add(
      .of([Sample.icc: .pass, Sample.privileged: .pass, Sample.restore: .pass], day: 0),
      .of([Sample.restore: .fail, Sample.icc: .fail, Sample.privileged: .fail], day: 1))
    let status = try status(Sample.query(policy: Sample.accepting(Sample.icc)))
    #expect(
      status.worst.map(\.check.control) == [Sample.privileged, Sample.icc, Sample.restore])
    #expect(status.worst.map(\.isAccepted) == [false, true, false])
    #expect(status.overview.worse == 3)
    #expect(status.gate == nil)
  }

  @Test func `has nothing worse in a first run, and nothing before it`() throws {
    try repository.add(.of([Sample.icc: .fail, Sample.restore: .pass], day: 0))
    let status = try status()
    #expect(status.worst.isEmpty)
    #expect(status.overview.worse == 0)
    #expect(status.complianceBefore == nil)
    #expect(status.systems.map { $0.base == nil } == [true])
    #expect(status.history.map(\.failures) == [1])
  }

  @Test func `counts what the newest run left out`() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.restore: .fail], day: 0),
      .of([Sample.restore: .fail], day: 1))
    let status = try status()
    #expect(status.notEvaluated == 1)
    #expect(status.overview.open.total == 2)
  }

  @Test func `is of all systems of the host`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .fail], day: 1),
      .of([Sample.anonymous: .pass], day: 2, release: Sample.kube),
      .of([Sample.anonymous: .fail], day: 3, release: Sample.kube))
    try repository.mark(ids[2])
    let status = try status()
    #expect(status.systems.map(\.system) == [.kubernetes, .docker])
    #expect(status.systems.map { $0.baseline?.id } == [ids[2], nil])
    #expect(status.systems.map { $0.base?.id } == [ids[2], ids[0]])
    #expect(Set(status.worst.map(\.check.control)) == [Sample.icc, Sample.anonymous])
    #expect(status.overview.worse == 2)
  }

  @Test func `is of one host`() throws {
    #expect(throws: ServiceError.noRuns(host: nil)) { try status() }
    try repository.add(.of([Sample.icc: .fail], day: 0), labels: [("env", "prod")])
    #expect(try status().overview.name == "web-1")
    try repository.add(.of([Sample.icc: .fail], day: 0, host: "db-1"))
    #expect(throws: ServiceError.severalHosts(["db-1", "web-1"])) { try status() }
    #expect(try status(Sample.query(host: "db-1")).overview.name == "db-1")
    #expect(try status(Sample.query(labels: [("env", "prod")])).overview.name == "web-1")
    #expect(throws: ServiceError.noRuns(host: "web-9")) {
      try status(Sample.query(host: "web-9"))
    }
  }
}
