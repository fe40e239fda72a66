import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchModel

/// The history of one host, as the database would give it.
struct Trail {
  private let runs: [StoredRun]
  private let history: [HistoryRun]
  private let found: [[HistoryFinding]]
  private let keys: CheckKeys

  /// Creates a history.
  ///
  /// - Parameters:
  ///   - runs: The runs, the oldest first.
  ///   - snapshots: The number of each run's content; a number of its own each if empty.
  init(_ runs: [StoredRun], snapshots: [Int] = []) {
    self.runs = runs
    var titles: [HistoryTitle: Int32] = [:]
    var releases: [Release: Int] = [:]
    history = runs.enumerated().map { number, run in
      let summary = run.summary
      let release = releases[summary.release] ?? releases.count
      releases[summary.release] = release
      return HistoryRun(
        id: summary.id, startedAt: summary.startedAt, release: release,
        snapshot: snapshots.isEmpty ? number : snapshots[number], isComplete: summary.isComplete,
        scope: summary.scope)
    }
    found = runs.map { run in
      run.findings.map { finding in
        let title = HistoryTitle(
          checkID: finding.checkID, title: finding.title, control: finding.control)
        let number = titles[title] ?? Int32(titles.count)
        titles[title] = number
        return HistoryFinding(title: number, outcome: finding.outcome)
      }
    }
    keys = CheckKeys(
      titles: Dictionary(uniqueKeysWithValues: titles.map { ($0.value, $0.key) }),
      releases: Dictionary(uniqueKeysWithValues: releases.map { ($0.value, $0.key) }))
  }

  /// The host as it is exported: its last run against the one before.
  func host(_ name: String, _ judgement: Judgement) throws -> ExportHost {
    var standing = Standing(keys)
    for (run, found) in zip(history, found) {
      standing.add(run) {
        found
      } turn: { _ in
      }
    }
    let findings = HostFindings(name, standing, keys) { run in
      runs.first { $0.summary.id == run.id }?.findings ?? []
    }
    var comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)] = []
    if let head = runs.last, let base = runs.dropLast().last {
      let comparison = Comparison(
        from: ComparedRun(base), to: ComparedRun(head), criteria: .embedded,
        isKnown: EditionIndex.has)
      comparisons.append((base.summary, head.summary, comparison))
    }
    return ExportHost(findings, judgement, comparisons: comparisons) { run in
      runs.first { $0.summary.id == run.id }?.summary
    }
  }
}
