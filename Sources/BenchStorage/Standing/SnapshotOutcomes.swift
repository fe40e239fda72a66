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
      db, "SELECT stateId, lines FROM snapshotState WHERE snapshotId = ? ORDER BY position")
    state = try BulkStatement(
      db,
      "SELECT checkTitleId, outcome, itemCount FROM finding WHERE stateId = ? ORDER BY position")
  }

  /// Returns what the runs with a content found, in the order of their logs.
  ///
  /// - Throws: GRDB's errors.
  subscript(id: Int) -> [HistoryFinding] {
    get throws {
      var parts: [(id: Int, places: [Int])] = []
      snapshot.bind(1, id)
      try snapshot.rows(db) { parts.append(($0.int(0), RunStore.places($0.bytes(1)))) }
      var findings: [HistoryFinding] = []
      var places: [Int] = []
      findings.reserveCapacity(160)
      for (id, own) in parts {
        findings += try outcomes(state: id)
        places += own
      }
      // A section of ours may be spread over the log.
      guard places.count == findings.count, zip(places, places.dropFirst()).contains(where: >)
      else {
        return findings
      }
      return zip(places, findings).sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func outcomes(state id: Int) throws -> [HistoryFinding] {
    if let known = states[id] { return known }
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
    return own
  }
}
