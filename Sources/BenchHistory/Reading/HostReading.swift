package import BenchCatalog
package import BenchModel

/// Reads what is known of hosts from their runs: the one fold over a history.
package struct HostReading {
  package let history: any History
  package let checks: CheckKeys
  /// The hosts that are read.
  package let hosts: [HistoryHost]

  /// Creates a reading.
  ///
  /// - Parameters:
  ///   - history: The runs.
  ///   - catalog: What is known of their checks.
  ///   - names: Only the hosts that have these names now; nil for all.
  package init(_ history: any History, _ catalog: Catalog, hosts names: Set<String>? = nil) {
    self.history = history
    hosts = names.map { names in history.hosts.filter { names.contains($0.name) } } ?? history.hosts
    checks = CheckKeys(titles: history.titles, releases: history.releases, catalog)
  }

  /// What a host's findings are measured against.
  package enum Base: Sendable {
    /// What was known before the newest run of each system.
    case previous
    /// What was known with the baseline of each system.
    case baseline
    /// What was known at a time, in seconds since 1970, which a person wrote so.
    case time(Int64, text: String)

    /// How many of a host's runs belong to the base of a system: the places before this one.
    fileprivate func end(_ latest: RunSequence.Latest, _ runs: [HistoryRun]) -> Int {
      switch self {
      case .previous: latest.place
      case .baseline: latest.baselinePlace.map { $0 + 1 } ?? 0
      case .time(let time, _): runs.firstIndex { $0.startedAt > time } ?? runs.count
      }
    }
  }

  /// A host with what is known of it.
  package struct Host: Sendable {
    package var host: HistoryHost
    package var sequence: RunSequence
    package var findings: HostFindings
    /// What was known at the base; nil without one.
    ///
    /// Of a system without a base it is what is known now, so that the
    /// difference is what changed and not what was seen first.
    package var before: HostFindings?
    /// The systems that have nothing to be measured against.
    package var withoutBase: [Tool.System]
  }

  /// Gets what a host's runs change, in their order.
  package protocol Observer {
    /// A host begins.
    mutating func begin(host: String)
    /// A run of the host begins.
    mutating func begin(_ run: HistoryRun, isFirst: Bool)
    /// The run changed what is known of a check.
    mutating func note(_ turn: Standing.Turn)
    /// The run ends, with what it did to the open failures of its host and system.
    mutating func end(_ run: HistoryRun, _ books: Books)
    /// The host ends; the closure returns the findings of a run.
    mutating func end(
      _ standing: HostStanding, findings: (HistoryRun) throws -> [Finding]) throws
  }

  /// Calls a closure with each host that has runs, and what is known of it.
  ///
  /// - Parameters:
  ///   - base: What findings are measured against; nil if by nothing.
  ///   - body: Is called with each host.
  /// - Throws: The repository's errors, or what the closure throws.
  package func forEach(base: Base? = nil, _ body: (Host) throws -> Void) throws {
    var nobody = Nobody()
    try forEach(base: base, observer: &nobody, body)
  }

  /// Calls a closure with each host that has runs, and what is known of it, and an observer with all that changed on the way.
  ///
  /// - Throws: The repository's errors, or what the closure or the observer throws.
  package func forEach<O: Observer>(
    base: Base? = nil, observer: inout O, _ body: (Host) throws -> Void
  ) throws {
    var standing = HostStanding(checks)
    for host in hosts {
      let sequence = try history.sequence(of: host)
      guard !sequence.runs.isEmpty else { continue }
      let latest = base == nil ? [] : sequence.latest
      let ends = latest.map { ($0.system, base?.end($0, sequence.runs) ?? 0) }
      var earlier: [Int: Standing] = [:]
      try fold(host, sequence.runs, &standing, &observer) { place, standing in
        for (system, end) in ends where end == place {
          guard let number = checks.allSystems.firstIndex(of: system),
            standing.systems[number].runs > 0
          else { continue }
          earlier[number] = standing.systems[number]
        }
      }
      // Findings by content, of which the lines may be those of a later run.
      var known: [Int: [Finding]] = [:]
      func findings(of run: HistoryRun) throws -> [Finding] {
        if let findings = known[run.snapshot] { return findings }
        let findings = try history.findings(of: run)
        known[run.snapshot] = findings
        return findings
      }
      try observer.end(standing, findings: findings)
      let now = try HostFindings(host.name, standing, findings: findings)
      let before =
        earlier.isEmpty
        ? nil
        : try HostFindings(
          host.name,
          HostStanding(
            checks, systems: standing.systems.enumerated().map { earlier[$0] ?? $1 }),
          findings: findings)
      try body(
        Host(
          host: host, sequence: sequence, findings: now, before: before,
          withoutBase: latest.map(\.system).filter { system in
            checks.allSystems.firstIndex(of: system).map { earlier[$0] == nil } ?? true
          }))
    }
  }

  /// Walks all runs of all hosts for an observer alone, which needs no findings.
  ///
  /// - Throws: The repository's errors, or what the observer throws.
  package func walk<O: Observer>(observer: inout O) throws {
    var standing = HostStanding(checks)
    for host in hosts {
      let runs = try history.runs(of: host)
      guard !runs.isEmpty else { continue }
      try fold(host, runs, &standing, &observer) { _, _ in }
      try observer.end(standing, findings: history.findings)
    }
  }

  /// Folds the runs of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - runs: Its runs, in their order.
  ///   - standing: Gets what is known of it.
  ///   - observer: Gets what each run changes.
  ///   - reached: Is called before the run of each place, and after the last one.
  /// - Throws: The repository's errors.
  private func fold<O: Observer>(
    _ host: HistoryHost, _ runs: [HistoryRun], _ standing: inout HostStanding,
    _ observer: inout O, reached: (Int, HostStanding) -> Void
  ) throws {
    standing.reset()
    observer.begin(host: host.name)
    for (place, run) in runs.enumerated() {
      reached(place, standing)
      observer.begin(run, isFirst: place == 0)
      try standing.add(
        run, outcomes: { try history.outcomes(snapshot: run.snapshot) }, findings: history.findings
      ) { observer.note($0) }
      observer.end(run, standing.lastBooks)
    }
    reached(runs.count, standing)
  }

  /// An observer that nothing interests.
  private struct Nobody: Observer {
    mutating func begin(host: String) {}
    mutating func begin(_ run: HistoryRun, isFirst: Bool) {}
    mutating func note(_ turn: Standing.Turn) {}
    mutating func end(_ run: HistoryRun, _ books: Books) {}
    mutating func end(_ standing: HostStanding, findings: (HistoryRun) throws -> [Finding]) {}
  }
}
