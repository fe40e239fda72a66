package import BenchHistory
package import BenchModel

/// What is known of a host, with what the team's policy says of it: each finding is judged once, here.
package struct JudgedHost: Sendable {
  /// What is said of a finding, as far as it needs neither items nor texts.
  ///
  /// Nothing in it is on the heap: whoever counts over a fleet reads a million of them.
  package struct Verdict: Sendable {
    /// Where the finding stands.
    package let place: HostFindings.Place
    fileprivate let number: Int32
    /// The outcome by the tool.
    package let printedOutcome: Outcome
    /// The outcome: the tool's, or that of an attestation.
    package let outcome: Outcome
    /// How bad a failure is; nil for a check without a control.
    package let severity: Severity?
    /// Whether the whole finding is an accepted risk.
    package let isWaived: Bool
    /// Whether an attestation decided this once and holds no more.
    package let isLapsed: Bool
    /// Whether an attestation decides.
    package let isAttested: Bool
    /// Whether a waiver applies to the whole or a part of it.
    package let hasWaiver: Bool
    /// Whether it ceased or began to fail in the newest run of its tool.
    package let isNew: Bool
    /// Since when it fails, or, where only an attestation says so, the start of the run that judged it.
    package let since: Int64
    /// The place of what the policy decided; -1 where it decided nothing.
    fileprivate let decision: Int32
    /// How many different items it has; -1 where that has to be read.
    fileprivate let itemCount: Int32

    /// The number of the check.
    package var key: Int { Int(number) }

    /// Whether it is a failure that nobody has accepted.
    package var isOpen: Bool { outcome == .fail && !isWaived }
  }

  /// A finding with its judgement.
  package struct Entry: Sendable {
    package var current: CurrentFinding
    package var judged: JudgedFinding

    /// The finding of the run that judged the control last.
    package var finding: Finding { current.finding }
  }

  /// The name that the host has now.
  package let name: String
  package let findings: HostFindings
  /// In the order of the findings.
  package let verdicts: [Verdict]
  /// The share of passes.
  package let compliance: Compliance
  private let decisions: [Decision]

  /// Judges what is known of a host.
  package init(_ findings: HostFindings, _ judgement: Judgement) {
    name = findings.host
    self.findings = findings
    let (checks, parts) = (findings.known.checks, findings.known.parts)
    let ratings = judgement.ratings(of: checks)
    var compliance = Compliance()
    var decisions: [Decision] = []
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(findings.places.count)
    var (part, record) = (Int32(-1), StandingRecord())
    for place in findings.places {
      if place.part != part { (part, record) = (place.part, parts[Int(place.part)].record) }
      let entry = record.entries[Int(place.entry)]
      let key = checks.key(entry.title)
      let rating = ratings[key]
      compliance.add(entry.outcome)
      var decision: Decision?
      if rating.mayDecide(entry.outcome) {
        decision = judgement.decide(
          ratings.control(key), printed: entry.outcome, host: findings.host
        ) { findings[place].finding }
      }
      if let decision, decision.isKept { decisions.append(decision) }
      let isWider = entry.more.map { !record.more[Int($0)].wider.isEmpty } ?? false
      let isCounted = !isWider && decision?.waivedItems.isEmpty ?? true
      verdicts.append(
        Verdict(
          place: place, number: Int32(truncatingIfNeeded: key), printedOutcome: entry.outcome,
          outcome: decision?.outcome ?? entry.outcome, severity: rating.severity,
          isWaived: decision?.isWaived ?? false, isLapsed: decision?.isLapsed ?? false,
          isAttested: decision?.attestation != nil, hasWaiver: decision?.waivers.isEmpty == false,
          isNew: !place.isLeftOut && record.isNew(entry),
          since: entry.openSince ?? record.runs[entry.run].startedAt,
          decision: decision?.isKept == true ? Int32(decisions.count - 1) : -1,
          itemCount: isCounted ? Int32(clamping: entry.items) : -1))
    }
    self.verdicts = verdicts
    self.compliance = compliance
    self.decisions = decisions
  }

  /// What is known of the host, with some of the findings alone.
  func only(where fits: (Verdict) -> Bool) -> JudgedHost {
    JudgedHost(self, verdicts.filter(fits))
  }

  private init(_ host: JudgedHost, _ verdicts: [Verdict]) {
    name = host.name
    findings = host.findings
    self.verdicts = verdicts
    var compliance = Compliance()
    for verdict in verdicts { compliance.add(verdict.printedOutcome) }
    self.compliance = compliance
    decisions = host.decisions
  }

  /// The runs whose logs have the findings, each once.
  package var sources: [HistoryRun] {
    var sources: [HistoryRun] = findings.runs
    for verdict in verdicts where verdict.place.isLeftOut {
      let source = findings[verdict.place].source
      if !sources.contains(source) { sources.append(source) }
    }
    return sources
  }

  /// The findings with all that is said of them.
  package var entries: some RandomAccessCollection<Entry> {
    verdicts.lazy.map { self[$0] }
  }

  /// The finding of a verdict, with all that is said of it.
  package subscript(verdict: Verdict) -> Entry {
    let current = findings[verdict.place]
    return Entry(
      current: current,
      judged: JudgedFinding(
        .current(current), control: current.control, printed: verdict.printedOutcome,
        severity: verdict.severity, decision(verdict)))
  }

  /// What the policy decided of a finding.
  private func decision(_ verdict: Verdict) -> Decision {
    verdict.decision >= 0
      ? decisions[Int(verdict.decision)]
      : Decision(outcome: verdict.outcome, isWaived: verdict.isWaived, isLapsed: verdict.isLapsed)
  }

  /// How many different items of a finding nobody has accepted, by their kinds and stable names.
  package func openItemCount(_ verdict: Verdict) -> Int {
    verdict.itemCount >= 0 ? Int(verdict.itemCount) : self[verdict].judged.openItemCount
  }

  /// Whether a run has the finding as it is open: no part of it is accepted, and none is from an earlier run.
  package func isPrinted(_ verdict: Verdict) -> Bool { verdict.itemCount >= 0 }

  /// The number of the release of the run that a verdict is from.
  package func source(_ verdict: Verdict) -> Int { findings[verdict.place].source.release }

  /// The check of a verdict, as the run printed it.
  package func check(_ verdict: Verdict) -> CheckKeys.Check { findings[verdict.place].check }
}
