import BenchHistory
import BenchModel

extension RunWriter {
  func remove(_ runs: [Int64]) throws {
    let ids = runs.map(Int.init)
    var places: Set<StandingWriter.Place> = []
    try db.rows(
      {
        """
        SELECT DISTINCT hostId, tool.name FROM run JOIN release ON release.id = releaseId
          JOIN tool ON tool.id = toolId WHERE run.id IN (\($0))
        """
      }, in: ids
    ) { places.insert(StandingWriter.Place($0)) }
    if places.isEmpty { return }
    change.touch(runs, .forget)
    // Before their findings go: failures refer to the titles of these.
    for place in places { try standings.clear(place) }
    try db.rows({ "DELETE FROM run WHERE id IN (\($0))" }, in: ids) { _ in }
    try db.rows({ "DELETE FROM baselineMark WHERE runId IN (\($0))" }, in: ids) { _ in }
    try removeUnused()
  }

  /// Drops all that no run refers to any more.
  func removeUnused() throws {
    for table in Unused.tables { try table.remove(db) }
    forget()
    try standings.forget()
  }
}

extension StandingWriter.Place {
  /// Reads `hostId, tool.name`.
  init(_ row: any ResultRow) {
    self.init(host: row.int(0), system: Tool(name: row.text(1) ?? "").system)
  }
}

/// A table whose rows are there for others to refer to.
private struct Unused {
  let name: String
  /// What holds of a row to which nothing refers.
  let condition: String
  /// The columns that refer to the table and have no index, with their tables.
  var referring: [(table: String, column: String)] = []

  /// Each behind those that refer to it.
  static let tables = [
    Unused(
      name: "snapshot",
      condition: "NOT EXISTS (SELECT 1 FROM run WHERE snapshotId = snapshot.id)"),
    Unused(
      name: "state",
      condition: "NOT EXISTS (SELECT 1 FROM snapshotState WHERE stateId = state.id)"),
    Unused(
      name: "checkTitle",
      condition:
        "id NOT IN (SELECT checkTitleId FROM finding) AND id NOT IN (SELECT checkTitleId FROM failure)",
      referring: [("finding", "checkTitleId"), ("failure", "checkTitleId")]),
    Unused(
      name: "evidence",
      condition: "NOT EXISTS (SELECT 1 FROM run WHERE evidenceId = evidence.id)"),
    Unused(
      name: "piece",
      condition: "NOT EXISTS (SELECT 1 FROM evidencePiece WHERE pieceId = piece.id)"),
    Unused(
      name: "source", condition: "id NOT IN (SELECT sourceId FROM run)",
      referring: [("run", "sourceId")]),
    Unused(
      name: "release", condition: "id NOT IN (SELECT releaseId FROM run)",
      referring: [("run", "releaseId")]),
    Unused(
      name: "edition",
      condition: "NOT EXISTS (SELECT 1 FROM release WHERE editionId = edition.id)"),
    Unused(
      name: "tool",
      condition:
        "id NOT IN (SELECT toolId FROM release) AND id NOT IN (SELECT toolId FROM edition)"),
    Unused(
      name: "host",
      condition:
        "NOT EXISTS (SELECT 1 FROM run WHERE hostId = host.id) AND NOT EXISTS (SELECT 1 FROM standing WHERE hostId = host.id)"
    ),
  ]

  /// From so many rows on an index pays that is made for them.
  private static let many = 16

  /// Removes the rows to which nothing refers.
  func remove(_ db: any Connection) throws {
    let count =
      referring.isEmpty
      ? 0 : try db.number("SELECT count(*) FROM \(name) WHERE \(condition)") ?? 0
    // For each row that goes the engine looks for what refers to it, which without an index is a look at a whole table.
    let indexed = count > Self.many ? referring : []
    for (table, column) in indexed {
      try db.run("CREATE INDEX unused\(name)In\(table) ON \(table) (\(column))")
    }
    try db.run("DELETE FROM \(name) WHERE \(condition)")
    for (table, _) in indexed { try db.run("DROP INDEX unused\(name)In\(table)") }
  }
}
