import BenchEvidence
import BenchModel
internal import Foundation
internal import GRDB

extension RunWriter {
  /// Keeps the log of a run that is there.
  func keepEvidence(of run: Run, for id: Int64) throws {
    let own = run.evidence.map { EvidenceRows.own($0) }
    try db.execute(
      sql: "UPDATE run SET evidenceId = ?, evidencePlace = ?, ownParts = ? WHERE id = ?",
      arguments: [
        try run.evidence.map(evidence.store), run.evidence?.place ?? 0, own.map { Data($0) }, id,
      ])
  }

  /// Drops evidence that only a run that was replaced referred to.
  func removeOrphan(evidence id: Int?) throws {
    let sql = "SELECT EXISTS (SELECT 1 FROM run WHERE evidenceId = ?)"
    guard let id, try Bool.fetchOne(db, sql: sql, arguments: [id]) == false else { return }
    let pieces = try Int.fetchAll(
      db,
      sql: """
        SELECT DISTINCT pieceId FROM evidencePiece WHERE evidenceId = ? AND pieceId IS NOT NULL
        """, arguments: [id])
    try db.execute(sql: "DELETE FROM evidence WHERE id = ?", arguments: [id])
    for piece in pieces {
      try db.execute(
        sql: """
          DELETE FROM piece
          WHERE id = ? AND NOT EXISTS (SELECT 1 FROM evidencePiece WHERE pieceId = piece.id)
          """, arguments: [piece])
    }
    evidence.forget()
  }

  /// Drops what only a run that was replaced referred to.
  func removeOrphan(snapshot: Int) throws {
    let sql = "SELECT EXISTS (SELECT 1 FROM run WHERE snapshotId = ?)"
    guard try Bool.fetchOne(db, sql: sql, arguments: [snapshot]) == false else { return }
    let old = try Int.fetchAll(
      db, sql: "SELECT stateId FROM snapshotState WHERE snapshotId = ?", arguments: [snapshot])
    try db.execute(sql: "DELETE FROM snapshot WHERE id = ?", arguments: [snapshot])
    for state in old {
      try db.execute(
        sql: """
          DELETE FROM state
          WHERE id = ? AND NOT EXISTS (SELECT 1 FROM snapshotState WHERE stateId = state.id)
          """, arguments: [state])
    }
    states = [:]
    snapshots = [:]
  }
}
