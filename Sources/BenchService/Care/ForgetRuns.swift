package import BenchHistory
import BenchModel

/// Takes runs out of a repository.
package enum ForgetRuns {
  /// Takes out the runs of a choice, in one transaction.
  ///
  /// - Parameters:
  ///   - choice: The runs.
  ///   - isDryRun: Whether it is only said what would go.
  ///   - repository: Where the runs are.
  /// - Returns: The runs by their hosts' names; none where no run is meant.
  /// - Throws: ``ServiceError/noRuns(host:)`` for a host that is not there, or the repository's errors.
  package static func run(
    _ choice: RunChoice, isDryRun: Bool, in repository: any RunRepository
  ) throws -> [ForgottenHost] {
    let runs = try choice.runs(in: repository)
    let hosts = try Dictionary(grouping: runs, by: \.host).sorted { $0.key < $1.key }
      .map { host, own in
        ForgottenHost(
          host: host, runs: own,
          left: try repository.ids(RunFilter(host: host)).count - own.count)
      }
    if !isDryRun, !runs.isEmpty {
      try repository.write(isDryRun: false) { try $0.remove(runs.map(\.id)) }
    }
    return hosts
  }
}
