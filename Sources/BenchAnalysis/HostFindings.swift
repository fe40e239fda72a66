package import BenchModel

/// A finding of a host as it is known now.
package struct KnownFinding: Sendable {
  /// The finding of the run that judged the control last.
  package var finding: Finding
  package var known: Standing.Known
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
  /// In the order of the logs, what the newest runs left out last; retired ones are not among them.
  package let findings: [KnownFinding]

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - standing: The host's runs until now.
  ///   - checks: The checks of the history.
  ///   - findings: Returns the findings of a run.
  /// - Throws: What the closure throws.
  package init(
    _ host: String, _ standing: Standing, _ checks: CheckKeys,
    findings: (HistoryRun) throws -> [Finding]
  ) rethrows {
    self.host = host
    runs = standing.latestRuns
    var result: [KnownFinding] = []
    var wider: [Int: [Finding]] = [:]
    var seen: Set<Int> = []
    func add(_ run: HistoryRun, isLeftOut: Bool) throws {
      let merged = Finding.merged(try findings(run), by: checks.key)
      for key in merged.order {
        guard let known = standing.known[key], !known.isRetired,
          standing.isLeftOut(known) == isLeftOut, known.run.snapshot == run.snapshot,
          var finding = merged.findings[key], seen.insert(key).inserted
        else { continue }
        if let run = known.wider {
          if wider[run.snapshot] == nil { wider[run.snapshot] = try findings(run) }
          let older = Finding.merged(wider[run.snapshot] ?? [], by: checks.key).findings[key]
          finding.addLeftOut(of: older, by: known.run.scope)
        }
        let isNew = !isLeftOut && known.turns.last.map { Int($0) == standing.runs - 1 } ?? false
        result.append(
          KnownFinding(finding: finding, known: known, isLeftOut: isLeftOut, isNew: isNew))
      }
    }
    for run in runs { try add(run, isLeftOut: false) }
    var older: [Int: HistoryRun] = [:]
    for case .some(let known) in standing.known
    where !known.isRetired && standing.isLeftOut(known) {
      older[known.run.snapshot] = known.run
    }
    for run in older.values.sorted(by: { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }) {
      try add(run, isLeftOut: true)
    }
    self.findings = result
  }
}

extension Finding {
  /// Adds the items of an earlier finding that a run of a scope did not look at.
  fileprivate mutating func addLeftOut(of older: Finding?, by scope: RunScope) {
    guard let older else { return }
    items += older.items.filter { !scope.covers($0) && !items.contains($0) }
    if older.itemsTruncated { itemsTruncated = true }
  }
}
