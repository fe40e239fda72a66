package import BenchAnalysis
package import BenchHistory
import BenchModel

extension HostQuery {
  /// Takes a look at every host, from what is stored of it.
  ///
  /// Runs are read only where the policy asks for what only they tell, and only of hosts that do
  /// not trip without it.
  ///
  /// - Parameters:
  ///   - silentAfter: A host is silent if its newest run is more whole days old.
  ///   - choice: The hosts that are listed, and their order.
  ///   - limit: The most hosts that are listed; nil for all. Of others nothing is read of what was open after the last runs.
  ///   - repository: Where the runs are.
  /// - Returns: All hosts of the query.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func overview(
    silentAfter: Int, listing choice: FleetOverview.Choice = .init(), limit: Int? = nil,
    in repository: any RunRepository
  ) throws -> FleetOverview {
    let thresholds = policy.thresholds
    let judgement = judgement
    var fleet = FleetOverview(
      time: time, silentAfter: silentAfter, hasGate: !thresholds.isEmpty)
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      try forEach(reading, needs: { $0.needs(of: thresholds) }) { host in
        fleet.add(host.now, gate: try host.state(thresholds, judgement))
      }
      let listed = limit.map { Set(fleet.listed(choice).prefix($0).map(\.name)) }
      fleet.recentOpen = try RecentOpen.read(listed.map(reading.only) ?? reading)
    }
    guard !fleet.hosts.isEmpty else { throw noRuns }
    return fleet
  }
}

extension HostQuery.Host {
  /// What is read of the host to tell how it comes through a gate.
  ///
  /// Where what is counted tells it, that is nothing.
  fileprivate func needs(of thresholds: Thresholds) -> HostQuery.Needs {
    var needs = HostQuery.Needs()
    guard thresholds.areAboutRuns || thresholds.newFailures, !thresholds.trips(now) else {
      return needs
    }
    if thresholds.areAboutRuns { needs.summaries += now.findings.runs }
    // A run that found what its base found has no new failure.
    if thresholds.newFailures {
      needs += self.needs(against: .baselineOrBefore, areEqualLeftOut: true)
    }
    return needs
  }

  /// How the host comes through a gate; nil where nothing is asked for.
  ///
  /// - Throws: The repository's errors.
  fileprivate func state(
    _ thresholds: Thresholds, _ judgement: Judgement
  ) throws -> Gate.HostResult.State? {
    guard !thresholds.isEmpty else { return nil }
    guard !thresholds.trips(now) else { return .tripped }
    guard thresholds.areAboutRuns || thresholds.newFailures else { return .passed }
    var changes: [Measured] = []
    var unmeasured: [Gate.Unmeasured] = []
    if thresholds.newFailures {
      (changes, unmeasured) = try measure(against: .baselineOrBefore, areEqualLeftOut: true)
    }
    var gate = Gate(thresholds, judgement)
    gate.check(
      Gate.Subject(
        host: now, runs: thresholds.areAboutRuns ? try summaries() : [],
        changes: changes.map { ($0.head, $0.comparison) }, unmeasured: unmeasured))
    return gate.state
  }
}
