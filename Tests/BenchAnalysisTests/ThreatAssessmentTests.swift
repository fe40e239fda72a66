import BenchAnalysis
import BenchCatalog
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
      description: "Text.", evidence: Threat.Evidence(deciding: controls)),
    Threat(
      id: "cluster", system: .kubernetes, title: "Cluster", stride: .elevation,
      components: ["rbac"],
      description: "Text.", evidence: Threat.Evidence(deciding: ["kube-rbac-wildcards-limited"])),
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
    var assessment = ThreatAssessment(model, .embedded)
    for (host, findings) in hosts { assessment.add(.of(host, findings, judgement)) }
    return assessment
  }

  private static let table: [(outcomes: [Outcome?], state: ThreatState, judged: Int)] = [
    ([.fail, .pass, .pass], .exposed, 3),
    ([.fail, .manual, nil], .exposed, 1),
    ([.pass, .pass, .pass], .mitigated, 3),
    ([.pass, .pass, nil], .unproven, 2),
    ([.pass, .manual, nil], .unproven, 1),
    ([.pass, .notApplicable, .info], .unproven, 2),
    ([.pass, .notApplicable, .notApplicable], .mitigated, 3),
    ([.manual, .manual, .manual], .unproven, 0),
    ([.notApplicable, .notApplicable, nil], .unproven, 2),
    ([.notApplicable, .notApplicable, .notApplicable], .doesNotApply, 3),
    ([.info, nil, nil], .unproven, 0),
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
    let outcomes: [Outcome?] = [.pass, .pass, .manual]
    #expect(try Self.assess(outcomes, Self.judgement(attesting: .pass)).state == .mitigated)
    #expect(try Self.assess(outcomes, Self.judgement(attesting: .fail)).state == .exposed)
    let lapsed = try Self.assess(outcomes, Self.judgement(attesting: .pass, until: 1_000))
    #expect(lapsed.state == .unproven)
  }

  @Test func `is not known without a run of its system`() throws {
    let findings = [KnownFinding.of("container-no-docker-sock", .pass)]
    var assessment = ThreatAssessment(Self.model, .embedded)
    #expect(assessment.rows.allSatisfy { $0.state == .unproven && $0.total == 0 })
    assessment.add(.of("web-1", findings, Self.judgement()))
    let cluster = try #require(assessment["cluster"])
    #expect(cluster.state == .unproven)
    #expect(cluster.hosts.isEmpty)
    #expect(cluster.withoutRun == ["web-1"])
    assessment.add(
      .of("node-1", [KnownFinding.of(nil)], Self.judgement(), system: .kubernetes))
    #expect(assessment["cluster"]?.hosts.map(\.host) == ["node-1"])
    #expect(assessment["cluster"]?.state == .unproven)
    #expect(assessment["cluster"]?.total == 1)
    #expect(assessment["escape"]?.withoutRun == ["node-1"])
    #expect(assessment.count(.unproven) == 2)
  }

  @Test func `can be answered by the other system's controls`() {
    let model = ThreatModel([
      Threat(
        id: "node", system: .kubernetes, title: "Node", stride: .elevation, components: ["node"],
        description: "Text.", evidence: Threat.Evidence(deciding: ["container-no-docker-sock"]))
    ])
    let hosts = [(host: "node-1", findings: [KnownFinding.of("container-no-docker-sock")])]
    #expect(Self.assessment(model, hosts, Self.judgement())["node"]?.state == .exposed)
  }

  @Test func `is worst where any host has it worst`() throws {
    func findings(_ outcome: Outcome) -> [KnownFinding] {
      [.of(Self.controls[0], outcome)] + Self.controls.dropFirst().map { .of($0, .pass) }
    }
    let hosts: [(host: String, findings: [KnownFinding])] = [
      ("a", findings(.pass)), ("b", findings(.fail)), ("c", findings(.manual)),
    ]
    let judgement = Self.judgement()
    let row = try #require(Self.assessment(Self.model, hosts, judgement)["escape"])
    #expect(row.state == .exposed)
    #expect(row.hosts.map(\.state) == [.mitigated, .exposed, .unproven])
    #expect(row.judged == 8)
    #expect(row.total == 9)
    let waiving = Self.judgement(waiving: Self.controls[0])
    #expect(Self.assessment(Self.model, hosts, waiving)["escape"]?.state == .accepted)
    let others = hosts.filter { $0.host != "b" }
    #expect(Self.assessment(Self.model, others, judgement)["escape"]?.state == .unproven)
    #expect(Self.assessment(Self.model, [hosts[0]], judgement)["escape"]?.state == .mitigated)
  }

  // MARK: Roles and conditions

  private static let condition = Threat.Condition(
    says: "The daemon listens on TCP",
    shown: [.init("daemon-tls-auth", .pass), .init("daemon-tls-auth", .fail)],
    refuted: [.init("daemon-tls-auth", .notApplicable)])

  /// The state by what was found of: the condition's control, the deciding one, the supporting and the mitigating one.
  private static let roles:
    [(
      condition: Outcome?, deciding: Outcome?, supporting: Outcome?, mitigating: Outcome?,
      ThreatState
    )] = [
      (.pass, .pass, .pass, .pass, .mitigated),
      (.pass, .pass, nil, nil, .mitigated),
      (.pass, .pass, .manual, .fail, .mitigated),
      (.pass, .pass, .fail, .pass, .partlyMitigated),
      (.pass, .fail, .pass, nil, .exposed),
      (.pass, .fail, .pass, .fail, .exposed),
      (.pass, .fail, .fail, .manual, .exposed),
      (.pass, .fail, .fail, .pass, .partlyMitigated),
      (.pass, nil, .fail, .fail, .unproven),
      (.pass, .manual, .pass, .pass, .unproven),
      (.pass, .notApplicable, .fail, .pass, .doesNotApply),
      (.notApplicable, .fail, .fail, .fail, .doesNotApply),
      (.notApplicable, .pass, .pass, nil, .doesNotApply),
      (.notApplicable, nil, nil, nil, .doesNotApply),
      (nil, .fail, .pass, nil, .unproven),
      (.manual, .fail, .pass, .pass, .unproven),
      (nil, .pass, .pass, nil, .mitigated),
      (nil, .pass, .fail, nil, .partlyMitigated),
      (nil, nil, nil, nil, .unproven),
    ]

  @Test(arguments: roles.indices)
  func `is judged by the roles of its controls and by its condition`(number: Int) throws {
    let (condition, deciding, supporting, mitigating, state) = Self.roles[number]
    let model = ThreatModel([
      Threat(
        id: "port", system: .docker, title: "Port", stride: .spoofing, components: ["daemon"],
        description: "Text.", condition: Self.condition,
        evidence: Threat.Evidence(
          deciding: ["container-no-privileged"], supporting: ["daemon-authz-plugin"],
          mitigating: ["daemon-userns-remap"]))
    ])
    let findings = [
      ("daemon-tls-auth", condition), ("container-no-privileged", deciding),
      ("daemon-authz-plugin", supporting), ("daemon-userns-remap", mitigating),
    ].compactMap { control, outcome in outcome.map { KnownFinding.of(control, $0) } }
    // A host on which nothing was found has no run.
    let all = findings + [KnownFinding.of("host-partition", .pass)]
    let row = try #require(Self.assessment(model, [("web-1", all)], Self.judgement())["port"])
    #expect(row.state == state)
    #expect(row.count(state) == 1)
    #expect(row.hosts.first?.isRefuted == (condition == .notApplicable))
  }

  @Test func `does not take the word of a tool that cannot tell`() throws {
    var condition = Self.condition
    condition.shown = condition.shown.map { .init($0.control, $0.outcome, by: .kubeBench) }
    let model = ThreatModel([
      Threat(
        id: "port", system: .docker, title: "Port", stride: .spoofing, components: ["daemon"],
        description: "Text.", condition: condition,
        evidence: Threat.Evidence(deciding: ["daemon-tls-auth"]))
    ])
    let row = try #require(
      Self.assessment(
        model, [("web-1", [.of("daemon-tls-auth", .fail)])], Self.judgement())["port"])
    #expect(row.state == .unproven)
    #expect(row.hosts.first?.isConditionUnknown == true)
  }

  @Test func `to a cluster is not judged by a node that has no check of it`() throws {
    let control = "kube-rbac-wildcards-limited"
    var assessment = ThreatAssessment(Self.model, .embedded)
    for (host, findings) in [
      ("control-plane", [KnownFinding.of(control, .pass)]),
      ("worker", [KnownFinding.of("kube-kubelet-client-ca-set", .fail)]),
    ] {
      assessment.add(.of(host, findings, Self.judgement(), system: .kubernetes))
    }
    let row = try #require(assessment["cluster"])
    #expect(row.state == .mitigated)
    #expect(row.hosts.map(\.state) == [.mitigated, .unproven])
    #expect(row.hosts.map(\.isAsked) == [true, false])
    #expect(row.total == 2)
  }
}
