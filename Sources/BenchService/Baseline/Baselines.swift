package import BenchHistory
package import BenchModel

/// Sets and clears the runs that later ones are measured against.
package enum Baselines {
  /// Makes a run its host's baseline, or the newest run of each host and system of a filter theirs.
  ///
  /// - Parameters:
  ///   - name: The run; nil for the newest ones.
  ///   - filter: The hosts.
  ///   - time: The time from which they count, in seconds since 1970.
  ///   - repository: Where the runs are.
  /// - Returns: The baselines that were set.
  /// - Throws: ``ServiceError/nothingMeant`` or the repository's errors.
  package static func set(
    _ name: String?, _ filter: RunFilter, at time: Int64, in repository: any RunRepository
  ) throws -> [RunSummary] {
    let ids =
      try name.map {
        [
          try repository.run(
            named: $0, hosts: filter.hosts, until: repository.present(at: time), asOf: filter.asOf
          ).summary.id
        ]
      }
      ?? newest(filter, at: time, repository) { _ in true }
    guard !ids.isEmpty else { throw ServiceError.nothingMeant }
    try repository.write(isDryRun: false) { try $0.setBaseline(ids, at: time) }
    return try repository.baselines().filter { ids.contains($0.id) }
  }

  /// Makes the newest run of each host and system that has no baseline its baseline.
  ///
  /// - Returns: How many were set.
  /// - Throws: The repository's errors.
  package static func setMissing(
    at time: Int64, in repository: any RunRepository
  ) throws -> Int {
    let ids = try newest(RunFilter(), at: time, repository) { $0.baseline == nil }
    try repository.write(isDryRun: false) { try $0.setBaseline(ids, at: time) }
    return ids.count
  }

  /// Takes the mark from the baselines of a filter's hosts; the runs stay.
  ///
  /// - Returns: The runs that were baselines.
  /// - Throws: The repository's errors.
  package static func clear(
    _ filter: RunFilter, at time: Int64, in repository: any RunRepository
  ) throws -> [RunSummary] {
    var filter = filter
    filter.isBaseline = true
    let runs = try repository.runs(filter)
    try repository.write(isDryRun: false) { try $0.clearBaseline(runs.map(\.id), at: time) }
    return runs
  }

  private static func newest(
    _ filter: RunFilter, at time: Int64, _ repository: any RunRepository,
    where isMeant: (RunSequence.Latest) -> Bool
  ) throws -> [Int64] {
    var filter = filter
    filter.until = try filter.until ?? repository.present(at: time)
    return try repository.history(filter) { history in
      try history.hosts.flatMap { host in
        try history.sequence(of: host).latest.filter(isMeant).map(\.head.id)
      }
    }
  }
}
