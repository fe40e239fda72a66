import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

struct `A judgement` {
  /// 2026-12-31 at midnight, UTC.
  private static let lastDay: Int64 = 1_798_675_200

  private static func container(_ name: String, stable: String? = nil) -> Item {
    Item(kind: .container, name: name, stableName: stable ?? name)
  }

  private static func finding(
    _ control: String? = "image-user-created", _ outcome: Outcome = .fail, items: [Item] = [],
    isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control, section: "images", checkID: "4.1", title: "Title", printed: .warn,
      outcome: outcome, line: 1, items: items, itemsTruncated: isTruncated)
  }

  private static func waiver(
    _ subject: Coverage.Subject = .control("image-user-created"), hosts: [String] = [],
    items: [String] = [], accepted: Int64? = nil, end: Int64? = nil
  ) -> Waiver {
    Waiver(
      coverage: Coverage(subject, hosts: hosts.map { Glob($0) }), items: items.map { Glob($0) },
      reason: "tested", owner: "me", end: end, accepted: accepted)
  }

  private static func attestation(
    _ decision: Outcome, hosts: [String] = [], accepted: Int64? = nil, end: Int64? = nil
  ) -> Attestation {
    Attestation(
      coverage: Coverage(.control("host-hardened"), hosts: hosts.map { Glob($0) }),
      decision: decision,
      by: "me", end: end, accepted: accepted)
  }

  private static func judge(
    _ finding: Finding, host: String = "web-1", waivers: [Waiver] = [],
    attestations: [Attestation] = [], at time: Int64 = lastDay
  ) -> JudgedFinding {
    var policy = Policy()
    policy.waivers = waivers
    policy.attestations = attestations
    return Judgement(policy, at: time).judge(finding, host: host)
  }

  // MARK: Waivers

  @Test func `waives up to the last second of the day`() throws {
    let end = Self.lastDay + 86_400
    #expect(CivilTime.rfc3339(end) == "2027-01-01T00:00:00Z")
    let waivers = [Self.waiver(end: end)]
    #expect(!Self.judge(Self.finding(), waivers: waivers, at: end - 1).isOpen)
    let expired = Self.judge(Self.finding(), waivers: waivers, at: end)
    #expect(expired.isOpen)
    #expect(expired.waivers.isEmpty)
  }

  @Test func `waives from the first second of the day of acceptance`() {
    let waivers = [Self.waiver(accepted: Self.lastDay)]
    #expect(Self.judge(Self.finding(), waivers: waivers, at: Self.lastDay - 1).isOpen)
    #expect(!Self.judge(Self.finding(), waivers: waivers, at: Self.lastDay).isOpen)
  }

  @Test func `waives on a leap day`() throws {
    let day = try #require(CivilTime("2028-02-29")).seconds
    let waivers = [Self.waiver(end: day + 86_400)]
    #expect(!Self.judge(Self.finding(), waivers: waivers, at: day + 86_399).isOpen)
    #expect(Self.judge(Self.finding(), waivers: waivers, at: day + 86_400).isOpen)
    #expect(CivilTime("2027-02-29") == nil)
  }

  @Test func `waives on the hosts of the pattern alone`() {
    let waivers = [Self.waiver(hosts: ["web-*", "db"])]
    #expect(!Self.judge(Self.finding(), host: "web-1", waivers: waivers).isOpen)
    #expect(!Self.judge(Self.finding(), host: "db", waivers: waivers).isOpen)
    #expect(Self.judge(Self.finding(), host: "db-2", waivers: waivers).isOpen)
  }

  @Test func `waives failures alone, and keeps their outcome`() {
    let waivers = [Self.waiver()]
    let waived = Self.judge(Self.finding(), waivers: waivers)
    #expect(waived.outcome == .fail)
    #expect(waived.isWaived)
    for outcome in Outcome.allCases where outcome != .fail {
      let judged = Self.judge(Self.finding("image-user-created", outcome), waivers: waivers)
      #expect(!judged.isWaived)
      #expect(judged.waivers.isEmpty)
    }
  }

  @Test func `waives by severity and category, the team's before the catalogue's`() {
    var policy = Policy()
    policy.waivers = [Self.waiver(.severity(.low)), Self.waiver(.stride(.denial))]
    policy.severities = ["image-user-created": .low]
    policy.stride = ["daemon-icc-disabled": [.disclosure, .denial]]
    let judgement = Judgement(policy, at: Self.lastDay)
    #expect(judgement.judge(Self.finding(), host: "a").waivers == [0])
    #expect(judgement.judge(Self.finding("daemon-icc-disabled"), host: "a").waivers == [1])
    #expect(judgement.judge(Self.finding(nil), host: "a").isOpen)
  }

  @Test func `adds the items of waivers up`() {
    let items = [Self.container("web"), Self.container("shop.1.x8", stable: "shop")]
    let one = Self.judge(Self.finding(items: items), waivers: [Self.waiver(items: ["we?"])])
    #expect(one.isOpen)
    #expect(one.waivedItems == [items[0]])
    let both = Self.judge(
      Self.finding(items: items),
      waivers: [
        Self.waiver(items: ["web"]), Self.waiver(items: ["other"]), Self.waiver(items: ["shop"]),
      ])
    #expect(both.isWaived)
    #expect(both.waivers == [0, 2])
    #expect(both.waivedItems == items)
  }

  @Test func `keeps a cut list open`() {
    let finding = Self.finding(items: [Self.container("web")], isTruncated: true)
    let judged = Self.judge(finding, waivers: [Self.waiver(items: ["web"])])
    #expect(judged.isOpen)
    #expect(judged.waivedItems == finding.items)
    #expect(!Self.judge(finding, waivers: [Self.waiver()]).isOpen)
  }

  @Test func `keeps a finding without items open for a waiver of items`() {
    #expect(Self.judge(Self.finding(), waivers: [Self.waiver(items: ["*"])]).isOpen)
  }

  // MARK: Attestations

  @Test func `takes the last attestation that holds`() {
    let finding = Self.finding("host-hardened", .manual)
    let end = Self.lastDay + 86_400
    let attestations = [
      Self.attestation(.pass), Self.attestation(.fail, end: end),
      Self.attestation(.notApplicable, hosts: ["other"]),
    ]
    let judged = Self.judge(finding, attestations: attestations, at: end - 1)
    #expect(judged.outcome == .fail)
    #expect(judged.attestation == 1)
    #expect(judged.isOpen)
    let later = Self.judge(finding, attestations: attestations, at: end)
    #expect(later.outcome == .pass)
    #expect(later.attestation == 0)
    #expect(!later.isLapsed)
  }

  @Test func `tells what has lapsed`() {
    let finding = Self.finding("host-hardened", .manual)
    let end = Self.lastDay + 86_400
    let attestations = [Self.attestation(.pass, end: end)]
    #expect(!Self.judge(finding, attestations: attestations, at: end - 1).isLapsed)
    let lapsed = Self.judge(finding, attestations: attestations, at: end)
    #expect(lapsed.isLapsed)
    #expect(lapsed.outcome == .manual)
    #expect(lapsed.attestation == nil)
    let renewed = attestations + [Self.attestation(.pass, end: end + 86_400)]
    #expect(!Self.judge(finding, attestations: renewed, at: end).isLapsed)
    #expect(!Self.judge(finding, attestations: renewed.reversed(), at: end).isLapsed)
  }

  @Test func `has not lapsed before it is accepted`() {
    let finding = Self.finding("host-hardened", .manual)
    let later = Self.attestation(.pass, accepted: Self.lastDay + 86_400)
    let judged = Self.judge(finding, attestations: [later])
    #expect(judged.outcome == .manual)
    #expect(!judged.isLapsed)
    // One that holds is not taken for gone, and one that is gone is said to be.
    let held = Self.judge(finding, attestations: [Self.attestation(.fail), later])
    #expect(held.outcome == .fail)
    #expect(held.attestation == 0)
    let ended = Self.attestation(.pass, end: Self.lastDay)
    #expect(Self.judge(finding, attestations: [ended, later]).isLapsed)
    #expect(Self.judge(finding, attestations: [later, ended]).isLapsed)
  }

  /// A time of chance within some days, or none.
  private static func time(_ generator: inout SeededGenerator) -> Int64? {
    Bool.random(using: &generator)
      ? lastDay + Int64.random(in: 0...4, using: &generator) * 86_400 : nil
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `knows nothing of what is accepted later`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var policy = Policy()
    for number in 0..<4 {
      policy.waivers.append(
        Self.waiver(
          .control(number < 3 ? "image-user-created" : "host-hardened"),
          items: number == 1 ? ["web"] : [], accepted: Self.time(&generator),
          end: Self.time(&generator)))
      policy.attestations.append(
        Self.attestation(
          number % 2 == 0 ? .pass : .fail, accepted: Self.time(&generator),
          end: Self.time(&generator)))
    }
    for hours in stride(from: -12, through: 132, by: 12) {
      let time = Self.lastDay + Int64(hours) * 3_600
      var known = policy
      known.waivers.removeAll { ($0.accepted ?? time) > time }
      known.attestations.removeAll { ($0.accepted ?? time) > time }
      for finding in [
        Self.finding(items: [Self.container("web"), Self.container("db")]), Self.finding(),
        Self.finding("host-hardened", .manual),
      ] {
        let judged = Judgement(policy, at: time).judge(finding, host: "a")
        let expected = Judgement(known, at: time).judge(finding, host: "a")
        #expect(judged.outcome == expected.outcome)
        #expect(judged.isWaived == expected.isWaived)
        #expect(judged.isLapsed == expected.isLapsed)
        #expect(judged.waivedItems == expected.waivedItems)
        #expect(
          judged.waivers.map { policy.waivers[$0] } == expected.waivers.map { known.waivers[$0] })
        #expect(
          judged.attestation.map { policy.attestations[$0] }
            == expected.attestation.map { known.attestations[$0] })
      }
    }
  }

  @Test func `leaves to the tool what it judged`() {
    for outcome in Outcome.allCases where outcome != .manual {
      let judged = Self.judge(
        Self.finding("host-hardened", outcome), attestations: [Self.attestation(.pass)])
      #expect(judged.outcome == outcome)
      #expect(judged.attestation == nil)
    }
  }

  @Test func `waives what a person found to fail`() {
    let judged = Self.judge(
      Self.finding("host-hardened", .manual), waivers: [Self.waiver(.control("host-hardened"))],
      attestations: [Self.attestation(.fail)])
    #expect(judged.outcome == .fail)
    #expect(!judged.isOpen)
  }
}
