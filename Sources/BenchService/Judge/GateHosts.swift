package import BenchAnalysis
package import BenchHistory
import BenchModel

/// Leads hosts through the gate.
package struct GateHosts: Sendable {
  package var query: HostQuery
  package var thresholds: Thresholds
  /// The run that is judged; nil for the newest of each host and system.
  package var run: String?
  /// The run that all are measured against; nil for each host's baseline, or the run before.
  package var base: String?

  /// Creates a use case.
  package init(
    _ query: HostQuery, thresholds: Thresholds, run: String? = nil, base: String? = nil
  ) {
    self.query = query
    self.thresholds = thresholds
    self.run = run
    self.base = base
  }

  /// Judges every host of the query.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func run(in repository: any RunRepository) throws -> Gate {
    var filter = query.filter
    if let run {
      let named = try query.run(named: run, in: repository).summary
      filter = RunFilter(
        host: named.host, labels: query.labels, asOf: query.asOf, upTo: named.order)
      filter.system = named.release.tool.system
    }
    let base = try base.map {
      try repository.run(named: $0, hosts: query.hosts, until: query.until, asOf: query.asOf)
    }
    var gate = Gate(thresholds, query.judgement)
    try repository.history(filter) { history in
      let reading = HostReading(history, query.catalog)
      _ = try query.forEach(reading, needs: { Self.needs(of: $0, base, thresholds) }) {
        try Self.check($0, base, &gate)
      }
    }
    guard !gate.hosts.isEmpty else { throw query.noRuns }
    return gate
  }

  /// Judges hosts one by one.
  ///
  /// - Parameters:
  ///   - hosts: The names that they have now.
  ///   - repository: Where the runs are.
  /// - Returns: The gate, with the result of each host.
  /// - Throws: The repository's errors.
  package func run(hosts: Set<String>, in repository: any RunRepository) throws -> Gate {
    var gate = Gate(thresholds, query.judgement)
    try repository.history(query.filter) { history in
      let reading = HostReading(history, query.catalog, hosts: hosts)
      _ = try query.forEach(reading, needs: { Self.needs(of: $0, nil, thresholds) }) {
        try Self.check($0, nil, &gate)
      }
    }
    return gate
  }

  /// What is read of a host to judge it: its newest runs, the runs of what trips, and those that new failures are measured by.
  static func needs(
    of host: HostQuery.Host, _ base: StoredRun?, _ thresholds: Thresholds
  ) -> HostQuery.Needs {
    let sources = sources(of: host, thresholds)
    var needs = HostQuery.Needs(summaries: sources, parts: sources)
    for verdict in host.now.verdicts where thresholds.trips(verdict) {
      needs.checks.insert(verdict.key)
    }
    if thresholds.areAboutRuns { needs.summaries += host.now.findings.runs }
    if thresholds.newFailures {
      needs += host.needs(against: base.map { .run($0) } ?? .baselineOrBefore)
    }
    return needs
  }

  /// The runs whose logs have what trips.
  private static func sources(
    of host: HostQuery.Host, _ thresholds: Thresholds
  ) -> [HistoryRun] {
    var sources: [HistoryRun] = []
    for verdict in host.now.verdicts where thresholds.trips(verdict) {
      let source = host.now.findings[verdict.place].source
      if !sources.contains(source) { sources.append(source) }
    }
    return sources
  }

  /// Judges a host.
  static func check(_ host: HostQuery.Host, _ base: StoredRun?, _ gate: inout Gate) throws {
    var changes: [HostQuery.Host.Measured] = []
    var unmeasured: [Gate.Unmeasured] = []
    if gate.thresholds.newFailures {
      (changes, unmeasured) = try host.measure(
        against: base.map { .run($0) } ?? .baselineOrBefore)
    }
    gate.check(
      Gate.Subject(
        host: host.now, runs: gate.thresholds.areAboutRuns ? try host.summaries() : [],
        sources: try sources(of: host, gate.thresholds).compactMap(host.history.summary),
        changes: changes.map { ($0.head, $0.comparison) }, unmeasured: unmeasured))
  }
}
