package import BenchModel

/// Tells whether a host keeps to a policy's thresholds, with every reason why not.
///
/// It fails closed: a failure without a severity is at every severity, and what the newest run left out is still open.
package struct Gate: Sendable {
  /// What a host is judged by.
  package struct Subject: Sendable {
    package var host: String
    /// What is known of the host.
    package var findings: HostFindings
    /// The newest run of each tool.
    package var runs: [RunSummary]
    /// Each of these against its base; a run without one is not among them.
    package var changes: [(run: RunSummary, comparison: Comparison)]

    /// Creates a subject.
    package init(
      host: String, findings: HostFindings, runs: [RunSummary],
      changes: [(run: RunSummary, comparison: Comparison)]
    ) {
      self.host = host
      self.findings = findings
      self.runs = runs
      self.changes = changes
    }
  }

  /// Why the gate trips.
  package struct Reason: Sendable {
    /// What was asked for.
    package enum Kind: Sendable {
      /// It fails, and did not, or was not judged, in the base.
      case newFailure(Change)
      case severity(Severity?, least: Severity)
      case compliance(percent: Double, least: Double)
      case count(Severity, count: Int, most: Int)
      case unmapped(count: Int)
      case incomplete
      case stale(days: Int, most: Int)
      case lapsed
    }

    package var kind: Kind
    package var host: String
    /// The finding, where the reason is one.
    package var finding: Finding?
    /// The items that are the reason, without those that a waiver covers.
    package var items: [Item] = []
    /// Whether the newest run left the finding out.
    package var isLeftOut = false
    /// The run that has it.
    package var run: RunSummary?
  }

  package let thresholds: Thresholds
  package private(set) var reasons: [Reason] = []
  /// Open failures that nobody has accepted, over all hosts.
  package private(set) var open = 0
  /// Failures that are accepted.
  package private(set) var waived = 0
  package private(set) var hosts = 0
  /// Differences that another criterion may explain, which do not count as new failures.
  package private(set) var criterionChanged = 0
  private let judgement: Judgement
  private let time: Int64

  /// Creates a gate that nothing has gone through.
  ///
  /// - Parameters:
  ///   - thresholds: What is asked for.
  ///   - judgement: The policy, as of the time for which waivers and attestations count.
  ///   - time: The time that a run's age is counted to.
  package init(_ thresholds: Thresholds, _ judgement: Judgement, time: Int64) {
    self.thresholds = thresholds
    self.judgement = judgement
    self.time = time
  }

  /// Whether something is not as it should be.
  package var isTripped: Bool { !reasons.isEmpty }

  /// Judges a host.
  package mutating func check(_ subject: Subject) {
    hosts += 1
    var seen: Set<Int64> = []
    var counts: [Severity: Int] = [:]
    var (pass, fail) = (0, 0)
    for known in subject.findings.findings {
      let judged = judgement.judge(known.finding, host: subject.host)
      if known.finding.outcome == .pass { pass += 1 }
      if known.finding.outcome == .fail { fail += 1 }
      if judged.outcome == .fail, judged.isWaived { waived += 1 }
      // A later run that found the same is the newest one that has it.
      let id =
        subject.findings.runs.first { $0.hasSameContent(as: known.known.run) }?.id
        ?? known.known.run.id
      let run = subject.runs.first { $0.id == id }
      if judged.isLapsed, thresholds.lapsedAttestations {
        reasons.append(
          Reason(kind: .lapsed, host: subject.host, finding: known.finding, run: run))
      }
      guard judged.isOpen else { continue }
      open += 1
      if let severity = judged.severity { counts[severity, default: 0] += 1 }
      if let least = thresholds.severity, judged.severity.map({ $0 >= least }) ?? true {
        reasons.append(
          Reason(
            kind: .severity(judged.severity, least: least), host: subject.host,
            finding: known.finding, items: judged.openItems, isLeftOut: known.isLeftOut,
            run: run))
      }
    }
    for severity in Severity.descending {
      guard let most = thresholds.counts[severity], let count = counts[severity], count > most
      else { continue }
      reasons.append(
        Reason(kind: .count(severity, count: count, most: most), host: subject.host))
    }
    if let least = thresholds.compliance {
      // Nothing that was judged is no compliance.
      let percent = Trend.compliance(pass: pass, fail: fail) ?? 0
      if percent < least {
        reasons.append(
          Reason(kind: .compliance(percent: percent, least: least), host: subject.host))
      }
    }
    for run in subject.runs where seen.insert(run.id).inserted { check(run, subject.host) }
    for (run, comparison) in subject.changes { check(comparison, run, subject.host) }
  }

  private mutating func check(_ run: RunSummary, _ host: String) {
    if thresholds.unmapped, run.unmapped > 0 {
      reasons.append(Reason(kind: .unmapped(count: run.unmapped), host: host, run: run))
    }
    if thresholds.incomplete, !run.isComplete {
      reasons.append(Reason(kind: .incomplete, host: host, run: run))
    }
    if let most = thresholds.staleDays {
      let age = time - run.startedAt
      if age > Int64(most) * 86_400 {
        reasons.append(
          Reason(kind: .stale(days: Int(age / 86_400), most: most), host: host, run: run))
      }
    }
  }

  private mutating func check(_ comparison: Comparison, _ run: RunSummary, _ host: String) {
    criterionChanged += comparison.criterionChanged
    guard thresholds.newFailures else { return }
    for change in comparison.changes where !change.isDoubtful {
      guard var finding = change.head, finding.outcome == .fail else { continue }
      switch change.change {
      case .regressed, .newlySeen: break
      case .stillFailing where !change.itemsAdded.isEmpty: finding.items = change.itemsAdded
      default: continue
      }
      let judged = judgement.judge(finding, host: host)
      guard judged.isOpen else { continue }
      reasons.append(
        Reason(
          kind: .newFailure(change.change), host: host, finding: change.head,
          items: judged.openItems, run: run))
    }
  }
}
