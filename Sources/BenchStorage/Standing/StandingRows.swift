import BenchHistory
import BenchModel

/// The rows of what is known of hosts and systems.
struct StandingRows {
  let db: any Connection
  private let find: any PreparedStatement
  private let insert: any PreparedStatement
  private let update: any PreparedStatement
  private let begin: any PreparedStatement
  private let end: any PreparedStatement
  private let change: any PreparedStatement
  private let clearFailures: any PreparedStatement
  private let clearChanges: any PreparedStatement
  private let clear: any PreparedStatement

  init(_ db: any Connection) throws {
    self.db = db
    find = try db.prepare("SELECT id, record, before FROM standing WHERE hostId = ? AND system = ?")
    insert = try db.prepare(
      """
      INSERT INTO standing (hostId, system, runs, firstAt, newestAt, newestRunId, passing, failing, record)
      VALUES (?, ?, 0, 0, 0, 0, 0, 0, ?) RETURNING id
      """)
    update = try db.prepare(
      """
      UPDATE standing
      SET runs = ?, firstAt = ?, newestAt = ?, newestRunId = ?, passing = ?, failing = ?, record = ?, before = ?
      WHERE id = ?
      """)
    begin = try db.prepare(
      """
      INSERT INTO failure (standingId, number, checkTitleId, openSince, beganAt, beganBy, beganRunId)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    end = try db.prepare(
      """
      UPDATE failure SET endedAt = ?, endedBy = ?, endedRunId = ?
      WHERE standingId = ? AND number = ?
      """)
    change = try db.prepare(
      """
      INSERT INTO runChange (standingId, number, runId, startedAt, passing, criterionChanged)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    clearFailures = try db.prepare("DELETE FROM failure WHERE standingId = ?")
    clearChanges = try db.prepare("DELETE FROM runChange WHERE standingId = ?")
    clear = try db.prepare("DELETE FROM standing WHERE hostId = ? AND system = ?")
  }

  /// What is stored of a host and system.
  struct Stored {
    var id: Int
    var record: StandingRecord
    /// The record before the newest run, where that changed something.
    var before: [UInt8]?
  }

  /// Finds what is known of a host and system; makes it if it is new.
  ///
  /// - Returns: What is stored; nil for a row that is damaged.
  /// - Throws: GRDB's errors.
  func stored(host: Int, system: Tool.System) throws -> Stored? {
    find.bind(1, host)
    find.bind(2, system.name)
    var found: (id: Int, record: [UInt8], before: [UInt8]?)?
    try find.rows { row in
      found = (row.int(0), row.bytes(1), row.isNull(2) ? nil : row.bytes(2))
    }
    if let found {
      return StandingRecord(bytes: found.record).map {
        Stored(id: found.id, record: $0, before: found.before)
      }
    }
    let record = StandingRecord()
    insert.bind(1, host)
    insert.bind(2, system.name)
    insert.bind(3, record.bytes)
    guard let id = try insert.number() else { return nil }
    return Stored(id: id, record: record)
  }

  /// Keeps what is known now.
  func keep(_ stored: Stored, firstAt: Int64) throws {
    let record = stored.record
    let known = record.entries.filter { !$0.isRetired }
    update.bind(1, record.count)
    update.bind(2, Int(firstAt))
    update.bind(3, Int(record.newestRun?.startedAt ?? 0))
    update.bind(4, Int(record.newestRun?.id ?? 0))
    update.bind(5, known.count { $0.outcome == .pass })
    update.bind(6, known.count { $0.outcome == .fail })
    update.bind(7, record.bytes)
    if let before = stored.before { update.bind(8, before) } else { update.bind(8, nil as Int?) }
    update.bind(9, stored.id)
    try update.run()
  }

  /// Notes a failure that began or ended.
  func note(_ turn: Standing.Turn, _ run: HistoryRun, in standing: Int) throws {
    guard let movement = turn.movement else { return }
    if movement.isOpening {
      guard let number = turn.after.failure else { return }
      begin.bind(1, standing)
      begin.bind(2, number)
      begin.bind(3, Int(turn.after.title))
      begin.bind(4, Int(turn.after.openSince ?? run.startedAt))
      begin.bind(5, Int(run.startedAt))
      begin.bind(6, movement.place)
      begin.bind(7, Int(run.id))
      try begin.run()
    } else if let number = turn.before?.failure {
      end.bind(1, Int(run.startedAt))
      end.bind(2, movement.place)
      end.bind(3, Int(run.id))
      end.bind(4, standing)
      end.bind(5, number)
      try end.run()
    }
  }

  /// Notes what a run changed beside failures.
  func note(
    passing: Int, criterionChanged: Int, _ run: HistoryRun, number: Int, in standing: Int
  ) throws {
    change.bind(1, standing)
    change.bind(2, number)
    change.bind(3, Int(run.id))
    change.bind(4, Int(run.startedAt))
    change.bind(5, passing)
    change.bind(6, criterionChanged)
    try change.run()
  }

  /// Drops what the runs of a host and system changed.
  func forgetChanges(of standing: Int) throws {
    clearFailures.bind(1, standing)
    try clearFailures.run()
    clearChanges.bind(1, standing)
    try clearChanges.run()
  }

  /// Drops what is known of a host and system.
  func forget(host: Int, system: Tool.System) throws {
    clear.bind(1, host)
    clear.bind(2, system.name)
    try clear.run()
  }
}
