import BenchModel
internal import GRDB

extension RunStore {
  /// Finds the run that a name names, as git finds commits.
  ///
  /// - `latest`: the newest run, of a host if one is given; `latest~2` the second before it.
  /// - `web-1`, `web-1~2`: the newest run of a host, and the second before it.
  /// - `web-1@2025-01-12`: the last run of a host until the end of that day, or, with a time behind the
  ///   date, until that second (UTC).
  /// - `baseline`: the newest run with the label `baseline`.
  /// - The beginning of an id, four digits or more.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - host: The host to which `latest` and `baseline` are limited.
  /// - Returns: The run's id.
  /// - Throws: ``StoreError``
  package func run(named name: String, host: String?) throws(StoreError) -> Int64 {
    try read { db in try RunName(name, hostNames).resolve(db, host: host) }
  }

  /// Finds the run before another one of the same host.
  ///
  /// - Returns: The run, or nil if there is none.
  /// - Throws: ``StoreError``
  package func run(before id: Int64) throws(StoreError) -> Int64? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT tool.name, host.name FROM run JOIN release ON release.id = releaseId
            JOIN tool ON tool.id = toolId JOIN host ON host.id = hostId
          WHERE run.id = ?
          """, arguments: [id])
      guard let row else { return nil }
      let own = Tool(name: row[0])
      let hosts = hostNames.all(of: row[1])
      let hostMarks = RunName.marks(hosts)
      // A host that was watched with another tool first keeps its history.
      for tools in [[own], own.comparable] {
        let marks = RunName.marks(tools)
        let found = try Int64.fetchOne(
          db,
          sql: """
            SELECT other.id FROM run JOIN run AS other
              ON other.hostId IN (SELECT id FROM host WHERE name IN (\(hostMarks)))
              JOIN release ON release.id = other.releaseId JOIN tool ON tool.id = release.toolId
            WHERE run.id = ? AND (other.startedAt, other.id) < (run.startedAt, run.id)
              AND tool.name IN (\(marks))
            ORDER BY other.startedAt DESC, other.id DESC LIMIT 1
            """,
          arguments: StatementArguments(hosts) + [id] + StatementArguments(tools.map(\.name)))
        if let found { return found }
      }
      return nil
    }
  }
}

/// A run's name, taken apart.
struct RunName {
  private let text: String
  private let base: String
  private let back: Int
  private let until: String?
  private let names: HostNames

  init(_ text: String, _ names: HostNames = HostNames()) {
    self.text = text
    self.names = names
    var base = Substring(text)
    var back = 0
    if let tilde = base.lastIndex(of: "~"), let count = Int(base[base.index(after: tilde)...]),
      (0...1_000_000).contains(count)
    {
      back = count
      base = base[..<tilde]
    }
    var until: String?
    if let at = base.lastIndex(of: "@"), base.index(after: at) < base.endIndex,
      base[base.index(after: at)].isNumber
    {
      until = String(base[base.index(after: at)...])
      base = base[..<at]
    }
    // A date alone is the latest run until then, of the host that is asked for.
    if until == nil, CivilTime(String(base)) != nil {
      until = String(base)
      base = "latest"
    }
    self.base = String(base)
    self.back = back
    self.until = until
  }

  /// As many question marks as there are values.
  static func marks(_ values: some Collection) -> String {
    values.map { _ in "?" }.joined(separator: ", ")
  }

  func resolve(_ db: Database, host: String?) throws -> Int64 {
    if base == "latest" { return try newest(db, host: host) }
    if base == "baseline" {
      return try newest(db, host: host, label: "baseline", missing: .noBaseline)
    }
    let sql = "SELECT id FROM host WHERE name IN (\(Self.marks(names.all(of: base))))"
    if try Int.fetchOne(db, sql: sql, arguments: StatementArguments(names.all(of: base))) != nil {
      return try newest(db, host: base)
    }
    if let id = try runWithID(db) { return id }
    let hosts = try String.fetchAll(db, sql: "SELECT name FROM host ORDER BY name LIMIT 8")
    throw StoreError.noSuchRun(name: text, reason: .unknown(hosts: hosts))
  }

  private func newest(
    _ db: Database, host: String?, label: String? = nil,
    missing: StoreError.NoSuchRun = .noRuns
  ) throws -> Int64 {
    let hosts = host.map(names.all) ?? []
    var condition = host == nil ? "1" : "host.name IN (\(Self.marks(hosts)))"
    var arguments = StatementArguments(hosts)
    if let label {
      condition += " AND EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = ?)"
      arguments += [label]
    }
    if let until {
      guard let end = Self.end(of: until) else {
        throw StoreError.noSuchRun(name: text, reason: .badDate(until))
      }
      condition += " AND startedAt <= ?"
      arguments += [end]
    }
    let ids = try Int64.fetchAll(
      db,
      sql: """
        SELECT run.id FROM run JOIN host ON host.id = hostId WHERE \(condition)
        ORDER BY startedAt DESC, run.id DESC LIMIT \(back + 1)
        """, arguments: arguments)
    if ids.count > back { return ids[back] }
    let reason: StoreError.NoSuchRun =
      if !ids.isEmpty {
        .notThatMany(have: ids.count)
      } else if let until {
        .noneUntil(until)
      } else if let host {
        label == nil ? .noRunsOfHost(host) : missing
      } else {
        missing
      }
    throw StoreError.noSuchRun(name: text, reason: reason)
  }

  private func runWithID(_ db: Database) throws -> Int64? {
    let digits = base.utf8.count
    guard until == nil, (4...16).contains(digits), let prefix = UInt64(base, radix: 16) else {
      return nil
    }
    let free = UInt64((16 - digits) * 4)
    let low = prefix << free
    let high = low | ((UInt64(1) << free) - 1)
    guard low <= UInt64(Int64.max) else { return nil }
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM run WHERE id BETWEEN ? AND ? LIMIT 100",
      arguments: [Int64(low), Int64(min(high, UInt64(Int64.max)))])
    guard ids.count <= 1 else { throw StoreError.ambiguousRun(name: text, count: ids.count) }
    guard let id = ids.first, back > 0 else { return ids.first }
    // `a1b2c3~1` is the run of the same host before that one.
    let sql = "SELECT host.name FROM run JOIN host ON host.id = hostId WHERE run.id = ?"
    let hosts = names.all(of: try String.fetchOne(db, sql: sql, arguments: [id]) ?? "")
    let earlier = try Int64.fetchAll(
      db,
      sql: """
        SELECT other.id FROM run JOIN run AS other
          ON other.hostId IN (SELECT id FROM host WHERE name IN (\(Self.marks(hosts))))
        WHERE run.id = ? AND (other.startedAt, other.id) <= (run.startedAt, run.id)
        ORDER BY other.startedAt DESC, other.id DESC LIMIT ?
        """, arguments: StatementArguments(hosts) + [id, back + 1])
    guard earlier.count > back else {
      throw StoreError.noSuchRun(name: text, reason: .notThatMany(have: earlier.count))
    }
    return earlier[back]
  }

  /// The last second of a date, or the second of a date with a time, both in UTC.
  private static func end(of text: String) -> Int64? {
    CivilTime(text).map { $0.hasTime ? $0.seconds : $0.seconds + 86_399 }
  }
}
