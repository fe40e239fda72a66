import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

struct `An audit of a policy` {
  private static let now: Int64 = 1_798_675_200
  private static let day: Int64 = 86_400

  private static func finding(
    _ control: String = "image-user-created", _ outcome: Outcome = .fail, items: [String] = []
  ) -> Finding {
    Finding(
      control: control, section: "images", checkID: "4.1", title: "Title", printed: .warn,
      outcome: outcome, line: 1,
      items: items.map { Item(kind: .container, name: $0, stableName: $0) })
  }

  private static func waiver(
    _ line: Int, _ control: String = "image-user-created", hosts: [String] = [],
    items: [String] = [], accepted: Int64? = nil, end: Int64? = nil
  ) -> Waiver {
    Waiver(
      coverage: Coverage(.control(control), hosts: hosts.map { Glob($0) }),
      items: items.map { Glob($0) }, reason: "tested", owner: "me", end: end, accepted: accepted,
      line: line)
  }

  private static func attestation(
    _ line: Int, hosts: [String] = [], accepted: Int64? = nil, end: Int64? = nil
  ) -> Attestation {
    Attestation(
      coverage: Coverage(.control("host-hardened"), hosts: hosts.map { Glob($0) }), decision: .pass,
      by: "me", end: end, accepted: accepted, line: line)
  }

  private static func audit(
    _ waivers: [Waiver] = [], _ attestations: [Attestation] = [],
    hosts: [(host: String, findings: [Finding])], days: Int = 30
  ) -> [String] {
    var policy = Policy()
    policy.waivers = waivers
    policy.attestations = attestations
    let judgement = Judgement(policy, at: now)
    let judged = hosts.map { host, findings in
      JudgedHost.of(host, findings.map { .of($0) }, judgement)
    }
    return PolicyAudit(policy, hosts: judged, at: now, days: days).remarks.map {
      "\($0.line) \($0.problem)"
    }
  }

  private static let failing = [(host: "web-1", findings: [finding()])]

  @Test func `finds nothing where every waiver is needed`() {
    #expect(Self.audit([Self.waiver(3)], hosts: Self.failing) == [])
    #expect(Self.audit(hosts: []) == [])
  }

  @Test func `names what is unused`() {
    let waivers = [
      Self.waiver(3, hosts: ["db"]), Self.waiver(8, items: ["web"]),
      Self.waiver(13, "daemon-icc-disabled"),
    ]
    #expect(Self.audit(waivers, hosts: Self.failing) == ["3 unused", "8 unused", "13 unused"])
    let passing = [(host: "web-1", findings: [Self.finding("image-user-created", .pass)])]
    #expect(Self.audit([Self.waiver(3)], hosts: passing) == ["3 unused"])
    let manual = [(host: "a", findings: [Self.finding("host-hardened", .manual)])]
    let attestations = [
      Self.attestation(4), Self.attestation(9), Self.attestation(14, hosts: ["b"]),
    ]
    #expect(Self.audit([], attestations, hosts: manual) == ["4 unused", "14 unused"])
  }

  @Test func `names what has expired and what will`() {
    let ends = [Self.now, Self.now + 1, Self.now + 30 * Self.day, Self.now + 30 * Self.day + 1]
    for end in ends {
      let expected: [String] =
        switch end {
        case Self.now: ["3 expired(\(end))"]
        case ends[3]: []
        default: ["3 expiring(\(end))"]
        }
      #expect(Self.audit([Self.waiver(3, end: end)], hosts: Self.failing) == expected)
    }
    #expect(Self.audit([Self.waiver(3, end: ends[1])], hosts: Self.failing, days: -1) == [])
    #expect(Self.audit([Self.waiver(3, end: ends[1])], hosts: Self.failing, days: .max).count == 1)
  }

  @Test func `names the lines of what overlaps`() {
    let whole = [Self.waiver(3), Self.waiver(8, end: Self.now), Self.waiver(13, items: ["w*"])]
    let items = [(host: "a", findings: [Self.finding(items: ["web", "db"])])]
    #expect(
      Self.audit(whole, hosts: items)
        == ["8 expired(\(Self.now))", "13 overlapping(lines: [3])"])
    #expect(
      Self.audit([Self.waiver(3), Self.waiver(8)], hosts: Self.failing) == [
        "8 overlapping(lines: [3])"
      ])
    let parts = [
      Self.waiver(3, items: ["web"]), Self.waiver(8, items: ["d?"]), Self.waiver(13, items: ["*"]),
      Self.waiver(18, items: ["db"]),
    ]
    #expect(
      Self.audit(parts, hosts: items)
        == ["13 overlapping(lines: [3])", "18 overlapping(lines: [8])"])
  }

  @Test func `names the hosts for which nobody decides any more`() {
    let manual = ["b", "a", "c"].map {
      (host: $0, findings: [Self.finding("host-hardened", .manual)])
    }
    let attestations = [
      Self.attestation(4, end: Self.now - Self.day), Self.attestation(9, end: Self.now),
      Self.attestation(14, hosts: ["c"]),
    ]
    #expect(
      Self.audit([], attestations, hosts: manual) == [
        "4 expired(\(Self.now - Self.day))", "9 expired(\(Self.now))",
        #"9 lapsed(hosts: ["a", "b"])"#,
      ])
  }

  @Test func `says nothing of what does not hold yet`() {
    let later = Self.now + 1
    let waivers = [
      Self.waiver(3, accepted: later), Self.waiver(8, hosts: ["db"], accepted: later),
      Self.waiver(13, accepted: later, end: later + Self.day),
    ]
    let attestations = [Self.attestation(20, accepted: later, end: later + Self.day)]
    let manual = [(host: "a", findings: [Self.finding("host-hardened", .manual)])]
    #expect(Self.audit(waivers, attestations, hosts: Self.failing + manual) == [])
    #expect(
      Self.audit([Self.waiver(3, hosts: ["db"], accepted: Self.now)], hosts: Self.failing)
        == ["3 unused"])
    // What has lapsed is the one that held, not the one that will.
    let both = [Self.attestation(4, end: Self.now), Self.attestation(9, accepted: later)]
    #expect(
      Self.audit([], both, hosts: manual)
        == ["4 expired(\(Self.now))", #"4 lapsed(hosts: ["a"])"#])
  }

  @Test func `names controls that do not exist`() {
    var policy = Policy()
    policy.waivers = [Self.waiver(3, "no-such", end: Self.now), Self.waiver(8, "no-such")]
    policy.severities = ["no-such-b": .low, "no-such-a": .low, "image-user-created": .low]
    policy.stride = ["no-such": [.denial]]
    let remarks = PolicyAudit(policy, hosts: [], at: Self.now, days: 0).remarks
    #expect(
      remarks.map(\.problem) == [
        .unknownControl("no-such-a"), .unknownControl("no-such-b"), .unknownControl("no-such"),
        .unknownControl("no-such"), .expired(Self.now), .unknownControl("no-such"),
      ])
    #expect(
      remarks.map(\.entry) == [
        .severity("no-such-a"), .severity("no-such-b"), .stride("no-such"), .waiver(0), .waiver(0),
        .waiver(1),
      ])
  }
}
