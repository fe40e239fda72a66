import BenchAnalysis
package import BenchHistory
package import BenchModel

extension HostQuery {
  /// The failures that are open after a run, and that the run did not evaluate: those of its host and of what its tool
  /// checks, as they were known then.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - repository: Where the runs are.
  /// - Returns: The failures that fit the query's filter, each with the run that it is from.
  /// - Throws: The repository's errors.
  package func stillOpen(
    after run: RunSummary, in repository: any RunRepository
  ) throws -> [StillOpen] {
    // Of a newest run it is what is stored of the host.
    if let found = try stillOpen(run, RunFilter(host: run.host), repository) { return found }
    var then = RunFilter(host: run.host, upTo: run.order)
    then.system = run.release.tool.system
    return try stillOpen(run, then, repository) ?? []
  }

  /// The failures that are known from other runs; nil where the run is not the newest of what a filter selects.
  private func stillOpen(
    _ run: RunSummary, _ filter: RunFilter, _ repository: any RunRepository
  ) throws -> [StillOpen]? {
    try repository.history(filter) { history in
      var found: [StillOpen]?
      try HostReading(history, catalog).forEach { host in
        guard let latest = host.latest.first(where: { $0.head.id == run.id }) else { return }
        var open: [StillOpen] = []
        for place in host.findings.places {
          let current = host.findings[place]
          guard current.outcome == .fail, current.system == latest.system,
            current.source.id != run.id, let source = try history.summary(of: current.source)
          else { continue }
          let finding = current.finding
          if findings.matches(finding, of: source.release.tool, policy) {
            open.append(StillOpen(finding: finding, run: source))
          }
        }
        found = open
      }
      return found
    }
  }
}
