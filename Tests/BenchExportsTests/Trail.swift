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

  /// The last run against the one before.
  private var comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)] {
    guard let head = runs.last, let base = runs.dropLast().last else { return [] }
    return [(base.summary, head.summary, Comparison(from: base, to: head))]
  }

  /// The failures of the run before that ceased by another criterion.
  private var ceased: [FindingKey: Finding] {
    let ended = comparisons.flatMap(\.comparison.changes)
      .filter { $0.movement == .endedByCriterion }.compactMap(\.base)
    return Dictionary(ended.map { ($0.key, $0) }) { first, _ in first }
  }

  private func judged(_ name: String, _ judgement: Judgement) -> JudgedHost {
    JudgedHost(past.host(runs.first?.summary.host ?? name), judgement)
  }

  /// The host as it is exported: its last run against the one before, which may be known to be equal.
  func host(
    _ name: String, _ judgement: Judgement, areEqual: Bool = false
  ) throws -> ExportHost {
    try ExportHost(
      judged(name, judgement), ExportControls(judgement.policy),
      comparisons: areEqual ? [] : comparisons, ceased: ceased,
      equal: areEqual ? comparisons.map { (base: $0.base, head: $0.head) } : [],
      summary: past.summary(of:))
  }

  /// The numbers of the host, without its findings.
  func tally(_ name: String, _ judgement: Judgement) -> HostTally {
    HostTally(
      judged(name, judgement), ExportControls(judgement.policy),
      comparisons: comparisons.map { (head: $0.head, comparison: $0.comparison) },
      keepsStates: true)
  }
}
