package import BenchModel
internal import GRDB

extension RunStore {
  /// The label that makes a run its host's baseline.
  static let baselineKey = "baseline"

  /// Returns the baselines, newest first.
  ///
  /// - Throws: ``StoreError``
  package func baselines(host: String?) throws(StoreError) -> [RunSummary] {
    try read { db in
      let names = host.map(hostNames.all) ?? []
      let condition =
        "EXISTS (SELECT 1 FROM label WHERE runId = run.id AND key = '\(Self.baselineKey)')"
        + (host == nil ? "" : " AND host.name IN (\(RunName.marks(names)))")
      return try summaries(db, where: condition, StatementArguments(names), "")
    }
  }

  /// Makes runs the baselines of their hosts, in place of those of tools that check the same.
  ///
  /// - Throws: ``StoreError``
  package func setBaseline(_ runs: [Int64]) throws(StoreError) {
    try change { db in
      for id in runs {
        guard let run = try summaries(db, where: "run.id = ?", [id], "").first else { continue }
        let names = hostNames.all(of: run.host)
        let tools = run.release.tool.comparable.map(\.name)
        try db.execute(
          sql: """
            DELETE FROM label WHERE key = '\(Self.baselineKey)' AND runId IN (
              SELECT run.id FROM run JOIN host ON host.id = hostId
                JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
              WHERE host.name IN (\(RunName.marks(names))) AND tool.name IN (\(RunName.marks(tools))))
            """, arguments: StatementArguments(names + tools))
        try db.execute(
          sql: "INSERT OR REPLACE INTO label VALUES (?, '\(Self.baselineKey)', 'yes')",
          arguments: [id])
      }
    }
  }

  /// Takes the mark from runs.
  ///
  /// - Throws: ``StoreError``
  package func clearBaseline(_ runs: [Int64]) throws(StoreError) {
    try change { db in
      for id in runs {
        try db.execute(
          sql: "DELETE FROM label WHERE key = '\(Self.baselineKey)' AND runId = ?", arguments: [id])
      }
    }
  }

  /// Changes the database in one transaction.
  private func change(_ body: (Database) throws -> Void) throws(StoreError) {
    do { try queue.write(body) } catch let error as StoreError { throw error } catch {
      throw Self.wrap(error, path: path)
    }
  }
}
