package import BenchHistory
package import BenchModel
internal import Foundation
internal import GRDB

extension RunStore {
  /// A condition of SQL over `run`, `host`, `release` and `tool`, with its values.
  struct Condition {
    var sql: String
    var arguments: StatementArguments
    var limit: Int?

    init(_ sql: String, _ arguments: StatementArguments) {
      self.sql = sql
      self.arguments = arguments
    }

    /// The condition of a filter, all of whose values are bound.
    init(_ filter: RunFilter, _ names: HostNames) {
      var conditions = ["1"]
      arguments = StatementArguments()
      if let host = filter.host {
        let all = names.all(of: host)
        conditions.append(
          "run.hostId IN (SELECT id FROM host WHERE name IN (\(RunStore.marks(all))))")
        arguments += StatementArguments(all)
      }
      for label in filter.labels {
        conditions.append(
          "EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = ? AND value = ?)")
        arguments += [label.key, label.value]
      }
      if let system = filter.system {
        let tools = system.tools.map(\.name)
        conditions.append(
          """
          run.releaseId IN (SELECT release.id FROM release JOIN tool ON tool.id = toolId
            WHERE tool.name IN (\(RunStore.marks(tools))))
          """)
        arguments += StatementArguments(tools)
      }
      if filter.isBaseline {
        conditions.append("run.id IN (SELECT runId FROM label WHERE key = ?)")
        arguments += [RunFilter.baselineLabel]
      }
      if let until = filter.until {
        conditions.append("run.startedAt <= ?")
        arguments += [until]
      }
      if let order = filter.upTo {
        conditions.append("(\(RunStore.orderColumns())) <= (?, ?, ?)")
        arguments += [order.startedAt, order.nanoseconds, order.sequence]
      }
      sql = conditions.joined(separator: " AND ")
      limit = filter.limit
    }

    /// The end of a statement that lists runs, the newest first.
    var tail: String {
      " WHERE \(sql) ORDER BY \(RunStore.orderColumns(" DESC"))"
        + (limit.map { " LIMIT \(max($0, 0))" } ?? "")
    }
  }

  /// The order of runs in SQL; see ``RunOrder``.
  static func orderColumns(_ direction: String = "") -> String {
    ["startedAt", "startedNanos", "sequence"].map { "run." + $0 + direction }
      .joined(separator: ", ")
  }

  /// As many question marks as there are values.
  static func marks(_ values: some Collection) -> String {
    values.map { _ in "?" }.joined(separator: ", ")
  }

  /// - Throws: ``RepositoryError``
  package func hosts() throws -> [String] {
    try read { db in
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM host WHERE EXISTS (SELECT 1 FROM run WHERE hostId = host.id)")
      return Set(names.map(hostNames.current)).sorted()
    }
  }

  /// - Throws: ``RepositoryError``
  package func hasHost(_ name: String) throws -> Bool {
    try read { db in
      let names = hostNames.all(of: name)
      return try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM host JOIN run ON run.hostId = host.id
            WHERE host.name IN (\(Self.marks(names))))
          """, arguments: StatementArguments(names)) ?? false
    }
  }

  /// - Throws: ``RepositoryError``
  package func runs(_ filter: RunFilter) throws -> [RunSummary] {
    try read { db in try summaries(db, Condition(filter, hostNames)) }
  }

  /// - Throws: ``RepositoryError``
  package func ids(_ filter: RunFilter) throws -> [Int64] {
    try read { db in
      let condition = Condition(filter, hostNames)
      return try Int64.fetchAll(
        db, sql: "SELECT id FROM run" + condition.tail, arguments: condition.arguments)
    }
  }

  /// - Throws: ``RepositoryError``
  package func ids(in range: ClosedRange<Int64>, limit: Int) throws -> [Int64] {
    try read { db in
      try Int64.fetchAll(
        db, sql: "SELECT id FROM run WHERE id BETWEEN ? AND ? LIMIT ?",
        arguments: [range.lowerBound, range.upperBound, limit])
    }
  }

  /// Returns a run with its findings.
  ///
  /// - Throws: ``RepositoryError``
  package func run(_ id: Int64) throws -> StoredRun {
    try read { db in
      guard let summary = try summaries(db, Condition("run.id = ?", [id])).first else {
        let name = RunSummary.name(of: id)
        throw RepositoryError.noSuchRun(name: name, reason: .unknown(hosts: []))
      }
      let findings = try Self.findings(db, run: id)
      return StoredRun(summary: summary, findings: findings)
    }
  }

  /// - Throws: ``RepositoryError``
  package func evidence(of id: Int64) throws -> [UInt8]? {
    try read { db in
      let run = try BulkStatement(cached: db, "SELECT evidenceId, ownParts FROM run WHERE id = ?")
      run.bind(1, Int(id))
      var found: (evidence: Int, own: [UInt8])?
      try run.rows(db) { row in
        if !row.isNull(0) { found = (row.int(0), row.bytes(1)) }
      }
      guard let found else { return nil }
      guard let bytes = try EvidenceRows.bytes(db, evidence: found.evidence, own: found.own) else {
        throw RepositoryError.damaged(
          path: path, reason: "the log of run \(RunSummary.name(of: id)) is not whole")
      }
      return bytes
    }
  }

  /// Returns the findings of a run in the order of its log.
  static func findings(_ db: Database, run: Int64) throws -> [Finding] {
    let states = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT stateId, section, lines, line FROM run JOIN snapshotState USING (snapshotId)
          JOIN state ON state.id = stateId WHERE run.id = ? ORDER BY position
          """), arguments: [run])
    var findings: [(place: Int, finding: Finding)] = []
    for row in states {
      let numbers = Self.numbers(row[2])
      let line: Int = row[3]
      let lines = stride(from: 0, to: numbers.count, by: 2).map { line &+ numbers[$0] }
      let places = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
      let own = try StateRows(db, state: row[0]).findings(section: row[1], lines: lines)
      for (index, finding) in own.enumerated() {
        findings.append((index < places.count ? places[index] : findings.count, finding))
      }
    }
    // A section of ours may be spread over the log.
    findings.sort { $0.place < $1.place }
    return findings.map(\.finding)
  }

  /// The places of a section's findings among those of their run, of `snapshotState.lines`.
  static func places(_ lines: [UInt8]) -> [Int] {
    let numbers = numbers(Data(lines))
    return stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
  }

  /// Reads little-endian 32-bit numbers.
  private static func numbers(_ data: Data) -> [Int] {
    stride(from: 0, to: data.count - 3, by: 4).map { offset in
      let number = data.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      }
      return Int(UInt32(littleEndian: number))
    }
  }

  /// Whether another run of the host and system has the same start.
  ///
  /// - Parameter hosts: The ids of the run's host, by all names that it has or had, as SQL.
  /// - Returns: The condition.
  private static func hasTie(hosts: String) -> String {
    let systems = Dictionary(grouping: Tool.known, by: \.system).values.map { tools in
      let names = tools.map { "'\($0.tool.name)'" }.sorted().joined(separator: ", ")
      return " OR (t.name IN (\(names)) AND tool.name IN (\(names)))"
    }.sorted().joined()
    return """
      EXISTS (SELECT 1 FROM run AS other CROSS JOIN release AS r ON r.id = other.releaseId
          CROSS JOIN tool AS t ON t.id = r.toolId
        WHERE other.hostId IN (\(hosts)) AND other.startedAt = run.startedAt
          AND other.startedNanos = run.startedNanos AND other.id <> run.id
          AND (t.id = tool.id\(systems)))
      """
  }

  /// The same for the name that the run was imported under.
  private static let ownTie = hasTie(hosts: "run.hostId")

  /// Whether a run of a host with several names ties with one under another name.
  private func hasTie(_ db: Database, _ run: RunSummary) throws -> Bool {
    let names = hostNames.all(of: run.host)
    let hosts = "SELECT id FROM host WHERE name IN (\(Self.marks(names)))"
    return try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(Self.hasTie(hosts: hosts)) FROM run JOIN release ON release.id = releaseId
            JOIN tool ON tool.id = toolId WHERE run.id = ?
          """), arguments: StatementArguments(names) + [run.id]) ?? false
  }

  func summaries(_ db: Database, _ condition: Condition) throws -> [RunSummary] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT run.id, host.name, tool.name, edition.name, release.printed, earliest, latest,
            startedAt, timeSource, form, isComplete, printedChecks, printedScore, path, line, snapshotId, scope,
            startedNanos, sequence, \(Self.ownTie)
          FROM run JOIN host ON host.id = hostId JOIN release ON release.id = releaseId
          JOIN tool ON tool.id = release.toolId JOIN source ON source.id = sourceId
          LEFT JOIN edition ON edition.id = editionId\(condition.tail)
          """), arguments: condition.arguments)
    var counted: [Int: (counts: [Outcome: Int], unmapped: Int)] = [:]
    return try rows.map { row in
      let snapshot: Int = row[15]
      let counts = try counted[snapshot] ?? Self.counts(db, snapshot: snapshot)
      counted[snapshot] = counts
      let labels = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT key, value FROM label WHERE runId = ?"),
        arguments: [row[0] as Int64])
      var summary = RunSummary(
        id: row[0], host: hostNames.current(row[1]),
        release: Release(
          tool: Tool(name: row[2]), printed: row[4], edition: row[3], earliest: row[5],
          latest: row[6]),
        startedAt: row[7], timeSource: TimeSource(rawValue: row[8]) ?? .file,
        form: ParsedRun.Form(rawValue: row[9]) ?? .text, isComplete: row[10],
        printedChecks: row[11], printedScore: row[12], path: row[13], line: row[14],
        labels: Dictionary(labels.map { ($0[0], $0[1]) }) { first, _ in first },
        counts: counts.counts, unmapped: counts.unmapped)
      summary.scope = (row[16] as String?).flatMap { RunScope($0) } ?? .whole
      summary.order.nanoseconds = row[17]
      summary.order.sequence = row[18]
      summary.isOrderGuessed = row[19]
      if !summary.isOrderGuessed, hostNames.all(of: summary.host).count > 1 {
        summary.isOrderGuessed = try hasTie(db, summary)
      }
      return summary
    }
  }

  private static func counts(
    _ db: Database, snapshot: Int
  ) throws -> (counts: [Outcome: Int], unmapped: Int) {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT outcome, count(*), count(*) - count(control) FROM snapshotState
          JOIN finding USING (stateId) JOIN checkTitle ON checkTitle.id = checkTitleId
          WHERE snapshotId = ? GROUP BY outcome
          """), arguments: [snapshot])
    var counts: [Outcome: Int] = [:]
    var unmapped = 0
    for row in rows {
      if let outcome = Outcome(rawValue: row[0]) { counts[outcome] = row[1] }
      unmapped += row[2]
    }
    return (counts, unmapped)
  }
}
