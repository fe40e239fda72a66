import BenchModel
internal import GRDB

/// The ids of hosts, releases, files and checks, each asked of the database once.
final class NameIDs {
  private let db: Database
  private var hosts: [String: Int] = [:]
  private var allNames: [String: [Int]] = [:]
  private var releases: [Release: Int] = [:]
  private var checkTitles: [[String?]: Int] = [:]
  private var lastSource: (path: String, id: Int)?
  /// Ids kept in memory; past it the database is asked.
  private static let cacheSize = 50_000

  init(_ db: Database) { self.db = db }

  /// Forgets all ids.
  func forget() { (hosts, allNames, releases, checkTitles) = ([:], [:], [:], [:]) }

  /// The id of a host, which is made if it is new.
  func host(_ name: String) throws -> Int {
    if let id = hosts[name] { return id }
    let id = try lookUp(
      "SELECT id FROM host WHERE name = ?", "INSERT INTO host (name) VALUES (?)", [name])
    hosts[name] = id
    return id
  }

  /// The id of a file in this import.
  func source(_ path: String, _ importedAt: Int64, _ run: Run) throws -> Int {
    if let lastSource, lastSource.path == path { return lastSource.id }
    // A run whose log has its time is known again by that.
    let needsFile = run.timeSource == .file || run.timeSource == .given
    try db.execute(
      sql: "INSERT INTO source (path, importedAt, changedAt, size) VALUES (?, ?, ?, ?)",
      arguments: [
        path, importedAt, needsFile ? run.fileTime?.total : nil, needsFile ? run.fileSize : nil,
      ])
    let id = Int(db.lastInsertedRowID)
    lastSource = (path, id)
    return id
  }

  /// The ids of a host by all names that it has or had; the id of the one under which it is imported is made if it is new.
  func all(of host: String, _ names: HostNames) throws -> [Int] {
    if let known = allNames[host] { return known }
    var ids = [try self.host(host)]
    for name in names.all(of: host) where name != host {
      let id = try Int.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM host WHERE name = ?"), arguments: [name])
      if let id { ids.append(id) }
    }
    allNames[host] = ids
    return ids
  }

  /// The id of a check as printed, with its control.
  func checkTitle(_ finding: Finding) throws -> Int {
    let key = [finding.checkID, finding.title, finding.control]
    if let id = checkTitles[key] { return id }
    let id = try lookUp(
      "SELECT id FROM checkTitle WHERE checkId = ? AND title = ? AND ifnull(control, '') = ifnull(?, '')",
      "INSERT INTO checkTitle (checkId, title, control) VALUES (?, ?, ?)",
      StatementArguments(key))
    if checkTitles.count >= Self.cacheSize { checkTitles = [:] }
    checkTitles[key] = id
    return id
  }

  /// The id of what is known of a tool's version.
  func release(_ release: Release) throws -> Int {
    if let id = releases[release] { return id }
    let tool = try lookUp(
      "SELECT id FROM tool WHERE name = ?", "INSERT INTO tool (name) VALUES (?)",
      [release.tool.name])
    let edition = try release.edition.map {
      try lookUp(
        "SELECT id FROM edition WHERE toolId = ? AND name = ?",
        "INSERT INTO edition (toolId, name) VALUES (?, ?)", [tool, $0])
    }
    let id = try lookUp(
      """
      SELECT id FROM release WHERE toolId = ? AND ifnull(editionId, 0) = ifnull(?, 0)
      AND ifnull(printed, '') = ifnull(?, '') AND earliest = ? AND latest = ?
      """,
      "INSERT INTO release (toolId, editionId, printed, earliest, latest) VALUES (?, ?, ?, ?, ?)",
      [tool, edition, release.printed, release.earliest, release.latest])
    releases[release] = id
    return id
  }

  private func lookUp(
    _ select: String, _ insert: String, _ arguments: StatementArguments
  ) throws -> Int {
    if let id = try Int.fetchOne(db.cachedStatement(sql: select), arguments: arguments) {
      return id
    }
    try db.cachedStatement(sql: insert).execute(arguments: arguments)
    return Int(db.lastInsertedRowID)
  }
}
