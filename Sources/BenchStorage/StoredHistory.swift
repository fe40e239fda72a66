package import BenchHistory
import BenchModel

/// The runs of the database, host by host and in their order, as of one transaction.
final class StoredHistory: History {
  let hosts: [HistoryHost]
  let releases: [Int: Release]
  let titles: [Int32: HistoryTitle]

  private let baselineIDs: Set<Int64>
  /// The condition by which a run is a baseline.
  private let baseline: (sql: String, values: [any Bindable])
  /// Whether the filter leaves out no run of a host but by its time.
  private let isWhole: Bool
  /// Whether the filter leaves out no run of a host, and what is known of each is stored.
  private let isNow: Bool
  /// Whether no host is left out.
  private let isOfAll: Bool
  private let store: RunStore
  private let db: any Connection
  private let until: Int64
  /// The time as of which runs are baselines; nil for now.
  private let time: Int64?
  private let runs: any PreparedStatement
  private let lastRuns: any PreparedStatement
  private let recentFailures: any PreparedStatement
  private static let failureColumns =
    "checkTitleId, beganAt, beganBy, endedAt, endedBy, openSince, beganRunId, endedRunId"
  private let outcomes: SnapshotOutcomes
  private let contents: SnapshotFindings
  /// What was read last, by the ids of the runs.
  private var summaries: [Int64: RunSummary] = [:]
  private var lines: [Int64: Int] = [:]
  /// Whether the transaction has ended that it reads in.
  fileprivate var isOver = false

  init(_ store: RunStore, _ db: any Connection, _ filter: RunFilter) throws {
    self.store = store
    self.db = db
    until = min(filter.until ?? .max, filter.upTo?.startedAt ?? .max)
    time = filter.asOf
    isOfAll = filter.hosts.isEmpty
    let isFiltered =
      !filter.labels.isEmpty || filter.system != nil || filter.isBaseline || filter.until != nil
      || filter.upTo != nil || filter.since != nil || filter.asOf != nil
    isNow = try !isFiltered && store.hasStandings(db)
    isWhole =
      filter.labels.isEmpty && filter.system == nil && !filter.isBaseline && filter.since == nil
    // The host comes first, so that each can be bound in its turn.
    var others = filter
    (others.hosts, others.limit) = ([], nil)
    let condition = RunStore.Condition(others, store.hostNames)
    runs = try db.prepare(
      """
      SELECT id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence FROM run
      WHERE hostId = ? AND \(condition.sql) ORDER BY \(RunStore.orderColumns())
      """)
    runs.bind([0] + condition.values)
    lastRuns = try db.prepare(
      "SELECT id, startedAt FROM run WHERE hostId = ? ORDER BY \(RunStore.orderColumns(" DESC")) LIMIT ?"
    )
    recentFailures = try db.prepare(
      """
      SELECT \(Self.failureColumns) FROM failure
      WHERE standingId = ? AND (beganAt >= ? OR endedAt >= ?)
      """)
    outcomes = try SnapshotOutcomes(db)
    releases = try Self.releases(db)
    hosts = try Self.hosts(db, filter.hosts, store.hostNames)
    baselineIDs = try RunStore.baselines(db, at: filter.asOf)
    baseline = RunStore.baselineCondition(at: filter.asOf)
    titles = try Self.titles(db)
    contents = SnapshotFindings(db, titles: titles)
  }

  func span() throws -> ClosedRange<Int64> {
    var ends: [Int64] = []
    if hosts.isEmpty { return 0...0 }
    if isWhole {
      // From the ends of an index; a filter by label may have less.
      let (among, values): (String, [any Bindable]) =
        isOfAll
        ? ("", [])
        : (" AND hostId IN (\(RunStore.marks(hosts.flatMap(\.ids))))", hosts.flatMap(\.ids))
      for end in ["min", "max"] {
        try db.rows(
          "SELECT \(end)(startedAt) FROM run WHERE startedAt <= ?\(among)", [until] + values
        ) { if !$0.isNull(0) { ends.append(Int64($0.int(0))) } }
      }
    } else {
      for host in hosts {
        let runs = try self.runs(of: host)
        ends += [runs.first, runs.last].compactMap { $0?.startedAt }
      }
    }
    return (ends.min() ?? 0)...(ends.max() ?? 0)
  }

  func standings(of hosts: ArraySlice<HistoryHost>) throws -> [String: [KnownStanding]]? {
    guard isNow else { return nil }
    let single = hosts.filter { $0.ids.count == 1 }
    guard !single.isEmpty else { return [:] }
    let ids = single.map { $0.ids[0] }
    let names = Dictionary(zip(ids, single.map(\.name))) { first, _ in first }
    var rows: [StandingRow] = []
    try db.rows(
      {
        """
        SELECT hostId, system, record, before, firstAt, id FROM standing
        WHERE hostId IN (\($0)) ORDER BY hostId, id
        """
      }, in: ids
    ) { row in
      guard let name = names[row.int(0)] else { return }
      let system = Tool.known.first { $0.system.name == row.text(1) }?.system
      rows.append(
        StandingRow(
          host: name, id: row.int(5), system: system ?? .other(row.text(1) ?? ""),
          record: row.bytes(2), before: row.isNull(3) ? nil : row.bytes(3),
          firstAt: Int64(row.int(4))))
    }
    var known: [String: [KnownStanding]] = [:]
    var damaged: Set<String> = []
    for (row, standing) in zip(rows, rows.mapInParallel(\.standing)) {
      if let standing {
        known[row.host, default: []].append(standing)
      } else {
        damaged.insert(row.host)
      }
    }
    // Their runs are read instead.
    for name in damaged { known[name] = nil }
    return known
  }

  func changes(of standings: [Int], _ body: (StandingChange) -> Void) throws {
    try db.rows(
      {
        """
        SELECT \(Self.failureColumns) FROM failure WHERE standingId IN (\($0))
        """
      }, in: standings
    ) { Self.failure($0, body) }
    try db.rows(
      {
        """
        SELECT startedAt, passing, criterionChanged, runId FROM runChange WHERE standingId IN (\($0))
        """
      }, in: standings
    ) { row in
      body(
        StandingChange(
          run: Int64(row.int(3)), at: Int64(row.int(0)),
          .counts(passing: row.int(1), criterionChanged: row.int(2))))
    }
  }

  func baselines() throws -> [String: [HistoryRun]] {
    let names = Dictionary(
      hosts.flatMap { host in host.ids.map { ($0, host.name) } }
    ) { first, _ in first }
    var found: [String: [HistoryRun]] = [:]
    try db.rows(
      """
      SELECT run.id, startedAt, releaseId, snapshotId, isComplete, scope, startedNanos, sequence, hostId
      FROM run WHERE \(baseline.sql)
      """, baseline.values
    ) { row in
      if let name = names[row.int(8)] { found[name, default: []].append(HistoryRun(row)) }
    }
    return found
  }

  func isBaseline(_ run: HistoryRun) -> Bool { baselineIDs.contains(run.id) }

  func read(
    summaries: [HistoryRun], findings: [HistoryRun], parts: [HistoryRun], of titles: Set<Int32>
  ) throws {
    try checkOpen()
    try contents.read(
      Set(findings.map(\.snapshot)), parts: Set(parts.map(\.snapshot)), of: titles)
    self.summaries = [:]
    for summary in try RunSummaries(db, store.hostNames, at: time).all(
      Array(Set(summaries.map(\.id))))
    {
      self.summaries[summary.id] = summary
    }
    lines = self.summaries.mapValues(\.line)
    let others = Set((findings + parts).map { Int($0.id) }).filter { lines[Int64($0)] == nil }
    try db.rows({ "SELECT id, line FROM run WHERE id IN (\($0))" }, in: others.sorted()) {
      lines[Int64($0.int(0))] = $0.int(1)
    }
  }

  func summary(of run: HistoryRun) throws -> RunSummary? {
    try checkOpen()
    if let known = summaries[run.id] { return known }
    return try store.summaries(db, .run(run.id)).first
  }

  func findings(of run: HistoryRun, _ isMeant: ((Int32) -> Bool)?) throws -> [Finding] {
    try contents.findings(of: run.snapshot, line: line(of: run), isMeant)
  }

  func numbered(_ run: HistoryRun) throws -> [NumberedFinding]? {
    try contents.numbered(run.snapshot, line: line(of: run))
  }

  /// The first line of a run.
  private func line(of run: HistoryRun) throws -> Int {
    try checkOpen()
    let line =
      try lines[run.id] ?? db.number("SELECT line FROM run WHERE id = ?", [run.id]) ?? 0
    lines[run.id] = line
    return line
  }

  private func checkOpen() throws {
    if isOver {
      throw RepositoryError.damaged(path: store.path, reason: "it was read after its end")
    }
  }

  func runs(of host: HistoryHost) throws -> [HistoryRun] {
    var found: [HistoryRun] = []
    for id in host.ids {
      runs.bind(1, id)
      try runs.rows { row in
        found.append(HistoryRun(row))
      }
    }
    if host.ids.count > 1 { found.sort { $0.order < $1.order } }
    return found
  }

  func lastRuns(of host: HistoryHost, _ count: Int) throws -> [(id: Int64, startedAt: Int64)] {
    guard isNow, let id = host.ids.first, host.ids.count == 1 else {
      return try runs(of: host).suffix(count).map { ($0.id, $0.startedAt) }
    }
    var newestFirst: [(id: Int64, startedAt: Int64)] = []
    lastRuns.bind([id, count])
    try lastRuns.rows { newestFirst.append((Int64($0.int(0)), Int64($0.int(1)))) }
    return newestFirst.reversed()
  }

  func releases(of hosts: [HistoryHost]) throws -> [String: [Int]] {
    let others = hosts.filter { isNow && $0.ids.count == 1 }
    // What is filtered, or has several names, is known by its runs alone.
    var known = try releasesOfRuns(of: hosts.filter { !isNow || $0.ids.count != 1 })
    let names = Dictionary(others.map { ($0.ids[0], $0.name) }) { first, _ in first }
    try db.rows(
      {
        """
        SELECT hostId, releaseId FROM run WHERE hostId IN (\($0))
        ORDER BY hostId, \(RunStore.orderColumns(" DESC"))
        """
      }, in: others.map { $0.ids[0] }
    ) { row in
      let (host, release) = (names[row.int(0)] ?? "", row.int(1))
      if known[host]?.contains(release) != true { known[host, default: []].append(release) }
    }
    return known
  }

  func failures(of standings: [Int], since: Int64, _ body: (StandingChange) -> Void) throws {
    for standing in standings {
      recentFailures.bind([standing, since, since])
      try recentFailures.rows { Self.failure($0, body) }
    }
  }

  /// Tells how a failure began, and how it ended if it did.
  private static func failure(_ row: any ResultRow, _ body: (StandingChange) -> Void) {
    let title = Int32(truncatingIfNeeded: row.int(0))
    if let movement = Movement(place: row.int(2)) {
      body(
        StandingChange(run: Int64(row.int(6)), at: Int64(row.int(1)), .began(title, movement)))
    }
    if !row.isNull(3), let movement = Movement(place: row.int(4)) {
      body(
        StandingChange(
          run: Int64(row.int(7)), at: Int64(row.int(3)),
          .ended(title, movement, openSince: Int64(row.int(5)))))
    }
  }

  func outcomes(snapshot id: Int) throws -> [HistoryFinding] { try outcomes[id] }
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
