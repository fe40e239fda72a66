package import BenchHistory
import BenchEvidence
import BenchModel
internal import GRDB

extension RunStore {
  /// Imports runs in one transaction: all of them or, if anything throws, none.
  ///
  /// - Parameters:
  ///   - isDryRun: Whether everything is taken back at the end.
  ///   - body: Is called with what the runs are handed to.
  /// - Returns: What the closure returns.
  /// - Throws: ``RepositoryError``, or what the closure throws.
  package func write<T>(
    isDryRun: Bool = false, _ body: (any RunWriting) throws -> T
  ) throws -> T {
    try checkWritable()
    do {
      let result = try queue.writeWithoutTransaction { db in
        var result: T?
        // Immediate, so that two imports wait for each other at their start and not in the middle.
        try db.inTransaction(.immediate) {
          let writer = try RunWriter(self, SQLiteConnection(db))
          result = try body(writer)
          try writer.standings.finish()
          if !isDryRun { try Chain(writer.db).add(writer.change, at: now()) }
          return isDryRun ? .rollback : .commit
        }
        guard let result else {
          throw RepositoryError.cannotWrite(path: path, reason: "nothing was written")
        }
        return result
      }
      if !isDryRun { onCommit() }
      return result
    } catch {
      throw error is DatabaseError || error is DamagedRow ? Self.wrap(error, path: path) : error
    }
  }
}

/// Puts runs into the database, inside the transaction of ``RunStore/write(isDryRun:_:)``.
final class RunWriter: RunWriting {
  let store: RunStore
  let db: any Connection
  let insertState: any PreparedStatement
  let insertFinding: BulkInsert
  let insertItem: BulkInsert
  let insertSnapshot: any PreparedStatement
  let insertSnapshotState: any PreparedStatement
  private let insertRun: any PreparedStatement
  let findState: any PreparedStatement
  let findSnapshot: any PreparedStatement
  let ids: NameIDs
  let evidence: EvidenceRows
  let standings: StandingWriter
  /// What was changed so far, for the chain.
  var change = Chain.Change()
  var states: [Digest: Int] = [:]
  var snapshots: [Digest: Int] = [:]
  /// Digests kept in memory; past it the database is asked.
  static let cacheSize = 50_000

  /// The file that is being imported, and the place of its last run.
  private var place: (path: String, number: Int)?

  init(_ store: RunStore, _ db: any Connection) throws {
    self.store = store
    self.db = db
    ids = NameIDs(db)
    evidence = try EvidenceRows(db)
    standings = try StandingWriter(store, db)
    insertState = try db.prepare(
      "INSERT INTO state (section, digest) VALUES (?, ?) RETURNING id")
    insertFinding = try BulkInsert(db, into: "finding", columns: 8)
    insertItem = try BulkInsert(db, into: "item", columns: 7)
    insertSnapshot = try db.prepare(
      """
      INSERT INTO snapshot (digest, pass, fail, manual, info, notApplicable, unmapped)
      VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
      """)
    insertSnapshotState = try db.prepare("INSERT INTO snapshotState VALUES (?, ?, ?, ?)")
    insertRun = try db.prepare(
      """
      INSERT INTO run (id, hostId, startedAt, releaseId, snapshotId, sourceId, line, form, timeSource, isComplete,
        printedChecks, printedScore, scope, startedNanos, sequence, evidenceId, evidencePlace, ownParts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    findState = try db.prepare("SELECT id FROM state WHERE digest = ?")
    findSnapshot = try db.prepare("SELECT id FROM snapshot WHERE digest = ?")
  }

  func store(
    _ run: Run, _ content: RunContent?, path: String, labels: [(key: String, value: String)],
    importedAt: Int64
  ) throws -> StoreResult {
    let content = content ?? RunContent(run)
    let hosts = try ids.all(of: run.host, store.hostNames)
    let number = place?.path == path ? (place?.number ?? 0) + 1 : 0
    place = (path, number)
    let snapshot = try snapshotID(of: run, content)
    let candidates = try RunMatch.candidates(
      db, hosts: hosts, for: run, snapshot: snapshot, path: path)
    var replaced: RunMatch?
    for var known in candidates {
      let relation = try known.relation(to: run, snapshot: snapshot, db)
      switch relation {
      case .other: continue
      case .same, .poorer:
        let printed = try printedRelease(of: known, or: run, isRicher: relation == .poorer)
        let isCompleted = try known.complete(with: run, release: printed, db)
        try addLabels(labels, to: known.id)
        let isLimited = try run.scope.map { try known.limit(to: $0, db) } ?? false
        if isCompleted || isLimited || !labels.isEmpty { change.touch([known.id], .imported) }
        if isCompleted || isLimited || (relation == .poorer && snapshot != known.snapshot) {
          standings.outdate(StandingWriter.Place(host: known.host, system: run.release.tool.system))
        }
        guard snapshot != known.snapshot else {
          // A run of before may have been imported without its log.
          if known.evidence == nil, run.evidence != nil {
            try keepEvidence(of: run, for: known.id)
            change.touch([known.id], .imported)
          }
          return StoreResult(id: known.id, status: .present, order: known.order)
        }
        // Text and JSON of one run are one run, with the content of the text.
        if relation == .poorer {
          change.touch([known.id], .imported)
          try known.enrich(
            with: run, content: snapshot, source: ids.source(path, importedAt, run), db)
          try keepEvidence(of: run, for: known.id)
          try removeOrphan(evidence: known.evidence)
        }
        try removeOrphan(snapshot: relation == .poorer ? known.snapshot : snapshot)
        return StoreResult(id: known.id, status: .present, order: known.order)
      case .lesser:
        replaced = known
      }
      break
    }
    var kept: [(key: String, value: String)] = []
    var run = run
    let source = try ids.source(path, importedAt, run)
    var sequence = source << 24 + number
    if let replaced {
      if run.scope == nil { run.scope = try replaced.scope(db) }
      sequence = Int(replaced.order.sequence)
      try db.rows("SELECT key, value FROM label WHERE runId = ?", [replaced.id]) {
        kept.append(($0.text(0) ?? "", $0.text(1) ?? ""))
      }
      try db.run("DELETE FROM run WHERE id = ?", [replaced.id])
    }
    let id = try replaced?.id ?? freeID(run, content.digest)
    try insert(run, id: id, host: hosts[0], snapshot: snapshot, source: source, sequence)
    try addLabels(kept + labels, to: id)
    change.touch([id], .imported)
    if let replaced {
      try removeOrphan(snapshot: replaced.snapshot)
      try removeOrphan(evidence: replaced.evidence)
    }
    let order = RunOrder(
      startedAt: run.startedAt, nanoseconds: run.nanoseconds, sequence: Int64(sequence))
    let place = StandingWriter.Place(host: hosts[0], system: run.release.tool.system)
    if let replaced {
      standings.outdate(place)
      standings.outdate(StandingWriter.Place(host: replaced.host, system: place.system))
    } else {
      try standings.add(
        HistoryRun(
          id: id, order: order, release: ids.release(run.release), snapshot: snapshot,
          isComplete: run.isComplete, scope: run.scope ?? .whole), to: place)
    }
    return StoreResult(id: id, status: replaced == nil ? .imported : .replaced, order: order)
  }

  /// Forgets what was looked up, of which something may be gone.
  func forget() {
    (states, snapshots) = ([:], [:])
    ids.forget()
    evidence.forget()
  }

  func history(_ filter: RunFilter) throws -> any History { try StoredHistory(store, db, filter) }

  /// The release of a run of which another form is imported, where that tells more: what is known of it is the text's, and
  /// the version what either form printed.
  private func printedRelease(of known: RunMatch, or run: Run, isRicher: Bool) throws -> Int? {
    guard isRicher || (!known.hasVersion && run.release.printed != nil),
      let own = try store.summaries(db, .run(known.id)).first?.release
    else { return nil }
    var release = isRicher ? run.release : own
    release.printed = own.printed ?? run.release.printed
    return release == own ? nil : try ids.release(release)
  }

  private func insert(
    _ run: Run, id: Int64, host: Int, snapshot: Int, source: Int, _ sequence: Int
  ) throws {
    insertRun.bind(1, Int(id))
    insertRun.bind(2, host)
    insertRun.bind(3, Int(run.startedAt))
    insertRun.bind(4, try ids.release(run.release))
    insertRun.bind(5, snapshot)
    insertRun.bind(6, source)
    insertRun.bind(7, run.line)
    insertRun.bind(8, Int(run.form.rawValue))
    insertRun.bind(9, Int(run.timeSource.rawValue))
    insertRun.bind(10, run.isComplete ? 1 : 0)
    insertRun.bind(11, run.printedChecks)
    insertRun.bind(12, run.printedScore)
    insertRun.bind(13, run.scope.flatMap { $0.isWhole ? nil : $0.text })
    insertRun.bind(14, run.nanoseconds)
    insertRun.bind(15, sequence)
    insertRun.bind(16, try run.evidence.map(evidence.store))
    insertRun.bind(17, run.evidence?.place ?? 0)
    if let evidence = run.evidence {
      insertRun.bind(18, EvidenceRows.own(evidence))
    } else {
      insertRun.bind(18, nil as Int?)
    }
    try insertRun.run()
  }

  private func freeID(_ run: Run, _ content: Digest) throws -> Int64 {
    // Runs without a time of their own share the file's, so their content tells them apart.
    var attempt = run.timeSource == .log ? 0 : Int(content.id)
    while true {
      let id = Self.id(
        host: run.host, tool: run.release.tool.name, startedAt: run.startedAt, attempt: attempt)
      if try db.number("SELECT id FROM run WHERE id = ?", [id]) == nil { return id }
      attempt = attempt == 0 ? Int(content.id) : attempt &+ 1
    }
  }

  /// The id of a run, which is the same in every database that holds it.
  static func id(host: String, tool: String, startedAt: Int64, attempt: Int) -> Int64 {
    var input = DigestInput()
    input.add(host)
    input.add(tool)
    input.add(Int(startedAt))
    input.add(attempt)
    return Digest(of: input.bytes).id
  }

  func addLabels(_ labels: [(key: String, value: String)], to run: Int64) throws {
    for label in labels {
      try db.run(
        """
        INSERT INTO label (runId, key, value) VALUES (?, ?, ?)
        ON CONFLICT (runId, key) DO UPDATE SET value = excluded.value
        """, [run, label.key, label.value])
    }
  }
}
