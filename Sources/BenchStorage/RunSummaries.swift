import BenchHistory
import BenchModel

/// Runs without their findings, those of many read in a few statements.
struct RunSummaries {
  let db: any Connection
  /// The names that hosts have now.
  let hostNames: HostNames
  /// The time as of which runs are baselines; nil for now.
  let time: Int64?

  init(_ db: any Connection, _ hostNames: HostNames, at time: Int64? = nil) {
    self.db = db
    self.hostNames = hostNames
    self.time = time
  }

  /// The runs of a condition, in its order.
  func all(_ condition: RunStore.Condition) throws -> [RunSummary] {
    var found: [RunSummary] = []
    try db.rows(Self.sql + condition.tail, condition.values) { found.append(summary($0)) }
    return try completed(found)
  }

  /// The runs with some ids, in no order.
  func all(_ ids: [Int64]) throws -> [RunSummary] {
    var found: [RunSummary] = []
    try db.rows({ Self.sql + " WHERE run.id IN (\($0))" }, in: ids.map(Int.init)) {
      found.append(summary($0))
    }
    return try completed(found)
  }

  private func summary(_ row: any ResultRow) -> RunSummary {
    var counts: [Outcome: Int] = [:]
    for (place, outcome) in Self.outcomes.enumerated() {
      let count = row.int(Int32(19 + place))
      if count > 0 { counts[outcome] = count }
    }
    var summary = RunSummary(
      id: Int64(row.int(0)), host: hostNames.current(row.text(1) ?? ""),
      release: Release(
        tool: Tool(name: row.text(2) ?? ""), printed: row.text(4), edition: row.text(3),
        earliest: row.text(5) ?? "", latest: row.text(6) ?? ""),
      startedAt: Int64(row.int(7)),
      timeSource: TimeSource(rawValue: UInt8(truncatingIfNeeded: row.int(8))) ?? .file,
      form: ParsedRun.Form(rawValue: UInt8(truncatingIfNeeded: row.int(9))) ?? .text,
      isComplete: row.int(10) != 0, printedChecks: row.isNull(11) ? nil : row.int(11),
      printedScore: row.isNull(12) ? nil : row.int(12), path: row.text(13) ?? "",
      line: row.int(14), labels: [:], counts: counts, unmapped: row.int(24))
    summary.scope = row.text(15).flatMap { RunScope($0) } ?? .whole
    summary.order.nanoseconds = row.int(16)
    summary.order.sequence = Int64(row.int(17))
    summary.isOrderGuessed = row.int(18) != 0
    return summary
  }

  /// In the order of the columns.
  private static let outcomes: [Outcome] = [.pass, .fail, .manual, .info, .notApplicable]

  /// Adds labels.
  private func completed(_ summaries: [RunSummary]) throws -> [RunSummary] {
    var labels: [Int64: [String: String]] = [:]
    try db.rows(
      { "SELECT runId, key, value FROM label WHERE runId IN (\($0))" },
      in: summaries.map { Int($0.id) }
    ) { labels[Int64($0.int(0)), default: [:]][$0.text(1) ?? ""] = $0.text(2) ?? "" }
    let baselines = try time.map { try RunStore.baselines(db, at: $0) }
    return try summaries.map { found in
      var summary = found
      summary.labels = labels[summary.id] ?? [:]
      if let baselines {
        summary.labels[RunFilter.baselineLabel] = baselines.contains(found.id) ? "yes" : nil
      }
      if !summary.isOrderGuessed, hostNames.all(of: summary.host).count > 1 {
        summary.isOrderGuessed = try hasTie(summary)
      }
      return summary
    }
  }

  // MARK: Ties

  private static let sql = """
    SELECT run.id, host.name, tool.name, edition.name, release.printed, earliest, latest,
      startedAt, timeSource, form, isComplete, printedChecks, printedScore, path, line, scope,
      startedNanos, sequence, CASE WHEN \(hasTie(hosts: "run.hostId")) THEN 1 ELSE 0 END,
      snapshot.pass, snapshot.fail, snapshot.manual, snapshot.info, snapshot.notApplicable, snapshot.unmapped
    FROM run JOIN snapshot ON snapshot.id = snapshotId JOIN host ON host.id = hostId JOIN release ON release.id = releaseId
    JOIN tool ON tool.id = release.toolId JOIN source ON source.id = sourceId
    LEFT JOIN edition ON edition.id = editionId
    """

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
      EXISTS (SELECT 1 FROM run AS other CROSS JOIN release AS r CROSS JOIN tool AS t
        WHERE r.id = other.releaseId AND t.id = r.toolId
          AND other.hostId IN (\(hosts)) AND other.startedAt = run.startedAt
          AND other.startedNanos = run.startedNanos AND other.id <> run.id
          AND (t.id = tool.id\(systems)))
      """
  }

  /// Whether a run of a host with several names ties with one under another name.
  private func hasTie(_ run: RunSummary) throws -> Bool {
    let names = hostNames.all(of: run.host)
    let hosts = "SELECT id FROM host WHERE name IN (\(RunStore.marks(names)))"
    return try db.number(
      """
      SELECT run.id FROM run JOIN release ON release.id = releaseId
        JOIN tool ON tool.id = toolId WHERE run.id = ? AND \(Self.hasTie(hosts: hosts))
      """, [run.id] + names) != nil
  }
}
