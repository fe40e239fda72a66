package import BenchModel

/// Finds the failures that ceased where the tool judges by another criterion than before: whether they were mended nobody
/// knows, however many runs go by.
package struct CeasedFailures {
  private let reading: HostReading
  private var standing: HostStanding

  /// Creates a search for nothing yet.
  package init(_ reading: HostReading) {
    self.reading = reading
    standing = HostStanding(reading.checks)
  }

  /// Finds those of a host.
  ///
  /// A failure that came again, or whose control passes by the criterion by which it failed, is not among them.
  ///
  /// - Parameter host: The host, of which all runs are read unless it is stored that no failure ceased so.
  /// - Returns: The findings as a run had them last, by what they are known by.
  /// - Throws: The repository's errors.
  package mutating func of(_ host: HostReading.Host) throws -> [FindingKey: Finding] {
    let (checks, history) = (reading.checks, reading.history)
    guard try mayHave(host) else { return [:] }
    var seen = Seen()
    try reading.fold(host.host, history.runs(of: host.host), &standing, &seen) { _, _ in }
    var merged = MergedRuns(checks)
    var found: [FindingKey: Finding] = [:]
    for (key, before) in seen.ceased {
      guard let now = standing.systems.lazy.compactMap({ $0.entries[key] }).first,
        checks.rule.doubt(
          checks.control(key), checks.release(before.release), checks.release(now.release),
          areTitlesEqual: false) != nil
      else { continue }
      let finding = try Standing.finding(key, before.run, before.wider) { key, run in
        try merged.finding(key, of: run) { try history.findings(of: $0) }
      }
      if let finding { found[finding.key] = finding }
    }
    return found
  }

  /// Whether a failure of a host may have ceased so.
  private func mayHave(_ host: HostReading.Host) throws -> Bool {
    guard !host.standings.isEmpty else { return true }
    var has = false
    try reading.history.changes(of: host.standings) { change in
      if case .ended(_, .endedByCriterion, _) = change.kind { has = true }
    }
    return has
  }

  /// Keeps what was known of each failure before it ceased.
  private struct Seen: HostReading.Observer {
    /// By the number of the check.
    var ceased: [Int: Standing.Entry] = [:]

    mutating func begin(host: String) {}
    mutating func begin(_ run: HistoryRun, isFirst: Bool) {}
    mutating func end(_ run: HistoryRun, _ books: Books) {}
    mutating func end(_ standing: HostStanding, _ source: @escaping FindingSource) {}

    mutating func note(_ turn: Standing.Turn) {
      if turn.after.outcome == .fail {
        ceased[turn.key] = nil
      } else if turn.movement == .endedByCriterion {
        ceased[turn.key] = turn.before
      }
    }
  }
}
