package import BenchModel

/// A finding of a host as it is known now.
package struct CurrentFinding: Sendable {
  /// The finding of the run that judged the control last.
  package var finding: Finding
  package var entry: Standing.Entry
  /// What the tool that judged it checks.
  package var system: Tool.System
  /// Whether the newest run of its tool did not judge the control.
  package var isLeftOut: Bool
  /// Whether it ceased or began to fail in the newest run of its tool.
  package var isNew: Bool
}

/// All that is known of a host now: what its newest runs found, and what they left open.
package struct HostFindings: Sendable {
  package let host: String
  /// The last run of each tool, the newest first.
  package let runs: [HistoryRun]
  /// What the tools of these runs check.
  package let systems: [Tool.System]
  /// In the order of the logs, what the newest runs left out last; retired ones are not among them.
  package let findings: [CurrentFinding]
  /// What the newest run of each system did to the open failures.
  package let books: Books

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - standing: The host's runs until now.
  ///   - findings: Returns the findings of a run.
  /// - Throws: What the closure throws.
  package init(
    _ host: String, _ standing: HostStanding, findings: (HistoryRun) throws -> [Finding]
  ) rethrows {
    self.host = host
    let checks = standing.checks
    runs = standing.latestRuns
    books = standing.books
    systems = zip(checks.allSystems, standing.systems).filter { $1.runs > 0 }.map(\.0)
    var merged = MergedRuns(checks)
    var result: [CurrentFinding] = []
    var seen: Set<Place> = []
    func add(_ run: HistoryRun, isLeftOut: Bool) throws {
      let number = checks.system(run.release)
      let own = standing.systems[number]
      for key in try merged.merged(run, findings).order {
        guard let entry = own.entries[key], !entry.isRetired,
          own.isLeftOut(entry) == isLeftOut, entry.run.snapshot == run.snapshot,
          let finding = try Standing.finding(
            key, entry, { try merged.finding($0, of: $1, findings) }),
          seen.insert(Place(system: number, key: key)).inserted
        else { continue }
        result.append(
          CurrentFinding(
            finding: finding, entry: entry, system: checks.allSystems[number],
            isLeftOut: isLeftOut, isNew: !isLeftOut && own.isNew(entry)))
      }
    }
    for run in runs { try add(run, isLeftOut: false) }
    // Two systems may have found the same, if no edition knows any of it.
    var older: [Place: HistoryRun] = [:]
    for (number, own) in standing.systems.enumerated() {
      for case .some(let entry) in own.entries where !entry.isRetired && own.isLeftOut(entry) {
        older[Place(system: number, key: entry.run.snapshot)] = entry.run
      }
    }
    for run in older.values.sorted(by: { $0.order > $1.order }) { try add(run, isLeftOut: true) }
    self.findings = result
  }

  /// Creates what is known of a host from its parts.
  package init(
    host: String, runs: [HistoryRun], systems: [Tool.System], findings: [CurrentFinding],
    books: Books = Books()
  ) {
    self.host = host
    self.runs = runs
    self.systems = systems
    self.findings = findings
    self.books = books
  }

  private struct Place: Hashable {
    var system: Int
    var key: Int
  }
}
