import BenchModel

/// Findings of runs by the numbers of their checks, each run read once.
struct MergedRuns {
  private let checks: CheckKeys
  private var runs: [Int: (findings: [Int: Finding], order: [Int])] = [:]

  /// Creates an empty collection.
  init(_ checks: CheckKeys) { self.checks = checks }

  /// The findings of a run, and the numbers of their checks in the order of its log.
  ///
  /// Runs with one content share theirs.
  mutating func merged(
    _ run: HistoryRun, _ findings: (HistoryRun) throws -> [Finding]
  ) rethrows -> (findings: [Int: Finding], order: [Int]) {
    if let known = runs[run.snapshot] { return known }
    let merged = Finding.merged(try findings(run), by: checks.key)
    runs[run.snapshot] = merged
    return merged
  }

  /// What a run found of a check.
  mutating func finding(
    _ key: Int, of run: HistoryRun, _ findings: (HistoryRun) throws -> [Finding]
  ) rethrows -> Finding? {
    try merged(run, findings).findings[key]
  }
}
