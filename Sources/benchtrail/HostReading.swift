import BenchAnalysis
import BenchModel
import BenchStorage

/// Reads what is known of hosts now from their runs.
struct HostReading {
  let history: RunHistory
  let keys: CheckKeys

  init(_ history: RunHistory) {
    self.history = history
    keys = CheckKeys(titles: history.titles, releases: history.releases)
  }

  /// Calls a closure with each host and what is known of it.
  ///
  /// - Throws: The database's errors, or what the closure throws.
  func forEach(_ body: (RunHistory.Host, HostFindings) throws -> Void) throws {
    var standing = Standing(keys)
    for host in history.hosts {
      standing.reset()
      for run in try history.runs(of: host) {
        try standing.add(run) {
          try history.findings(snapshot: run.snapshot)
        } turn: { _ in
        }
      }
      guard standing.runs > 0 else { continue }
      try body(
        host, HostFindings(host.name, standing, keys) { try history.findings(of: $0) })
    }
  }

  /// A run with its findings.
  ///
  /// - Throws: The database's errors.
  func run(_ run: HistoryRun) throws -> StoredRun? {
    try history.summary(of: run).map {
      StoredRun(summary: $0, findings: try history.findings(of: run))
    }
  }
}
