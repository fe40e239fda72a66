package import BenchCatalog
package import BenchHistory

/// Takes out the runs of hosts that rules don't keep.
package enum PruneRuns {
  /// Decides which runs stay, and takes the others out in the same transaction.
  ///
  /// - Parameters:
  ///   - retention: The rules.
  ///   - hosts: Names of hosts, and patterns over them; all if empty.
  ///   - now: The time, in seconds since 1970: runs that start later neither count nor go.
  ///   - catalog: What is known of the runs' checks.
  ///   - isDryRun: Whether it is only said what would go.
  ///   - repository: Where the runs are.
  /// - Returns: What stays and what goes.
  /// - Throws: ``ServiceError/noRuns(host:)`` for a host that is not there, or the repository's errors.
  package static func run(
    _ retention: Retention, hosts: [String] = [], at now: Int64, _ catalog: Catalog,
    isDryRun: Bool,
    in repository: any RunRepository
  ) throws -> PrunePlan {
    let names = hosts.isEmpty ? nil : Set(try HostPatterns.names(hosts, in: repository))
    let filter = RunFilter(until: try repository.present(at: now))
    if isDryRun {
      return try repository.history(filter) {
        try PrunePlan(retention, $0, catalog, hosts: names)
      }
    }
    return try repository.write(isDryRun: false) { writer in
      let plan = try PrunePlan(retention, writer.history(filter), catalog, hosts: names)
      try writer.remove(plan.gone)
      return plan
    }
  }
}
