import BenchHistory
import BenchModel

/// Keeps what is known of hosts and systems up to date within a transaction.
///
/// A run behind those that are there costs what it changed. One that stands before another, or that is not any more what it
/// was, has its host and system folded anew, once, at the end.
final class StandingWriter {
  /// A host, by the name that it was imported under, and what is checked.
  struct Place: Hashable {
    var host: Int
    var system: Tool.System
  }

  /// What is known of the place that the last run was of.
  private struct Current {
    var place: Place
    var stored: StandingRows.Stored
    var standing: Standing
    var firstAt: Int64
    /// What was known before the run that was added last; nil where that changed nothing.
    var previous: Standing?

    /// What is stored of it.
    var settled: StandingRows.Stored {
      var settled = stored
      settled.record = standing.record
      if let previous { settled.before = previous.record.bytes }
      return settled
    }
  }

  private let store: RunStore
  private let db: any Connection
  private let rows: StandingRows
  private var outcomes: SnapshotOutcomes
  private let runs: any PreparedStatement
  private let first: any PreparedStatement
  private var checks: CheckKeys?
  private var titleCount = 0
  private var current: Current?
  private var outdated: Set<Place> = []

  init(_ store: RunStore, _ db: any Connection) throws {
    self.store = store
    self.db = db
    rows = try StandingRows(db)
    outcomes = try SnapshotOutcomes(db)
    runs = try db.prepare(
      """
      SELECT run.id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence, tool.name
      FROM run JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
      WHERE hostId = ? ORDER BY \(RunStore.orderColumns())
      """)
    first = try db.prepare("SELECT firstAt FROM standing WHERE id = ?")
  }

  /// Says that the runs of a place are not any more what they were.
  func outdate(_ place: Place) {
    outdated.insert(place)
    if current?.place == place { current = nil }
  }

  /// Drops what is known of a place of which runs go, so that it refers to nothing of theirs; it is folded anew at the end.
  func clear(_ place: Place) throws {
    outdate(place)
    try rows.forget(host: place.host, system: place.system)
  }

  /// Forgets what was looked up, of which something may be gone.
  func forget() throws {
    try settle()
    (checks, titleCount) = (nil, 0)
    outcomes = try SnapshotOutcomes(db)
  }

  /// Adds a run that was stored.
  func add(_ run: HistoryRun, to place: Place) throws {
    if outdated.contains(place) { return }
    let checks = try checks(for: run)
    if current?.place != place {
      try settle()
      guard let stored = try rows.stored(host: place.host, system: place.system),
        checks.fits(stored.record)
      else { return outdate(place) }
      first.bind(1, stored.id)
      current = Current(
        place: place, stored: stored, standing: Standing(stored.record, checks),
        firstAt: stored.record.count == 0
          ? run.startedAt : Int64(try first.number() ?? Int(run.startedAt)))
    }
    guard var own = current else { return }
    current = nil
    if let newest = own.standing.latestRuns.first, newest.order >= run.order {
      // What is settled is folded anew from nothing, so the row may stay as it is.
      return outdate(place)
    }
    try add(run, to: &own)
    current = own
  }

  private func add(_ run: HistoryRun, to own: inout Current) throws {
    var (passing, doubtful) = (0, 0)
    var failed: (any Error)?
    let isRepeated = own.standing.isRepeated(by: run)
    own.stored.before = nil
    // A copy is made to bytes once, for the last run.
    own.previous = isRepeated || own.standing.runs == 0 ? nil : own.standing
    try own.standing.add(
      run, outcomes: { try outcomes[$0.snapshot] },
      findings: { try findings(of: $0) }
    ) { turn in
      if turn.before.map({ $0.outcome == .pass && !$0.isRetired }) ?? false { passing -= 1 }
      if turn.after.outcome == .pass, !turn.after.isRetired { passing += 1 }
      if turn.isDoubtful { doubtful += 1 }
      do { try rows.note(turn, run, in: own.stored.id) } catch { failed = error }
    }
    if let failed { throw failed }
    if passing != 0 || doubtful != 0 {
      try rows.note(
        passing: passing, criterionChanged: doubtful, run, number: own.standing.runs - 1,
        in: own.stored.id)
    }
  }

  private func findings(of run: HistoryRun) throws -> [Finding] {
    // Asked for only where runs were limited to different things.
    let contents = SnapshotFindings(db, titles: try StoredHistory.titles(db))
    return try contents.findings(of: run.snapshot, line: 0)
  }

  /// Keeps what is known of the place that the last run was of.
  private func settle() throws {
    guard let own = current else { return }
    current = nil
    try rows.keep(own.settled, firstAt: own.firstAt)
  }

  /// Keeps what is known of all places, and folds those anew that need it.
  func finish() throws {
    try settle()
    for place in outdated.sorted(by: { ($0.host, $0.system.name) < ($1.host, $1.system.name) }) {
      try fold(place)
    }
    outdated = []
  }

  /// Makes what is known of all hosts anew.
  func foldAll() throws {
    current = nil
    try db.run("DELETE FROM standing")
    outdated = []
    try db.rows(
      """
      SELECT DISTINCT hostId, tool.name FROM run JOIN release ON release.id = releaseId
        JOIN tool ON tool.id = toolId
      """
    ) { row in
      outdated.insert(Place(host: row.int(0), system: Tool(name: row.text(1) ?? "").system))
    }
    try finish()
  }

  private func fold(_ place: Place) throws {
    var own: [HistoryRun] = []
    runs.bind(1, place.host)
    try runs.rows { row in
      guard Tool(name: row.text(8) ?? "").system == place.system else { return }
      own.append(HistoryRun(row))
    }
    guard let first = own.first, let last = own.last else {
      return try rows.forget(host: place.host, system: place.system)
    }
    guard let known = try rows.stored(host: place.host, system: place.system) ?? damaged(place)
    else { return }
    try rows.forgetChanges(of: known.id)
    var folded = Current(
      place: place, stored: StandingRows.Stored(id: known.id, record: StandingRecord()),
      standing: Standing(try checks(for: last)), firstAt: first.startedAt)
    for run in own { try add(run, to: &folded) }
    try rows.keep(folded.settled, firstAt: folded.firstAt)
  }

  /// Makes the row of a place anew that can't be read.
  private func damaged(_ place: Place) throws -> StandingRows.Stored? {
    try rows.forget(host: place.host, system: place.system)
    return try rows.stored(host: place.host, system: place.system)
  }

  /// The numbers of the checks, with all that a run has.
  private func checks(for run: HistoryRun) throws -> CheckKeys {
    let count = try db.number("SELECT max(id) FROM checkTitle") ?? 0
    if let checks, count == titleCount, checks.has(release: run.release) { return checks }
    let place = current?.place
    try settle()
    let known = CheckKeys(
      titles: try StoredHistory.titles(db), releases: try StoredHistory.releases(db), store.catalog)
    (checks, titleCount) = (known, count)
    if let place, let stored = try rows.stored(host: place.host, system: place.system) {
      first.bind(1, stored.id)
      current = Current(
        place: place, stored: stored, standing: Standing(stored.record, known),
        firstAt: Int64(try first.number() ?? 0))
    }
    return known
  }
}

extension HistoryRun {
  /// Reads `id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence`.
  init(_ row: any ResultRow) {
    self.init(
      id: Int64(row.int(0)),
      order: RunOrder(
        startedAt: Int64(row.int(1)), nanoseconds: row.int(6), sequence: Int64(row.int(7))),
      release: row.int(2), snapshot: row.int(3), isComplete: row.int(4) != 0,
      scope: row.text(5).flatMap { RunScope($0) } ?? .whole)
  }
}
