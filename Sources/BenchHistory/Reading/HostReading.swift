package import BenchCatalog
package import BenchModel

/// Reads what is known of hosts from their runs: the one fold over a history.
package struct HostReading {
  package let history: any History
  package let checks: CheckKeys
  /// The hosts that are read.
  package private(set) var hosts: [HistoryHost]

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

  /// The same reading of some hosts alone.
  ///
  /// - Parameter names: The names that they have now.
  /// - Returns: The reading.
  package func only(_ names: Set<String>) -> HostReading {
    var reading = self
    reading.hosts = hosts.filter { names.contains($0.name) }
    return reading
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
    fileprivate func end(_ latest: RunSequence.Latest, _ sequence: RunSequence) -> Int {
      let runs = sequence.runs
      switch self {
      case .previous: return runs.firstIndex { $0.id == latest.head.id } ?? 0
      case .baseline:
        guard let baseline = latest.baseline else { return 0 }
        return runs.firstIndex { $0.id == baseline.id }.map { $0 + 1 } ?? 0
      case .time(let time, _): return runs.firstIndex { $0.startedAt > time } ?? runs.count
      }
    }

    /// Whether it is stored with what is known now.
    fileprivate var isStored: Bool {
      if case .previous = self { true } else { false }
    }
  }

  /// A host with what is known of it.
  package struct Host: Sendable {
    package var host: HistoryHost
    /// The newest run of each system, the newest first.
    package var latest: [RunSequence.Latest]
    package var findings: HostFindings
    /// What was known at the base; nil without one.
    ///
    /// Of a system without a base it is what is known now, so that the
    /// difference is what changed and not what was seen first.
    package var before: HostFindings?
    /// The systems that have nothing to be measured against.
    package var withoutBase: [Tool.System]
    /// The numbers of the stored standings that it is of; none where its runs were read.
    package var standings: [Int] = []
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
    /// The host ends; the source returns findings of a run.
    mutating func end(_ standing: HostStanding, _ source: @escaping FindingSource) throws
  }

  /// Hosts of which what is known is read at once: few enough that it stays in the processor's cache.
  private static let batch = 64

  /// Calls a closure with each host that has runs, and what is known of it.
  ///
  /// - Parameters:
  ///   - base: What findings are measured against; nil if by nothing.
  ///   - body: Is called with each host.
  /// - Throws: The repository's errors, or what the closure throws.
  package func forEach(base: Base? = nil, _ body: (Host) throws -> Void) throws {
    try forEachBatch(base: base) { try $0.forEach(body) }
  }

  /// Calls a closure with some hosts that have runs after the other, and what is known of each.
  ///
  /// What is stored of a host is taken as it is; of others the runs are read.
  ///
  /// - Parameters:
  ///   - base: What findings are measured against; nil if by nothing.
  ///   - body: Is called with the hosts.
  /// - Throws: The repository's errors, or what the closure throws.
  package func forEachBatch(base: Base? = nil, _ body: ([Host]) throws -> Void) throws {
    let isStored = base?.isStored ?? true
    let baselines = isStored ? try history.baselines() : [:]
    var standing = HostStanding(checks)
    for start in stride(from: 0, to: hosts.count, by: Self.batch) {
      let batch = hosts[start..<min(start + Self.batch, hosts.count)]
      let stored = isStored ? try history.standings(of: batch) : nil
      var found: [Host] = []
      found.reserveCapacity(batch.count)
      for host in batch {
        if let known = stored?[host.name], fits(known) {
          found.append(self.host(host, known, base, baselines[host.name] ?? []))
        } else if let host = try fold(host, base, &standing) {
          found.append(host)
        }
      }
      try body(found)
      for host in found {
        try host.findings.check()
        try host.before?.check()
      }
    }
  }

  /// Whether what is stored can be read with the checks of the history; else the runs are read.
  private func fits(_ known: [KnownStanding]) -> Bool {
    known.allSatisfy { checks.fits($0.record) && $0.before.map(checks.fits) ?? true }
  }

  /// A host as it is stored.
  private func host(
    _ host: HistoryHost, _ known: [KnownStanding], _ base: Base?, _ baselines: [HistoryRun]
  ) -> Host {
    let latest = known.compactMap { self.latest($0, baselines) }
      .sorted { $0.head.order > $1.head.order }
    let parts = known.map { KnownFindings.Part(system: $0.system, record: $0.record) }
    let now = HostFindings(host.name, KnownFindings(checks, parts, history.findings))
    var before: HostFindings?
    if base != nil, known.contains(where: { $0.record.count > 1 }) {
      let parts = known.map {
        KnownFindings.Part(system: $0.system, record: $0.before ?? $0.record)
      }
      before = HostFindings(host.name, KnownFindings(checks, parts, history.findings))
    }
    return Host(
      host: host, latest: latest, findings: now, before: before,
      withoutBase: base == nil
        ? []
        : latest.map(\.system).filter { system in
          known.contains { $0.system == system && $0.record.count < 2 }
        },
      standings: known.map(\.id))
  }

  /// The newest run of a system, and what it may be measured against.
  private func latest(
    _ known: KnownStanding, _ baselines: [HistoryRun]
  ) -> RunSequence.Latest? {
    let runs = known.record.runs
    let newest = known.record.lasts.max { runs[$0.run].order < runs[$1.run].order }
    guard let newest else { return nil }
    // The run of the tool before it, or, where there is none, the last one of another tool.
    let other = known.record.lasts.filter { $0 != newest }.map { runs[$0.run] }
      .max { $0.order < $1.order }
    return RunSequence.Latest(
      head: runs[newest.run], system: known.system,
      base: newest.before.map { runs[$0] } ?? other,
      baseline: baselines.filter { checks.release($0.release).tool.system == known.system }
        .max { $0.order < $1.order })
  }

  /// Reads what is known of a host from its runs.
  ///
  /// - Returns: The host; nil if it has no run.
  private func fold(
    _ host: HistoryHost, _ base: Base?, _ standing: inout HostStanding
  ) throws -> Host? {
    var nobody = Nobody()
    let sequence = try history.sequence(of: host)
    guard !sequence.runs.isEmpty else { return nil }
    let latest = sequence.latest
    let ends = base == nil ? [] : latest.map { ($0.system, base?.end($0, sequence) ?? 0) }
    var earlier: [Int: Standing] = [:]
    try fold(host, sequence.runs, &standing, &nobody) { place, standing in
      for (system, end) in ends where end == place {
        guard let number = checks.allSystems.firstIndex(of: system),
          standing.systems[number].runs > 0
        else { continue }
        earlier[number] = standing.systems[number]
      }
    }
    let now = HostFindings(host.name, standing, history.findings)
    let before =
      earlier.isEmpty
      ? nil
      : HostFindings(
        host.name,
        HostStanding(checks, systems: standing.systems.enumerated().map { earlier[$0] ?? $1 }),
        history.findings)
    return Host(
      host: host, latest: latest, findings: now, before: before,
      withoutBase: base == nil
        ? []
        : latest.map(\.system).filter { system in
          checks.allSystems.firstIndex(of: system).map { earlier[$0] == nil } ?? true
        })
  }

  /// Calls a closure with each host of which what is known is stored, and an observer with all runs of the others.
  ///
  /// - Throws: The repository's errors, or what the closure or the observer throws.
  package func walk<O: Observer>(
    observer: inout O, stored body: (inout O, HistoryHost, [KnownStanding]) throws -> Void
  ) throws {
    var standing = HostStanding(checks)
    for start in stride(from: 0, to: hosts.count, by: Self.batch) {
      let batch = hosts[start..<min(start + Self.batch, hosts.count)]
      let stored = try history.standings(of: batch)
      for host in batch {
        if let known = stored?[host.name], fits(known) {
          try body(&observer, host, known)
        } else {
          try walk(host, &standing, &observer)
        }
      }
    }
  }

  /// Walks all runs of all hosts for an observer alone, which needs no findings.
  ///
  /// - Throws: The repository's errors, or what the observer throws.
  package func walk<O: Observer>(observer: inout O) throws {
    var standing = HostStanding(checks)
    for host in hosts { try walk(host, &standing, &observer) }
  }

  private func walk<O: Observer>(
    _ host: HistoryHost, _ standing: inout HostStanding, _ observer: inout O
  ) throws {
    let runs = try history.runs(of: host)
    guard !runs.isEmpty else { return }
    try fold(host, runs, &standing, &observer) { _, _ in }
    try observer.end(standing, history.findings)
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
  func fold<O: Observer>(
    _ host: HistoryHost, _ runs: [HistoryRun], _ standing: inout HostStanding,
    _ observer: inout O, reached: (Int, HostStanding) -> Void
  ) throws {
    standing.reset()
    observer.begin(host: host.name)
    for (place, run) in runs.enumerated() {
      reached(place, standing)
      observer.begin(run, isFirst: place == 0)
      try standing.add(
        run, outcomes: { try history.outcomes(snapshot: $0.snapshot) },
        findings: { try history.findings(of: $0) }
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
    mutating func end(_ standing: HostStanding, _ source: @escaping FindingSource) {}
  }
}
