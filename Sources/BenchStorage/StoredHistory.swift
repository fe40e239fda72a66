package import BenchHistory
import BenchModel
internal import GRDB

/// The runs of the database, host by host and in their order, as of one transaction.
final class StoredHistory: History {
  let hosts: [HistoryHost]
  let releases: [Int: Release]
  let titles: [Int32: HistoryTitle]

  private let baselineIDs: Set<Int64>
  /// Whether the filter leaves out no run of a host but by its time.
  private let isWhole: Bool
  /// Whether the filter leaves out no run of a host, and what is known of each is stored.
  private let isNow: Bool
  /// Whether no host is left out.
  private let isOfAll: Bool
  private let store: RunStore
  private let db: Database
  private let until: Int64
  private let runs: BulkStatement
  private let contents: SnapshotOutcomes
  /// Whether the transaction has ended that it reads in.
  fileprivate var isOver = false

  init(_ store: RunStore, _ db: Database, _ filter: RunFilter) throws {
    self.store = store
    self.db = db
    until = min(filter.until ?? .max, filter.upTo?.startedAt ?? .max)
    isOfAll = filter.host == nil
    let isFiltered =
      !filter.labels.isEmpty || filter.system != nil || filter.isBaseline || filter.until != nil
      || filter.upTo != nil
    isNow = try !isFiltered && store.hasStandings(db)
    isWhole = filter.labels.isEmpty && filter.system == nil && !filter.isBaseline
    // The host comes first, so that each can be bound in its turn.
    var others = filter
    (others.host, others.limit) = (nil, nil)
    let condition = RunStore.Condition(others, store.hostNames)
    runs = try BulkStatement(
      db,
      """
      SELECT id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence FROM run
      WHERE hostId = ? AND \(condition.sql) ORDER BY \(RunStore.orderColumns())
      """, arguments: [0] + condition.arguments)
    contents = try SnapshotOutcomes(db)
    releases = try Self.releases(db)
    hosts = try Self.hosts(db, filter.host, store.hostNames)
    baselineIDs = Set(
      try Int64.fetchAll(
        db, sql: "SELECT runId FROM label WHERE key = '\(RunFilter.baselineLabel)'"))
    titles = try Self.titles(db)
  }

  /// The checks of the database as printed, by their numbers.
  static func titles(_ db: Database) throws -> [Int32: HistoryTitle] {
    var titles: [Int32: HistoryTitle] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, checkId, title, control FROM checkTitle") {
      titles[row[0]] = HistoryTitle(checkID: row[1], title: row[2], control: row[3])
    }
    return titles
  }

  private static func hosts(_ db: Database, _ host: String?, _ names: HostNames) throws
    -> [HistoryHost]
  {
    var ids: [String: [Int]] = [:]
    let all = host.map(names.all) ?? []
    let condition = host == nil ? "" : " WHERE name IN (\(RunStore.marks(all)))"
    let sql = "SELECT id, name FROM host\(condition) ORDER BY id"
    for row in try Row.fetchAll(db, sql: sql, arguments: StatementArguments(all)) {
      ids[names.current(row[1]), default: []].append(row[0])
    }
    return ids.map { HistoryHost(name: $0.key, ids: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The releases of the database by their numbers.
  static func releases(_ db: Database) throws -> [Int: Release] {
    var releases: [Int: Release] = [:]
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT release.id, tool.name, release.printed, edition.name, earliest, latest FROM release
        JOIN tool ON tool.id = release.toolId LEFT JOIN edition ON edition.id = editionId
        """)
    for row in rows {
      releases[row[0]] = Release(
        tool: Tool(name: row[1]), printed: row[2], edition: row[3], earliest: row[4],
        latest: row[5])
    }
    return releases
  }

  /// The ends of the index of each host; a filter by label may have less.
  private static func span(
    _ db: Database, _ hosts: [HistoryHost], until: Int64
  ) throws -> ClosedRange<Int64> {
    let ends = try BulkStatement(
      db,
      """
      SELECT (SELECT min(startedAt) FROM run WHERE hostId = ?1 AND startedAt <= ?2),
        (SELECT max(startedAt) FROM run WHERE hostId = ?1 AND startedAt <= ?2)
      """)
    var (first, last) = (Int64.max, Int64.min)
    for id in hosts.flatMap(\.ids) {
      ends.bind(1, id)
      ends.bind(2, Int(until))
      try ends.rows(db) { row in
        guard !row.isNull(0) else { return }
        first = min(first, Int64(row.int(0)))
        last = max(last, Int64(row.int(1)))
      }
    }
    return first <= last ? first...last : 0...0
  }

  func span() throws -> ClosedRange<Int64> {
    if isNow, isOfAll {
      var ends: ClosedRange<Int64> = 0...0
      try BulkStatement(db, "SELECT min(startedAt), max(startedAt) FROM run").rows(db) { row in
        let (first, last) = (Int64(row.int(0)), Int64(row.int(1)))
        if first <= last { ends = first...last }
      }
      return ends
    }
    if isWhole { return try Self.span(db, hosts, until: until) }
    let ends = try hosts.flatMap { host in
      let runs = try self.runs(of: host)
      return [runs.first, runs.last].compactMap { $0?.startedAt }
    }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  func standings(of hosts: ArraySlice<HistoryHost>) throws -> [String: [KnownStanding]]? {
    guard isNow else { return nil }
    let single = hosts.filter { $0.ids.count == 1 }
    guard !single.isEmpty else { return [:] }
    let ids = single.map { $0.ids[0] }
    let names = Dictionary(zip(ids, single.map(\.name))) { first, _ in first }
    let rows = try BulkStatement(
      cached: db,
      """
      SELECT hostId, system, record, before, firstAt, id FROM standing
      WHERE hostId IN (\(RunStore.marks(ids))) ORDER BY hostId, id
      """)
    for (place, id) in ids.enumerated() { rows.bind(Int32(place + 1), id) }
    var known: [String: [KnownStanding]] = [:]
    var damaged: Set<String> = []
    try rows.rows(db) { row in
      guard let name = names[row.int(0)] else { return }
      let before = row.isNull(3) ? nil : StandingRecord(bytes: row.bytes(3))
      guard let record = StandingRecord(bytes: row.bytes(2)), row.isNull(3) || before != nil else {
        damaged.insert(name)
        return
      }
      let system = Tool.known.first { $0.system.name == row.text(1) }?.system
      known[name, default: []].append(
        KnownStanding(
          id: row.int(5), system: system ?? .other(row.text(1) ?? ""), record: record,
          before: before,
          firstAt: Int64(row.int(4))))
    }
    // Their runs are read instead.
    for name in damaged { known[name] = nil }
    return known
  }

  func changes(of standings: [Int], _ body: (StandingChange) -> Void) throws {
    guard !standings.isEmpty else { return }
    let marks = RunStore.marks(standings)
    let failures = try BulkStatement(
      cached: db,
      """
      SELECT checkTitleId, beganAt, beganBy, endedAt, endedBy, openSince FROM failure
      WHERE standingId IN (\(marks))
      """)
    let counts = try BulkStatement(
      cached: db,
      "SELECT startedAt, passing, criterionChanged FROM runChange WHERE standingId IN (\(marks))")
    for (place, id) in standings.enumerated() {
      failures.bind(Int32(place + 1), id)
      counts.bind(Int32(place + 1), id)
    }
    try failures.rows(db) { row in
      let title = Int32(truncatingIfNeeded: row.int(0))
      if let movement = Movement(place: row.int(2)) {
        body(StandingChange(at: Int64(row.int(1)), .began(title, movement)))
      }
      if !row.isNull(3), let movement = Movement(place: row.int(4)) {
        body(
          StandingChange(
            at: Int64(row.int(3)), .ended(title, movement, openSince: Int64(row.int(5)))))
      }
    }
    try counts.rows(db) { row in
      body(
        StandingChange(
          at: Int64(row.int(0)), .counts(passing: row.int(1), criterionChanged: row.int(2))))
    }
  }

  func baselines() throws -> [String: [HistoryRun]] {
    let names = Dictionary(
      hosts.flatMap { host in host.ids.map { ($0, host.name) } }
    ) { first, _ in first }
    var found: [String: [HistoryRun]] = [:]
    let runs = try BulkStatement(
      db,
      """
      SELECT run.id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence, hostId
      FROM label JOIN run ON run.id = runId WHERE key = ?
      """)
    runs.bind(1, RunFilter.baselineLabel)
    try runs.rows(db) { row in
      if let name = names[row.int(8)] { found[name, default: []].append(HistoryRun(row)) }
    }
    return found
  }

  func isBaseline(_ run: HistoryRun) -> Bool { baselineIDs.contains(run.id) }

  func summary(of run: HistoryRun) throws -> RunSummary? {
    try store.summaries(db, RunStore.Condition("run.id = ?", [run.id])).first
  }

  func findings(of run: HistoryRun) throws -> [Finding] {
    guard !isOver else {
      throw RepositoryError.damaged(path: store.path, reason: "it was read after its end")
    }
    return try RunStore.findings(db, run: run.id)
  }

  func runs(of host: HistoryHost) throws -> [HistoryRun] {
    var found: [HistoryRun] = []
    for id in host.ids {
      runs.bind(1, id)
      try runs.rows(db) { row in
        found.append(HistoryRun(row))
      }
    }
    if host.ids.count > 1 { found.sort { $0.order < $1.order } }
    return found
  }

  func outcomes(snapshot id: Int) throws -> [HistoryFinding] { try contents[id] }
}

extension RunStore {
  /// - Throws: ``RepositoryError``, or what the closure throws.
  package func history<T>(_ filter: RunFilter, _ body: (any History) throws -> T) throws -> T {
    try read { db in
      let history = try StoredHistory(self, db, filter)
      // What is asked for later than this would be read outside of the transaction.
      defer { history.isOver = true }
      return try body(history)
    }
  }
}
