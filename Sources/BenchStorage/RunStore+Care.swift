package import BenchHistory
import BenchEvidence
import BenchModel
internal import Foundation
internal import GRDB

extension RunStore {
  /// Copies the database, also while other processes use it.
  ///
  /// - Parameter target: The new file, which must not exist.
  /// - Throws: ``RepositoryError``
  package func backup(to target: String) throws(RepositoryError) {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw .cannotWrite(path: target, reason: "the file exists")
    }
    if let obstacle = DatabaseFiles.obstacleToMaking(target) {
      throw .mayNot(.make, path: target, obstacle)
    }
    do {
      try Self.copy(queue, to: target)
      try checkUnchanged()
    } catch {
      try? FileManager.default.removeItem(atPath: target)
      try checkUnchanged()
      throw Self.wrap(error, path: target)
    }
  }

  /// Copies a database to a new file.
  static func copy(_ queue: DatabaseQueue, to target: String) throws {
    let copy = try DatabaseQueue(path: target)
    try queue.backup(to: copy)
  }

  /// Checks the file, the references between its tables, and that every state is what its digest says.
  ///
  /// - Returns: What is wrong; nothing if all is well.
  /// - Throws: ``RepositoryError``
  package func check() throws -> [String] {
    try read { db in
      var problems: [String] = []
      try db.rows("PRAGMA integrity_check") { row in
        if let text = row.text(0), text != "ok" { problems.append(text) }
      }
      try db.rows("PRAGMA foreign_key_check") { row in
        problems.append(
          "table \(row.text(0) ?? "") refers to a row of \(row.text(2) ?? "") that is missing")
      }
      var digests: [(id: Int, digest: Digest?)] = []
      try db.rows("SELECT id, digest FROM state ORDER BY id") {
        digests.append(($0.int(0), Digest(stored: $0.bytes(1))))
      }
      let titles = try StoredHistory.titles(db)
      for start in stride(from: 0, to: digests.count, by: 500) {
        let batch = digests[start..<min(start + 500, digests.count)]
        let states = try StateFindings.read(batch.map(\.id), titles: titles, db)
        for (id, stored) in batch {
          guard let state = states[id] else { continue }
          let digest = RunContent.digest(
            section: state.section, state.findings, state.findings.indices)
          if digest != stored { problems.append("state \(id) is not what its digest says") }
        }
      }
      try db.rows(
        """
        SELECT id FROM snapshot LEFT JOIN (
          SELECT snapshotId, count(CASE WHEN outcome = 0 THEN 1 END) AS passing,
            count(CASE WHEN outcome = 1 THEN 1 END) AS failing, count(*) AS checks,
            count(*) - count(control) AS unknown
          FROM snapshotState JOIN finding USING (stateId)
            JOIN checkTitle ON checkTitle.id = checkTitleId
          GROUP BY snapshotId
        ) AS counted ON snapshotId = id
        WHERE pass <> coalesce(passing, 0) OR fail <> coalesce(failing, 0) OR unmapped <> coalesce(unknown, 0)
          OR pass + fail + manual + info + notApplicable <> coalesce(checks, 0)
        """
      ) { problems.append("content \($0.int(0)) has other counts than its findings") }
      return try problems + EvidenceRows.check(db)
    }
  }
}
