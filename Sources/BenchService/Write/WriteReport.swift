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
  /// - Parameters:
  ///   - basis: What the report goes by, which it says at its top.
  ///   - repository: Where the runs are.
  /// - Returns: The report, and the time to which ages are counted and waivers hold.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func run(
    _ basis: Basis = Basis(), in repository: any RunRepository
  ) throws -> (document: Document, time: Int64) {
    try repository.history(query.filter) { history in
      let reading = HostReading(history, query.catalog)
      let judgement = query.judgement
      let thresholds = query.policy.thresholds
      let trend = try ReadTrend(query, staleDays: Self.silentAfter).read(reading)
      var report = FullReport(
        judgement, query.policy.threatModel(), limit: limit, framework: framework)
      var changes = FleetComparison(query.catalog)
      var fleet = FleetOverview(
        time: query.time, silentAfter: Self.silentAfter, hasGate: !thresholds.isEmpty)
      var gate = Gate(thresholds, judgement)
      var plan = FixPlan(reading, judgement)
      try query.forEach(
        reading, base: .previous, needs: { Self.needs(of: $0, thresholds, report) }
      ) { host in
        try report.add(
          host.now, before: host.before, summary: history.summary)
        plan.add(host.now)
        try changes.add(host.now.name, host.reading.latest, history)
        if !thresholds.isEmpty { try GateHosts.check(host, nil, &gate) }
        fleet.add(host.now, gate: thresholds.isEmpty ? nil : gate.hosts.last?.state)
      }
      guard !fleet.hosts.isEmpty else { throw query.noRuns }
      fleet.recentOpen = try RecentOpen.read(reading.only(FullReport.shown(fleet)))
      let fixes = try plan.fixes(
        limit: fleet.hosts.count > Self.mostWithAllTexts ? limit : .max)
      report.plan(fixes.remedies, fixes.ranking)
      return (
        report.document(
          trend: (trend.trend, trend.point), fleet: fleet, changes: changes.sorted(),
          gate: thresholds.isEmpty ? nil : gate, basis: basis),
        query.asOf ?? query.time
      )
    }
  }

  /// A host is silent if its newest run is more whole days old.
  package static let silentAfter = 2
  /// Of more hosts only the fixes that are listed have their texts: for each of them all hosts are read.
  private static let mostWithAllTexts = 100

  /// What is read of a host: runs that are not whole, what changed since the run before, the failures that are shown, and
  /// what the gate needs.
  private static func needs(
    of host: HostQuery.Host, _ thresholds: Thresholds, _ report: FullReport
  ) -> HostQuery.Needs {
    let compared = FleetComparison.runs(of: host.reading.latest)
    let wanted = report.wanted(host.now)
    var needs = HostQuery.Needs(
      summaries: compared + host.now.findings.runs.filter { !$0.isComplete } + wanted.runs,
      findings: compared, parts: wanted.runs, checks: wanted.checks)
    if !thresholds.isEmpty { needs += GateHosts.needs(of: host, nil, thresholds) }
    return needs
  }
}
