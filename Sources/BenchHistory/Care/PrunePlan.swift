package import BenchCatalog
package import BenchModel

/// Which runs of a repository stay and which go, host by host and tool by tool.
package struct PrunePlan: Sendable {
  /// A run that stays.
  package struct Kept: Sendable {
    package var run: HistoryRun
    package var reasons: [Retention.Reason]
  }

  /// The runs of a host and tool, the newest first.
  package struct Group: Sendable {
    package var host: String
    package var tool: Tool
    package var kept: [Kept]
    package var gone: [HistoryRun]
  }

  /// By host, then by tool.
  package private(set) var groups: [Group] = []

  /// The ids of the runs that go.
  package var gone: [Int64] { groups.flatMap { $0.gone.map(\.id) } }

  /// How many runs stay.
  package var kept: Int { groups.reduce(0) { $0 + $1.kept.count } }

  /// Decides what stays.
  ///
  /// Beside what the rules keep, baselines stay, and the runs that what is known now stands on: without the others, each
  /// check of a host has the outcome and the items that it has with them.
  ///
  /// - Parameters:
  ///   - retention: The rules.
  ///   - history: All runs.
  ///   - catalog: What is known of their checks.
  ///   - hosts: Only the hosts that have these names now; nil for all.
  /// - Throws: The repository's errors.
  package init(
    _ retention: Retention, _ history: any History, _ catalog: Catalog, hosts: Set<String>? = nil
  ) throws {
    let reading = HostReading(history, catalog, hosts: hosts)
    var standing = HostStanding(reading.checks)
    try reading.forEach { host in
      groups += try Self.groups(of: host, retention, reading, &standing)
    }
  }

  private static func groups(
    of host: HostReading.Host, _ retention: Retention, _ reading: HostReading,
    _ standing: inout HostStanding
  ) throws -> [Group] {
    let history = reading.history
    let runs = Array(try history.runs(of: host.host).reversed())
    let parts = host.findings.known.parts.map { (system: $0.system, record: $0.record) }
    var reasons: [Int64: [Retention.Reason]] = [:]
    let tools = Dictionary(grouping: runs) { reading.checks.release($0.release).tool }
    for own in tools.values {
      for (run, why) in zip(own, retention.reasons(own.map(\.startedAt))) { reasons[run.id] = why }
    }
    let current = Set(parts.flatMap { $0.record.standsOn })
    for run in runs {
      if history.isBaseline(run) { reasons[run.id, default: []].append(.baseline) }
      if current.contains(run.id) { reasons[run.id, default: []].append(.current) }
    }
    var gone = runs.filter { reasons[$0.id]?.isEmpty != false }[...]
    let now = Known.all(parts, reading.checks)
    var step = 1
    // Where runs were limited to different things, it may depend on a run in between whether a failure counts as fixed. So
    // what is left is read, and the newest runs that would go stay until it says the same.
    while !gone.isEmpty {
      let left = runs.filter { reasons[$0.id]?.isEmpty == false }.reversed()
      if try known(after: left, history, &standing) == now { break }
      for run in gone.prefix(step) { reasons[run.id] = [.current] }
      gone = gone.dropFirst(step)
      step *= 2
    }
    return tools.sorted { $0.key.name < $1.key.name }.map { tool, own in
      var group = Group(host: host.host.name, tool: tool, kept: [], gone: [])
      for run in own {
        if let why = reasons[run.id], !why.isEmpty {
          group.kept.append(Kept(run: run, reasons: why))
        } else {
          group.gone.append(run)
        }
      }
      return group
    }
  }

  // MARK: - What is known

  /// What is known of a check: its outcome, and the contents that it was found in.
  private struct Known: Hashable {
    var outcome: Outcome
    var contents: [Content]

    /// What a run found, and what it was limited to.
    struct Content: Hashable {
      var snapshot: Int
      var scope: RunScope

      init(_ run: HistoryRun) { (snapshot, scope) = (run.snapshot, run.scope) }
    }

    /// What is known of the checks of each system, but for those that are retired.
    static func all(
      _ parts: [(system: Tool.System, record: StandingRecord)], _ checks: CheckKeys
    ) -> [Tool.System: [Int: Known]] {
      var all: [Tool.System: [Int: Known]] = [:]
      for (system, record) in parts {
        for entry in record.entries where !entry.isRetired {
          let wider = record.more(of: entry)?.wider.map { record.runs[$0] } ?? []
          all[system, default: [:]][checks.key(entry.title)] = Known(
            outcome: entry.outcome, contents: ([record.source(of: entry)] + wider).map(Content.init)
          )
        }
      }
      return all
    }
  }

  /// What is known of a host after some of its runs.
  private static func known(
    after runs: some Sequence<HistoryRun>, _ history: any History, _ standing: inout HostStanding
  ) throws -> [Tool.System: [Int: Known]] {
    standing.reset()
    for run in runs {
      try standing.add(
        run, outcomes: { try history.outcomes(snapshot: $0.snapshot) },
        findings: { try history.findings(of: $0) })
    }
    let parts = zip(standing.checks.allSystems, standing.systems).filter { $1.runs > 0 }
      .map { (system: $0, record: $1.record) }
    return Known.all(parts, standing.checks)
  }
}

extension StandingRecord {
  /// The ids of the runs that what is known stands on: the newest of each tool, and those that judged a check last.
  fileprivate var standsOn: Set<Int64> {
    var ids = Set(lasts.map { runs[$0.run].id })
    for entry in entries where !entry.isRetired {
      ids.insert(source(of: entry).id)
      for place in more(of: entry)?.wider ?? [] { ids.insert(runs[place].id) }
    }
    return ids
  }
}
