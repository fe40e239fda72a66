import BenchHistory
import BenchModel

/// What contents found of each check, read once each as long as there is room.
final class SnapshotOutcomes {
  private let db: any Connection
  private let snapshot: any PreparedStatement
  private let state: any PreparedStatement
  private var states: [Int: [HistoryFinding]] = [:]
  /// States kept in memory, of some 250 bytes each; past it they are read again.
  private static let mostStates = 200_000

  init(_ db: any Connection) throws {
    self.db = db
    snapshot = try db.prepare(
      "SELECT stateId, lines FROM snapshotState WHERE snapshotId = ? ORDER BY position")
    state = try db.prepare(
      "SELECT checkTitleId, outcome, itemCount FROM finding WHERE stateId = ? ORDER BY position")
  }

  /// Returns what the runs with a content found, in the order of their logs.
  ///
  /// - Throws: GRDB's errors.
  subscript(id: Int) -> [HistoryFinding] {
    get throws {
      var parts: [(id: Int, places: [Int])] = []
      snapshot.bind(1, id)
      try snapshot.rows { row in
        let numbers = row.withBytes(1, SnapshotFindings.numbers)
        parts.append((row.int(0), stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }))
      }
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
    try state.rows { row in
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
