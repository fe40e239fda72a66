import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel

/// Compares runs that a person names.
package enum CompareRuns {
  /// Two runs with what changed between them.
  package struct Pair: Sendable {
    package var base: StoredRun
    package var head: StoredRun
    package var comparison: Comparison
  }

  /// Compares two runs: without names the newest run with the one before it; with one name that run with the newest of
  /// its host, or, if it is that itself, with the one before it.
  ///
  /// - Parameters:
  ///   - names: None, the base, or base and head.
  ///   - query: The hosts, labels and time to which names are limited, and the findings that are compared.
  ///   - repository: Where the runs are.
  /// - Returns: The two runs with what changed.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package static func pair(
    _ names: [String], _ query: HostQuery, in repository: any RunRepository
  ) throws -> Pair {
    let (base, head) = try runs(names, query, repository)
    return Pair(base: base, head: head, comparison: try compare(base, head, query))
  }

  /// Compares the first of several runs with each of the others.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package static func many(
    _ names: [String], _ query: HostQuery, in repository: any RunRepository
  ) throws -> (base: StoredRun, heads: [(run: StoredRun, comparison: Comparison)]) {
    let runs = try names.map { try query.run(named: $0, in: repository) }
    guard let base = runs.first else { throw ServiceError.nothingMeant }
    return (base, try runs.dropFirst().map { ($0, try compare(base, $0, query)) })
  }

  /// Compares the newest run of each host and system with the one before it.
  ///
  /// - Parameters:
  ///   - query: The hosts, and the findings that are compared.
  ///   - since: Of runs that began then or later, in seconds since 1970, with the last one before that time; nil for the
  ///     run before.
  ///   - repository: Where the runs are.
  /// - Returns: What changed.
  /// - Throws: ``ServiceError/noRuns(host:)``, or the repository's errors.
  package static func fleet(
    _ query: HostQuery, since: Int64? = nil, in repository: any RunRepository
  ) throws -> FleetComparison {
    try repository.history(query.filter) { history in
      var fleet = FleetComparison(query.catalog)
      var count = 0
      try HostReading(history, query.catalog).forEachBatch { hosts in
        count += hosts.count
        let compared = try hosts.map { host in
          try since.map { try latest(host, since: $0, history) } ?? host.latest
        }
        let runs = compared.flatMap { FleetComparison.runs(of: $0) }
        try history.read(summaries: runs, findings: runs)
        for (host, latest) in zip(hosts, compared) where !latest.isEmpty {
          try fleet.add(host.host.name, latest, history) {
            $0.only(query.findings, from: $1, to: $2, query.policy)
          }
        }
      }
      guard count > 0 else { throw query.noRuns }
      return fleet.sorted()
    }
  }

  /// The newest runs of a host that began at a time or later, each with the last run of its system before that time; where
  /// there is none, with the first one after it.
  private static func latest(
    _ host: HostReading.Host, since: Int64, _ history: any History
  ) throws -> [RunSequence.Latest] {
    let newest = host.latest.filter { $0.head.startedAt >= since }
    guard !newest.isEmpty else { return [] }
    let runs = try history.runs(of: host.host)
    return newest.map { latest in
      let own = runs.filter { history.releases[$0.release]?.tool.system == latest.system }
      var latest = latest
      let base = own.last { $0.startedAt < since } ?? own.first
      latest.base = base?.id == latest.head.id ? nil : base
      return latest
    }
  }

  private static func runs(
    _ names: [String], _ query: HostQuery, _ repository: any RunRepository
  ) throws -> (base: StoredRun, head: StoredRun) {
    func before(_ head: StoredRun) throws -> StoredRun {
      guard let base = try repository.run(before: head.summary, asOf: query.asOf) else {
        throw ServiceError.incomparable(.onlyRun(host: head.summary.host))
      }
      return base
    }
    if names.count >= 2 {
      return (
        try query.run(named: names[0], in: repository),
        try query.run(named: names[1], in: repository)
      )
    }
    guard let name = names.first else {
      let head = try query.run(named: "latest", in: repository)
      return (try before(head), head)
    }
    let base = try query.run(named: name, in: repository)
    var filter = query.filter
    filter.hosts = [base.summary.host]
    // A host may be checked for Docker and for Kubernetes: the newest run of what the base checks is meant.
    let head = try repository.history(filter) { history in
      try history.hosts.compactMap { try history.sequence(of: $0) }.flatMap(\.latest)
        .first { $0.system == base.summary.release.tool.system }
        .flatMap { try history.stored($0.head) }
    }
    guard let head, head.summary.order > base.summary.order else {
      // The newest run has nothing after it: what it changed is meant.
      return (try before(base), base)
    }
    return (base, head)
  }

  private static func compare(
    _ base: StoredRun, _ head: StoredRun, _ query: HostQuery
  ) throws -> Comparison {
    let (from, to) = (base.summary.release, head.summary.release)
    guard from.tool.system == to.tool.system else {
      throw ServiceError.incomparable(.tools(from.tool, to.tool))
    }
    let comparison = Comparison(from: base, to: head, query.catalog)
    guard comparison.isMeaningful else {
      throw ServiceError.incomparable(.editions(from.edition, to.edition))
    }
    return comparison.only(query.findings, from: base, to: head, query.policy)
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
