package import BenchHistory
package import BenchModel
internal import GRDB

extension RunStore {
  /// - Throws: ``RepositoryError``
  package func policyUses() throws -> [PolicyUse] { try read(Self.policyUses) }

  /// - Throws: ``RepositoryError``
  package func policyText(_ digest: Digest) throws -> [UInt8]? {
    try read { db in
      var content: [UInt8]?
      try db.rows("SELECT content FROM policyText WHERE digest = ?", [digest]) {
        content = $0.bytes(0)
      }
      return content
    }
  }

  /// What can't be written now, because the file may only be read or another process writes, is noted by a later command.
  package func note(
    policy path: String, _ content: [UInt8], _ digest: Digest, at time: Int64,
    revision: () -> String?
  ) {
    guard access == .write, let uses = try? policyUses() else { return }
    let place = PolicyUse.current(in: uses, of: path, digest)
    if let place, uses[place].lastSeen <= time,
      uses[place].lastSeen > time.subtractingReportingOverflow(PolicyUse.precision).partialValue
    {
      return
    }
    let commit = place == nil ? revision() : nil
    try? waiting.withLittlePatience {
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try Self.write(path, content, digest, time, commit, SQLiteConnection(db), now: now())
          return .commit
        }
      }
    }
  }

  /// Another process may have noted the policy meanwhile, so it is looked for again.
  private static func write(
    _ path: String, _ content: [UInt8], _ digest: Digest, _ time: Int64, _ revision: String?,
    _ db: any Connection, now: Int64
  ) throws {
    let uses = try policyUses(db)
    if let place = PolicyUse.current(in: uses, of: path, digest) {
      try db.run(
        """
        UPDATE policyUse SET lastSeenAt = ?, firstSeenAt = CASE WHEN firstSeenAt > ? THEN ? ELSE firstSeenAt END
        WHERE id = (SELECT max(id) FROM policyUse WHERE path = ?)
        """, [time, time, time, path])
      // Only a clock that was set back makes it begin earlier than it was said to.
      if uses[place].firstSeen > time { try chain(path, db, at: now) }
      return
    }
    try db.run(
      "INSERT INTO policyText (digest, content) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
      [digest, content])
    try db.run(
      """
      INSERT INTO policyUse (path, policyTextId, revision, firstSeenAt, lastSeenAt)
      SELECT ?, id, ?, ?, ? FROM policyText WHERE digest = ?
      """, [path, revision, time, time, digest])
    try chain(path, db, at: now)
  }

  /// Adds an entry on the newest stretch of time in which the file of a path was in force.
  private static func chain(_ path: String, _ db: any Connection, at time: Int64) throws {
    guard let id = try db.number("SELECT max(id) FROM policyUse WHERE path = ?", [path]) else {
      return
    }
    try Chain(db).add(.policy, at: time, [(.policy(id), Chain.policies(db, id: id)[id])])
  }

  private static func policyUses(_ db: any Connection) throws -> [PolicyUse] {
    var uses: [PolicyUse] = []
    try db.rows(
      """
      SELECT path, digest, revision, firstSeenAt, lastSeenAt FROM policyUse
      JOIN policyText ON policyText.id = policyTextId ORDER BY policyUse.id
      """
    ) { row in
      guard let digest = Digest(stored: row.bytes(1)) else { return }
      uses.append(
        PolicyUse(
          path: row.text(0) ?? "", digest: digest, revision: row.text(2),
          firstSeen: Int64(row.int(3)), lastSeen: Int64(row.int(4))))
    }
    return uses
  }
}
