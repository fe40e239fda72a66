package import BenchCatalog
package import BenchHistory
package import BenchModel

/// What there is to say of one host on one screen.
package struct HostStatus: Sendable {
  /// What the host is checked for.
  package struct System: Sendable {
    package var system: Tool.System
    /// The newest run.
    package var run: RunSummary
    /// The run before it.
    package var base: RunSummary?
    package var baseline: RunSummary?

    /// Creates a system.
    package init(
      _ system: Tool.System, run: RunSummary, base: RunSummary?, baseline: RunSummary?
    ) {
      self.system = system
      self.run = run
      self.base = base
      self.baseline = baseline
    }
  }

  /// A failure that is named.
  package struct Failure: Sendable {
    package var check: CheckKeys.Check
    /// The catalogue's title, or the printed one of a check that it does not know.
    package var title: String
    package var severity: Severity?
    /// The items that nobody has accepted; all where the whole failure is accepted.
    package var items: [Item]
    package var isAccepted: Bool
    /// What closes it.
    package var fix: Fix?
  }

  /// How many failures there were after a run.
  package struct Place: Sendable {
    package var run: Int64?
    /// The start of the run, in seconds since 1970.
    package var time: Int64
    /// The failures, accepted ones among them.
    package var failures: Int

    /// Creates a place.
    package init(run: Int64?, time: Int64, failures: Int) {
      self.run = run
      self.time = time
      self.failures = failures
    }
  }

  /// What `hosts` says of the host.
  package let overview: HostOverview
  /// The time to which ages are counted, in seconds since 1970.
  package let time: Int64
  /// The host is silent if its newest run is more whole days old.
  package let silentAfter: Int
  /// The newest run of each tool, the newest first.
  package let runs: [RunSummary]
  /// The newest first.
  package let systems: [System]
  /// The failures that are accepted.
  package let accepted: Acceptances
  /// How many controls a person has to decide.
  package let manual: Int
  /// How many attestations hold no more.
  package let lapsed: Int
  /// How many open failures the newest run did not evaluate.
  package let notEvaluated: Int
  /// The share of passes before the newest run of each system; nil for a host without a run before.
  package let complianceBefore: Compliance?
  /// What began to fail with the newest run of a system, the worst first.
  package let worst: [Failure]
  /// The most urgent open failures.
  package let urgent: [Failure]
  /// How the host comes through the policy's gate, with the reasons; nil where the policy has no thresholds.
  package let gate: Gate?
  /// The last runs, the oldest first.
  package var history: [Place] = []

  /// The most failures of ``worst``.
  package static let mostWorst = 5
  /// The most failures of ``urgent``.
  package static let mostUrgent = 3
  /// The most runs of ``history``.
  package static let mostRuns = 30

  /// Takes a close look at a host.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - before: What was known before the newest run of each system; nil for a host without a run before.
  ///   - runs: The newest run of each tool, the newest first.
  ///   - systems: What it is checked for, the newest first.
  ///   - gate: What the gate says of the host alone; nil where the policy has no thresholds.
  ///   - judgement: The policy, as of the time to which ages are counted.
  ///   - silentAfter: The host is silent if its newest run is more whole days old.
  package init?(
    _ host: JudgedHost, before: JudgedHost?, runs: [RunSummary], systems: [System], gate: Gate?,
    _ judgement: Judgement, silentAfter: Int
  ) {
    guard
      let overview = HostOverview(
        host, gate: gate?.state, time: judgement.time, silentAfter: silentAfter)
    else { return nil }
    self.overview = overview
    time = judgement.time
    self.silentAfter = silentAfter
    self.runs = runs
    self.systems = systems
    self.gate = gate
    accepted = host.acceptances(judgement)
    manual = host.verdicts.count { $0.outcome == .manual }
    lapsed = host.verdicts.count(where: \.isLapsed)
    notEvaluated = host.verdicts.count { $0.isOpen && $0.place.isLeftOut }
    complianceBefore = before?.compliance
    let catalog = judgement.policy.catalog
    let newest = Set(systems.map(\.run.id))
    worst = host.verdicts.enumerated().filter { _, verdict in
      verdict.isNew && verdict.printedOutcome == .fail
        && newest.contains(host.findings[verdict.place].source.id)
    }.sorted { one, other in
      (-Self.rank(one.element), one.offset) < (-Self.rank(other.element), other.offset)
    }.prefix(min(Self.mostWorst, overview.worse)).map { Failure($0.element, host, catalog) }
    var ranking = RankingBuilder(by: .control, judgement)
    ranking.add(host)
    let verdicts = Dictionary(
      host.verdicts.filter(\.isOpen).map { (host.check($0).key.description, $0) }
    ) { first, _ in first }
    urgent = ranking.build().entries.prefix(Self.mostUrgent).compactMap { entry in
      verdicts[entry.name].map { Failure($0, host, catalog) }
    }
  }

  private static func rank(_ verdict: JudgedHost.Verdict) -> Int {
    verdict.severity.map { Int($0.rawValue) } ?? -1
  }
}

extension HostStatus.Failure {
  /// Describes a failure of a host.
  fileprivate init(_ verdict: JudgedHost.Verdict, _ host: JudgedHost, _ catalog: Catalog) {
    let judged = host[verdict].judged
    check = host.check(verdict)
    title = check.control.flatMap(catalog.controls.control)?.title ?? check.title
    severity = verdict.severity
    isAccepted = verdict.isWaived
    items = verdict.isWaived ? judged.finding.items : judged.openItems
    fix = check.control.flatMap { catalog.advice[$0]?.fix }
  }
}
