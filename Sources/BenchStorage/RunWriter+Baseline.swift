import BenchHistory
import BenchModel
internal import GRDB

extension RunWriter {
  func setBaseline(_ runs: [Int64]) throws {
    for id in runs {
      guard let run = try store.summaries(db, RunStore.Condition("run.id = ?", [id])).first else {
        continue
      }
      let names = store.hostNames.all(of: run.host)
      let tools = run.release.tool.comparable.map(\.name)
      try db.execute(
        sql: """
          DELETE FROM label WHERE key = '\(RunFilter.baselineLabel)' AND runId IN (
            SELECT run.id FROM run JOIN host ON host.id = hostId
              JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
            WHERE host.name IN (\(RunStore.marks(names))) AND tool.name IN (\(RunStore.marks(tools))))
          """, arguments: StatementArguments(names + tools))
      try db.execute(
        sql: "INSERT OR REPLACE INTO label VALUES (?, '\(RunFilter.baselineLabel)', 'yes')",
        arguments: [id])
    }
  }

  func clearBaseline(_ runs: [Int64]) throws {
    for id in runs {
      try db.execute(
        sql: "DELETE FROM label WHERE key = '\(RunFilter.baselineLabel)' AND runId = ?",
        arguments: [id])
    }
  }
}
