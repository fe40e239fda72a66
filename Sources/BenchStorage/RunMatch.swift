import BenchModel

/// A run of the database that may be the one that is being imported.
///
/// A run is known again by its host, tool and start, whatever file it comes from. Text and JSON of a run
/// ask for the time one after the other, so theirs may differ by a second or two; a run whose log has no
/// time is known again by its file and content.
struct RunMatch {
  /// What a known run is to one that is imported.
  enum Relation {
    case other
    case same
    /// The same, but read from JSON, which tells less than the text that is imported.
    case poorer
    /// A version of it that has less: cut off, or without its head.
    case lesser
  }

  /// What became of a file since it was imported.
  private enum File {
    case unchanged
    case grown
  }

  let id: Int64
  /// The id of the name that its host was imported under.
  let host: Int
  let snapshot: Int
  /// The id of its evidence; nil where its log was not kept.
  let evidence: Int?
  /// Where it stands.
  private(set) var order: RunOrder
  /// What became of the file that it was read from, where that tells that it is the same run.
  private var file: File?
  private let form: ParsedRun.Form
  private let timeSource: TimeSource
  private let isComplete: Bool
  /// Whether its log has the tool's version.
  let hasVersion: Bool

  /// Finds the runs of a host that a run may be.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - hosts: The ids of the host, by all names that it has or had.
  ///   - run: The run.
  ///   - snapshot: The id of its content.
  ///   - path: The file that it was read from.
  /// - Returns: The runs, the nearest in time first.
  /// - Throws: GRDB's errors.
  static func candidates(
    _ db: any Connection, hosts: [Int], for run: Run, snapshot: Int, path: String
  ) throws -> [RunMatch] {
    if run.timeSource == .file || (run.timeSource == .given && !run.release.tool.printsTime) {
      let found = try sameFile(db, hosts: hosts, for: run, snapshot: snapshot, path: path)
      if run.timeSource == .file || !found.isEmpty { return found }
    }
    let reach: Int64 = run.timeSource == .logWithoutMinutes ? 3_600 : 2
    let time = run.startedAt
    var found: [RunMatch] = []
    try db.rows(
      """
      SELECT \(columns)
      FROM run JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
      WHERE hostId IN (\(RunStore.marks(hosts))) AND startedAt BETWEEN ? AND ? AND tool.name = ?
        AND (startedAt BETWEEN ? AND ? OR timeSource = ?)
        AND (? = 1 OR line = ? OR form <> ?)
      ORDER BY CASE WHEN snapshotId = ? THEN 0 ELSE 1 END, abs(startedAt - ?) LIMIT 32
      """,
      hosts + [
        time &- 3_600, time &+ 3_600, run.release.tool.name, time &- reach, time &+ reach,
        TimeSource.logWithoutMinutes.rawValue,
        // Runs of one log are given one time, and tell themselves apart by their places.
        run.release.tool.printsTime, run.line, run.form.rawValue, snapshot, time,
      ] as [any Bindable]
    ) { found.append(RunMatch($0)) }
    return found
  }

  private static let columns = """
    run.id, snapshotId, startedAt, form, timeSource, isComplete, printed, startedNanos, sequence,
      evidenceId, hostId
    """

  /// Finds the runs with the same content that were read from the same file, of a log without a time.
  ///
  /// Its tool prints the same every night as long as nothing changes, so equal content alone is not the same run. It is
  /// the same at the same place of a file that has the time of change that it had, or of one of the same path that has
  /// only grown.
  private static func sameFile(
    _ db: any Connection, hosts: [Int], for run: Run, snapshot: Int, path: String
  ) throws -> [RunMatch] {
    let hasGrown = try run.isFollowed && hasOnlyGrown(db, hosts: hosts, run, path: path)
    // Databases of before have no times of change, but the start is one.
    let fallback = run.fileTime?.seconds ?? run.startedAt
    var found: [RunMatch] = []
    try db.rows(
      """
      SELECT \(columns), changedAt, path FROM run JOIN release ON release.id = releaseId
        JOIN source ON source.id = sourceId
      WHERE snapshotId = ? AND hostId IN (\(RunStore.marks(hosts)))
        AND timeSource IN (\(TimeSource.file.rawValue), \(TimeSource.given.rawValue)) AND line = ?
        AND (changedAt = ? OR (? = 1 AND path = ?)
          OR (changedAt IS NULL AND timeSource = \(TimeSource.file.rawValue) AND startedAt = ?))
      """,
      [snapshot] + hosts
        + [run.line, run.fileTime?.total, hasGrown, path, fallback] as [any Bindable]
    ) { row in
      var match = RunMatch(row)
      let changedAt = row.isNull(11) ? nil : Int64(row.int(11))
      let isUnchanged =
        changedAt.map { $0 == run.fileTime?.total } ?? (match.startedAt == fallback)
      match.file = isUnchanged ? .unchanged : .grown
      // Two times that a person gives are two runs, unless the file went on after the first.
      let isGivenTwice = match.timeSource == .given && run.timeSource == .given
      if isGivenTwice, match.startedAt != run.startedAt, !(hasGrown && row.text(12) == path) {
        return
      }
      found.append(match)
    }
    return found
  }

  /// Whether a file may be the one of the same path that was imported last, with more behind it: one that was begun anew
  /// is smaller.
  private static func hasOnlyGrown(
    _ db: any Connection, hosts: [Int], _ run: Run, path: String
  ) throws -> Bool {
    guard let size = run.fileSize else { return true }
    var before: Int?
    try db.rows(
      """
      SELECT size FROM run JOIN source ON source.id = sourceId
      WHERE hostId IN (\(RunStore.marks(hosts))) AND path = ? ORDER BY source.id DESC LIMIT 1
      """, hosts + [path] as [any Bindable]
    ) { before = $0.isNull(0) ? nil : $0.int(0) }
    return before.map { $0 <= Int(size) } ?? true
  }

  private init(_ row: any ResultRow) {
    id = Int64(row.int(0))
    snapshot = row.int(1)
    evidence = row.isNull(9) ? nil : row.int(9)
    host = row.int(10)
    form = ParsedRun.Form(rawValue: UInt8(truncatingIfNeeded: row.int(3))) ?? .text
    timeSource = TimeSource(rawValue: UInt8(truncatingIfNeeded: row.int(4))) ?? .file
    isComplete = row.int(5) != 0
    hasVersion = !row.isNull(6)
    order = RunOrder(
      startedAt: Int64(row.int(2)), nanoseconds: row.int(7), sequence: Int64(row.int(8)))
  }

  /// Tells what this run is to one that is imported.
  func relation(to run: Run, snapshot other: Int, _ db: any Connection) throws -> Relation {
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
  ///
  /// - Returns: Whether anything was changed.
  mutating func complete(with run: Run, release: Int?, _ db: any Connection) throws -> Bool {
    var isChanged = false
    if let release {
      try db.run("UPDATE run SET releaseId = ? WHERE id = ?", [release, id])
      isChanged = true
    }
    if timeSource == .logWithoutMinutes, run.timeSource == .log {
      try db.run(
        "UPDATE run SET startedAt = ?, timeSource = ? WHERE id = ?",
        [run.startedAt, TimeSource.log.rawValue, id])
      order.startedAt = run.startedAt
      isChanged = true
    }
    // The time that a person gives counts in place of the file's, for the file as it was.
    if timeSource == .file, run.timeSource == .given, file == .unchanged {
      try db.run(
        "UPDATE run SET startedAt = ?, startedNanos = 0, timeSource = ? WHERE id = ?",
        [run.startedAt, TimeSource.given.rawValue, id])
      (order.startedAt, order.nanoseconds) = (run.startedAt, 0)
      isChanged = true
    }
    return isChanged
  }

  /// What a person said that the run was limited to.
  func scope(_ db: any Connection) throws -> RunScope {
    var scope: RunScope?
    try db.rows("SELECT scope FROM run WHERE id = ?", [id]) {
      scope = $0.text(0).flatMap { RunScope($0) }
    }
    return scope ?? .whole
  }

  /// Takes over what a person says now that the run was limited to.
  ///
  /// - Returns: Whether that is something else than before.
  func limit(to scope: RunScope, _ db: any Connection) throws -> Bool {
    if try self.scope(db) == scope { return false }
    try db.run("UPDATE run SET scope = ? WHERE id = ?", [scope.isWhole ? nil : scope.text, id])
    return true
  }

  /// Takes the content of the text that the run was imported from second.
  ///
  /// - Parameters:
  ///   - run: The run as its text has it.
  ///   - content: The id of its snapshot.
  ///   - source: The id of its file.
  ///   - db: The database.
  /// - Throws: GRDB's errors.
  func enrich(with run: Run, content: Int, source: Int, _ db: any Connection) throws {
    try db.run(
      """
      UPDATE run SET snapshotId = ?, sourceId = ?, line = ?, form = ?, printedChecks = ?,
        printedScore = ?
      WHERE id = ?
      """,
      [content, source, run.line, run.form.rawValue, run.printedChecks, run.printedScore, id])
  }

  private var startedAt: Int64 { order.startedAt }

  private func hasTime(of run: Run, isSameContent: Bool) -> Bool {
    if file != nil { return isSameContent }
    let difference = abs(startedAt - run.startedAt)
    switch (timeSource, run.timeSource) {
    case (.log, .log), (.given, .given):
      return difference <= (form == run.form ? 0 : 2)
    case (.log, .logWithoutMinutes), (.logWithoutMinutes, .log),
      (.logWithoutMinutes, .logWithoutMinutes):
      let seconds = difference % 60
      return difference < 3_600 && (form == run.form ? seconds == 0 : seconds <= 2 || seconds >= 58)
    case (.log, _), (.logWithoutMinutes, _), (.given, _), (.file, _): return false
    }
  }

  /// What a known run says of a check.
  private struct Verdict {
    var outcome: Int
    var items: Set<String> = []
    var isTruncated: Bool
  }

  private func verdicts(_ db: any Connection) throws -> [String: Verdict] {
    var verdicts: [String: Verdict] = [:]
    try db.rows(
      """
      SELECT checkId, outcome, isTruncated FROM snapshotState
      JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
      WHERE snapshotId = ?
      """, [snapshot]
    ) { row in
      verdicts[row.text(0) ?? ""] = Verdict(outcome: row.int(1), isTruncated: row.int(2) != 0)
    }
    try db.rows(
      """
      SELECT checkId, name FROM snapshotState
      JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
      JOIN item USING (stateId) WHERE item.position = finding.position AND snapshotId = ?
      """, [snapshot]
    ) { row in verdicts[row.text(0) ?? ""]?.items.insert(row.text(1) ?? "") }
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
