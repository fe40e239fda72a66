import BenchAnalysis
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A threat` {
  private static let controls = [
    "container-no-docker-sock", "container-no-privileged", "host-hardened",
  ]
  private static let model = ThreatModel([
    Threat(
      id: "escape", system: .docker, title: "Escape", stride: .elevation, components: ["container"],
      description: "Text.", controls: controls),
    Threat(
      id: "cluster", system: .kubernetes, title: "Cluster", stride: .elevation,
      components: ["rbac"],
      description: "Text.", controls: ["kube-rbac-wildcards-limited"]),
  ])

  private static func judgement(
    waiving control: String? = nil, items: [String] = [], attesting outcome: Outcome? = nil,
    until end: Int64? = nil
  ) -> Judgement {
    var policy = Policy()
    if let control {
      policy.waivers = [
        Waiver(
          coverage: Coverage(.control(control)), items: items.map { Glob($0) }, reason: "r",
          owner: "o")
      ]
    }
    if let outcome {
      policy.attestations = [
        Attestation(
          coverage: Coverage(.control("host-hardened")), decision: outcome, by: "b", end: end)
      ]
    }
    return Judgement(policy, at: 1_000)
  }

  private static func assess(
    _ outcomes: [Outcome?], _ judgement: Judgement = judgement()
  ) throws -> ThreatAssessment.Row {
    let findings = zip(controls, outcomes).compactMap { control, outcome in
      outcome.map { KnownFinding.of(control, $0) }
    }
    let assessment = assessment(model, [("web-1", findings)], judgement)
    return try #require(assessment["escape"])
  }

  private static func assessment(
    _ model: ThreatModel, _ hosts: [(host: String, findings: [KnownFinding])],
    _ judgement: Judgement
  ) -> ThreatAssessment {
    var assessment = ThreatAssessment(model)
    for (host, findings) in hosts { assessment.add(.of(host, findings, judgement)) }
    return assessment
  }

  private static let table: [(outcomes: [Outcome?], state: ThreatState, judged: Int)] = [
    ([.fail, .pass, .pass], .exposed, 3),
    ([.fail, .manual, nil], .exposed, 1),
    ([.pass, .pass, .pass], .mitigated, 3),
    ([.pass, .manual, nil], .mitigated, 1),
    ([.pass, .notApplicable, .info], .mitigated, 1),
    ([.manual, .manual, .manual], .unknown, 0),
    ([.notApplicable, .notApplicable, nil], .unknown, 0),
    ([.info, nil, nil], .unknown, 0),
  ]

  @Test(arguments: table.indices)
  func `is judged by its controls`(number: Int) throws {
    let (outcomes, state, judged) = Self.table[number]
    let row = try Self.assess(outcomes)
    #expect(row.state == state)
    #expect(row.hosts.map(\.state) == [state])
    #expect(row.judged == judged)
    #expect(row.total == 3)
    #expect(row.hosts(state).map(\.host) == ["web-1"])
  }

  @Test func `says what was not judged and why`() throws {
    let host = try #require(try Self.assess([.pass, .manual, nil]).hosts.first)
    #expect(host.passing == ["container-no-docker-sock"])
    #expect(host.unjudged.map(\.control) == ["container-no-privileged", "host-hardened"])
    #expect(host.unjudged.map(\.reason) == [.manual, .notEvaluated])
    #expect(
      try Self.assess([.info, .notApplicable, nil]).hosts.first?.unjudged.map(\.reason)
        == [.info, .notApplicable, .notEvaluated])
  }

  @Test func `is accepted only if all of it is waived`() throws {
    let waiving = Self.judgement(waiving: "container-no-docker-sock")
    let accepted = try Self.assess([.fail, .pass, .pass], waiving)
    #expect(accepted.state == .accepted)
    #expect(accepted.hosts.first?.accepted == ["container-no-docker-sock"])
    #expect(accepted.judged == 3)
    let exposed = try Self.assess([.fail, .fail, .pass], waiving)
    #expect(exposed.state == .exposed)
    #expect(exposed.hosts.first?.open.map(\.control) == ["container-no-privileged"])
    #expect(exposed.hosts.first?.accepted == ["container-no-docker-sock"])
    #expect(exposed.hosts.first?.open.first?.openSince == 100)
  }

  @Test func `stays open for the items that no waiver covers`() throws {
    let finding = KnownFinding.of(
      "container-no-docker-sock", items: ["web", "ci"], isLeftOut: true)
    let row = try #require(
      Self.assessment(
        Self.model, [("web-1", [finding])],
        Self.judgement(waiving: "container-no-docker-sock", items: ["ci"]))["escape"])
    let evidence = try #require(row.hosts.first?.open.first)
    #expect(evidence.openItems.map(\.name) == ["web"])
    #expect(evidence.isLeftOut)
  }

  @Test func `takes a person's decision as long as it holds`() throws {
    let outcomes: [Outcome?] = [nil, nil, .manual]
    #expect(try Self.assess(outcomes, Self.judgement(attesting: .pass)).state == .mitigated)
    #expect(try Self.assess(outcomes, Self.judgement(attesting: .fail)).state == .exposed)
    let lapsed = try Self.assess(outcomes, Self.judgement(attesting: .pass, until: 1_000))
    #expect(lapsed.state == .unknown)
  }

  @Test func `is not known without a run of its system`() throws {
    let findings = [KnownFinding.of("container-no-docker-sock", .pass)]
    var assessment = ThreatAssessment(Self.model)
    #expect(assessment.rows.allSatisfy { $0.state == .unknown && $0.total == 0 })
    assessment.add(.of("web-1", findings, Self.judgement()))
    let cluster = try #require(assessment["cluster"])
    #expect(cluster.state == .unknown)
    #expect(cluster.hosts.isEmpty)
    #expect(cluster.withoutRun == ["web-1"])
    assessment.add(
      .of("node-1", [KnownFinding.of(nil)], Self.judgement(), system: .kubernetes))
    #expect(assessment["cluster"]?.hosts.map(\.host) == ["node-1"])
    #expect(assessment["cluster"]?.total == 1)
    #expect(assessment["escape"]?.withoutRun == ["node-1"])
    #expect(assessment.count(.unknown) == 1)
    #expect(assessment.count(.mitigated) == 1)
  }

  @Test func `can be answered by the other system's controls`() {
    let model = ThreatModel([
      Threat(
        id: "node", system: .kubernetes, title: "Node", stride: .elevation, components: ["node"],
        description: "Text.", controls: ["container-no-docker-sock"])
    ])
    let hosts = [(host: "node-1", findings: [KnownFinding.of("container-no-docker-sock")])]
    #expect(Self.assessment(model, hosts, Self.judgement())["node"]?.state == .exposed)
  }

  @Test func `is worst where any host has it worst`() throws {
    let control = Self.controls[0]
    let hosts: [(host: String, findings: [KnownFinding])] = [
      ("a", [.of(control, .pass)]), ("b", [.of(control, .fail)]), ("c", [.of(control, .manual)]),
    ]
    let judgement = Self.judgement()
    let row = try #require(Self.assessment(Self.model, hosts, judgement)["escape"])
    #expect(row.state == .exposed)
    #expect(row.hosts.map(\.state) == [.mitigated, .exposed, .unknown])
    #expect(row.judged == 2)
    #expect(row.total == 9)
    let waiving = Self.judgement(waiving: control)
    #expect(Self.assessment(Self.model, hosts, waiving)["escape"]?.state == .accepted)
    let others = hosts.filter { $0.host != "b" }
    #expect(Self.assessment(Self.model, others, judgement)["escape"]?.state == .mitigated)
  }
}
