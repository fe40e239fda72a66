import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `An overview of hosts` {
  private let repository = MemoryRepository()

  /// Thresholds that counts, runs and new failures decide.
  private static let thresholds: [Thresholds] = {
    var (counts, runs, all) = (Thresholds(), Thresholds(), Thresholds())
    counts.severity = .high
    runs.incomplete = true
    runs.staleDays = 9
    runs.unmapped = true
    all.newFailures = true
    all.counts = [.high: 0]
    all.incomplete = true
    return [counts, runs, all, Sample.newFailures]
  }()

  @Test(arguments: 0..<4)
  func `has the states that the gate has`(number: Int) throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0, host: "same"),
      .of([Sample.icc: .fail], day: 1, host: "same"),
      .of([Sample.icc: .pass], day: 0, host: "worse"),
      .of([Sample.icc: .fail], day: 1, host: "worse"),
      .of([Sample.restore: .fail], day: 1, host: "single"),
      .of([Sample.icc: .pass], day: 2, host: "partial", isComplete: false),
      .of(["9.1": .fail], day: 0, host: "other", release: Example.release(edition: nil)),
      .of([Sample.icc: .fail], day: 1, host: "other"))
    var policy = Policy()
    policy.thresholds = Self.thresholds[number]
    let query = Sample.query(policy: policy)
    let gate = try GateHosts(query, thresholds: policy.thresholds).run(in: repository)
    let fleet = try query.overview(silentAfter: 8, in: repository)
    #expect(fleet.hosts.map(\.name) == gate.hosts.map(\.host))
    #expect(fleet.hosts.compactMap(\.gate) == gate.hosts.map(\.state))
    #expect(fleet.hasGate)
  }

  @Test func `has no state where nothing is asked for`() throws {
    try repository.add(.of([Sample.icc: .fail], day: 0))
    let fleet = try Sample.query().overview(silentAfter: 8, in: repository)
    #expect(fleet.hosts.allSatisfy { $0.gate == nil })
    #expect(!fleet.hasGate)
    #expect(fleet.silent == 1)
  }

  @Test func `reads the last runs of the hosts that are listed`() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.restore: .fail], day: 0, host: "worst"),
      .of([Sample.icc: .fail], day: 1, host: "worst"),
      .of([Sample.icc: .fail], day: 1, host: "middle"),
      .of([Sample.icc: .pass], day: 1, host: "best"))
    let query = Sample.query()
    let all = try query.overview(silentAfter: 8, in: repository)
    #expect(all.recentOpen == ["worst": [2, 2], "middle": [1], "best": [0]])
    let two = try query.overview(silentAfter: 8, limit: 2, in: repository)
    #expect(two.recentOpen == ["worst": [2, 2], "middle": [1]])
    #expect(two.hosts == all.hosts)
  }

  @Test func `is refused where there are no runs`() {
    #expect(throws: ServiceError.noRuns(host: nil)) {
      _ = try Sample.query().overview(silentAfter: 2, in: repository)
    }
  }
}
