import BenchEvidence
import BenchHistory
import BenchModel
internal import GRDB

extension RunStore {
  /// Checks that what is known of each host and system is what its runs say, read from the first to the last.
  ///
  /// Everything is made anew and then taken back, in memory where the file may only be read.
  ///
  /// - Returns: What differs; nothing if all is well.
  /// - Throws: ``RepositoryError``
  package func checkStandings() throws -> [String] {
    guard access == .write else { return try inMemory().checkStandings() }
    return try write(isDryRun: true) { writer in
      guard let writer = writer as? RunWriter else { return [] }
      let stored = try Self.standings(writer.db)
      try writer.standings.foldAll()
      let anew = try Self.standings(writer.db)
      return Set(stored.keys).union(anew.keys).sorted().filter { stored[$0] != anew[$0] }
        .map { "what is known of \($0) is not what its runs say" }
    }
  }

  /// Whether what is known of hosts is stored: a database of before has it after the first import.
  func hasStandings(_ db: any Connection) throws -> Bool {
    try db.number("SELECT count(*) FROM understanding") == 1
  }

  /// The digests of all rows of each host and system, by their names.
  private static func standings(_ db: any Connection) throws -> [String: Digest] {
    var input: [String: DigestInput] = [:]
    func add(_ sql: String) throws {
      try db.prepare(sql).rows { row in
        let name = "\(row.text(0) ?? "") (\(row.text(1) ?? ""))"
        for column in 2..<row.count { input[name, default: DigestInput()].add(row.bytes(column)) }
      }
    }
    let joined = "JOIN standing ON standing.id = standingId JOIN host ON host.id = hostId"
    try add(
      """
      SELECT host.name, system, runs, firstAt, newestAt, newestRunId, passing, failing, record, before
      FROM standing JOIN host ON host.id = hostId ORDER BY standing.id
      """)
    try add(
      """
      SELECT host.name, system, number, checkTitleId, openSince, beganAt, beganBy, beganRunId, endedAt, endedBy,
        endedRunId
      FROM failure \(joined) ORDER BY standingId, number
      """)
    try add(
      """
      SELECT host.name, system, number, runId, startedAt, runChange.passing, criterionChanged
      FROM runChange \(joined) ORDER BY standingId, number
      """)
    return input.mapValues { Digest(of: $0.bytes) }
  }
}
