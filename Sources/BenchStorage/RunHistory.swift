package import BenchModel
internal import GRDB

/// The runs of the database in the order of time, host by host, with no more of each than a trend needs.
package final class RunHistory {
  /// A host by the name that it has now, with those that it had.
  package struct Host: Sendable {
    package var name: String
    var ids: [Int]
  }

  /// By their names.
  package let hosts: [Host]
  /// By their numbers.
  package let releases: [Int: Release]
  /// By their numbers.
  package let titles: [Int32: HistoryTitle]
  /// The first and the last start of a run.
  package let span: ClosedRange<Int64>

  private let baselines: Set<Int64>
  private let store: RunStore
  private let db: Database
  private let until: Int64
  private let runs: BulkStatement
  private let snapshot: BulkStatement
  private let state: BulkStatement
  private var states: [Int: [HistoryFinding]] = [:]
  /// States kept in memory, of some 250 bytes each; past it they are read again.
  private static let mostStates = 200_000

  init(_ store: RunStore, _ db: Database, _ filter: HistoryFilter) throws {
    self.store = store
    self.db = db
    until = filter.until ?? Int64.max
    let condition =
      filter.labels.isEmpty
      ? ""
      : filter.labels.map { _ in
        " AND EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = ? AND value = ?)"
      }.joined()
    runs = try BulkStatement(
      db,
      """
      SELECT id, startedAt, releaseId, snapshotId, isComplete, scope FROM run
      WHERE hostId = ? AND startedAt <= ?\(condition) ORDER BY startedAt, id
      """)
    for (index, label) in filter.labels.enumerated() {
      runs.bind(Int32(3 + index * 2), label.key)
      runs.bind(Int32(4 + index * 2), label.value)
    }
    snapshot = try BulkStatement(
      db, "SELECT stateId FROM snapshotState WHERE snapshotId = ? ORDER BY position")
    state = try BulkStatement(
      db, "SELECT checkTitleId, outcome FROM finding WHERE stateId = ? ORDER BY position")
    hosts = try Self.hosts(db, filter.host, store.hostNames)
    releases = try Self.releases(db)
    baselines = Set(
      try Int64.fetchAll(
        db, sql: "SELECT runId FROM label WHERE key = '\(RunStore.baselineKey)'"))
    var titles: [Int32: HistoryTitle] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, checkId, title, control FROM checkTitle") {
      titles[row[0]] = HistoryTitle(checkID: row[1], title: row[2], control: row[3])
    }
    self.titles = titles
    span = try Self.span(db, hosts, until: until)
  }

  private static func hosts(_ db: Database, _ host: String?, _ names: HostNames) throws -> [Host] {
    var ids: [String: [Int]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, name FROM host ORDER BY id") {
      ids[names.current(row[1]), default: []].append(row[0])
    }
    return ids.filter { host == nil || $0.key == host.map(names.current) }
      .map { Host(name: $0.key, ids: $0.value) }.sorted { $0.name < $1.name }
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
    _ db: Database, _ hosts: [Host], until: Int64
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

  /// Returns a run without its findings.
  ///
  /// - Throws: GRDB's errors.
  package func summary(of run: HistoryRun) throws -> RunSummary? {
    try store.summaries(db, where: "run.id = ?", [run.id], "").first
  }

  /// Returns the findings of a run, in the order of its log.
  ///
  /// - Throws: GRDB's errors.
  package func findings(of run: HistoryRun) throws -> [Finding] {
    let sql = "SELECT line FROM run WHERE id = ?"
    let line = try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [run.id])
    return try RunStore.findings(db, run: run.id, line: line ?? 1)
  }

  /// Returns the runs of a host, the oldest first.
  ///
  /// - Throws: GRDB's errors.
  package func runs(of host: Host) throws -> [HistoryRun] {
    var found: [HistoryRun] = []
    for id in host.ids {
      runs.bind(1, id)
      runs.bind(2, Int(until))
      try runs.rows(db) { row in
        found.append(
          HistoryRun(
            id: Int64(row.int(0)), startedAt: Int64(row.int(1)), release: row.int(2),
            snapshot: row.int(3), isComplete: row.int(4) != 0,
            scope: row.text(5).flatMap { RunScope($0) } ?? .whole))
      }
    }
    if host.ids.count > 1 { found.sort { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) } }
    return found
  }

  /// The newest run of a system, and what it may be measured against.
  package struct Latest: Sendable {
    package var head: HistoryRun
    /// The run before it: of the same tool, or, if there is none, of one that checks the same.
    package var base: HistoryRun?
    /// The host's baseline, which may be the newest run itself.
    package var baseline: HistoryRun?
  }

  /// Whether a run is its host's baseline.
  package func isBaseline(_ run: HistoryRun) -> Bool { baselines.contains(run.id) }

  /// Returns the newest run of each system that was checked.
  ///
  /// - Throws: GRDB's errors.
  package func latest(of host: Host) throws -> [Latest] {
    let runs = try runs(of: host)
    var found: [Latest] = []
    var seen: Set<Tool.System> = []
    for (index, head) in runs.enumerated().reversed() {
      guard let tool = releases[head.release]?.tool, seen.insert(tool.system).inserted else {
        continue
      }
      let before = runs[..<index]
      let base =
        before.last { releases[$0.release]?.tool == tool }
        ?? before.last { releases[$0.release]?.tool.system == tool.system }
      let baseline = runs.last {
        baselines.contains($0.id) && releases[$0.release]?.tool.system == tool.system
      }
      found.append(Latest(head: head, base: base, baseline: baseline))
    }
    return found
  }

  /// Returns what the runs with a content found, in the order of its sections.
  ///
  /// - Throws: GRDB's errors.
  package func findings(snapshot id: Int) throws -> [HistoryFinding] {
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

/// Which runs a history has.
package struct HistoryFilter: Sendable {
  /// Only the runs of this host.
  package var host: String?
  /// Only runs with all of these labels.
  package var labels: [(key: String, value: String)]
  /// Only runs that began until then, in seconds since 1970.
  package var until: Int64?

  /// Creates a filter.
  package init(
    host: String? = nil, labels: [(key: String, value: String)] = [], until: Int64? = nil
  ) {
    self.host = host
    self.labels = labels
    self.until = until
  }
}

extension RunStore {
  /// Reads the history of the runs that a filter lets through, as of one moment.
  ///
  /// - Throws: ``StoreError``
  package func history<T>(
    _ filter: HistoryFilter, _ body: (RunHistory) throws -> T
  ) throws(StoreError) -> T {
    try read { db in try body(RunHistory(self, db, filter)) }
  }
}
