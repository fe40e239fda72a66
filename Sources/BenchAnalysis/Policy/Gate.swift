package import BenchCatalog
package import BenchHistory
package import BenchModel

/// Tells of every host whether it keeps to a policy's thresholds, with every reason why not.
///
/// Each host is passed, tripped, or not measurable: new failures were asked for, and there is nothing that a run of it
/// could be measured against. All else that was asked for is judged there too. Of a first run the policy says how it is
/// taken; see ``FirstRun``. It fails closed: a failure without a severity is at every severity, and what the newest run left out is still open.
package struct Gate: Sendable {
  /// What a host is judged by.
  package struct Subject: Sendable {
    /// What is known of the host, with what the policy says of it.
    package var host: JudgedHost
    /// The newest run of each tool; may be left out where no threshold is about runs.
    package var runs: [RunSummary]
    /// The runs whose logs have what is a reason, by their ids.
    package var sources: [Int64: RunSummary]
    /// The newest run of each system against its base; a run without one is not among them.
    package var changes: [(run: RunSummary, comparison: Comparison)]
    /// What can't be measured, where new failures are asked for.
    package var unmeasured: [Unmeasured]

    /// Creates a subject.
    package init(
      host: JudgedHost, runs: [RunSummary], sources: [RunSummary] = [],
      changes: [(run: RunSummary, comparison: Comparison)] = [], unmeasured: [Unmeasured] = []
    ) {
      self.host = host
      self.runs = runs
      self.sources = Dictionary((runs + sources).map { ($0.id, $0) }) { first, _ in first }
      self.changes = changes
      self.unmeasured = unmeasured
    }
  }

  /// A run whose new failures can't be told.
  package struct Unmeasured: Hashable, Sendable {
    /// Why not.
    package enum Reason: String, Hashable, Sendable {
      /// It is a first run: there is no baseline and no run before.
      case noBase
      /// The run that all are measured against is of another system.
      case otherSystem
      /// The base has no check in common with the run.
      case nothingInCommon
    }

    /// What the run's tool checks.
    package var system: Tool.System
    package var reason: Reason

    /// Creates a value.
    package init(system: Tool.System, reason: Reason) {
      self.system = system
      self.reason = reason
    }
  }

  /// How a host came through.
  package struct HostResult: Sendable {
    /// The outcome of a host.
    package enum State: String, Sendable, CaseIterable {
      case passed
      case tripped
      /// Nothing that could be judged is a reason, and not all that was asked for could be judged.
      case notMeasurable
    }

    package var host: String
    /// How many of the reasons are the host's.
    package var reasons: Int
    package var unmeasured: [Unmeasured]
    /// How a first run is taken.
    package var firstRun = FirstRun.report

    package var state: State {
      if reasons > 0 { return .tripped }
      return missing.isEmpty ? .passed : .notMeasurable
    }

    /// What keeps the host from being judged, without first runs that are none.
    package var missing: [Unmeasured] {
      unmeasured.filter { $0.reason != .noBase || firstRun == .fail }
    }

    /// The first runs that are to be named.
    package var firstRuns: [Unmeasured] {
      firstRun == .report ? unmeasured.filter { $0.reason == .noBase } : []
    }
  }

  /// Why the gate fails.
  package struct Reason: Sendable {
    /// What was asked for.
    package enum Kind: Sendable {
      /// It fails, and did not, or was not judged, in the base.
      case newFailure(Change)
      case severity(Severity?, least: Severity)
      case compliance(Compliance, least: Double)
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
  /// In the order in which the hosts were judged.
  package private(set) var hosts: [HostResult] = []
  /// Open failures that nobody has accepted, over all hosts.
  package private(set) var open = 0
  /// Failures that are accepted.
  package private(set) var accepted = Acceptances()
  /// How many failures are accepted.
  package var waived: Int { accepted.count }
  /// Differences that another criterion may explain, which do not count as new failures.
  package private(set) var criterionChanged = 0
  private let judgement: Judgement
  /// What is known of the controls.
  package var catalog: Catalog { judgement.policy.catalog }

  /// How bad a failure of a control is; nil for a check without a control that the policy says nothing of.
  package func severity(of control: ControlID?) -> Severity? {
    judgement.policy.severity(of: control)
  }

  /// Creates a gate that nothing has gone through.
  ///
  /// - Parameters:
  ///   - thresholds: What is asked for.
  ///   - judgement: The policy, as of the time for which it counts and to which a run's age is counted.
  package init(_ thresholds: Thresholds, _ judgement: Judgement) {
    self.thresholds = thresholds
    self.judgement = judgement
  }

  /// Whether something is not as it should be.
  package var isTripped: Bool { !reasons.isEmpty }

  /// How the hosts came through together: as the worst of them, of which one that failed is worst.
  package var state: HostResult.State {
    if isTripped { return .tripped }
    // What judged nobody has passed nothing.
    return hosts.isEmpty && !thresholds.isEmpty || count(.notMeasurable) > 0
      ? .notMeasurable : .passed
  }

  /// How many hosts came through so.
  package func count(_ state: HostResult.State) -> Int { hosts.count { $0.state == state } }

  /// Judges a host.
  package mutating func check(_ subject: Subject) {
    let earlier = reasons.count
    let name = subject.host.name
    var counts: [Severity: Int] = [:]
    for verdict in subject.host.verdicts { check(verdict, subject, &counts) }
    for severity in Severity.descending {
      guard let most = thresholds.counts[severity], let count = counts[severity], count > most
      else { continue }
      reasons.append(
        Reason(kind: .count(severity, count: count, most: most), host: name))
    }
    if let least = thresholds.compliance {
      let compliance = subject.host.compliance
      // Nothing that was judged is no compliance.
      if (compliance.percent ?? 0) < least {
        reasons.append(Reason(kind: .compliance(compliance, least: least), host: name))
      }
    }
    var seen: Set<Int64> = []
    for run in subject.runs where seen.insert(run.id).inserted { check(run, name) }
    for (run, comparison) in subject.changes { check(comparison, run, name) }
    hosts.append(
      HostResult(
        host: name, reasons: reasons.count - earlier,
        unmeasured: thresholds.newFailures ? subject.unmeasured : [],
        firstRun: thresholds.firstRun))
  }

  private mutating func check(
    _ verdict: JudgedHost.Verdict, _ subject: Subject, _ counts: inout [Severity: Int]
  ) {
    if verdict.isAccepted {
      accepted.add(until: subject.host.acceptanceEnd(of: verdict, judgement))
    }
    if verdict.isOpen {
      open += 1
      if let severity = verdict.severity { counts[severity, default: 0] += 1 }
    }
    guard thresholds.trips(verdict) else { return }
    var entry = subject.host[verdict]
    // Read once, for what it is and for its items.
    let finding = entry.finding
    entry.judged.finding = finding
    let run = subject.sources[entry.current.source.id]
    if verdict.isLapsed, thresholds.lapsedAttestations {
      reasons.append(
        Reason(kind: .lapsed, host: subject.host.name, finding: finding, run: run))
    }
    guard verdict.isOpen, let least = thresholds.severity,
      verdict.severity.map({ $0 >= least }) ?? true
    else { return }
    reasons.append(
      Reason(
        kind: .severity(verdict.severity, least: least), host: subject.host.name,
        finding: finding, items: entry.judged.openItems, isLeftOut: verdict.place.isLeftOut,
        run: run))
  }

  private mutating func check(_ run: RunSummary, _ host: String) {
    if thresholds.unmapped, run.unmapped > 0 {
      reasons.append(Reason(kind: .unmapped(count: run.unmapped), host: host, run: run))
    }
    if thresholds.incomplete, !run.isComplete {
      reasons.append(Reason(kind: .incomplete, host: host, run: run))
    }
    if let most = thresholds.staleDays {
      let days = Age(since: run.startedAt, until: judgement.time).days
      if days > most {
        reasons.append(Reason(kind: .stale(days: days, most: most), host: host, run: run))
      }
    }
  }

  private mutating func check(_ comparison: Comparison, _ run: RunSummary, _ host: String) {
    criterionChanged += comparison.criterionChanged
    guard thresholds.newFailures else { return }
    for change in comparison.changes where change.isWorse || change.hasMoreItems {
      guard var finding = change.head else { continue }
      if change.change == .stillFailing { finding.items = change.itemsAdded }
      let judged = judgement.judge(finding, host: host)
      guard judged.isOpen else { continue }
      reasons.append(
        Reason(
          kind: .newFailure(change.change), host: host, finding: change.head,
          items: judged.openItems, run: run))
    }
  }
}

extension Thresholds {
  /// Whether something is asked of runs, whatever they found.
  package var areAboutRuns: Bool { unmapped || incomplete || staleDays != nil }

  /// Whether a finding is a reason by itself.
  package func trips(_ verdict: JudgedHost.Verdict) -> Bool {
    if verdict.isLapsed, lapsedAttestations { return true }
    guard verdict.isOpen, let severity else { return false }
    return verdict.severity.map { $0 >= severity } ?? true
  }

  /// Whether a host fails by what is counted of it, whatever its runs and new failures would add.
  ///
  /// It says what ``Gate/check(_:)`` says of these, and reads nothing for it.
  package func trips(_ host: JudgedHost) -> Bool {
    var open = OpenTally()
    for verdict in host.verdicts {
      if trips(verdict) { return true }
      if verdict.isOpen { open.add(verdict.severity) }
    }
    if counts.contains(where: { open[$0.key] > $0.value }) { return true }
    guard let compliance else { return false }
    return (host.compliance.percent ?? 0) < compliance
  }
}
