package import BenchAnalysis
package import BenchCatalog
package import BenchHistory
package import BenchModel
package import BenchRemedy

/// All that is known of a host or a fleet in one document.
///
/// Hosts are added one by one and folded to counts, so that a report of ten thousand takes the room of one of ten: what
/// does not fit is the worst and a number of the others.
package struct FullReport: Sendable {
  let judgement: Judgement
  let model: ThreatModel
  let limit: Int
  private var top: RankingBuilder
  private(set) var stride: StrideMatrix
  private(set) var threats: ThreatAssessment
  private(set) var requirements: RequirementStandings?
  private(set) var findings = ReportedFindings()
  private(set) var books = Books()
  private(set) var compliance = Compliance()
  /// Whether a host has a run before its newest.
  private(set) var hasBase = false
  /// The share of passes before; of a host without a run before it is that of now.
  private(set) var complianceBefore = Compliance()
  /// What was open before, by the policy of now; where there was no run before it is what is open now.
  private(set) var openBefore = 0
  /// The fixes in their order.
  private(set) var shortlist: Shortlist?
  /// By the ids of the fixes, the text that brings each about, for most of its hosts.
  private(set) var texts: [String: Snippet] = [:]
  private(set) var waived: [FindingKey: FindingTally] = [:]
  private(set) var attested: [FindingKey: FindingTally] = [:]
  private(set) var lapsed: [FindingKey: FindingTally] = [:]
  private(set) var manual: [FindingKey: FindingTally] = [:]
  private(set) var unmapped: [FindingKey: FindingTally] = [:]
  /// Open failures that the newest run of their tool did not evaluate.
  private(set) var leftOut: [FindingKey: FindingTally] = [:]
  private(set) var incomplete: [RunSummary] = []
  private(set) var incompleteCount = 0
  private(set) var hosts: [String] = []
  private(set) var hostCount = 0

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
    self.model = model
    top = RankingBuilder(by: .control, judgement)
    stride = StrideMatrix(judgement)
    threats = ThreatAssessment(model, judgement.policy.catalog)
    requirements = framework.map { RequirementStandings($0, judgement.policy.catalog) }
  }

  /// Adds a host.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - before: What was known before the newest run of each system; nil if there is none before.
  ///   - summary: Returns a run without its findings.
  /// - Throws: What the closure throws.
  package mutating func add(
    _ host: JudgedHost, before: JudgedHost?,
    summary: (HistoryRun) throws -> RunSummary?
  ) rethrows {
    hostCount += 1
    if hosts.count < 3 { hosts.append(host.name) }
    top.add(host)
    try findings.add(host, judgement, summary: summary)
    compliance.add(host.compliance)
    complianceBefore.add((before ?? host).compliance)
    if before != nil { hasBase = true }
    openBefore += (before ?? host).verdicts.count(where: \.isOpen)
    requirements?.add(host)
    threats.add(host)
    stride.add(host)
    books += host.findings.books
    for run in host.findings.runs where !run.isComplete {
      incompleteCount += 1
      if incomplete.count < limit, let run = try summary(run) { incomplete.append(run) }
    }
    for verdict in host.verdicts { note(verdict, host) }
  }

  /// What will be read of a host when it is added: the runs, and the numbers of the checks.
  package func wanted(_ host: JudgedHost) -> (runs: [HistoryRun], checks: Set<Int>) {
    let wanted = findings.wanted(host)
    var runs: [HistoryRun] = []
    for verdict in wanted {
      let source = host.findings[verdict.place].source
      if !runs.contains(source) { runs.append(source) }
    }
    return (runs, Set(wanted.map(\.key)))
  }

  private mutating func note(_ verdict: JudgedHost.Verdict, _ host: JudgedHost) {
    let isUnmapped = host.findings.known.checks.control(verdict.key) == nil
    let isManual = verdict.printedOutcome == .manual && !verdict.isAttested
    guard
      isUnmapped || verdict.hasWaiver || verdict.isAttested || verdict.isLapsed || isManual
        || verdict.isOpen && verdict.place.isLeftOut
    else { return }
    let check = host.check(verdict)
    let key = check.key
    let tally = FindingTally(check: check)
    if isUnmapped { unmapped[key, default: tally].add(host.name) }
    if verdict.hasWaiver || verdict.isAttested { note(host[verdict].judged, host.name, tally) }
    if verdict.isOpen, verdict.place.isLeftOut { leftOut[key, default: tally].add(host.name) }
    if verdict.isLapsed { lapsed[key, default: tally].add(host.name) }
    if isManual, !isUnmapped { manual[key, default: tally].add(host.name) }
  }

  /// Notes who accepted the failure, and who decided what no tool can.
  private mutating func note(_ judged: JudgedFinding, _ host: String, _ tally: FindingTally) {
    let (policy, key) = (judgement.policy, tally.check.key)
    if !judged.waivers.isEmpty { waived[key, default: tally].add(host) }
    for number in judged.waivers where waived[key]?.notes[number] == nil {
      waived[key]?.notes[number] = Acceptance.words(policy.waivers[number])
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

  /// Takes what brings the fixes about.
  ///
  /// - Parameters:
  ///   - remedies: The open failures by fix, of the most urgent fixes at least.
  ///   - ranking: The same failures, ranked by fix.
  package mutating func plan(_ remedies: Remedies, _ ranking: Ranking) {
    shortlist = Shortlist(
      remedies, ranking: ranking, model: model, limit: .max, own: nil, unmapped: 0, mostTexts: 0)
    for group in remedies.groups {
      // What is only a list to tick off, or comments, says no more than the fix.
      texts[group.fix.id] =
        remedies.snippets(of: [group.fix.id], merging: nil, most: 1).snippets
        .first { $0.kind != .checklist && $0.doesSomething }
    }
  }

  // MARK: - The document

  /// The most urgent open failures by control, and their order.
  var ranking: Ranking { top.build() }

  /// The document, in the order of the questions that people have.
  ///
  /// - Parameters:
  ///   - trend: How the findings moved.
  ///   - fleet: All hosts at a glance.
  ///   - changes: What changed on each host since the run before.
  ///   - gate: Whether the policy is kept; nil if it asks for nothing.
  ///   - basis: What the report goes by.
  /// - Returns: The report.
  package func document(
    trend: (trend: Trend, point: TrendPoint), fleet: FleetOverview, changes: FleetComparison,
    gate: Gate?, basis: Basis = Basis()
  ) -> Document {
    var document = Document()
    let host = hostCount == 1 ? hosts.first : nil
    document.heading(
      .init("BenchTrail report: "),
      host.map { .init(Untrusted($0), .notable) } ?? .init("\(hostCount) hosts"))
    if let line = basis.filedLine { document.paragraph(line) }
    document.blocks.append(.verdict(verdict(fleet, changes, gate)))
    document.blocks.append(.tiles(tiles(fleet)))
    document.section(.init("What got worse"), short: "Worse")
    worse(changes, &document)
    document.section(.init("Threats"))
    threats(&document)
    document.section(.init("Where, and which threat"), short: "Where")
    heat(&document)
    document.section(.init("What to fix first"), short: "Fixes")
    let steps = steps()
    fixes(steps, &document)
    document.section(.init("Trend"))
    TrendReport.part(
      trend.trend, TrendReport.Options(host: host, point: trend.point, limit: limit), &document)
    if host == nil {
      document.section(.init("Hosts"))
      hosts(fleet, &document)
    }
    decisions(&document)
    if let requirements {
      document.section(.init("By requirement of \(requirements.framework.name)"))
      document.append(FrameworkReport.document(requirements).withoutHeading)
    }
    document.section(.init("Findings"))
    cards(steps.numbers, &document)
    return document
  }

  private func cards(_ steps: [String: Int], _ document: inout Document) {
    let order = Dictionary(
      ranking.entries.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    // What is accepted everywhere is not ranked, and stands last.
    let ranked = findings.all.map { (order[$0.check.key.description] ?? .max, $0) }
    let all = ranked.sorted { one, other in
      if one.0 != other.0 { return one.0 < other.0 }
      if one.1.rank != other.1.rank { return one.1.rank > other.1.rank }
      return one.1.check.key < other.1.check.key
    }
    if all.isEmpty { document.paragraph(.init("Nothing fails.", .good)) }
    let open = all.count { $0.1.open > 0 }
    if !all.isEmpty {
      document.paragraph(
        .init(
          "\(TrendReport.count(open, "check")) open, the most urgent first"
            + (open < all.count ? ", then \(all.count - open) that are accepted everywhere." : ".")
            + " A check that fails on several hosts stands here once.", .faint))
    }
    document.blocks.append(.findings(all.map { card($0.1, steps) }))
  }
}

extension Snippet {
  /// Whether a line of it is more than a comment.
  fileprivate var doesSomething: Bool {
    text.split(separator: "\n").contains { line in
      line.first { $0 != " " && $0 != "\t" }.map { $0 != "#" } ?? false
    }
  }
}

extension Document {
  /// The document without its first heading, as a part of another one.
  var withoutHeading: Document {
    var copy = self
    if case .heading = copy.blocks.first { copy.blocks.removeFirst() }
    // Parts of a part are not parts of the whole.
    copy.blocks = copy.blocks.map { block in
      if case .section(let line, _) = block { .heading(line) } else { block }
    }
    return copy
  }
}
