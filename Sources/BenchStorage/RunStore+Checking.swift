import BenchEvidence
import BenchHistory
import BenchModel
internal import GRDB

extension RunStore {
  /// What a check found.
  package struct Soundness: Hashable, Sendable {
    /// What is wrong; nothing if all is well.
    package var problems: [String]
    /// What the check could not tell.
    package var notes: [String]
  }

  /// Checks the file, its schema and values, the references between its tables, all digests, and the chain.
  ///
  /// - Returns: What is wrong; nothing if all is well.
  /// - Throws: ``RepositoryError``
  package func check() throws -> [String] { try soundness().problems }

  /// Checks the file as ``check()`` does, and says what can't be told.
  ///
  /// - Throws: ``RepositoryError``
  package func soundness() throws -> Soundness {
    try read { db in
      var found = Soundness(problems: [], notes: [])
      // Each check goes as far as it can: a damaged table hides nothing of the others.
      for check in [
        Self.checkFile, Self.checkSchema, Self.checkValues, Self.checkStates, Self.checkSnapshots,
        Self.checkPolicies, EvidenceRows.check, StandingRowsCheck.problems, ChainCheck.problems,
      ] {
        do { found.problems += try check(db) } catch let row as DamagedRow {
          found.problems.append("\(row)")
        } catch is DatabaseError {
          found.problems.append("the file is corrupt, so that not all of it could be checked")
        }
      }
      var seen: Set<String> = []
      found.problems = found.problems.filter { seen.insert($0).inserted }
      guard found.problems.isEmpty else { return found }
      let foreign = try ChainCheck.foreignIDs(db)
      if foreign > 0 {
        found.notes.append(
          "\(foreign) runs from before the chain have ids that their host and start do not give: they were renamed "
            + "or got a better start, or were moved by hand")
      }
      return found
    }
  }

  /// The chain has since when a policy was in force, but not how long it was seen, which moves with every use.
  private static func checkPolicies(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    try db.rows("SELECT id FROM \"policyUse\" WHERE \"lastSeenAt\" < \"firstSeenAt\"") { row in
      problems.append("policyUse \(row.int(0)) was last seen before it was first seen")
    }
    return problems
  }

  private static func checkFile(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    try db.rows("PRAGMA integrity_check") { row in
      if let text = row.text(0), text != "ok" { problems.append(text) }
    }
    try db.rows("PRAGMA foreign_key_check") { row in
      problems.append(
        "table \(row.text(0) ?? "") refers to a row of \(row.text(2) ?? "") that is missing")
    }
    return problems
  }

  /// Holds tables, indexes and triggers against those of a new database.
  private static func checkSchema(_ db: any Connection) throws -> [String] {
    func schema(_ db: any Connection) throws -> [String: String] {
      var schema: [String: String] = [:]
      try db.rows("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL") {
        schema["\($0.text(0) ?? "") \($0.text(1) ?? "")"] = $0.text(2) ?? ""
      }
      // The migrator's own table, and SQLite's statistics, are theirs.
      return schema.filter { !$0.key.contains("sqlite_stat") && !$0.key.contains("grdb_") }
    }
    let fresh = try DatabaseQueue(configuration: configuration())
    try migrator().migrate(fresh)
    let (stored, right) = try (schema(db), fresh.read { try schema(SQLiteConnection($0)) })
    return Set(stored.keys).union(right.keys).sorted().filter { stored[$0] != right[$0] }
      .map { "\($0) is not as this version makes it" }
  }

  /// Lists the rows with values that this program can't have stored.
  private static func checkValues(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    for table in ColumnRule.tables {
      for rule in table.columns {
        try db.rows(
          "SELECT \(table.keyText) FROM \(table.name) WHERE \(rule.violation) LIMIT 20"
        ) { row in
          let damaged = DamagedRow(
            table: table.name, row: row.text(0), .value(column: rule.column))
          problems.append("\(damaged)")
        }
      }
    }
    return problems
  }

  /// Holds the findings of each section against its digest, and the counts of each content against its findings.
  private static func checkStates(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
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
          count(CASE WHEN outcome = 1 THEN 1 END) AS failing, count(CASE WHEN outcome = 2 THEN 1 END) AS unsure,
          count(CASE WHEN outcome = 3 THEN 1 END) AS informing, count(*) AS checks,
          count(*) - count(control) AS unknown
        FROM snapshotState JOIN finding USING (stateId)
          JOIN checkTitle ON checkTitle.id = checkTitleId
        GROUP BY snapshotId
      ) AS counted ON snapshotId = id
      WHERE pass <> coalesce(passing, 0) OR fail <> coalesce(failing, 0) OR manual <> coalesce(unsure, 0)
        OR info <> coalesce(informing, 0) OR unmapped <> coalesce(unknown, 0)
        OR pass + fail + manual + info + notApplicable <> coalesce(checks, 0)
      """
    ) { problems.append("content \($0.int(0)) has other counts than its findings") }
    try db.rows(
      """
      SELECT DISTINCT finding.stateId FROM finding LEFT JOIN (
        SELECT stateId, position, count(*) AS items
        FROM (SELECT DISTINCT stateId, position, kind, coalesce(stableName, name) FROM item) AS named
        GROUP BY stateId, position
      ) AS counted ON counted.stateId = finding.stateId AND counted.position = finding.position
      WHERE itemCount <> coalesce(items, 0)
      """
    ) { problems.append("state \($0.int(0)) has other counts of items than items") }
    return problems
  }

  /// Holds the list of sections of each content, and the lines of their findings, against its digest.
  private static func checkSnapshots(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    var current: (id: Int, stored: Digest?, input: DigestInput)?
    func end() {
      guard let content = current else { return }
      if Digest(of: content.input.bytes) != content.stored {
        problems.append("content \(content.id) is not what its digest says")
      }
    }
    let rows = try db.prepare(
      """
      SELECT snapshot.id, snapshot.digest, state.digest, snapshotState.lines
      FROM snapshot LEFT JOIN snapshotState ON snapshotState.snapshotId = snapshot.id
        LEFT JOIN state ON state.id = snapshotState.stateId
      ORDER BY snapshot.id, snapshotState.position
      """)
    try rows.rows { row in
      if current?.id != row.int(0) {
        end()
        current = (row.int(0), Digest(stored: row.bytes(1)), DigestInput())
      }
      guard let section = Digest(stored: row.bytes(2)) else { return }
      current?.input.add(section)
      current?.input.add(row.bytes(3))
    }
    end()
    return problems
  }
}
