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
  static func candidates(_ db: Database, host: Int, for run: Run) throws -> [KnownRun] {
    let reach: Int64 = 3_600
    let statement = try db.cachedStatement(
      sql: """
        SELECT run.id, snapshotId, startedAt, form, timeSource, isComplete, printed IS NOT NULL
        FROM run JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
        WHERE hostId = ? AND startedAt BETWEEN ? AND ? AND tool.name = ?
        ORDER BY abs(startedAt - ?)
        """)
    let near = try Row.fetchAll(
      statement,
      arguments: [
        host, run.startedAt - reach, run.startedAt + reach, run.release.tool.name, run.startedAt,
      ])
    var found = near.map(KnownRun.init(row:))
    guard run.timeSource == .file else { return found }
    let timeless = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT run.id, snapshotId, startedAt, form, timeSource, isComplete, printed IS NOT NULL
          FROM run JOIN release ON release.id = releaseId
          WHERE hostId = ? AND timeSource = ?
          """), arguments: [host, TimeSource.file.rawValue])
    found += timeless.map(KnownRun.init(row:))
    return found
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
    let known = try outcomes(db)
    guard isCompatible(known, with: run) else { return .other }
    if isComplete { return .same }
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

  private func outcomes(_ db: Database) throws -> [String: Int] {
    var outcomes: [String: Int] = [:]
    let statement = try db.cachedStatement(
      sql: """
        SELECT checkId, outcome FROM snapshotState
        JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
        WHERE snapshotId = ?
        """)
    for row in try Row.fetchAll(statement, arguments: [snapshot]) { outcomes[row[0]] = row[1] }
    return outcomes
  }

  /// Whether the verdicts that both have can be those of one run.
  private func isCompatible(_ known: [String: Int], with run: Run) -> Bool {
    var common = 0
    var different = 0
    for finding in run.findings {
      guard let outcome = known[finding.checkID] else { continue }
      common += 1
      if outcome != Int(finding.outcome.rawValue) { different += 1 }
    }
    guard common > 0 || known.isEmpty || run.findings.isEmpty else { return false }
    // The last check of a log that was cut off may lack the lines that give it its meaning, and a
    // single section's JSON does not tell whether the host was in a swarm.
    let allowed = form == run.form ? (isComplete && run.isComplete ? 0 : 1) : 10
    return different <= allowed
  }
}
