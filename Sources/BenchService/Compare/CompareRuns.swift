package import BenchAnalysis
package import BenchCatalog
package import BenchHistory
package import BenchModel

/// Compares runs that a person names.
package enum CompareRuns {
  /// Two runs with what changed between them.
  package struct Pair: Sendable {
    package var base: StoredRun
    package var head: StoredRun
    package var comparison: Comparison

    /// What changed, of the findings that fit a filter alone.
    package func only(_ filter: FindingFilter, _ policy: Policy) -> Pair {
      Pair(
        base: base, head: head,
        comparison: comparison.only(filter, from: base, to: head, policy))
    }
  }

  /// Compares two runs: without names the newest run with the one before it; with one name that run with the newest of
  /// its host, or, if it is that itself, with the one before it.
  ///
  /// - Parameters:
  ///   - names: None, the base, or base and head.
  ///   - hosts: The hosts to which `latest`, `baseline` and dates are limited; none for all.
  ///   - until: The time as of which names are taken, in seconds since 1970.
  ///   - catalog: What the runs are compared by.
  ///   - repository: Where they are.
  /// - Returns: The two runs with what changed.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package static func pair(
    _ names: [String], hosts: [String] = [], until: Int64? = nil, _ catalog: Catalog,
    in repository: any RunRepository
  ) throws -> Pair {
    let (base, head) = try runs(names, hosts, until, repository)
    return Pair(base: base, head: head, comparison: try compare(base, head, catalog))
  }

  /// Compares the first of several runs with each of the others.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package static func many(
    _ names: [String], hosts: [String] = [], until: Int64? = nil, _ policy: Policy,
    only filter: FindingFilter = FindingFilter(), in repository: any RunRepository
  ) throws -> (base: StoredRun, heads: [(run: StoredRun, comparison: Comparison)]) {
    let runs = try names.map { try repository.run(named: $0, hosts: hosts, until: until) }
    guard let base = runs.first else { throw ServiceError.nothingMeant }
    return (
      base,
      try runs.dropFirst().map { run in
        let comparison = try compare(base, run, policy.catalog)
        return (run, comparison.only(filter, from: base, to: run, policy))
      }
    )
  }

  /// Compares the newest run of each host and system with the one before it.
  ///
  /// - Throws: The repository's errors.
  package static func fleet(
    _ filter: RunFilter, _ policy: Policy, only findings: FindingFilter = FindingFilter(),
    in repository: any RunRepository
  ) throws -> FleetComparison {
    try repository.history(filter) { history in
      var fleet = FleetComparison(policy.catalog)
      try HostReading(history, policy.catalog).forEachBatch { hosts in
        let runs = hosts.flatMap { FleetComparison.runs(of: $0.latest) }
        try history.read(summaries: runs, findings: runs)
        for host in hosts {
          try fleet.add(host.host.name, host.latest, history) {
            $0.only(findings, from: $1, to: $2, policy)
          }
        }
      }
      return fleet.sorted()
    }
  }

  private static func runs(
    _ names: [String], _ hosts: [String], _ until: Int64?, _ repository: any RunRepository
  ) throws -> (base: StoredRun, head: StoredRun) {
    func before(_ head: StoredRun) throws -> StoredRun {
      guard let base = try repository.run(before: head.summary) else {
        throw ServiceError.incomparable(.onlyRun(host: head.summary.host))
      }
      return base
    }
    if names.count >= 2 {
      return (
        try repository.run(named: names[0], hosts: hosts, until: until),
        try repository.run(named: names[1], hosts: hosts, until: until)
      )
    }
    if let name = names.first {
      let base = try repository.run(named: name, hosts: hosts, until: until)
      let filter = RunFilter(host: base.summary.host, until: until)
      // A host may be checked for Docker and for Kubernetes: the newest run of what the base checks is meant.
      let head = try repository.history(filter) { history in
        try history.hosts.compactMap { try history.sequence(of: $0) }.flatMap(\.latest)
          .first { $0.system == base.summary.release.tool.system }
          .flatMap { try history.stored($0.head) }
      }
      guard let head, head.summary.id != base.summary.id else {
        // The newest run has nothing after it: what it changed is meant.
        return (try before(base), base)
      }
      return (base, head)
    }
    let head = try repository.run(named: "latest", hosts: hosts, until: until)
    return (try before(head), head)
  }

  private static func compare(
    _ base: StoredRun, _ head: StoredRun, _ catalog: Catalog
  ) throws -> Comparison {
    let (from, to) = (base.summary.release, head.summary.release)
    guard from.tool.system == to.tool.system else {
      throw ServiceError.incomparable(.tools(from.tool, to.tool))
    }
    let comparison = Comparison(from: base, to: head, catalog)
    guard comparison.isMeaningful else {
      throw ServiceError.incomparable(.editions(from.edition, to.edition))
    }
    return comparison
  }
}

extension FleetComparison {
  /// The runs that are read to compare a host's newest runs with the ones before.
  static func runs(of latest: [RunSequence.Latest]) -> [HistoryRun] {
    latest.flatMap { latest in
      latest.base.map { latest.head.hasSameContent(as: $0) ? [] : [$0, latest.head] } ?? []
    }
  }

  /// Adds a host's newest run of each system against the run before it.
  ///
  /// - Throws: The repository's errors.
  mutating func add(
    _ host: String, _ latest: [RunSequence.Latest], _ history: any History,
    only: (Comparison, _ base: StoredRun, _ head: StoredRun) -> Comparison = {
      comparison, _, _ in comparison
    }
  ) throws {
    for latest in latest {
      let head = latest.head
      guard let base = latest.base else {
        addSingle(host)
        continue
      }
      // Runs that found the same need not be read to know it.
      if head.hasSameContent(as: base) {
        addUnchanged(host)
      } else if let before = try history.stored(base), let after = try history.stored(head) {
        add(
          FleetComparison.HostChange(
            base: before.summary, head: after.summary,
            comparison: only(Comparison(from: before, to: after, catalog), before, after)))
      }
    }
  }
}
