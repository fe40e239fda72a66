import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `Leading hosts through the gate` {
  private let repository = MemoryRepository()

  /// New failures, where a first run is none that passes.
  private static var failing: Thresholds {
    var thresholds = Sample.newFailures
    thresholds.firstRun = .fail
    return thresholds
  }

  private func states(_ gate: Gate) -> [String: Gate.HostResult.State] {
    Dictionary(gate.hosts.map { ($0.host, $0.state) }) { first, _ in first }
  }

  private func run(
    _ query: HostQuery = Sample.query(), _ thresholds: Thresholds = Sample.newFailures,
    run: String? = nil, base: String? = nil
  ) throws -> Gate {
    try GateHosts(query, thresholds: thresholds, run: run, base: base).run(in: repository)
  }

  @Test func `tells every host's state`() throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0, host: "passed"),
      .of([Sample.icc: .fail], day: 1, host: "passed"),
      .of([Sample.icc: .pass], day: 0, host: "tripped"),
      .of([Sample.icc: .fail], day: 1, host: "tripped"),
      .of([Sample.icc: .fail], day: 1, host: "single"),
      .of(["9.1": .fail], day: 0, host: "other", release: Example.release(edition: nil)),
      .of([Sample.icc: .fail], day: 1, host: "other"))
    let gate = try run()
    #expect(
      states(gate) == [
        "passed": .passed, "tripped": .tripped, "single": .passed, "other": .notMeasurable,
      ])
    #expect(gate.state == .tripped)
    #expect(gate.reasons.map(\.host) == ["tripped"])
    #expect(
      gate.hosts.flatMap(\.unmeasured).map(\.reason) == [.nothingInCommon, .noBase])
    let single = try run(Sample.query(host: "single"))
    #expect(single.state == .passed)
    #expect(single.hosts.map(\.firstRuns.count) == [1])
    #expect(try run(Sample.query(host: "single"), Self.failing).state == .notMeasurable)
    #expect(gate.hosts.flatMap(\.missing).map(\.reason) == [.nothingInCommon])
    #expect(try run(Sample.query(host: "passed")).state == .passed)
    #expect(try run(Sample.query(until: Past.day(0)), Thresholds()).state == .passed)
  }

  @Test func `trips on what else was asked for where new failures can't be measured`() throws {
    try repository.add(.of([Sample.privileged: .fail], day: 0))
    var thresholds = Self.failing
    thresholds.severity = .critical
    let gate = try run(Sample.query(), thresholds)
    #expect(gate.state == .tripped)
    #expect(gate.hosts.map(\.unmeasured.count) == [1])
    let waived = try run(Sample.query(policy: Sample.accepting(Sample.privileged)), thresholds)
    #expect(waived.state == .notMeasurable)
    #expect([waived.open, waived.waived] == [0, 1])
  }

  @Test func `measures against the baseline, or the run before`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .fail], day: 1),
      .of([Sample.icc: .fail], day: 2))
    #expect(try run().state == .passed)
    try repository.mark(ids[0])
    #expect(try run().state == .tripped)
    try repository.mark(ids[1])
    #expect(try run().state == .passed)
  }

  @Test func `judges a run that is named, by what was known then`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .fail], day: 1),
      .of([Sample.icc: .pass], day: 2), .of([Sample.icc: .fail], day: 2, host: "db-1"))
    #expect(try run(run: "web-1~1").state == .tripped)
    #expect(try run(run: "web-1~1").hosts.map(\.host) == ["web-1"])
    #expect(try run(run: "web-1").state == .passed)
    #expect(try run(run: "web-1~2").state == .passed)
    #expect(
      try run(Sample.query(), Self.failing, run: "web-1~2").state == .notMeasurable)
    #expect(throws: RepositoryError.self) { try run(run: "web-9") }
  }

  @Test func `judges only the system of a run that is named`() throws {
    try repository.add(
      .of([Sample.privileged: .fail], day: 0),
      .of([Sample.anonymous: .pass], day: 1, release: Sample.kube))
    var thresholds = Thresholds()
    thresholds.severity = .critical
    let gate = try run(Sample.query(), thresholds, run: "web-1@2026-01-02")
    #expect(gate.state == .passed)

  }

  @Test func `measures against a base that is given`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0, host: "golden"), .of([Sample.icc: .fail], day: 0),
      .of([Sample.icc: .fail], day: 1),
      .of([Sample.anonymous: .fail], day: 1, host: "node-1", release: Sample.kube))
    let gate = try run(base: "golden")
    #expect(
      states(gate) == ["golden": .passed, "web-1": .tripped, "node-1": .notMeasurable])
    #expect(gate.hosts.flatMap(\.unmeasured).map(\.reason) == [.otherSystem])
    #expect(try run(Sample.query(host: "web-1"), base: "web-1~1").state == .passed)
    #expect(throws: RepositoryError.self) { try run(base: "web-9") }
  }

  @Test func `measures both systems of a host`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .pass], day: 1),
      .of([Sample.anonymous: .pass], day: 0, second: 9, release: Sample.kube))
    #expect(try run(Sample.query(), Self.failing).state == .notMeasurable)
    #expect(try run().hosts.flatMap(\.firstRuns).map(\.system) == [.kubernetes])
    try repository.add(.of([Sample.anonymous: .fail], day: 0, second: 10, release: Sample.kube))
    let gate = try run()
    #expect(gate.state == .tripped)
    #expect(gate.reasons.map(\.finding?.control) == [Sample.anonymous])
  }

  @Test func `counts differences by another criterion apart`() throws {
    try repository.add(
      .of([Sample.partition: .pass], day: 0, release: Sample.aqua),
      .of([Sample.partition: .fail], day: 1))
    let gate = try run()
    #expect(gate.state == .passed)
    #expect(gate.criterionChanged == 1)
  }

  @Test func `judges the hosts of an import alone`() throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0), .of([Sample.icc: .fail], day: 0, host: "db-1"))
    let gates = GateHosts(Sample.query(), thresholds: Thresholds())
    #expect(try gates.run(hosts: ["db-1", "web-9"], in: repository).hosts.map(\.host) == ["db-1"])
    #expect(try gates.run(hosts: [], in: repository).hosts.isEmpty)
  }

  @Test func `needs runs`() throws {
    #expect(throws: ServiceError.noRuns(host: nil)) { try run() }
    try repository.add(.of([Sample.icc: .fail], day: 0))
    #expect(throws: ServiceError.noRuns(host: "web-9")) { try run(Sample.query(host: "web-9")) }
    #expect(throws: ServiceError.noRuns(host: nil)) {
      try run(Sample.query(labels: [("env", "test")]))
    }
  }
}
