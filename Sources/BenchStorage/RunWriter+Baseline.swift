import BenchHistory
import BenchModel

extension RunWriter {
  func setBaseline(_ runs: [Int64], at time: Int64) throws {
    for id in runs {
      guard let run = try store.summaries(db, .run(id)).first else {
        continue
      }
      let names = store.hostNames.all(of: run.host)
      let tools = run.release.tool.comparable.map(\.name)
      let others = try db.numbers(
        """
        SELECT run.id FROM run JOIN host ON host.id = hostId
          JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
          JOIN label ON label.runId = run.id
        WHERE label.key = ? AND host.name IN (\(RunStore.marks(names)))
          AND tool.name IN (\(RunStore.marks(tools)))
        """, [RunFilter.baselineLabel] + names + tools)
      // One that stays is it since it was set first.
      try clearBaseline(others.map(Int64.init).filter { $0 != id }, at: time)
      guard !others.contains(Int(id)) else { continue }
      change.touch([id], .baseline)
      try addLabels([(RunFilter.baselineLabel, "yes")], to: id)
      try db.run("INSERT INTO baselineMark (runId, setAt) VALUES (?, ?)", [id, time])
    }
  }

  func clearBaseline(_ runs: [Int64], at time: Int64) throws {
    change.touch(runs, .baseline)
    for id in runs {
      try db.run(
        "DELETE FROM label WHERE key = ? AND runId = ?", [RunFilter.baselineLabel, id])
      try db.run(
        "UPDATE baselineMark SET clearedAt = ? WHERE runId = ? AND clearedAt IS NULL", [time, id])
    }
  }
}

extension RunStore {
  /// The runs that were baselines at a time; those that are now without one.
  static func baselines(_ db: any Connection, at time: Int64?) throws -> Set<Int64> {
    let condition = baselineCondition(at: time)
    return Set(
      try db.numbers("SELECT id FROM run WHERE \(condition.sql)", condition.values)
        .map(Int64.init))
  }

  /// The condition of SQL over `run` that a run was a baseline at a time.
  static func baselineCondition(at time: Int64?) -> (sql: String, values: [any Bindable]) {
    guard let time else {
      return ("run.id IN (SELECT runId FROM label WHERE key = ?)", [RunFilter.baselineLabel])
    }
    return (
      """
      run.id IN (
        SELECT runId FROM baselineMark WHERE setAt <= ? AND (clearedAt IS NULL OR clearedAt > ?))
      """, [time, time]
    )
  }
}
