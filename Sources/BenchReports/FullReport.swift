package import BenchAnalysis
package import BenchCatalog
package import BenchHistory
package import BenchModel

/// All that is known of a host or a fleet in one document.
///
/// Hosts are added one by one and folded to counts, so that a report of ten thousand takes the room of one of ten: what
/// does not fit is the worst and a number of the others.
package struct FullReport: Sendable {
  private static let mostReasons = 5
  private let judgement: Judgement
  private let limit: Int
  private var top: RankingBuilder
  private var fixes: RankingBuilder
  private var stride: StrideMovement
  private var threats: ThreatAssessment
  private var requirements: RequirementStandings?
  private var books = Books()
  private var waived: [FindingKey: FindingTally] = [:]
  private var attested: [FindingKey: FindingTally] = [:]
  private var lapsed: [FindingKey: FindingTally] = [:]
  private var manual: [FindingKey: FindingTally] = [:]
  private var unmapped: [FindingKey: FindingTally] = [:]
  private var incomplete: [RunSummary] = []
  private var incompleteCount = 0
  private var hosts: [String] = []
  private var hostCount = 0

  /// Creates a report of nothing.
  ///
  /// - Parameters:
  ///   - judgement: The policy, as of the time for which it counts and to which ages are counted.
  ///   - model: The threats that the hosts' findings are held against.
  ///   - limit: The most rows of each list.
  ///   - framework: The framework by whose requirements the controls are counted; nil for none.
  package init(
    _ judgement: Judgement, _ model: ThreatModel, limit: Int, framework: Framework? = nil
  ) {
    self.judgement = judgement
    self.limit = limit
    top = RankingBuilder(by: .control, judgement)
    fixes = RankingBuilder(by: .fix, judgement)
    stride = StrideMovement(judgement)
    threats = ThreatAssessment(model, judgement.policy.catalog)
    requirements = framework.map { RequirementStandings($0, judgement.policy.catalog) }
  }

  /// Adds a host.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - before: What was known before the newest run of each system; nil if there is none before.
  ///   - withoutBase: How many of its systems have none before.
  ///   - runs: The newest run of each tool.
  package mutating func add(
    _ host: JudgedHost, before: JudgedHost?, withoutBase: Int = 0, runs: [RunSummary]
  ) {
    hostCount += 1
    if hosts.count < 3 { hosts.append(host.name) }
    top.add(host)
    fixes.add(host)
    requirements?.add(host)
    threats.add(host)
    stride.add(host, before: before, withoutBase: withoutBase)
    books += host.findings.books
    for run in runs where !run.isComplete {
      incompleteCount += 1
      if incomplete.count < limit { incomplete.append(run) }
    }
    for verdict in host.verdicts { note(verdict, host) }
  }

  private mutating func note(_ verdict: JudgedHost.Verdict, _ host: JudgedHost) {
    let isUnmapped = host.findings.known.checks.control(verdict.key) == nil
    let isManual = verdict.printedOutcome == .manual && !verdict.isAttested
    guard
      isUnmapped || verdict.hasWaiver || verdict.isAttested || verdict.isLapsed || isManual
    else { return }
    let check = host.check(verdict)
    let key = check.key
    let tally = FindingTally(check: check)
    if isUnmapped { unmapped[key, default: tally].add(host.name) }
    if verdict.hasWaiver || verdict.isAttested { note(host[verdict].judged, host.name, tally) }
    if verdict.isLapsed { lapsed[key, default: tally].add(host.name) }
    if isManual, !isUnmapped { manual[key, default: tally].add(host.name) }
  }

  /// Notes who accepted the failure, and who decided what no tool can.
  private mutating func note(_ judged: JudgedFinding, _ host: String, _ tally: FindingTally) {
    let (policy, key) = (judgement.policy, tally.check.key)
    if !judged.waivers.isEmpty { waived[key, default: tally].add(host) }
    for number in judged.waivers where waived[key]?.notes[number] == nil {
      let waiver = policy.waivers[number]
      waived[key]?.notes[number] = Acceptance.words(
        by: waiver.owner, from: waiver.accepted, until: waiver.end, ticket: waiver.ticket,
        reason: waiver.reason)
    }
    guard let number = judged.attestation else { return }
    attested[key, default: tally].add(host)
    if attested[key]?.notes[number] == nil {
      let attestation = policy.attestations[number]
      attested[key]?.notes[number] =
        "\(attestation.decision.name) by "
        + Acceptance.words(
          by: attestation.by, from: attestation.accepted, until: attestation.end, ticket: nil,
          reason: attestation.reason)
    }
  }

  // MARK: - The document

  /// The document.
  ///
  /// - Parameters:
  ///   - trend: How the findings moved.
  ///   - point: What a point of the trend is.
  ///   - fleet: What changed on each host since the run before.
  ///   - gate: Whether the policy is kept; nil if it asks for nothing.
  /// - Returns: The report.
  package func document(
    trend: Trend, point: TrendPoint, fleet: FleetComparison, gate: Gate?
  ) -> Document {
    var document = Document()
    let host = hostCount == 1 ? hosts.first : nil
    document.heading(
      .init("BenchTrail report: "),
      host.map { .init(Untrusted($0), .notable) } ?? .init("\(hostCount) hosts"))
    document.section(.init("Summary"))
    summary(trend, fleet, gate, &document)
    document.section(.init("Trend"))
    document.append(
      TrendReport.document(
        trend, TrendReport.Options(host: host, point: point, limit: limit, hasStride: false)
      )
      .withoutHeading)
    document.section(.init("STRIDE"))
    document.append(
      StrideReport.document(
        stride, baseWords: "the run before", limit: 5
      ).withoutHeading)
    document.section(.init("Threats"))
    document.append(ThreatsReport.exposed(threats, limit: limit))
    document.section(.init("Most urgent"))
    document.append(
      TopReport.document(
        top.build(),
        TopReport.Options(
          grouping: .control, limit: limit, isExplained: false, time: judgement.time)
      ).withoutHeading)
    document.section(.init("What changed since the run before"))
    changes(fleet, &document)
    document.section(.init("What to fix first"))
    document.append(
      TopReport.document(
        fixes.build(),
        TopReport.Options(grouping: .fix, limit: limit, isExplained: false, time: judgement.time)
      ).withoutHeading)
    document.paragraph(
      .init("'benchtrail shortlist' has the texts that bring these fixes about.", .faint))
    if let requirements {
      document.section(.init("By requirement of \(requirements.framework.name)"))
      document.append(FrameworkReport.document(requirements).withoutHeading)
    }
    document.section(.init("For a person"))
    list(waived, "Accepted risks", "accepted by", &document)
    if !attested.isEmpty { list(attested, "Decided by a person", "decision", &document) }
    list(lapsed, "Lapsed attestations", "", &document)
    list(manual, "Manual checks without an attestation", "", &document)
    list(unmapped, "Checks that no edition knows", "", &document)
    incomplete(&document)
    return document
  }

  private func summary(
    _ trend: Trend, _ fleet: FleetComparison, _ gate: Gate?, _ document: inout Document
  ) {
    if let gate {
      switch gate.state {
      case .tripped:
        document.paragraph(
          .init("Gate failed: \(TrendReport.count(gate.reasons.count, "reason")).", .bad))
      case .notMeasurable:
        document.paragraph(
          .init(
            "Gate can't judge: new failures of \(TrendReport.count(gate.count(.notMeasurable), "host")) "
              + "have nothing to be measured against.", .notable))
      case .passed: document.paragraph(.init("Gate passed.", .good))
      }
      for reason in gate.reasons.prefix(Self.mostReasons) {
        document.bullet(
          [
            .init(Untrusted(reason.host), .strong), .init(": "),
            .init(GateReport.words(reason), .bad), .init(" "),
          ] + GateReport.what(reason, gate.catalog))
      }
      if gate.reasons.count > Self.mostReasons {
        document.paragraph(
          .init(
            "and \(gate.reasons.count - Self.mostReasons) more: 'benchtrail gate' lists them.",
            .faint))
      }
    } else {
      document.paragraph(.init("No policy asks for anything.", .faint))
    }
    var rows: [[Document.Line]] = []
    if let last = trend.points.last {
      rows.append([[.init("open failures")], TrendReport.levels(last)])
      rows.append([
        [.init("accepted among them")], [.init("\(trend.waived)", .notable)],
      ])
      rows.append([
        [.init("compliance")],
        [
          .init(last.compliance.text.map { $0 + " %" } ?? "nothing judged", .strong),
          .init(" = pass / (pass + fail), \(last.pass) / (\(last.pass) + \(last.open))", .faint),
        ],
      ])
    }
    rows.append([[.init("since the run before")], BooksReport.line(books)])
    rows.append([
      [.init("hosts")],
      [
        .init(
          "\(fleet.changedHosts) changed, \(fleet.unchanged) unchanged, \(fleet.single.count) with one run only"
        )
      ],
    ])
    rows.append([
      [.init("runs")], [.init("\(trend.runs) of \(TrendReport.count(hostCount, "host"))")],
    ])
    if incompleteCount > 0 {
      rows.append([
        [.init("incomplete")], [.init("\(incompleteCount) of the newest runs", .notable)],
      ])
    }
    document.table([Document.Column(""), Document.Column("", isFlexible: true)], rows)
  }

  private func changes(_ fleet: FleetComparison, _ document: inout Document) {
    if hostCount == 1, let change = fleet.changed.first, fleet.changed.count == 1 {
      document.append(
        ComparisonReport.document(
          change.base, change.head, change.comparison, isVerbose: false, policy: judgement.policy))
    } else {
      document.append(
        FleetReport.document(fleet, limit: limit, policy: judgement.policy).withoutHeading)
    }
  }

  private func list(
    _ tallies: [FindingKey: FindingTally], _ title: String, _ noteTitle: String,
    _ document: inout Document
  ) {
    let sorted = tallies.sorted { (-$0.value.hosts, $0.key) < (-$1.value.hosts, $1.key) }
    document.heading(.init("\(title) (\(sorted.count))"))
    if sorted.isEmpty { document.paragraph(.init("None.", .good)) }
    let hasNote = !noteTitle.isEmpty
    document.table(
      [
        Document.Column("control", isFlexible: true),
        Document.Column("hosts", isRightAligned: true),
        Document.Column("such as", isFlexible: true),
      ] + (hasNote ? [Document.Column(noteTitle, isFlexible: true)] : []),
      sorted.prefix(limit).map { _, tally in
        [
          TrendReport.name(tally.check, judgement.policy.catalog), [.init("\(tally.hosts)")],
          [.init(Untrusted(tally.examples.joined(separator: ", ")), .faint)],
        ] + (hasNote ? [[.init(Untrusted(tally.note))]] : [])
      })
    if sorted.count > limit {
      document.paragraph(.init("and \(sorted.count - limit) more, on fewer hosts", .faint))
    }
  }

  private func incomplete(_ document: inout Document) {
    document.heading(.init("Incomplete runs (\(incompleteCount))"))
    if incomplete.isEmpty { document.paragraph(.init("None.", .good)) }
    document.table(
      [Document.Column("run"), Document.Column("", isFlexible: true)],
      incomplete.map { [[.init(String($0.name.prefix(10)), .notable)], RunReport.header($0)] })
    if incompleteCount > incomplete.count {
      document.paragraph(.init("and \(incompleteCount - incomplete.count) more", .faint))
    }
  }
}

extension Document {
  /// The document without its first heading, as a part of another one.
  fileprivate var withoutHeading: Document {
    var copy = self
    if case .heading = copy.blocks.first { copy.blocks.removeFirst() }
    // Parts of a part are not parts of the whole.
    copy.blocks = copy.blocks.map { block in
      if case .section(let line) = block { .heading(line) } else { block }
    }
    return copy
  }
}
