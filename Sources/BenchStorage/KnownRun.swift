import BenchModel
internal import GRDB

/// A run of the database that may be the one that is being imported.
///
/// A run is known again by its host, tool and start, whatever file it comes from. Text and JSON of a run
/// ask for the time one after the other, so theirs may differ by a second or two; a run whose log has no
/// time is known again by its content.
struct KnownRun {
  /// What a known run is to one that is imported.
  enum Relation {
    case other
    case same
    /// The same, but read from JSON, which tells less than the text that is imported.
    case poorer
    /// A version of it that has less: cut off, or without its head.
    case lesser
  }

  let id: Int64
  let snapshot: Int
  private let startedAt: Int64
  private let form: ParsedRun.Form
  private let timeSource: TimeSource
  private let isComplete: Bool
  private let hasVersion: Bool

  /// Finds the runs of a host that a run may be.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - host: The host's id.
  ///   - run: The run.
  ///   - snapshot: The id of its content.
  ///   - path: The file that it was read from.
  /// - Returns: The runs, the nearest in time first.
  /// - Throws: GRDB's errors.
  static func candidates(
    _ db: Database, host: Int, for run: Run, snapshot: Int, path: String
  ) throws -> [KnownRun] {
    let columns = "run.id, snapshotId, startedAt, form, timeSource, isComplete, printed IS NOT NULL"
    if run.timeSource == .file {
      if !run.release.tool.printsTime {
        // Such a tool prints the same every night as long as nothing changes, so equal content is not the same
        // run, unless it is the same place of a file that has not changed, or has only grown.
        let statement = try db.cachedStatement(
          sql: """
            SELECT \(columns) FROM run JOIN release ON release.id = releaseId
              JOIN source ON source.id = sourceId
            WHERE snapshotId = ? AND hostId = ? AND timeSource = \(TimeSource.file.rawValue)
              AND line = ? AND (startedAt = ? OR (? AND path = ?))
            """)
        return try Row.fetchAll(
          statement,
          arguments: [snapshot, host, run.line, run.startedAt, run.isFollowed, path]
        ).map(KnownRun.init(row:))
      }
      // Nothing but its content tells such a run, and a log may hold thousands of them.
      let statement = try db.cachedStatement(
        sql: """
          SELECT \(columns) FROM run JOIN release ON release.id = releaseId
          WHERE snapshotId = ? AND hostId = ? AND timeSource = \(TimeSource.file.rawValue)
          """)
      return try Row.fetchAll(statement, arguments: [snapshot, host]).map(KnownRun.init(row:))
    }
    let reach: Int64 = run.timeSource == .logWithoutMinutes ? 3_600 : 2
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(columns)
        FROM run JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
        WHERE hostId = ? AND startedAt BETWEEN ? - 3600 AND ? + 3600 AND tool.name = ?
          AND (startedAt BETWEEN ? - ? AND ? + ?
            OR timeSource = \(TimeSource.logWithoutMinutes.rawValue))
          AND (? OR line = ? OR form <> ?)
        ORDER BY snapshotId = ? DESC, abs(startedAt - ?) LIMIT 32
        """)
    let time = run.startedAt
    let found = try Row.fetchAll(
      statement,
      arguments: [
        host, time, time, run.release.tool.name, time, reach, time, reach,
        // Runs of one log are given one time, and tell themselves apart by their places.
        run.release.tool.printsTime, run.line, run.form.rawValue, snapshot, time,
      ])
    return found.map(KnownRun.init(row:))
  }

  private init(row: Row) {
    id = row[0]
    snapshot = row[1]
    startedAt = row[2]
    form = ParsedRun.Form(rawValue: row[3]) ?? .text
    timeSource = TimeSource(rawValue: row[4]) ?? .file
    isComplete = row[5]
    hasVersion = row[6]
  }

  /// Tells what this run is to one that is imported.
  func relation(to run: Run, snapshot other: Int, _ db: Database) throws -> Relation {
    guard hasTime(of: run, isSameContent: other == snapshot) else { return .other }
    if other == snapshot { return run.isComplete && !isComplete ? .lesser : .same }
    let known = try verdicts(db)
    guard isCompatible(known, with: run) else { return .other }
    if isComplete {
      let isRicher = run.isComplete && form == .json && run.form == .text
      return isRicher && run.findings.count >= known.count ? .poorer : .same
    }
    if run.isComplete { return .lesser }
    return run.findings.count > known.count ? .lesser : .same
  }

  /// Takes over what a second form of the run tells and the first did not.
  func complete(with run: Run, release: Int, _ db: Database) throws {
    if !hasVersion, run.release.printed != nil {
      try db.execute(sql: "UPDATE run SET releaseId = ? WHERE id = ?", arguments: [release, id])
    }
    if timeSource == .logWithoutMinutes, run.timeSource == .log {
      try db.execute(
        sql: "UPDATE run SET startedAt = ?, timeSource = ? WHERE id = ?",
        arguments: [run.startedAt, TimeSource.log.rawValue, id])
    }
  }

  /// What a person said that the run was limited to.
  func scope(_ db: Database) throws -> RunScope {
    let sql = "SELECT scope FROM run WHERE id = ?"
    return try String.fetchOne(db, sql: sql, arguments: [id]).flatMap { RunScope($0) } ?? .whole
  }

  /// Takes over what a person says now that the run was limited to.
  func limit(to scope: RunScope, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE run SET scope = ? WHERE id = ?", arguments: [scope.text, id])
  }

  /// Takes the content of the text that the run was imported from second.
  ///
  /// - Parameters:
  ///   - run: The run as its text has it.
  ///   - content: The id of its snapshot.
  ///   - source: The id of its file.
  ///   - db: The database.
  /// - Throws: GRDB's errors.
  func enrich(with run: Run, content: Int, source: Int, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE run SET snapshotId = ?, sourceId = ?, line = ?, form = ?, printedChecks = ?,
          printedScore = ?
        WHERE id = ?
        """,
      arguments: [
        content, source, run.line, run.form.rawValue, run.printedChecks, run.printedScore, id,
      ])
  }

  private func hasTime(of run: Run, isSameContent: Bool) -> Bool {
    let difference = abs(startedAt - run.startedAt)
    switch (timeSource, run.timeSource) {
    case (.log, .log), (.given, .given):
      return difference <= (form == run.form ? 0 : 2)
    case (.log, .logWithoutMinutes), (.logWithoutMinutes, .log),
      (.logWithoutMinutes, .logWithoutMinutes):
      let seconds = difference % 60
      return difference < 3_600 && (form == run.form ? seconds == 0 : seconds <= 2 || seconds >= 58)
    case (.file, .file): return isSameContent
    case (.log, _), (.logWithoutMinutes, _), (.given, _), (.file, _): return false
    }
  }

  /// What a known run says of a check.
  private struct Verdict {
    var outcome: Int
    var items: Set<String> = []
    var isTruncated: Bool
  }

  private func verdicts(_ db: Database) throws -> [String: Verdict] {
    var verdicts: [String: Verdict] = [:]
    let findings = try db.cachedStatement(
      sql: """
        SELECT checkId, outcome, isTruncated FROM snapshotState
        JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
        WHERE snapshotId = ?
        """)
    for row in try Row.fetchAll(findings, arguments: [snapshot]) {
      verdicts[row[0]] = Verdict(outcome: row[1], isTruncated: row[2])
    }
    let items = try db.cachedStatement(
      sql: """
        SELECT checkId, name FROM snapshotState
        JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
        JOIN item USING (stateId) WHERE item.position = finding.position AND snapshotId = ?
        """)
    for row in try Row.fetchAll(items, arguments: [snapshot]) {
      verdicts[row[0]]?.items.insert(row[1])
    }
    return verdicts
  }

  /// Whether what both say can be said of one run: two hosts under one name may start in the same second.
  private func isCompatible(_ known: [String: Verdict], with run: Run) -> Bool {
    var common = 0
    var different = 0
    for finding in run.findings {
      guard let verdict = known[finding.checkID] else { continue }
      common += 1
      let items = Set(finding.items.map(\.name))
      let canTell =
        !verdict.isTruncated && !finding.itemsTruncated
        && (form == run.form || (!verdict.items.isEmpty && !items.isEmpty))
      if verdict.outcome != Int(finding.outcome.rawValue) || (canTell && verdict.items != items) {
        different += 1
      }
    }
    guard common > 0 || known.isEmpty || run.findings.isEmpty else { return false }
    // The last check of a log that was cut off may lack lines, and a single section's JSON does not tell
    // whether the host was in a swarm.
    let allowed = form == run.form ? (isComplete && run.isComplete ? 0 : 1) : 10
    return different <= allowed
  }
}
