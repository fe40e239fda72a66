import BenchHistory
import BenchModel
internal import GRDB

/// What contents found of each check, read once each as long as there is room.
final class SnapshotOutcomes {
  private let db: Database
  private let snapshot: BulkStatement
  private let state: BulkStatement
  private var states: [Int: [HistoryFinding]] = [:]
  /// States kept in memory, of some 250 bytes each; past it they are read again.
  private static let mostStates = 200_000

  init(_ db: Database) throws {
    self.db = db
    snapshot = try BulkStatement(
      db, "SELECT stateId FROM snapshotState WHERE snapshotId = ? ORDER BY position")
    state = try BulkStatement(
      db,
      "SELECT checkTitleId, outcome, itemCount FROM finding WHERE stateId = ? ORDER BY position")
  }

  /// Returns what the runs with a content found, in the order of its sections.
  ///
  /// - Throws: GRDB's errors.
  subscript(id: Int) -> [HistoryFinding] {
    get throws {
      var ids: [Int] = []
      snapshot.bind(1, id)
      try snapshot.rows(db) { ids.append($0.int(0)) }
      var findings: [HistoryFinding] = []
      findings.reserveCapacity(160)
      for id in ids {
        if let known = states[id] {
          findings += known
          continue
        }
        var own: [HistoryFinding] = []
        own.reserveCapacity(16)
        state.bind(1, id)
        try state.rows(db) { row in
          own.append(
            HistoryFinding(
              title: Int32(truncatingIfNeeded: row.int(0)),
              outcome: Outcome(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .info,
              items: Int32(truncatingIfNeeded: row.int(2))))
        }
        if states.count >= Self.mostStates { states = [:] }
        states[id] = own
        findings += own
      }
      return findings
    }
  }
}
