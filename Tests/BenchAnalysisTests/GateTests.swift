import BenchAnalysis
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A gate` {
  /// What a control's failure counts as, by the catalogue.
  private static let high = "daemon-icc-disabled"
  private static let low = "daemon-live-restore"

  /// Leads hosts through a gate; each is measured against its run before.
  private static func check(
    _ past: Past, day: Int64 = 10, policy: Policy = Policy(), hosts: [String] = ["web-1"],
    _ ask: (inout Thresholds) -> Void
  ) -> Gate {
    var thresholds = Thresholds()
    ask(&thresholds)
    var gate = Gate(thresholds, Judgement(policy, at: Past.day(day)))
    for host in hosts {
      let entries = past.entries.filter { $0.host == host }
      let findings = past.host(host)
      var changes: [(run: RunSummary, comparison: Comparison)] = []
      if let head = entries.last, let base = entries.dropLast().last {
        let sides = [base, head].map { entry in
          Example.run(
            entry.findings, scope: entry.run.scope,
            release: entry.summary.release)
        }
        changes.append(
          (head.summary, Example.compare(sides[0], sides[1])))
      }
      gate.check(
        Gate.Subject(
          host: JudgedHost(findings, Judgement(policy, at: Past.day(day))),
          runs: findings.runs.compactMap { past.summary($0) }, changes: changes))
    }
    return gate
  }

  private static func past(_ days: [Finding]...) -> Past {
    var past = Past()
    for (day, findings) in days.enumerated() { past.add(day: Int64(day), findings: findings) }
    return past
  }

  private static func fails(_ control: String?, _ items: String...) -> Finding {
    Example.finding(control, .fail, items: items.map { Example.container($0) })
  }

  private static func passes(_ control: String?) -> Finding { Example.finding(control, .pass) }

  private static func waiver(_ control: String, items: [String] = []) -> Policy {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control(control)), items: items.map { Glob($0) }, reason: "r",
        owner: "o")
    ]
    return policy
  }

  private static func isTripped(_ past: Past, day: Int64 = 10, _ ask: (inout Thresholds) -> Void)
    -> Bool
  {
    check(past, day: day, ask).isTripped
  }

  @Test func `that asks for nothing is passed by everything`() {
    let gate = Self.check(Self.past([Self.fails(Self.high), Self.fails(nil)])) { _ in }
    #expect(!gate.isTripped)
    #expect(gate.open == 2)
    #expect(gate.hosts.count == 1)
  }

  // MARK: Each threshold

  @Test func `trips on an open failure of the severity or above`() {
    let past = Self.past([Self.fails(Self.high), Self.passes(Self.low)])
    #expect(!Self.isTripped(past) { $0.severity = .critical })
    #expect(Self.isTripped(past) { $0.severity = .high })
    #expect(Self.isTripped(past) { $0.severity = .low })
    let other = Self.past([Self.passes(Self.high), Self.fails(Self.low)])
    #expect(!Self.isTripped(other) { $0.severity = .medium })
    #expect(Self.isTripped(other) { $0.severity = .low })
  }

  @Test(arguments: Severity.allCases)
  func `takes a failure without a severity for the worst`(severity: Severity) throws {
    let gate = Self.check(Self.past([Self.fails(nil)])) { $0.severity = severity }
    let reason = try #require(gate.reasons.first)
    guard case .severity(nil, let least) = reason.kind else {
      Issue.record("\(reason.kind)")
      return
    }
    #expect(least == severity)
  }

  @Test(arguments: [(0.0, false), (50, false), (50.1, true), (100, true)])
  func `trips below a share of passes`(least: Double, isTripped: Bool) {
    let past = Self.past([Self.fails(Self.high), Self.passes(Self.low)])
    #expect(Self.isTripped(past) { $0.compliance = least } == isTripped)
  }

  @Test func `takes nothing judged for no compliance`() {
    let past = Self.past([Example.finding(Self.high, .manual)])
    #expect(Self.isTripped(past) { $0.compliance = 1 })
    #expect(!Self.isTripped(past) { $0.compliance = 0 })
  }

  @Test func `trips on more failures of a severity than may be`() {
    let past = Self.past([Self.fails(Self.high), Self.fails("daemon-userns-remap")])
    #expect(!Self.isTripped(past) { $0.counts = [.high: 2] })
    #expect(Self.isTripped(past) { $0.counts = [.high: 1] })
    #expect(Self.isTripped(past) { $0.counts = [.high: 0] })
    #expect(!Self.isTripped(past) { $0.counts = [.critical: 0, .medium: 0, .low: 0] })
  }

  @Test func `counts on each host for itself`() {
    var past = Past()
    past.add(day: 0, host: "a", findings: [Self.fails(Self.high)])
    past.add(day: 0, host: "b", findings: [Self.fails("daemon-userns-remap")])
    let gate = Self.check(past, hosts: ["a", "b"]) { $0.counts = [.high: 1] }
    #expect(!gate.isTripped)
    #expect(gate.hosts.count == 2)
    #expect(gate.open == 2)
  }

  @Test func `trips on checks that no edition knows`() {
    #expect(Self.isTripped(Self.past([Self.passes(nil)])) { $0.unmapped = true })
    #expect(!Self.isTripped(Self.past([Self.passes(Self.low)])) { $0.unmapped = true })
  }

  @Test func `trips on a run that is not whole`() {
    var past = Past()
    past.add(day: 0, [Self.low: .pass], isComplete: false)
    #expect(Self.isTripped(past) { $0.incomplete = true })
    past.add(day: 1, [Self.low: .pass, Self.high: .pass])
    #expect(!Self.isTripped(past) { $0.incomplete = true })
  }

  @Test(arguments: [(7, 7, false), (7, 6, true), (0, 0, false), (1, 0, true), (1, 1, false)])
  func `trips on a host without a recent run`(day: Int64, most: Int, isTripped: Bool) {
    let past = Self.past([Self.passes(Self.low)])
    #expect(Self.isTripped(past, day: day) { $0.staleDays = most } == isTripped)
  }

  @Test func `trips after the last whole day`() {
    var thresholds = Thresholds()
    thresholds.staleDays = 7
    let past = Self.past([Self.passes(Self.low)])
    for (second, isTripped) in [(0, false), (86_399, false), (86_400, true)] as [(Int64, Bool)] {
      let judgement = Judgement(Policy(), at: Past.day(7) + second)
      var gate = Gate(thresholds, judgement)
      let findings = past.host()
      gate.check(
        Gate.Subject(
          host: JudgedHost(findings, judgement),
          runs: findings.runs.compactMap { past.summary($0) }))
      #expect(gate.isTripped == isTripped)
    }
  }

  @Test func `trips on an attestation that has lapsed`() {
    let past = Self.past([Example.finding("host-hardened", .manual)])
    var policy = Policy()
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: "me", end: Past.day(5))
    ]
    let ask = { (thresholds: inout Thresholds) in thresholds.lapsedAttestations = true }
    #expect(!Self.check(past, day: 4, policy: policy, ask).isTripped)
    #expect(Self.check(past, day: 5, policy: policy, ask).isTripped)
    #expect(!Self.check(past, day: 5, policy: policy) { _ in }.isTripped)
  }

  // MARK: What is open

  @Test func `takes for open what the newest run left out`() throws {
    let past = Self.past([Self.fails(Self.high), Self.passes(Self.low)], [Self.passes(Self.low)])
    let gate = Self.check(past) { $0.severity = .high }
    let reason = try #require(gate.reasons.first)
    #expect(reason.isLeftOut)
    #expect(reason.finding?.control == Self.high)
    #expect(Self.isTripped(past) { $0.counts = [.high: 0] })
    #expect(Self.isTripped(past) { $0.compliance = 51 })
    #expect(!Self.isTripped(past) { $0.newFailures = true })
  }

  @Test func `takes an accepted failure for none`() {
    let past = Self.past([Self.fails(Self.high), Self.passes(Self.low)])
    let gate = Self.check(past, policy: Self.waiver(Self.high)) {
      $0.severity = .low
      $0.counts = [.high: 0]
    }
    #expect(!gate.isTripped)
    #expect(gate.waived == 1)
    #expect(gate.open == 0)
  }

  @Test func `names the items that nobody accepted`() throws {
    let control = "container-no-privileged"
    let past = Self.past([Self.fails(control, "ci", "web")])
    let one = Self.check(past, policy: Self.waiver(control, items: ["ci"])) { $0.severity = .low }
    #expect(try #require(one.reasons.first).items.map(\.name) == ["web"])
    let all = Self.check(past, policy: Self.waiver(control, items: ["ci", "w*"])) {
      $0.severity = .low
    }
    #expect(!all.isTripped)
    #expect(all.waived == 1)
  }

  @Test func `is not passed by a run that looked at accepted items alone`() {
    let control = "container-no-privileged"
    var past = Past()
    past.add(day: 0, findings: [Self.fails(control, "ci", "web")])
    past.add(day: 1, findings: [Self.fails(control, "ci")], scope: "include=ci")
    let gate = Self.check(past, policy: Self.waiver(control, items: ["ci"])) { $0.severity = .low }
    #expect(gate.reasons.map { $0.items.map(\.name) } == [["web"]])
  }

  @Test func `names the newest run that has the failure`() {
    let past = Self.past([Self.fails(Self.high)], [Self.fails(Self.high)], [Self.fails(Self.high)])
    let gate = Self.check(past) { $0.severity = .high }
    #expect(gate.reasons.map { $0.run?.id } == [3])
  }

  // MARK: New failures

  private static func changes(_ base: [Finding], _ head: [Finding], policy: Policy = Policy())
    -> [Change]
  {
    check(past(base, head), policy: policy) { $0.newFailures = true }.reasons.compactMap {
      if case .newFailure(let change) = $0.kind { change } else { nil }
    }
  }

  @Test func `trips on what regressed or is newly seen`() {
    #expect(Self.changes([Self.passes(Self.high)], [Self.fails(Self.high)]) == [.regressed])
    #expect(
      Self.changes([Self.passes(Self.low)], [Self.passes(Self.low), Self.fails(Self.high)]) == [
        .newlySeen
      ])
    #expect(Self.changes([Self.fails(Self.high)], [Self.fails(Self.high)]).isEmpty)
    #expect(Self.changes([Self.fails(Self.high)], [Self.passes(Self.high)]).isEmpty)
    #expect(Self.changes([Self.fails(Self.high)], [Self.passes(Self.low)]).isEmpty)
  }

  @Test func `trips on another item of an old failure`() throws {
    let control = "container-no-privileged"
    let gate = Self.check(
      Self.past([Self.fails(control, "ci")], [Self.fails(control, "ci", "web")])
    ) { $0.newFailures = true }
    #expect(gate.reasons.map { $0.items.map(\.name) } == [["web"]])
    #expect(Self.changes([Self.fails(control, "ci", "web")], [Self.fails(control, "ci")]).isEmpty)
    #expect(
      Self.changes(
        [Self.fails(control, "ci")], [Self.fails(control, "ci", "web")],
        policy: Self.waiver(control, items: ["web"])
      ).isEmpty)
    #expect(
      Self.changes(
        [Self.fails(control, "ci")], [Self.fails(control, "ci", "web")],
        policy: Self.waiver(control, items: ["ci"])) == [.stillFailing])
  }

  @Test func `does not trip on an accepted failure`() {
    let policy = Self.waiver(Self.high)
    #expect(
      Self.changes([Self.passes(Self.high)], [Self.fails(Self.high)], policy: policy).isEmpty)
  }

  @Test func `does not trip on what another criterion may explain`() {
    let control = "container-no-privileged-ports"
    let old = Example.release("v1.6.0", edition: "e10-cis1.5.0")
    for before in [Self.passes(control), Self.fails(control, "web")] {
      var past = Past()
      past.add(day: 0, findings: [before], release: old)
      past.add(day: 1, findings: [Self.fails(control, "web", "db")])
      let gate = Self.check(past) { $0.newFailures = true }
      #expect(!gate.isTripped)
      #expect(gate.criterionChanged == 1)
    }
  }

  @Test func `gives every reason`() {
    var past = Past()
    past.add(day: 0, [Self.high: .pass, Self.low: .pass])
    past.add(day: 1, [Self.high: .fail, Self.low: .fail, "9.9": .fail], isComplete: false)
    let gate = Self.check(past) {
      $0.newFailures = true
      $0.severity = .low
      $0.compliance = 10
      $0.counts = [.high: 0, .low: 0]
      $0.unmapped = true
      $0.incomplete = true
      $0.staleDays = 3
    }
    // 3 severities, 2 counts, compliance, unmapped, incomplete, stale, 3 new ones.
    #expect(gate.reasons.count == 12)
  }
}
