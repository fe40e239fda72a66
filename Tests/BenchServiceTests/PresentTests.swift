import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchService
import BenchStorage
import BenchTestSupport
import Testing

/// A run that starts in the future is there, and nothing goes by it.
struct `The present` {
  private static let now = Past.day(10)

  /// Both kinds of repository with three runs of before, and one of a clock that ran wrong.
  private func repositories() throws -> [any RunRepository] {
    let both: [any RunRepository] = [MemoryRepository(), try RunStore(.embedded)]
    for repository in both {
      try repository.add(
        (0..<3).map { .of([Sample.icc: .pass], day: $0) } + [.of([Sample.icc: .fail], day: 999)])
    }
    return both
  }

  private func days(_ repository: any RunRepository) throws -> [Int64] {
    try repository.runs(RunFilter()).map { ($0.startedAt - Past.start) / 86_400 }
  }

  @Test func `ends where a run starts later`() throws {
    for repository in try repositories() {
      #expect(try repository.present(at: Self.now) == Self.now + ImportNotice.clockTolerance)
      #expect(try repository.present(at: Past.day(999)) == nil)
      #expect(try repository.present(at: Past.day(999) - 600) == nil)
      #expect(try repository.present(at: Past.day(999) - 601) != nil)
      #expect(try repository.present(at: .max) == nil)
    }
  }

  @Test func `is what pruning goes by`() throws {
    for repository in try repositories() {
      var retention = Retention()
      retention.last = 1
      let plan = try PruneRuns.run(
        retention, at: Self.now, .embedded, isDryRun: false, in: repository)
      #expect(plan.gone.count == 2)
      #expect(try days(repository) == [999, 2])
    }
  }

  @Test func `is what forgetting by a name goes by`() throws {
    for repository in try repositories() {
      _ = try ForgetRuns.run(
        RunChoice(names: ["latest"], now: Self.now), isDryRun: false, in: repository)
      #expect(try days(repository) == [999, 1, 0])
    }
  }

  @Test func `has the baselines`() throws {
    for repository in try repositories() {
      #expect(try Baselines.setMissing(at: Self.now, in: repository) == 1)
      #expect(try repository.baselines().map(\.startedAt) == [Past.day(2)])
      let named = try Baselines.set("web-1", RunFilter(), at: Self.now, in: repository)
      #expect(named.map(\.startedAt) == [Past.day(2)])
    }
  }

  @Test func `is no bound for a run that is asked for`() throws {
    for repository in try repositories() {
      let end = try repository.present(at: Self.now)
      #expect(try repository.run(named: "web-1", until: end).summary.startedAt == Past.day(2))
      let asked = try repository.run(named: "web-1@2030-01-01", until: end)
      #expect(asked.summary.startedAt == Past.day(999))
    }
  }
}
