import BenchHistory
import BenchModel

/// The ids of hosts, releases, files and checks, each asked of the database once.
final class NameIDs {
  private let db: any Connection
  private var hosts: [String: Int] = [:]
  private var allNames: [String: [Int]] = [:]
  private var releases: [Release: Int] = [:]
  private var checkTitles: [[String?]: Int] = [:]
  private var lastSource: (path: String, id: Int)?
  /// Ids kept in memory; past it the database is asked.
  private static let cacheSize = 50_000

  init(_ db: any Connection) { self.db = db }

  /// Forgets all ids.
  func forget() { (hosts, allNames, releases, checkTitles) = ([:], [:], [:], [:]) }

  /// The id of a host, which is made if it is new.
  func host(_ name: String) throws -> Int {
    if let id = hosts[name] { return id }
    let id = try lookUp(
      "SELECT id FROM host WHERE name = ?", "INSERT INTO host (name) VALUES (?) RETURNING id",
      [name])
    hosts[name] = id
    return id
  }

  /// The id of a file in this import.
  func source(_ path: String, _ importedAt: Int64, _ run: Run) throws -> Int {
    if let lastSource, lastSource.path == path { return lastSource.id }
    // A run whose log has its time is known again by that.
    let needsFile = run.timeSource == .file || run.timeSource == .given
    let id = try insert(
      "INSERT INTO source (path, importedAt, changedAt, size) VALUES (?, ?, ?, ?) RETURNING id",
      [path, importedAt, needsFile ? run.fileTime?.total : nil, needsFile ? run.fileSize : nil])
    lastSource = (path, id)
    return id
  }

  /// The ids of a host by all names that it has or had; the id of the one under which it is imported is made if it is new.
  func all(of host: String, _ names: HostNames) throws -> [Int] {
    if let known = allNames[host] { return known }
    var ids = [try self.host(host)]
    for name in names.all(of: host) where name != host {
      ids += try db.numbers("SELECT id FROM host WHERE name = ?", [name])
    }
    allNames[host] = ids
    return ids
  }

  /// The id of a check as printed, with its control.
  func checkTitle(_ finding: Finding) throws -> Int {
    let key = [finding.checkID, finding.title, finding.control]
    if let id = checkTitles[key] { return id }
    let id = try lookUp(
      "SELECT id FROM checkTitle WHERE checkId = ? AND title = ? AND coalesce(control, '') = coalesce(?, '')",
      "INSERT INTO checkTitle (checkId, title, control) VALUES (?, ?, ?) RETURNING id", key)
    if checkTitles.count >= Self.cacheSize { checkTitles = [:] }
    checkTitles[key] = id
    return id
  }

  /// The id of what is known of a tool's version.
  func release(_ release: Release) throws -> Int {
    if let id = releases[release] { return id }
    let tool = try lookUp(
      "SELECT id FROM tool WHERE name = ?", "INSERT INTO tool (name) VALUES (?) RETURNING id",
      [release.tool.name])
    let edition = try release.edition.map {
      try lookUp(
        "SELECT id FROM edition WHERE toolId = ? AND name = ?",
        "INSERT INTO edition (toolId, name) VALUES (?, ?) RETURNING id", [tool, $0])
    }
    let id = try lookUp(
      """
      SELECT id FROM release WHERE toolId = ? AND coalesce(editionId, 0) = coalesce(?, 0)
      AND coalesce(printed, '') = coalesce(?, '') AND earliest = ? AND latest = ?
      """,
      """
      INSERT INTO release (toolId, editionId, printed, earliest, latest) VALUES (?, ?, ?, ?, ?)
      RETURNING id
      """,
      [tool, edition, release.printed, release.earliest, release.latest])
    releases[release] = id
    return id
  }

  private func lookUp(
    _ select: String, _ insert: String, _ values: [any Bindable]
  ) throws -> Int {
    try db.number(select, values) ?? self.insert(insert, values)
  }

  /// The id of a new row.
  private func insert(_ sql: String, _ values: [any Bindable]) throws -> Int {
    guard let id = try db.number(sql, values) else { throw RepositoryError.unwritten }
    return id
  }
}
