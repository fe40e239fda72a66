package import BenchAnalysis
package import BenchHistory
import BenchModel

extension HostQuery {
  /// Takes a close look at one host, from what is stored of it.
  ///
  /// Of its runs only those are read that are named, and those that the gate compares.
  ///
  /// - Parameters:
  ///   - silentAfter: The host is silent if its newest run is more whole days old.
  ///   - repository: Where the runs are.
  /// - Returns: The host of the query, or the only one there is.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func status(
    silentAfter: Int, in repository: any RunRepository
  ) throws -> HostStatus {
    try repository.history(filter) { history in
      if hosts.count != 1 { try requireOneHost(of: history) }
      let reading = HostReading(history, catalog)
      var found: HostStatus?
      try forEach(
        reading, base: .previous, needs: { Self.statusNeeds(of: $0, policy.thresholds) }
      ) { host in
        found = try status(of: host, silentAfter: silentAfter)
      }
      guard var found else { throw noRuns }
      found.history = try ReadTrend(self).read(reading).trend.points.suffix(HostStatus.mostRuns)
        .map { HostStatus.Place(run: $0.run, time: $0.time, failures: $0.open) }
      return found
    }
  }

  /// The most hosts that are named where one was to be.
  private static let mostNamed = 8

  private func requireOneHost(of history: any History) throws {
    var names: [String] = []
    for host in history.hosts where names.count <= Self.mostNamed {
      if try !history.runs(of: host).isEmpty { names.append(host.name) }
    }
    guard names.count < 2 else { throw ServiceError.severalHosts(names) }
  }

  /// The runs that are named, and those of the gate.
  private static func statusNeeds(of host: Host, _ thresholds: Thresholds) -> Needs {
    let latest = host.reading.latest
    var needs = Needs(
      summaries: host.now.findings.runs
        + latest.flatMap { [$0.head, $0.base, $0.baseline].compactMap { $0 } })
    if !thresholds.isEmpty { needs += GateHosts.needs(of: host, nil, thresholds) }
    return needs
  }

  private func status(of host: Host, silentAfter: Int) throws -> HostStatus? {
    let judgement = judgement
    var gate: Gate?
    if !policy.thresholds.isEmpty {
      var own = Gate(policy.thresholds, judgement)
      try GateHosts.check(host, nil, &own)
      gate = own
    }
    let systems = try host.reading.latest.compactMap { latest in
      try host.history.summary(of: latest.head).map { head in
        HostStatus.System(
          latest.system, run: head, base: try latest.base.flatMap(host.history.summary),
          baseline: try latest.baseline.flatMap(host.history.summary))
      }
    }
    return HostStatus(
      host.now, before: host.before, runs: try host.summaries(), systems: systems, gate: gate,
      judgement, silentAfter: silentAfter)
  }
}
