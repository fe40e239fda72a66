import BenchEvidence
import BenchHistory
import BenchModel

/// All that the database says of a run, as one digest: its place, what it found, its log, its labels and marks.
enum RunFacts {
  private static let batch = 500

  /// The digests of runs, by their ids; a run that is not there has none.
  ///
  /// - Parameters:
  ///   - ids: The runs; nil for all.
  ///   - db: The database.
  /// - Returns: The digests.
  /// - Throws: The connection's errors.
  static func digests(of ids: [Int]? = nil, _ db: any Connection) throws -> [Int64: Digest] {
    let ids = try ids ?? db.numbers("SELECT id FROM run ORDER BY id")
    var digests: [Int64: Digest] = [:]
    for start in stride(from: 0, to: ids.count, by: batch) {
      try read(Array(ids[start..<min(start + batch, ids.count)]), into: &digests, db)
    }
    return digests
  }

  private static func read(
    _ ids: [Int], into digests: inout [Int64: Digest], _ db: any Connection
  ) throws {
    var inputs: [Int: DigestInput] = [:]
    try db.rows(
      {
        """
        SELECT run.id, host.name, tool.name, edition.name, release.printed, earliest, latest, startedAt,
          startedNanos, sequence, timeSource, form, isComplete, line, printedChecks, printedScore, scope,
          snapshot.digest, evidence.digest, evidencePlace, ownParts, path, importedAt, changedAt, size
        FROM run JOIN host ON host.id = hostId JOIN release ON release.id = releaseId
          JOIN tool ON tool.id = release.toolId LEFT JOIN edition ON edition.id = editionId
          JOIN snapshot ON snapshot.id = snapshotId JOIN source ON source.id = sourceId
          LEFT JOIN evidence ON evidence.id = evidenceId
        WHERE run.id IN (\($0))
        """
      }, in: ids
    ) { row in
      var input = DigestInput()
      for column in 1..<row.count { input.add(row, column) }
      inputs[row.int(0)] = input
    }
    try db.rows(
      {
        "SELECT runId, key, value FROM label WHERE runId IN (\($0)) ORDER BY runId, key"
      }, in: ids
    ) { row in
      for column in 1..<row.count { inputs[row.int(0)]?.add(row, column) }
    }
    try db.rows(
      {
        "SELECT runId, setAt, clearedAt FROM baselineMark WHERE runId IN (\($0)) ORDER BY runId, id"
      }, in: ids
    ) { row in
      for column in 1..<row.count { inputs[row.int(0)]?.add(row, column) }
    }
    for (id, input) in inputs { digests[Int64(id)] = Digest(of: input.bytes) }
  }
}

extension DigestInput {
  /// Adds a value with what tells a missing one from an empty one.
  fileprivate mutating func add(_ row: any ResultRow, _ column: Int32) {
    add(row.isNull(column) ? 0 : 1)
    add(row.bytes(column))
  }
}
