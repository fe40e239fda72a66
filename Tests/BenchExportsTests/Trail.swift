import BenchAnalysis
import BenchExports
import BenchHistory
import BenchModel
import BenchTestSupport

/// The history of one host, as the database would give it.
struct Trail {
  private let runs: [StoredRun]
  private var past = Past()

  /// Creates a history of runs, the oldest first.
  init(_ runs: [StoredRun]) {
    self.runs = runs
    for run in runs { past.add(run) }
  }

  /// The host as it is exported: its last run against the one before.
  func host(_ name: String, _ judgement: Judgement) throws -> ExportHost {
    var comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)] = []
    if let head = runs.last, let base = runs.dropLast().last {
      comparisons.append((base.summary, head.summary, Comparison(from: base, to: head)))
    }
    let host = JudgedHost(past.host(runs.first?.summary.host ?? name), judgement)
    return ExportHost(
      host, ExportControls(judgement.policy), comparisons: comparisons, summary: past.summary(of:))
  }
}
