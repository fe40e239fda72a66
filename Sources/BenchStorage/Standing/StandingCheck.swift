import BenchCatalog
import BenchEvidence
import BenchHistory
package import BenchModel
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
      return try Self.differences(stored, writer.db)
    }
  }

  /// What differs between standings that were stored and those that are made anew.
  private static func differences(
    _ stored: [String: Digest], _ db: any Connection
  ) throws -> [String] {
    let anew = try standings(db)
    return Set(stored.keys).union(anew.keys).sorted().filter { stored[$0] != anew[$0] }
      .map { "what is known of \($0) is not what its runs say" }
  }

  /// Checks that what the runs found is what their logs say, and that what is known of each host and system is what its
  /// runs say, read from the first to the last.
  ///
  /// Everything is made anew and then taken back, in memory where the file may only be read.
  ///
  /// - Parameter read: Returns the runs of a log.
  /// - Returns: What differs, and what could not be told.
  /// - Throws: ``RepositoryError``
  package func checkDeep(_ read: ([UInt8]) -> [Run]) throws -> Soundness {
    guard access == .write else { return try inMemory().checkDeep(read) }
    return try write(isDryRun: true) { writer in
      var found = Soundness(problems: [], notes: [])
      guard let writer = writer as? RunWriter else { return found }
      guard try hasStandings(writer.db) else {
        found.notes.append(
          "an earlier version imported these runs: what is known of their hosts is not kept until the next import"
        )
        return found
      }
      let stored = try Self.standings(writer.db)
      let understanding = catalog.understanding
      if try RunStore.understanding(writer.db) == understanding {
        let before = try RunFacts.digests(writer.db)
        let renewal = try writer.renew(as: understanding, progress: { _ in }, read)
        let after = try RunFacts.digests(writer.db)
        found.problems += before.keys.sorted().filter { before[$0] != after[$0] }.map {
          "run \(RunSummary.name(of: $0)) is not what its log says"
        }
        if renewal.unread > 0 {
          found.problems.append("\(renewal.unread) runs are not found in their logs")
        }
        if renewal.withoutLog > 0 {
          found.notes.append(
            "\(renewal.withoutLog) runs have no log, so that what they found can't be held against it"
          )
        }
      } else {
        found.notes.append(
          "the runs were understood by another catalogue or version, so that they can't be held against their logs; "
            + "'benchtrail db refresh' brings them up to date")
        try writer.standings.foldAll()
      }
      found.problems += try Self.differences(stored, writer.db)
      return found
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
