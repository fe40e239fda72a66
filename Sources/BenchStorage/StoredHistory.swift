package import BenchHistory
import BenchModel
internal import GRDB

/// The runs of the database, host by host and in their order, as of one transaction.
final class StoredHistory: History {
  let hosts: [HistoryHost]
  let releases: [Int: Release]
  let titles: [Int32: HistoryTitle]

  private let baselines: Set<Int64>
  /// Whether the filter leaves out no run of a host but by its time.
  private let isWhole: Bool
  private let store: RunStore
  private let db: Database
  private let until: Int64
  private let runs: BulkStatement
  private let snapshot: BulkStatement
  private let state: BulkStatement
  private var states: [Int: [HistoryFinding]] = [:]
  /// States kept in memory, of some 250 bytes each; past it they are read again.
  private static let mostStates = 200_000

  init(_ store: RunStore, _ db: Database, _ filter: RunFilter) throws {
    self.store = store
    self.db = db
    until = min(filter.until ?? .max, filter.upTo?.startedAt ?? .max)
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
    snapshot = try BulkStatement(
      db, "SELECT stateId FROM snapshotState WHERE snapshotId = ? ORDER BY position")
    state = try BulkStatement(
      db, "SELECT checkTitleId, outcome FROM finding WHERE stateId = ? ORDER BY position")
    releases = try Self.releases(db)
    hosts = try Self.hosts(db, filter.host, store.hostNames)
    baselines = Set(
      try Int64.fetchAll(
        db, sql: "SELECT runId FROM label WHERE key = '\(RunFilter.baselineLabel)'"))
    var titles: [Int32: HistoryTitle] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, checkId, title, control FROM checkTitle") {
      titles[row[0]] = HistoryTitle(checkID: row[1], title: row[2], control: row[3])
    }
    self.titles = titles
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

  private static func releases(_ db: Database) throws -> [Int: Release] {
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
    if isWhole { return try Self.span(db, hosts, until: until) }
    let ends = try hosts.flatMap { host in
      let runs = try self.runs(of: host)
      return [runs.first, runs.last].compactMap { $0?.startedAt }
    }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  func isBaseline(_ run: HistoryRun) -> Bool { baselines.contains(run.id) }

  func summary(of run: HistoryRun) throws -> RunSummary? {
    try store.summaries(db, RunStore.Condition("run.id = ?", [run.id])).first
  }

  func findings(of run: HistoryRun) throws -> [Finding] {
    let sql = "SELECT line FROM run WHERE id = ?"
    let line = try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [run.id])
    return try RunStore.findings(db, run: run.id, line: line ?? 1)
  }

  func runs(of host: HistoryHost) throws -> [HistoryRun] {
    var found: [HistoryRun] = []
    for id in host.ids {
      runs.bind(1, id)
      try runs.rows(db) { row in
        found.append(
          HistoryRun(
            id: Int64(row.int(0)),
            order: RunOrder(
              startedAt: Int64(row.int(1)), nanoseconds: row.int(6), sequence: Int64(row.int(7))),
            release: row.int(2), snapshot: row.int(3), isComplete: row.int(4) != 0,
            scope: row.text(5).flatMap { RunScope($0) } ?? .whole))
      }
    }
    if host.ids.count > 1 { found.sort { $0.order < $1.order } }
    return found
  }

  func outcomes(snapshot id: Int) throws -> [HistoryFinding] {
    var ids: [Int] = []
    snapshot.bind(1, id)
    try snapshot.rows(db) { ids.append($0.int(0)) }
    var findings: [HistoryFinding] = []
    findings.reserveCapacity(160)
    for id in ids {
      if let known = states[id] {
        findings += known
        continue
      }
      var own: [HistoryFinding] = []
      own.reserveCapacity(16)
      state.bind(1, id)
      try state.rows(db) { row in
        own.append(
          HistoryFinding(
            title: Int32(truncatingIfNeeded: row.int(0)),
            outcome: Outcome(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .info))
      }
      if states.count >= Self.mostStates { states = [:] }
      states[id] = own
      findings += own
    }
    return findings
  }
}

extension RunStore {
  /// - Throws: ``RepositoryError``, or what the closure throws.
  package func history<T>(_ filter: RunFilter, _ body: (any History) throws -> T) throws -> T {
    try read { db in try body(StoredHistory(self, db, filter)) }
  }
}
