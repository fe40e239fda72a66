import BenchHistory
internal import GRDB

extension RunStore {
  /// What compacting a database gave back.
  package struct Compaction: Hashable, Sendable {
    /// The size of the file before and after, in bytes.
    package var before: Int
    package var after: Int
  }

  /// Drops what nothing refers to, and gives the room that is free back to the file system.
  ///
  /// The engine writes a copy meanwhile, so that for a moment as much room again is needed.
  ///
  /// - Returns: The sizes before and after.
  /// - Throws: ``RepositoryError``
  package func compact() throws -> Compaction {
    let before = try size()
    try write { writer in
      if let writer = writer as? RunWriter { try writer.removeUnused() }
    }
    do {
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
        // Until then the file is as large as it was, and what is new in the log beside it.
        try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    } catch { throw Self.wrap(error, path: path) }
    onCommit()
    return Compaction(before: before, after: try size())
  }

  /// The size of the file in bytes, without the log beside it.
  private func size() throws -> Int {
    try read { db in
      let pages = try db.number("PRAGMA page_count") ?? 0
      return pages * (try db.number("PRAGMA page_size") ?? 0)
    }
  }
}
