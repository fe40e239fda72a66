import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A ranking` {
  private static func rank(
    _ past: Past, by grouping: Ranking.Grouping = .control, hosts: [String] = ["web-1"],
    policy: Policy = Policy(), day: Int64 = 10
  ) -> Ranking {
    let judgement = Judgement(policy, at: Past.day(day))
    var builder = RankingBuilder(by: grouping, judgement)
    for host in hosts { builder.add(JudgedHost(past.host(host), judgement)) }
    return builder.build()
  }

  private static func past(_ findings: [Finding]) -> Past {
    var past = Past()
    past.add(day: 0, findings: findings)
    return past
  }

  private static func waiver(_ control: ControlID, items: [String] = []) -> Policy {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control(control)), items: items.map { Glob($0) }, reason: "r",
        owner: "o")
    ]
    return policy
  }

  private static func severity(_ control: ControlID) -> Severity? {
    Catalog.embedded.risks[control]?.severity
  }

  // MARK: Order

  @Test func `puts the more severe first`() throws {
    let controls = Catalog.embedded.controls.all.map(\.id).filter {
      Catalog.embedded.risks[$0]?.surface == "runtime"
    }
    #expect(Set(controls.compactMap(Self.severity)).count > 2)
    let ranking = Self.rank(
      Self.past(controls.enumerated().map { Example.finding($1, .fail, id: "5.\($0 + 1)") }))
    let severities = ranking.entries.compactMap(\.severity)
    #expect(severities.count == controls.count)
    #expect(severities == severities.sorted(by: >))
    #expect(ranking.open == controls.count)
  }

  @Test func `puts equal ones in the order of their names, whatever that of the log`() throws {
    let equal = Dictionary(grouping: Catalog.embedded.controls.all.map(\.id)) {
      "\(Catalog.embedded.risks[$0]?.surface ?? "") \(Self.severity($0)?.name ?? "")"
    }
    let controls = try #require(equal.values.max { $0.count < $1.count })
    #expect(controls.count > 5)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5 {
      let findings = controls.shuffled(using: &generator).map { Example.finding($0, .fail, id: $0) }
      let ranking = Self.rank(Self.past(findings))
      #expect(ranking.entries.map(\.name) == controls.sorted())
      #expect(Set(ranking.entries.map(\.score)).count == 1)
    }
  }

  @Test func `is of what is open`() {
    let ranking = Self.rank(
      Self.past([
        Example.finding("daemon-icc-disabled", .fail, id: "2.1"),
        Example.finding("host-hardened", .manual, id: "1.2"),
        Example.finding("host-partition", .pass, id: "1.1"),
        Example.finding("operations-image-sprawl", .info, id: "6.1"),
        Example.finding("swarm-bind-interface", .notApplicable, id: "7.2"),
      ]))
    #expect(ranking.entries.map(\.name) == ["daemon-icc-disabled"])
    #expect(ranking.open == 1)
    #expect(ranking.waived == 0)
    #expect(Self.rank(Past(), hosts: []).entries.isEmpty)
  }

  // MARK: Policy

  @Test func `leaves out what is accepted, and counts it`() {
    let past = Self.past([
      Example.finding("daemon-icc-disabled", .fail, id: "2.1"),
      Example.finding("daemon-live-restore", .fail, id: "2.14"),
    ])
    let ranking = Self.rank(past, policy: Self.waiver("daemon-icc-disabled"))
    #expect(ranking.entries.map(\.name) == ["daemon-live-restore"])
    #expect(ranking.open == 1)
    #expect(ranking.waived == 1)
  }

  @Test func `counts the items that nobody has accepted`() {
    let items = ["web", "ci", "db"].map { Example.container($0) }
    let past = Self.past([Example.finding("container-no-privileged", .fail, items: items)])
    let policy = Self.waiver("container-no-privileged", items: ["ci"])
    let ranking = Self.rank(past, policy: policy)
    #expect(ranking.entries.map(\.items) == [2])
    #expect(ranking.waived == 0)
    #expect(
      Self.rank(past, by: .item, policy: policy).entries.map(\.name) == [
        "container db", "container web",
      ])
  }

  @Test func `takes the team's severity and decisions`() throws {
    var policy = Policy()
    policy.severities = ["daemon-live-restore": .critical]
    policy.attestations = [
      Attestation(coverage: Coverage(.control("host-hardened")), decision: .fail, by: "me")
    ]
    let past = Self.past([
      Example.finding("container-no-privileged", .fail, id: "5.4"),
      Example.finding("daemon-live-restore", .fail, id: "2.14"),
      Example.finding("host-hardened", .manual, id: "1.2"),
    ])
    let ranking = Self.rank(past, policy: policy)
    let entry = try #require(ranking.entries.first { $0.name == "daemon-live-restore" })
    #expect(entry.severity == .critical)
    #expect(entry.terms.first?.factor == 10_000)
    // Nothing but the run tells since when.
    let attested = try #require(ranking.entries.first { $0.name == "host-hardened" })
    #expect(attested.since == Past.day(0))
  }

  // MARK: Grouping

  private static let fleet: Past = {
    var past = Past()
    let socket = Example.finding(
      "container-no-docker-sock", .fail, id: "5.31", items: [Example.container("ci")])
    let icc = Example.finding("daemon-icc-disabled", .fail, id: "2.1")
    let passed = Example.finding("daemon-icc-disabled", .pass, id: "2.1")
    let sprawl = ["operations-image-sprawl", "operations-container-sprawl"].map {
      Example.finding($0, .fail, id: $0)
    }
    let unknown = Example.finding(nil, .fail, id: "9.9", items: [Example.container("ci")])
    past.add(day: 0, host: "db-1", findings: [icc] + sprawl)
    past.add(day: 3, host: "web-1", findings: [socket, passed, unknown] + sprawl)
    past.add(day: 5, host: "web-1", findings: [socket, icc, unknown] + sprawl)
    return past
  }()

  private static func fleet(by grouping: Ranking.Grouping) -> Ranking {
    rank(fleet, by: grouping, hosts: ["db-1", "web-1"])
  }

  @Test func `is by control over all hosts`() throws {
    let entries = Self.fleet(by: .control).entries
    #expect(entries.first?.name == "container-no-docker-sock")
    let icc = try #require(entries.first { $0.name == "daemon-icc-disabled" })
    #expect(icc.hosts == 2)
    #expect(icc.since == Past.day(0))
    #expect(icc.title == Catalog.embedded.controls.control("daemon-icc-disabled")?.title)
    #expect(icc.terms.first { $0.name == "regressed" }?.reason.contains("1 host") == true)
    #expect(icc.terms.first { $0.name == "age" }?.reason.hasPrefix("open for 10 days") == true)
    #expect(abs(icc.score - icc.terms.reduce(1) { $0 * $1.factor }) < 0.001)
    let unknown = try #require(entries.first { $0.name == "9.9 Title of 9.9" })
    #expect(unknown.severity == nil)
    #expect(unknown.items == 1)
    #expect(entries.allSatisfy { $0.controls == 1 })
    #expect(Self.fleet(by: .control).open == 8)
  }

  @Test func `is by fix`() throws {
    let entries = Self.fleet(by: .fix).entries
    let fix = try #require(Catalog.embedded.advice["operations-image-sprawl"]?.fix)
    let prune = try #require(entries.first { $0.name == fix.id })
    #expect(prune.title == fix.title)
    #expect(prune.controls == 2)
    #expect(prune.hosts == 2)
    #expect(
      prune.terms.map(\.name).sorted() == [
        "operations-container-sprawl", "operations-image-sprawl",
      ])
    #expect(abs(prune.score - prune.terms.reduce(0) { $0 + $1.factor }) < 0.001)
    let unmapped = try #require(entries.first { $0.name == "unmapped" })
    #expect(unmapped.severity == nil)
    #expect(unmapped.terms.map(\.reason) == ["unmapped"])
  }

  @Test func `is by host`() {
    let entries = Self.fleet(by: .host).entries
    #expect(entries.map(\.name) == ["web-1", "db-1"])
    #expect(entries.map(\.controls) == [5, 3])
    #expect(entries.map(\.hosts) == [1, 1])
    #expect(entries.map(\.since) == [Past.day(3), Past.day(0)])
    #expect(entries.map(\.severity) == [.critical, entries.last?.severity])
  }

  @Test func `is by category, in each of a control's`() throws {
    let entries = Self.fleet(by: .stride).entries
    let names = Set(entries.map(\.name))
    let expected = [
      "container-no-docker-sock", "daemon-icc-disabled", "operations-image-sprawl",
      "operations-container-sprawl",
    ].flatMap { Policy().stride(of: $0) }.map(\.title)
    #expect(names == Set(expected).union(["none"]))
    #expect(try #require(entries.first { $0.name == "none" }).controls == 1)
  }

  @Test func `is by item, with the controls that name it`() throws {
    let ranking = Self.fleet(by: .item)
    let item = try #require(ranking.entries.first)
    #expect(ranking.entries.count == 1)
    #expect(item.name == "container ci")
    #expect(item.controls == 2)
    #expect(item.severity == .critical)
    #expect(ranking.open == 8)
  }

  @Test func `is by requirement of a framework, in each of a control's`() throws {
    let frameworks = Catalog.embedded.frameworks
    let nist = try #require(frameworks.framework(Framework.nist))
    let ranking = Self.fleet(by: .requirement(nist))
    let controls = [
      "container-no-docker-sock", "daemon-icc-disabled", "operations-image-sprawl",
      "operations-container-sprawl",
    ]
    let expected = Set(
      controls.flatMap { frameworks.requirements(of: $0, in: nist.id).map(\.id) })
    #expect(expected.count > 3)
    #expect(Set(ranking.entries.map(\.name)) == expected.union([nist.noRequirement]))
    for entry in ranking.entries where entry.name != nist.noRequirement {
      let own = controls.filter { control in
        frameworks.requirements(of: control, in: nist.id).contains { $0.id == entry.name }
      }
      #expect(entry.controls == own.count, "\(entry.name)")
      #expect(Set(entry.terms.map(\.name)) == Set(own), "\(entry.name)")
      #expect(!entry.title.isEmpty, "\(entry.name)")
      #expect(abs(entry.score - entry.terms.reduce(0) { $0 + $1.factor }) < 0.001)
    }
    let without = try #require(ranking.entries.first { $0.name == nist.noRequirement })
    #expect(without.controls == 1 && without.hosts == 1 && without.title.isEmpty)
    #expect(ranking.open == 8)
  }

  // MARK: Real runs

  @Test(arguments: [
    "s1-fa9b227-log.txt", "s1-v1.3.5-log.txt", "s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt",
    "s1-v1.3.5-log.json", "s1-aqua-cis-1.2-stdout.txt", "s1-aqua-cis-1.6.0-pty-stdout.txt",
  ])
  func `of a careless host begins with the ways to root`(fixture: String) throws {
    let run = try Reading.run(fixture)
    var past = Past()
    past.add(day: 0, findings: run.findings, release: run.release)
    let ranking = Self.rank(past)
    let names = ranking.entries.map(\.name)
    let failing = Set(run.findings.filter { $0.outcome == .fail }.compactMap(\.control))
    let ways = [
      "container-no-docker-sock", "container-no-privileged", "container-no-sensitive-mounts",
    ].filter(failing.contains)
    #expect(ways.count == 3 || run.release.tool != .dockerBenchSecurity)
    let trifles = names.indices.filter {
      names[$0].contains("-audit-") || Catalog.embedded.risks[names[$0]]?.surface == "daemon-files"
    }
    #expect(!trifles.isEmpty)
    let first = try #require(trifles.first)
    for way in ways {
      let rank = try #require(names.firstIndex(of: way))
      #expect(rank < 10, "\(way) is number \(rank + 1)")
      #expect(rank < first, "\(way) is behind \(names[first])")
    }
    #expect(names.count == Set(names).count)
  }
}
