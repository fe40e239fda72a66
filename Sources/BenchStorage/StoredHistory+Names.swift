import BenchHistory
import BenchModel

/// What stands behind the numbers of a history.
extension StoredHistory {
  /// The checks of the database as printed, by their numbers.
  static func titles(_ db: any Connection) throws -> [Int32: HistoryTitle] {
    var titles: [Int32: HistoryTitle] = [:]
    try db.rows("SELECT id, checkId, title, control FROM checkTitle") { row in
      titles[Int32(truncatingIfNeeded: row.int(0))] = HistoryTitle(
        checkID: row.text(1) ?? "", title: row.text(2) ?? "", control: row.text(3))
    }
    try checkNumbers(titles.keys.map(Int.init), "checkTitle")
    return titles
  }

  /// The hosts of the database, or those that have some names, by the names that they have now.
  static func hosts(_ db: any Connection, _ hosts: [String], _ names: HostNames) throws
    -> [HistoryHost]
  {
    var ids: [String: [Int]] = [:]
    let all = hosts.flatMap(names.all)
    let condition = hosts.isEmpty ? "" : " WHERE name IN (\(RunStore.marks(all)))"
    try db.rows("SELECT id, name FROM host\(condition) ORDER BY id", all) { row in
      ids[names.current(row.text(1) ?? ""), default: []].append(row.int(0))
    }
    return ids.map { HistoryHost(name: $0.key, ids: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The releases of the database by their numbers.
  static func releases(_ db: any Connection) throws -> [Int: Release] {
    var releases: [Int: Release] = [:]
    try db.rows(
      """
      SELECT release.id, tool.name, release.printed, edition.name, earliest, latest FROM release
      JOIN tool ON tool.id = release.toolId LEFT JOIN edition ON edition.id = editionId
      """
    ) { row in
      releases[row.int(0)] = Release(
        tool: Tool(name: row.text(1) ?? ""), printed: row.text(2), edition: row.text(3),
        earliest: row.text(4) ?? "", latest: row.text(5) ?? "")
    }
    try checkNumbers(releases.keys, "release")
    return releases
  }

  /// Makes sure that the numbers of rows are no more than SQLite gives: a list has a place for each up to the highest.
  private static func checkNumbers(_ numbers: some Collection<Int>, _ table: String) throws {
    guard let highest = numbers.max(), highest > 1 << 20, highest / 64 > numbers.count else {
      return
    }
    throw DamagedRow(table: table, row: "\(highest)", .value(column: "id"))
  }
}
