package import BenchCatalog
import BenchEvidence
import BenchHistory
import BenchModel

extension RunStore {
  /// What all runs were understood by; nil for a database of before, and for one without a run.
  ///
  /// - Throws: ``RepositoryError``
  package func understanding() throws -> Understanding? { try read { try Self.understanding($0) } }

  /// Whether there is any run.
  ///
  /// - Throws: ``RepositoryError``
  package func hasRuns() throws -> Bool {
    try read { try $0.number("SELECT id FROM run LIMIT 1") != nil }
  }

  static func understanding(_ db: any Connection) throws -> Understanding? {
    var found: Understanding?
    try db.rows("SELECT digest FROM understanding") {
      found = Understanding($0.bytes(0))
    }
    return found
  }
}

extension RunWriter {
  func understanding() throws -> Understanding? { try RunStore.understanding(db) }

  func renew(
    as understanding: Understanding, progress: (_ contents: Int) -> Void,
    _ read: ([UInt8]) -> [Run]
  ) throws -> Renewal {
    var renewal = Renewal()
    // What is known of hosts is made anew at the end.
    try db.run("DELETE FROM standing")
    for id in try db.numbers("SELECT id FROM evidence ORDER BY id") {
      try renew(evidence: id, &renewal, read)
      progress(1)
    }
    renewal.withoutLog =
      try db.number("SELECT count(*) FROM run WHERE evidenceId IS NULL") ?? 0
    try sweep()
    try standings.foldAll()
    try db.run("DELETE FROM understanding")
    try db.run("INSERT INTO understanding (id, digest) VALUES (1, ?)", [understanding.bytes])
    change.isUnderstoodAnew = true
    return renewal
  }

  /// Understands the runs of one log anew, and those whose logs differ from it in their dates alone.
  private func renew(
    evidence id: Int, _ renewal: inout Renewal, _ read: ([UInt8]) -> [Run]
  ) throws {
    let rows = try StoredLog.all(db, evidence: id)
    guard let first = rows.first else { return }
    let runs = try EvidenceRows.bytes(db, evidence: id, own: first.own).map(read) ?? []
    var snapshots: [Int: Int] = [:]
    renewal.contents += 1
    for row in rows {
      guard runs.indices.contains(row.place) else {
        // What can't be read any more stays as it was understood.
        renewal.unread += 1
        continue
      }
      var run = runs[row.place]
      let snapshot = try snapshots[row.place] ?? snapshotID(of: run, RunContent(run))
      snapshots[row.place] = snapshot
      // A date that could not be read before is that run's own, and one without minutes tells of its version.
      let areDatesRead = row.timeSource == .log && run.timeSource == .log
      if !areDatesRead, row.own != first.own {
        let own = try EvidenceRows.bytes(db, evidence: id, own: row.own).map(read) ?? []
        if own.indices.contains(row.place) { run = own[row.place] }
      }
      try renew(row, as: run, snapshot: snapshot)
      change.touch([row.id], .refresh)
      renewal.runs += 1
    }
  }

  private func renew(_ row: StoredLog, as run: Run, snapshot: Int) throws {
    var release = run.release
    // A second form of the run may have told it.
    if release.printed == nil { release.printed = row.printed }
    let hasDate = row.timeSource == .file && run.timeSource == .log
    try db.run(
      """
      UPDATE run SET snapshotId = ?, releaseId = ?, isComplete = ?, printedChecks = ?, printedScore = ?,
        startedAt = ?, startedNanos = ?, timeSource = ?
      WHERE id = ?
      """,
      [
        snapshot, ids.release(release), run.isComplete, run.printedChecks, run.printedScore,
        hasDate ? run.startedAt : row.startedAt, hasDate ? 0 : row.nanoseconds,
        (hasDate ? TimeSource.log : row.timeSource).rawValue, row.id,
      ])
  }

  /// Drops what no run refers to any more.
  private func sweep() throws {
    for sql in [
      "DELETE FROM snapshot WHERE NOT EXISTS (SELECT 1 FROM run WHERE snapshotId = snapshot.id)",
      "DELETE FROM state WHERE NOT EXISTS (SELECT 1 FROM snapshotState WHERE stateId = state.id)",
      "DELETE FROM checkTitle WHERE id NOT IN (SELECT checkTitleId FROM finding)",
      "DELETE FROM release WHERE id NOT IN (SELECT releaseId FROM run)",
    ] { try db.run(sql) }
    forget()
  }
}

/// A run with what its log is read again by.
private struct StoredLog {
  var id: Int64
  var place: Int
  var own: [UInt8]
  var startedAt: Int64
  var nanoseconds: Int
  var timeSource: TimeSource
  var printed: String?

  /// The runs of one log.
  static func all(_ db: any Connection, evidence id: Int) throws -> [StoredLog] {
    var found: [StoredLog] = []
    try db.rows(
      """
      SELECT run.id, evidencePlace, ownParts, startedAt, startedNanos, timeSource, printed
      FROM run JOIN release ON release.id = releaseId WHERE evidenceId = ? ORDER BY sequence
      """, [id]
    ) { row in
      found.append(
        StoredLog(
          id: Int64(row.int(0)), place: row.int(1), own: row.bytes(2),
          startedAt: Int64(row.int(3)), nanoseconds: row.int(4),
          timeSource: TimeSource(rawValue: UInt8(truncatingIfNeeded: row.int(5))) ?? .file,
          printed: row.text(6)))
    }
    return found
  }
}
