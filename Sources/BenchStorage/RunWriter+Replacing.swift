import BenchEvidence
import BenchModel

extension RunWriter {
  /// Keeps the log of a run that is there.
  func keepEvidence(of run: Run, for id: Int64) throws {
    let own = run.evidence.map { EvidenceRows.own($0) }
    try db.run(
      "UPDATE run SET evidenceId = ?, evidencePlace = ?, ownParts = ? WHERE id = ?",
      [run.evidence.map(evidence.store), run.evidence?.place ?? 0, own, id])
  }

  /// Drops evidence that only a run that was replaced referred to.
  func removeOrphan(evidence id: Int?) throws {
    guard let id, try db.number("SELECT id FROM run WHERE evidenceId = ? LIMIT 1", [id]) == nil
    else { return }
    let pieces = try db.numbers(
      "SELECT DISTINCT pieceId FROM evidencePiece WHERE evidenceId = ? AND pieceId IS NOT NULL",
      [id])
    try db.run("DELETE FROM evidence WHERE id = ?", [id])
    for piece in pieces {
      try db.run(
        """
        DELETE FROM piece
        WHERE id = ? AND NOT EXISTS (SELECT 1 FROM evidencePiece WHERE pieceId = piece.id)
        """, [piece])
    }
    evidence.forget()
  }

  /// Drops what only a run that was replaced referred to.
  func removeOrphan(snapshot: Int) throws {
    guard try db.number("SELECT id FROM run WHERE snapshotId = ? LIMIT 1", [snapshot]) == nil
    else { return }
    let old = try db.numbers(
      "SELECT stateId FROM snapshotState WHERE snapshotId = ?", [snapshot])
    try db.run("DELETE FROM snapshot WHERE id = ?", [snapshot])
    for state in old {
      try db.run(
        """
        DELETE FROM state
        WHERE id = ? AND NOT EXISTS (SELECT 1 FROM snapshotState WHERE stateId = state.id)
        """, [state])
    }
    states = [:]
    snapshots = [:]
  }
}
