package import BenchModel

/// The runs of a host that are taken out of a repository.
package struct ForgottenHost: Sendable {
  package var host: String
  /// The newest first; never empty.
  package var runs: [RunSummary]
  /// How many runs of the host are left.
  package var left: Int

  /// Creates the runs of a host.
  package init(host: String, runs: [RunSummary], left: Int) {
    self.host = host
    self.runs = runs
    self.left = left
  }

  /// The baselines among the runs.
  package var baselines: [RunSummary] {
    runs.filter { $0.labels[RunFilter.baselineLabel] != nil }
  }
}

/// What became of the runs of a host that has another name now.
package struct HostRenaming: Hashable, Sendable {
  /// How many runs have the new name.
  package var runs = 0
  /// Runs that are gone, because both names had them and one of each is enough.
  package var repeated: [Int64] = []
  /// Runs that are no baselines any more: of each system the newest one still is.
  package var unmarked: [Int64] = []

  /// Creates a result in which nothing was done.
  package init() {}
}
