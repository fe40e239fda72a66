package import BenchHistory
package import BenchModel

extension RunStore {
  /// A condition of SQL over `run`, `host`, `release` and `tool`, with its values.
  struct Condition {
    var sql: String
    var values: [any Bindable]
    var limit: Int?

    init(_ sql: String, _ values: [any Bindable]) {
      self.sql = sql
      self.values = values
    }

    /// The run of an id.
    static func run(_ id: Int64) -> Condition { Condition("run.id = ?", [id]) }

    /// The condition of a filter, all of whose values are bound.
    init(_ filter: RunFilter, _ names: HostNames) {
      var conditions = ["1 = 1"]
      values = []
      if !filter.hosts.isEmpty {
        let all = filter.hosts.flatMap(names.all)
        conditions.append(
          "run.hostId IN (SELECT id FROM host WHERE name IN (\(RunStore.marks(all))))")
        values += all
      }
      for label in filter.labels {
        conditions.append(
          "EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = ? AND value = ?)")
        values += [label.key, label.value]
      }
      if let system = filter.system {
        let tools = system.tools.map(\.name)
        conditions.append(
          """
          run.releaseId IN (SELECT release.id FROM release JOIN tool ON tool.id = toolId
            WHERE tool.name IN (\(RunStore.marks(tools))))
          """)
        values += tools
      }
      if filter.isBaseline {
        let baseline = RunStore.baselineCondition(at: filter.asOf)
        conditions.append(baseline.sql)
        values += baseline.values
      }
      if let since = filter.since {
        conditions.append("run.startedAt >= ?")
        values += [since]
      }
      if let until = filter.until {
        conditions.append("run.startedAt <= ?")
        values += [until]
      }
      if let order = filter.upTo {
        conditions.append("(\(RunStore.orderColumns())) <= (?, ?, ?)")
        values += [order.startedAt, order.nanoseconds, order.sequence]
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
      var names: Set<String> = []
      try db.rows(
        "SELECT name FROM host WHERE EXISTS (SELECT 1 FROM run WHERE hostId = host.id)"
      ) { names.insert(hostNames.current($0.text(0) ?? "")) }
      return names.sorted()
    }
  }

  /// - Throws: ``RepositoryError``
  package func hasHost(_ name: String) throws -> Bool {
    try read { db in
      let names = hostNames.all(of: name)
      return try db.number(
        """
        SELECT run.id FROM host JOIN run ON run.hostId = host.id
        WHERE host.name IN (\(Self.marks(names))) LIMIT 1
        """, names) != nil
    }
  }

  /// - Throws: ``RepositoryError``
  package func runs(_ filter: RunFilter) throws -> [RunSummary] {
    try read { db in
      try RunSummaries(db, hostNames, at: filter.asOf).all(Condition(filter, hostNames))
    }
  }

  /// - Throws: ``RepositoryError``
  package func ids(_ filter: RunFilter) throws -> [Int64] {
    try read { db in
      let condition = Condition(filter, hostNames)
      return try db.numbers("SELECT id FROM run" + condition.tail, condition.values)
        .map(Int64.init)
    }
  }

  /// - Throws: ``RepositoryError``
  package func ids(in range: ClosedRange<Int64>, limit: Int) throws -> [Int64] {
    try read { db in
      try db.numbers(
        "SELECT id FROM run WHERE id BETWEEN ? AND ? LIMIT ?",
        [range.lowerBound, range.upperBound, limit]
      ).map(Int64.init)
    }
  }

  /// - Throws: ``RepositoryError``
  package func newestStart() throws -> Int64? {
    // By the index over the order of all runs.
    let order = Self.orderColumns(" DESC")
    return try read { db in
      try db.number("SELECT startedAt FROM run ORDER BY \(order) LIMIT 1").map(Int64.init)
    }
  }

  /// Returns a run with its findings.
  ///
  /// - Throws: ``RepositoryError``
  package func run(_ id: Int64) throws -> StoredRun {
    try read { db in
      guard let summary = try summaries(db, .run(id)).first else {
        let name = RunSummary.name(of: id)
        throw RepositoryError.noSuchRun(name: name, reason: .unknown(hosts: []))
      }
      let contents = SnapshotFindings(db, titles: try StoredHistory.titles(db))
      let snapshot = try db.number("SELECT snapshotId FROM run WHERE id = ?", [id]) ?? 0
      let findings = try contents.findings(of: snapshot, line: summary.line)
      return StoredRun(summary: summary, findings: findings)
    }
  }

  /// - Throws: ``RepositoryError``
  package func evidence(of id: Int64) throws -> [UInt8]? {
    try read { db in
      var found: (evidence: Int, own: [UInt8])?
      try db.rows("SELECT evidenceId, ownParts FROM run WHERE id = ?", [id]) { row in
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

  func summaries(_ db: any Connection, _ condition: Condition) throws -> [RunSummary] {
    try RunSummaries(db, hostNames).all(condition)
  }
}
