import BenchHistory
import BenchModel

/// Holds the rows of what is known of hosts against the runs and against each other, without making anything anew.
///
/// What only a fold can tell is left to ``RunStore/checkStandings()``.
enum StandingRowsCheck {
  /// The runs of a host and system.
  private struct Runs {
    var count = 0
    var first = Int64.max
    var newest: (order: RunOrder, id: Int64)?
  }

  /// - Returns: What is wrong; nothing if all is well, or where an earlier version imported the runs and nothing is kept yet.
  static func problems(_ db: any Connection) throws -> [String] {
    guard try db.number("SELECT count(*) FROM understanding") == 1 else { return [] }
    var problems: [String] = []
    var runs = try runs(db)
    try db.prepare(
      """
      SELECT standing.id, hostId, system, host.name, runs, firstAt, newestAt, newestRunId, passing, failing, record
      FROM standing JOIN host ON host.id = hostId
      """
    ).rows { row in
      let own = runs.removeValue(forKey: "\(row.int(1)) \(row.text(2) ?? "")") ?? Runs()
      let record = StandingRecord(bytes: row.bytes(10))
      let known = record?.entries.filter { !$0.isRetired } ?? []
      let isRight =
        record != nil && row.int(4) == own.count && row.int(4) == record?.count
        && Int64(row.int(5)) == own.first && Int64(row.int(6)) == own.newest?.order.startedAt
        && Int64(row.int(7)) == own.newest?.id && record?.newestRun?.id == own.newest?.id
        && row.int(8) == known.count { $0.outcome == .pass }
        && row.int(9) == known.count { $0.outcome == .fail }
      let open = try isRight && isOpen(record, as: row.int(0), db)
      if !open {
        problems.append(
          "what is known of \(row.text(3) ?? "") (\(row.text(2) ?? "")) does not fit its runs")
      }
    }
    if !runs.isEmpty { problems.append("nothing is known of \(runs.count) hosts that have runs") }
    for (table, run, time) in [
      ("failure", "beganRunId", "beganAt"), ("failure", "endedRunId", "endedAt"),
      ("runChange", "runId", "\"runChange\".startedAt"),
    ] {
      try db.rows(
        """
        SELECT standingId, number FROM \(table) LEFT JOIN run ON run.id = \(run)
        WHERE \(time) IS NOT NULL AND coalesce(run.startedAt, -1) <> \(time) LIMIT 20
        """
      ) { row in
        problems.append(
          "row \(row.int(0)), \(row.int(1)) of table \(table) names a run of another time")
      }
    }
    return problems
  }

  private static func runs(_ db: any Connection) throws -> [String: Runs] {
    var runs: [String: Runs] = [:]
    try db.rows(
      """
      SELECT run.id, hostId, tool.name, startedAt, startedNanos, sequence
      FROM run JOIN release ON release.id = releaseId JOIN tool ON tool.id = release.toolId
      """
    ) { row in
      let order = RunOrder(
        startedAt: Int64(row.int(3)), nanoseconds: row.int(4), sequence: Int64(row.int(5)))
      let place = "\(row.int(1)) \(Tool(name: row.text(2) ?? "").system.name)"
      var own = runs[place] ?? Runs()
      own.count += 1
      own.first = min(own.first, order.startedAt)
      if own.newest.map({ $0.order < order }) ?? true { own.newest = (order, Int64(row.int(0))) }
      runs[place] = own
    }
    return runs
  }

  /// Whether each failure that a record has open is so in its row.
  private static func isOpen(
    _ record: StandingRecord?, as standing: Int, _ db: any Connection
  ) throws -> Bool {
    var open: [Int: Int64] = [:]
    try db.rows(
      "SELECT number, openSince FROM failure WHERE standingId = ? AND endedAt IS NULL", [standing]
    ) { open[$0.int(0)] = Int64($0.int(1)) }
    return record?.entries.allSatisfy { entry in
      guard entry.isOpen, let number = entry.failure, let since = entry.openSince else {
        return true
      }
      return open[number] == since
    } ?? false
  }
}
