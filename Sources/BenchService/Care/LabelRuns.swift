package import BenchHistory
package import BenchModel

/// Gives runs labels, and takes labels away.
package enum LabelRuns {
  /// Labels the runs of a choice.
  ///
  /// - Parameters:
  ///   - choice: The runs.
  ///   - labels: What they are labelled with, in place of labels of the same keys.
  ///   - keys: The keys of the labels that are taken away.
  ///   - repository: Where the runs are.
  /// - Returns: The runs with the labels that they have now, the newest first.
  /// - Throws: ``ServiceError``, or the repository's errors.
  package static func run(
    _ choice: RunChoice, with labels: [(key: String, value: String)], removing keys: [String],
    in repository: any RunRepository
  ) throws -> [RunSummary] {
    let runs = try choice.runs(in: repository)
    guard !runs.isEmpty else { throw ServiceError.nothingMeant }
    try repository.write(isDryRun: false) {
      try $0.label(runs.map(\.id), with: labels, removing: keys)
    }
    return runs.map { run in
      var run = run
      for key in keys { run.labels[key] = nil }
      for (key, value) in labels { run.labels[key] = value }
      return run
    }
  }
}
