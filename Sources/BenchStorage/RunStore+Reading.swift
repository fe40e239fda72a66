package import BenchModel
internal import Foundation
internal import GRDB

/// Which runs a list has.
package struct RunFilter: Sendable {
  package var host: String?
  package var labels: [(key: String, value: String)]
  package var limit: Int?

  /// Creates a filter.
  package init(
    host: String? = nil, labels: [(key: String, value: String)] = [], limit: Int? = nil
  ) {
    self.host = host
    self.labels = labels
    self.limit = limit
  }
}

extension RunStore {
  /// Returns the runs that a filter lets through, newest first.
  ///
  /// - Throws: ``StoreError``
  package func runs(_ filter: RunFilter) throws(StoreError) -> [RunSummary] {
    try read { db in
      var conditions = ["1"]
      var arguments: [String] = []
      if let host = filter.host {
        let names = hostNames.all(of: host)
        conditions.append("host.name IN (\(RunName.marks(names)))")
        arguments += names
      }
      for label in filter.labels {
        conditions.append(
          "EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = ? AND value = ?)")
        arguments += [label.key, label.value]
      }
      let tail = filter.limit.map { " LIMIT \(max($0, 0))" } ?? ""
      return try summaries(
        db, where: conditions.joined(separator: " AND "), StatementArguments(arguments), tail)
    }
  }

  /// Returns a run with its findings.
  ///
  /// - Throws: ``StoreError``
  package func run(_ id: Int64) throws(StoreError) -> StoredRun {
    try read { db in
      guard let summary = try summaries(db, where: "run.id = ?", [id], "").first else {
        let name = RunSummary.name(of: id)
        throw StoreError.noSuchRun(name: name, reason: .unknown(hosts: []))
      }
      let findings = try Self.findings(db, run: id, line: summary.line)
      return StoredRun(summary: summary, findings: findings)
    }
  }

  /// Returns the findings of a run in the order of its log.
  static func findings(_ db: Database, run: Int64, line: Int) throws -> [Finding] {
    let states = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT stateId, section, lines FROM run JOIN snapshotState USING (snapshotId)
          JOIN state ON state.id = stateId WHERE run.id = ? ORDER BY position
          """), arguments: [run])
    var findings: [(place: Int, finding: Finding)] = []
    for row in states {
      let numbers = Self.numbers(row[2])
      let lines = stride(from: 0, to: numbers.count, by: 2).map { line + numbers[$0] }
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

  /// Reads little-endian 32-bit numbers.
  private static func numbers(_ data: Data) -> [Int] {
    stride(from: 0, to: data.count - 3, by: 4).map { offset in
      let number = data.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      }
      return Int(UInt32(littleEndian: number))
    }
  }

  func summaries(
    _ db: Database, where condition: String, _ arguments: StatementArguments, _ tail: String
  ) throws -> [RunSummary] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT run.id, host.name, tool.name, edition.name, release.printed, earliest, latest,
          startedAt, timeSource, form, isComplete, printedChecks, printedScore, path, line, snapshotId, scope
        FROM run JOIN host ON host.id = hostId JOIN release ON release.id = releaseId
        JOIN tool ON tool.id = release.toolId JOIN source ON source.id = sourceId
        LEFT JOIN edition ON edition.id = editionId
        WHERE \(condition) ORDER BY startedAt DESC, run.id DESC\(tail)
        """, arguments: arguments)
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
