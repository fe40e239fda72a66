import BenchAnalysis
package import BenchCatalog
package import BenchHistory
import BenchModel
import BenchPolicy
package import BenchReports

/// Makes the report that has all of it, from one read of the history.
package struct WriteReport: Sendable {
  package var query: HostQuery
  /// The most rows of each list.
  package var limit: Int
  /// The framework by whose requirements the controls are counted; nil for none.
  package var framework: Framework?

  /// Creates a use case.
  package init(_ query: HostQuery, limit: Int, framework: Framework? = nil) {
    self.query = query
    self.limit = limit
    self.framework = framework
  }

  /// Reads the hosts, and makes the report.
  ///
  /// - Returns: The report, and the time that it is of: that of the query, or of the newest run.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func run(
    in repository: any RunRepository
  ) throws -> (document: Document, time: Int64) {
    try repository.history(query.filter) { history in
      let reading = HostReading(history, query.catalog)
      let judgement = query.judgement
      let thresholds = query.policy.thresholds
      let trend = try ReadTrend(query).read(reading)
      var report = FullReport(
        judgement, query.policy.threatModel(), limit: limit, framework: framework)
      var fleet = FleetComparison(query.catalog)
      var gate = Gate(thresholds, judgement)
      let count = try query.forEach(
        reading, base: .previous, needs: { Self.needs(of: $0, thresholds) }
      ) { host in
        report.add(
          host.now, before: host.before, withoutBase: host.reading.withoutBase.count,
          runs: try host.now.findings.runs.filter { !$0.isComplete }.compactMap(history.summary))
        try fleet.add(host.now.name, host.reading.latest, history)
        if !thresholds.isEmpty { try GateHosts.check(host, nil, &gate) }
      }
      guard count > 0 else { throw query.noRuns }
      return (
        report.document(
          trend: trend.trend, point: trend.point, fleet: fleet.sorted(),
          gate: thresholds.isEmpty ? nil : gate),
        try query.asOf ?? history.span().upperBound
      )
    }
  }

  /// What is read of a host: runs that are not whole, what changed since the run before, and what the gate needs.
  private static func needs(
    of host: HostQuery.Host, _ thresholds: Thresholds
  ) -> HostQuery.Needs {
    let compared = FleetComparison.runs(of: host.reading.latest)
    var needs = HostQuery.Needs(
      summaries: compared + host.now.findings.runs.filter { !$0.isComplete }, findings: compared)
    if !thresholds.isEmpty { needs += GateHosts.needs(of: host, nil, thresholds) }
    return needs
  }
}
