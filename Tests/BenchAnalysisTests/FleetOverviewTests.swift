import BenchAnalysis
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A fleet at a glance` {
  /// A critical, a high, a medium and a low control.
  private static let privileged = "container-no-privileged"
  private static let icc = "daemon-icc-disabled"
  private static let partition = "host-partition"
  private static let restore = "daemon-live-restore"

  /// On the tenth day one host got worse, one is silent, and of one nothing is open.
  private static let past: Past = {
    var past = Past()
    past.add(day: 8, [privileged: .fail, icc: .pass, partition: .fail])
    past.add(day: 9, [privileged: .fail, icc: .fail, partition: .pass, restore: .fail])
    past.add(day: 7, host: "web-2", [privileged: .fail, icc: .fail])
    past.add(day: 8, host: "web-10", [icc: .pass])
    return past
  }()

  private static func fleet(
    _ policy: Policy = Policy(), day: Int64 = 10, silentAfter: Int = 2
  ) -> FleetOverview {
    let judgement = Judgement(policy, at: Past.day(day))
    var fleet = FleetOverview(
      time: Past.day(day), silentAfter: silentAfter, hasGate: !policy.thresholds.isEmpty)
    for host in past.hosts { fleet.add(JudgedHost(past.host(host.name), judgement)) }
    return fleet
  }

  private static func names(_ choice: FleetOverview.Choice) -> [String] {
    fleet().listed(choice).map(\.name)
  }

  private static func host(
    _ name: String, _ own: FleetOverview? = nil
  ) throws -> HostOverview {
    let hosts = (own ?? fleet()).hosts
    return try #require(hosts.first { $0.name == name })
  }

  @Test func `counts what is open by severity`() throws {
    let host = try Self.host("web-1")
    #expect(Severity.descending.map { host.open[$0] } == [1, 1, 0, 1])
    #expect(host.open.total == 3)
    #expect(host.compliance == Compliance(pass: 1, fail: 3))
    let fleet = Self.fleet()
    #expect(Severity.descending.map { fleet.open[$0] } == [2, 2, 0, 1])
    #expect(fleet.open.total == fleet.hosts.reduce(0) { $0 + $1.open.total })
    #expect(fleet.waived == 0)
  }

  @Test func `tells what the newest run changed`() throws {
    let host = try Self.host("web-1")
    #expect(host.worse == 2)
    #expect(host.fixed == 1)
    #expect(host.lastRun == Past.day(9))
    #expect(host.newest.map(\.tool) == [.dockerBenchSecurity])
    // What a first run found is nothing that got worse.
    #expect(try Self.host("web-2").worse == 0)
    #expect(Self.fleet().worse == 1)
  }

  @Test func `leaves out what is accepted, and counts it`() throws {
    var policy = Policy()
    policy.waivers = [
      Waiver(coverage: Coverage(.control(Self.privileged)), reason: "r", owner: "o")
    ]
    let fleet = Self.fleet(policy)
    #expect(fleet.waived == 2)
    #expect(fleet.open[.critical] == 0)
    #expect(try Self.host("web-1", fleet).open.total == 2)
    #expect(try Self.host("web-1", fleet).waived == 1)
  }

  @Test func `calls a host silent whose run is more whole days old`() throws {
    #expect(Self.fleet().hosts.filter(\.isSilent).map(\.name) == ["web-2"])
    #expect(Self.fleet(silentAfter: 3).silent == 0)
    #expect(Self.fleet(silentAfter: 0).silent == 3)
    // A run that lies ahead is new.
    #expect(Self.fleet(day: 0).silent == 0)
    #expect(try Self.host("web-1", Self.fleet(day: 0)).age.days == 0)
  }

  @Test(
    arguments: [
      (nil, ["web-1", "web-2", "web-10"]), (HostOrder.name, ["web-1", "web-2", "web-10"]),
      (.open, ["web-1", "web-2", "web-10"]), (.worse, ["web-1", "web-2", "web-10"]),
      (.fixed, ["web-1", "web-2", "web-10"]), (.last, ["web-2", "web-10", "web-1"]),
      (.compliance, ["web-2", "web-1", "web-10"]),
    ] as [(HostOrder?, [String])])
  func `lists hosts in an order`(order: HostOrder?, names: [String]) {
    #expect(Self.names(FleetOverview.Choice(order: order)) == names)
  }

  @Test func `lists only what is asked for`() {
    #expect(Self.names(FleetOverview.Choice(isSilent: true)) == ["web-2"])
    #expect(Self.names(FleetOverview.Choice(isWorse: true)) == ["web-1"])
    #expect(Self.names(FleetOverview.Choice(isSilent: true, isWorse: true)).isEmpty)
  }

  @Test func `orders tallies by the worst severity`() {
    var (critical, high, unrated) = (OpenTally(), OpenTally(), OpenTally())
    critical.add(.critical)
    for _ in 0..<9 { high.add(.high) }
    unrated.add(nil)
    #expect(OpenTally() < unrated)
    #expect(unrated < high)
    #expect(high < critical)
    critical += unrated
    #expect(critical.total == 2)
    #expect(critical.unrated == 1)
  }

  /// Thresholds that what is counted decides.
  private static let thresholds: [Thresholds] = {
    var (severity, share, count) = (Thresholds(), Thresholds(), Thresholds())
    severity.severity = .high
    share.compliance = 50
    count.counts = [.low: 0]
    return [Thresholds(), severity, share, count]
  }()

  @Test(arguments: 0..<4)
  func `trips as the gate does`(number: Int) {
    let thresholds = Self.thresholds[number]
    let judgement = Judgement(Policy(), at: Past.day(10))
    for host in Self.past.hosts {
      let judged = JudgedHost(Self.past.host(host.name), judgement)
      var gate = Gate(thresholds, judgement)
      gate.check(Gate.Subject(host: judged, runs: []))
      #expect(thresholds.trips(judged) == gate.isTripped, "\(host.name)")
    }
  }
}
