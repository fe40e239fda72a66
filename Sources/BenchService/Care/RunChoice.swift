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
  /// The time, in seconds since 1970: a name such as `latest` means no run that starts later; nil for any run.
  package var now: Int64?

  /// Creates a choice.
  package init(
    names: [String] = [], hosts: [String] = [], labels: [(key: String, value: String)] = [],
    before: Int64? = nil, now: Int64? = nil
  ) {
    self.names = names
    self.hosts = hosts
    self.labels = labels
    self.before = before
    self.now = now
  }

  /// Returns the runs that are meant, the newest first.
  ///
  /// - Throws: ``ServiceError/noRuns(host:)`` for a host that is not there, or the repository's errors.
  package func runs(in repository: any RunRepository) throws -> [RunSummary] {
    var found: [RunSummary] = []
    guard !names.isEmpty else {
      var filter = RunFilter(labels: labels, until: before.map { $0 - 1 })
      filter.hosts = try HostPatterns.names(hosts, in: repository)
      return try repository.runs(filter)
    }
    var seen: Set<Int64> = []
    let end = try now.flatMap { try repository.present(at: $0) }
    for name in names {
      let run = try repository.run(named: name, until: end).summary
      if seen.insert(run.id).inserted { found.append(run) }
    }
    return found.sorted { $0.order > $1.order }
  }
}
