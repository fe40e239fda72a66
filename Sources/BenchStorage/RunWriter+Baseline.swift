import BenchHistory
import BenchModel

extension RunWriter {
  func setBaseline(_ runs: [Int64]) throws {
    for id in runs {
      guard let run = try store.summaries(db, .run(id)).first else {
        continue
      }
      let names = store.hostNames.all(of: run.host)
      let tools = run.release.tool.comparable.map(\.name)
      try db.run(
        """
        DELETE FROM label WHERE key = ? AND runId IN (
          SELECT run.id FROM run JOIN host ON host.id = hostId
            JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
          WHERE host.name IN (\(RunStore.marks(names))) AND tool.name IN (\(RunStore.marks(tools))))
        """, [RunFilter.baselineLabel] + names + tools)
      try addLabels([(RunFilter.baselineLabel, "yes")], to: id)
    }
  }

  func clearBaseline(_ runs: [Int64]) throws {
    for id in runs {
      try db.run(
        "DELETE FROM label WHERE key = ? AND runId = ?", [RunFilter.baselineLabel, id])
    }
  }
}
