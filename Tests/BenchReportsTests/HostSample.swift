import BenchCatalog
import BenchHistory
import BenchModel
import BenchRemedy
import BenchReports
import BenchTestSupport

@testable import BenchAnalysis

/// Hosts with two runs each, for the reports on what to do.
extension Sample {
  /// What is known of a host, and what was known before its newest run.
  struct KnownHost {
    var now: HostFindings
    var before: HostFindings?
    var run: RunSummary
  }

  static func host(_ name: String, _ contents: [[Finding]]) -> KnownHost {
    var past = Past()
    for (index, findings) in contents.enumerated() {
      past.add(
        id: Int64(index + 1), order: RunOrder(startedAt: day(Int64(index * 10))), host: name,
        findings: findings, release: head.release)
    }
    var run = head
    run.id = Int64(contents.count)
    run.host = name
    run.path = "logs/\(name).log"
    run.startedAt = day(Int64((contents.count - 1) * 10))
    run.isComplete = true
    return KnownHost(
      now: past.host(name),
      before: contents.count > 1 ? past.only { $0.run.id < run.id }.host(name) : nil, run: run)
  }

  /// A host whose items and unknown checks have a name, and one beside it.
  static func hosts(_ name: String = "web-1", item: String = "ci-runner") -> [KnownHost] {
    let shared = [
      finding("host-audit-dockerd", .fail, id: "1.1.3"),
      finding("image-user-created", .fail, id: "4.1", items: [self.item(item), self.item("web")]),
      finding("host-hardened", .manual, id: "1.2.1"),
      finding("host-partition", .pass, id: "1.1.1"),
    ]
    var unknown = finding(nil, .fail, id: "9.9", items: [self.item(item)])
    unknown.title = item
    let socket = finding(
      "container-no-docker-sock", .fail, id: "5.32", items: [self.item(item)],
      details: ["Docker socket shared: " + item])
    return [
      host(
        "db-1",
        [
          shared + [
            finding("daemon-icc-disabled", .fail, id: "2.2"),
            finding("daemon-live-restore", .fail, id: "2.15"),
          ]
        ]),
      host(
        name,
        [
          shared + [
            finding("daemon-icc-disabled", .fail, id: "2.2"), socket,
            finding("container-no-privileged", .pass, id: "5.5"),
          ],
          shared + [
            finding("daemon-icc-disabled", .pass, id: "2.2"), socket,
            finding("container-no-privileged", .fail, id: "5.5", items: [self.item(item)]),
            unknown,
          ],
        ]),
    ]
  }

  /// A policy that accepts a failure and once decided another check.
  static func policy(_ name: String = "platform team") -> Policy {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control("daemon-live-restore")), reason: "r", owner: name, end: day(400)
      )
    ]
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: name, end: day(1))
    ]
    return policy
  }

  static func model(_ name: String = "A container with the daemon's socket") -> ThreatModel {
    ThreatModel([
      Threat(
        id: "socket", system: .docker, title: name, stride: .elevation,
        severity: .critical, components: ["container", name],
        description: "What it means: \(name).",
        evidence: Threat.Evidence(
          deciding: ["container-no-docker-sock"], supporting: ["container-no-privileged"]),
        countermeasure: "Mount no socket, says \(name).", techniques: ["T1611"], sources: [name]),
      Threat(
        id: "neighbour", system: .docker, title: "A container listens to its neighbours",
        stride: .disclosure, components: ["network"], description: "On the default bridge.",
        evidence: Threat.Evidence(deciding: ["daemon-icc-disabled"])),
      Threat(
        id: "unseen", system: .docker, title: "A change leaves no record", stride: .repudiation,
        components: ["host"], description: "Nobody can say who it was.",
        evidence: Threat.Evidence(deciding: ["host-audit-dockerd", "daemon-live-restore"])),
      Threat(
        id: "star", system: .kubernetes, title: "A role with a star", stride: .elevation,
        components: ["rbac"], description: "More than anybody meant.",
        evidence: Threat.Evidence(deciding: ["kube-rbac-wildcards-limited"])),
    ])
  }

  static func judgement(_ name: String = "platform team") -> Judgement {
    Judgement(policy(name), at: day(40))
  }

  static func ranking(
    by grouping: Ranking.Grouping, _ name: String = "web-1", item: String = "ci-runner"
  ) -> Ranking {
    var builder = RankingBuilder(by: grouping, judgement())
    for host in hosts(name, item: item) { builder.add(JudgedHost(host.now, judgement())) }
    return builder.build()
  }

  static func assessment(
    _ name: String = "web-1", item: String = "ci-runner", _ model: ThreatModel = model()
  ) -> ThreatAssessment {
    var assessment = ThreatAssessment(model, .embedded)
    for host in hosts(name, item: item) { assessment.add(JudgedHost(host.now, judgement())) }
    return assessment
  }

  static func failures(_ name: String = "web-1", item: String = "ci-runner") -> [OpenFailure] {
    hosts(name, item: item).flatMap { host in
      host.now.findings.compactMap { known in
        judgement().judge(known.finding, host: host.now.host).isOpen
          ? OpenFailure(hosts: [host.now.host], finding: known.finding) : nil
      }
    }
  }

  static func shortlist(
    _ name: String = "web-1", item: String = "ci-runner", _ model: ThreatModel = model(),
    mostTexts: Int = .max
  ) -> Shortlist {
    let remedies = Remedies(failures(name, item: item), policy: policy())
    return Shortlist(
      remedies, ranking: ranking(by: .fix, name, item: item), model: model, limit: 10, own: nil,
      unmapped: remedies.unmapped.count, mostTexts: mostTexts)
  }

  static func selection(
    _ name: String = "web-1", item: String = "ci-runner", _ model: ThreatModel = model(),
    excluded: Set<ControlID> = [],
    inside: Set<ControlID> = ["container-no-docker-sock", "container-no-privileged"],
    outside: Int = 1
  ) -> Selection {
    let scores = Dictionary(
      uniqueKeysWithValues: ranking(by: .control, name, item: item).entries.map {
        ($0.name, $0.score)
      })
    let byControl = Dictionary(grouping: failures(name, item: item)) { $0.finding.control }
    return Selection(
      byControl.compactMap { control, failures in
        guard let control, let first = failures.last else { return nil }
        let run = hosts(name, item: item).map(\.run).first { first.hosts.contains($0.host) }
        let now = run.map { Selection.Evidence(run: $0, finding: first.finding) }
        return Selection.Candidate(
          control: control, finding: first.finding, hosts: failures.flatMap(\.hosts).reversed(),
          severity: policy().severity(of: control), score: scores[control] ?? 0,
          threats: model.threats.filter { $0.isDecided(by: control) }.map(\.id),
          surface: Catalog.embedded.risks[control]?.surface ?? "",
          isExcluded: excluded.contains(control), isOutside: !inside.contains(control),
          source: run, before: now, now: now)
      }, Selection.Rule(count: 2, coversThreats: true, outside: outside))
  }

  /// Findings that an analyst named: one that a host failed before, and one that nobody ever failed.
  static func namedSelection(_ name: String = "web-1", item: String = "ci-runner") -> Selection {
    let run = hosts(name, item: item).map(\.run).first { $0.host == name } ?? head
    var earlier = run
    earlier.path = "logs/before-\(name).log"
    earlier.id = 7
    let (failed, passes) = (
      finding("daemon-icc-disabled", .fail, id: "2.1"),
      finding("daemon-icc-disabled", .pass, id: "2.2")
    )
    let other = finding("host-partition", .pass, id: "1.1.1")
    return Selection(named: [
      Selection.Candidate(
        control: "daemon-icc-disabled", finding: passes, hosts: [name], severity: .high, score: 0,
        threats: ["neighbour"], source: run,
        before: Selection.Evidence(run: earlier, finding: failed),
        now: Selection.Evidence(run: run, finding: passes)),
      Selection.Candidate(
        control: "host-partition", finding: other, hosts: [name], severity: .medium, score: 0,
        threats: [], source: run, now: Selection.Evidence(run: run, finding: other)),
    ])
  }

  static func meanings(_ name: String = "web-1") -> [Selection.Meaning] {
    [
      Selection.Meaning(
        name: "2.1", id: "2.1", edition: "cis-1.2", control: "daemon-icc-disabled", hosts: [name]),
      Selection.Meaning(
        name: "host-partition", id: nil, edition: nil, control: "host-partition", hosts: [name]),
    ]
  }

  static func namedReport(_ name: String = "web-1", item: String = "ci-runner") -> SelectionReport {
    SelectionReport(
      namedSelection(name, item: item), assessment(name, item: item), model: model(),
      runs: hosts(name, item: item).map(\.run),
      remedies: Remedies(failures(name, item: item), policy: policy()),
      meanings: meanings(name), after: nil)
  }

  static func selectionReport(
    _ name: String = "web-1", item: String = "ci-runner", _ model: ThreatModel = model(),
    outside: [String] = ["5.32", "5.5"], hasAfter: Bool = true
  ) -> SelectionReport {
    var later = head
    later.path = "logs/after-\(name).log"
    later.host = name
    let after = SelectionReport.After(
      StoredRun(
        summary: later, findings: [finding("container-no-docker-sock", .pass, id: "5.32")]))
    return SelectionReport(
      selection(name, item: item, model, outside: outside.isEmpty ? 0 : 1),
      assessment(name, item: item, model), model: model,
      runs: hosts(name, item: item).map(\.run),
      remedies: Remedies(failures(name, item: item), policy: policy()), outside: outside,
      after: hasAfter ? after : nil)
  }

  /// The document of an analyst about what was chosen, or named.
  static func analyst(
    _ name: String = "web-1", item: String = "ci-runner", _ model: ThreatModel = model(),
    isNamed: Bool = false, most: Int? = nil
  ) -> AnalystDocument {
    AnalystDocument(
      isNamed ? namedReport(name, item: item) : selectionReport(name, item: item, model),
      matrix: stride(name, item: item).now, policy(),
      AnalystDocument.Options(
        title: "Threats of \(name)", author: name, time: day(40), threatsPerSystem: most))
  }

  /// The hosts at a glance, each with the same state of a gate.
  static func fleetOverview(
    _ name: String = "web-1", gate: Gate.HostResult.State? = nil, silentAfter: Int = 2
  ) -> FleetOverview {
    var fleet = FleetOverview(time: day(40), silentAfter: silentAfter, hasGate: gate != nil)
    for host in hosts(name) { fleet.add(JudgedHost(host.now, judgement()), gate: gate) }
    return fleet
  }

  /// The second host on one screen, of which the gate says that two rules fail.
  static func status(
    _ name: String = "web-1", item: String = "ci-runner", isFirst: Bool = false
  ) -> HostStatus {
    let host = hosts(name, item: item)[1]
    var thresholds = Thresholds()
    thresholds.severity = .high
    thresholds.compliance = 90
    let now = JudgedHost(host.now, judgement())
    var gate = Gate(thresholds, judgement())
    gate.check(Gate.Subject(host: now, runs: [host.run]))
    var before = host.run
    before.id = 1
    before.startedAt = day(0)
    guard
      var status = HostStatus(
        now, before: isFirst ? nil : host.before.map { JudgedHost($0, judgement()) },
        runs: [host.run],
        systems: [
          HostStatus.System(
            .docker, run: host.run, base: isFirst ? nil : before, baseline: isFirst ? nil : before)
        ], gate: gate, judgement(), silentAfter: 2)
    else { preconditionFailure("the host has runs") }
    status.history = [4, 5].enumerated().map { number, failures in
      HostStatus.Place(
        run: Int64(number + 1), time: day(Int64(number * 10)), failures: failures)
    }
    return status
  }

  static func stride(
    _ name: String = "web-1", item: String = "ci-runner", isFirst: Bool = false
  ) -> StrideMovement {
    var movement = StrideMovement(judgement())
    for host in hosts(name, item: item) {
      movement.add(
        JudgedHost(host.now, judgement()),
        before: isFirst ? nil : host.before.map { JudgedHost($0, judgement()) },
        withoutBase: host.before == nil || isFirst ? 1 : 0)
    }
    return movement
  }

  /// The report on all hosts, or on the second alone.
  static func full(
    _ name: String = "web-1", item: String = "ci-runner", isOne: Bool = false,
    owner: String = "platform team"
  ) -> Document {
    var report = FullReport(judgement(owner), model(), limit: 3)
    var overview = FleetOverview(time: day(40), silentAfter: 2, hasGate: !isOne)
    for host in hosts(name, item: item).dropFirst(isOne ? 1 : 0) {
      let now = JudgedHost(host.now, judgement(owner))
      report.add(now, before: host.before.map { JudgedHost($0, judgement(owner)) }) { _ in host.run
      }
      overview.add(now, gate: isOne ? nil : .tripped)
      overview.recentOpen[host.now.host] = [3, 2, 4]
    }
    report.plan(
      Remedies(failures(name, item: item), policy: policy()), ranking(by: .fix, name, item: item))
    var one = FleetComparison()
    one.add(FleetComparison.HostChange(base: base, head: head, comparison: comparison))
    return report.document(
      trend: isOne ? (trend, .run) : (fleetTrend(name), .days(1)), fleet: overview,
      changes: isOne ? one.sorted() : fleet(name), gate: isOne ? nil : gate(name))
  }
}
