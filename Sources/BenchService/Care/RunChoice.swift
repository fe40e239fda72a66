package import BenchHistory
package import BenchModel

/// Which runs a change is about: named ones, or those of some hosts, of a time, with labels.
package struct RunChoice: Sendable {
  /// The names of runs; with one, nothing else is asked.
  package var names: [String] = []
  /// Names of hosts, and patterns over them; all if empty.
  package var hosts: [String] = []
  /// Only runs with all of these labels.
  package var labels: [(key: String, value: String)] = []
  /// Only runs that began before then, in seconds since 1970.
  package var before: Int64?

  /// Creates a choice.
  package init(
    names: [String] = [], hosts: [String] = [], labels: [(key: String, value: String)] = [],
    before: Int64? = nil
  ) {
    self.names = names
    self.hosts = hosts
    self.labels = labels
    self.before = before
  }

  /// Returns the runs that are meant, the newest first.
  ///
  /// - Throws: ``ServiceError/noRuns(host:)`` for a host that is not there, or the repository's errors.
  package func runs(in repository: any RunRepository) throws -> [RunSummary] {
    var found: [RunSummary] = []
    if !names.isEmpty {
      var seen: Set<Int64> = []
      for name in names {
        let run = try repository.run(named: name).summary
        if seen.insert(run.id).inserted { found.append(run) }
      }
    } else {
      var filter = RunFilter(labels: labels, until: before.map { $0 - 1 })
      if hosts.isEmpty { return try repository.runs(filter) }
      for host in try Self.hosts(hosts, in: repository).sorted() {
        filter.hosts = [host]
        found += try repository.runs(filter)
      }
    }
    return found.sorted { $0.order > $1.order }
  }

  /// Returns the names that the hosts have now that are named, or that a pattern fits.
  ///
  /// - Throws: ``ServiceError/noRuns(host:)`` for one that no host fits, or the repository's errors.
  static func hosts(_ patterns: [String], in repository: any RunRepository) throws -> Set<String> {
    let all = try repository.hosts()
    var found: Set<String> = []
    for pattern in patterns {
      let glob = Glob(pattern)
      var own = Set(all.filter(glob.matches))
      if try repository.hasHost(pattern) { own.insert(repository.hostNames.current(pattern)) }
      guard !own.isEmpty else { throw ServiceError.noRuns(host: pattern) }
      found.formUnion(own)
    }
    return found
  }
}
