import BenchPolicy
package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel
package import BenchRemedy
package import BenchReports

/// What the open failures of hosts come to: what is to be fixed first, and which few to write up.
package struct OpenFailures: Sendable {
  package private(set) var failures: [OpenFailure] = []
  /// The newest run of each tool of each host.
  package private(set) var runs: [RunSummary] = []
  package private(set) var assessment: ThreatAssessment
  /// The same failures brought together by what fixes them.
  package let remedies: Remedies
  /// The threats that count.
  package let model: ThreatModel
  private let policy: Policy
  private var byControl: RankingBuilder
  private var byFix: RankingBuilder
  /// By host and control, the run that judged it last: one of another tool, or one before the newest.
  private var sources: [String: [ControlID: RunSummary]] = [:]

  /// Reads the open failures of a query's hosts.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package init(_ query: HostQuery, in repository: any RunRepository) throws {
    policy = query.policy
    model = policy.threatModel()
    var assessment = ThreatAssessment(model)
    var byControl = RankingBuilder(by: .control, query.judgement)
    var byFix = RankingBuilder(by: .fix, query.judgement)
    var failures: [OpenFailure] = []
    var runs: [RunSummary] = []
    var sources: [String: [ControlID: RunSummary]] = [:]
    try query.forEach(in: repository) { host in
      assessment.add(host.now)
      byControl.add(host.now)
      byFix.add(host.now)
      let own = try host.summaries()
      runs += own
      var byID = Dictionary(own.map { ($0.id, $0) }) { first, _ in first }
      for entry in host.now.entries where entry.judged.isOpen {
        var finding = entry.finding
        finding.items = entry.judged.openItems
        failures.append(OpenFailure(host: host.now.name, finding: finding))
        let run = entry.current.run
        if byID[run.id] == nil { byID[run.id] = try host.history.summary(of: run) }
        if let control = finding.control {
          sources[host.now.name, default: [:]][control] = byID[run.id]
        }
      }
    }
    self.assessment = assessment
    self.byControl = byControl
    self.byFix = byFix
    self.failures = failures
    self.runs = runs
    self.sources = sources
    remedies = Remedies(failures, policy: query.policy)
  }

  /// What to fix first.
  ///
  /// - Parameters:
  ///   - limit: The most fixes.
  ///   - own: A `daemon.json` to merge into.
  /// - Returns: The fixes, the most urgent first.
  package func shortlist(limit: Int, merging own: OwnDaemonJSON?) -> Shortlist {
    Shortlist(
      remedies, ranking: byFix.build(), model: model, limit: limit, own: own)
  }

  /// A few findings to write up.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - coversThreats: Whether threats count, or urgency alone.
  ///   - excluded: The ids of which at least one finding must be none, as given.
  /// - Returns: The findings, with the reason for each.
  /// - Throws: ``CheckName/Problem`` for an id that is not known or means several controls.
  package func selection(
    count: Int, coversThreats: Bool, excluding excluded: [String]
  ) throws -> Selection {
    let editions = Set(runs.compactMap(\.release.edition))
    var controls: Set<ControlID> = []
    for id in excluded {
      controls.formUnion(try CheckName.controls(id, editions: editions, policy.catalog))
    }
    return Selection(
      candidates(excluded: controls), count: count, coversThreats: coversThreats)
  }

  private func candidates(excluded: Set<ControlID>) -> [Selection.Candidate] {
    let scores = Dictionary(
      byControl.build().entries.map { ($0.name, $0.score) }
    ) { first, _ in first }
    var byControl: [ControlID: [OpenFailure]] = [:]
    for failure in failures {
      if let control = failure.finding.control { byControl[control, default: []].append(failure) }
    }
    return byControl.compactMap { control, failures in
      // The host with most items tells most.
      let telling = failures.max {
        ($0.finding.items.count, $1.host) < ($1.finding.items.count, $0.host)
      }
      guard let telling else { return nil }
      let others = failures.map(\.host).filter { $0 != telling.host }.sorted()
      return Selection.Candidate(
        control: control, finding: telling.finding, hosts: [telling.host] + others,
        severity: policy.severity(of: control), score: scores[control] ?? 0,
        threats: model.threats.filter { $0.controls.contains(control) }.map(\.id),
        isExcluded: excluded.contains(control), source: sources[telling.host]?[control])
    }
  }
}
