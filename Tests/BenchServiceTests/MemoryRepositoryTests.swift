import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A repository in memory` {
  private struct Stopped: Error {}

  private let repository = MemoryRepository()

  /// Stores runs in one transaction, and returns what became of each.
  @discardableResult
  private func store(
    _ runs: Run..., isDryRun: Bool = false, then body: (any RunWriting) throws -> Void = { _ in }
  ) throws -> [ImportStatus] {
    try repository.write(isDryRun: isDryRun) { writer in
      let statuses = try runs.map {
        try writer.store($0, path: "bench.log", labels: [], importedAt: 0).status
      }
      try body(writer)
      return statuses
    }
  }

  @Test func `is left as it was by a dry run and by an error`() throws {
    let ids = try repository.add(.of([Sample.icc: .fail], day: 0))
    var counts: [Int] = []
    try store(.of([Sample.icc: .pass], day: 1), isDryRun: true) { writer in
      try writer.setBaseline(ids, at: 0)
      let history = try writer.history(RunFilter())
      for host in history.hosts { counts.append(try history.runs(of: host).count) }
      counts.append(repository.runs(RunFilter()).count)
    }
    #expect(counts == [2, 1])
    #expect(throws: Stopped.self) {
      try store(.of([Sample.icc: .pass], day: 1)) { _ in throw Stopped() }
    }
    #expect(repository.runs(RunFilter()).map(\.id) == ids)
    #expect(try repository.baselines(host: nil).isEmpty)
  }

  @Test func `knows a run again by host, tool, start, content and line`() throws {
    repository.hostNames = HostNames(renames: ["old": "web-1"])
    let run = Run.of([Sample.icc: .fail], day: 0)
    try repository.add(run)
    var second = run
    second.line = 9
    let same = try store(run, .of([Sample.icc: .fail], day: 0, host: "old"))
    #expect(same == [.present, .present])
    let others = try store(
      .of([Sample.icc: .fail], day: 0, host: "db-1"), .of([Sample.icc: .pass], day: 0),
      .of([Sample.icc: .fail], day: 0, second: 1),
      .of([Sample.icc: .fail], day: 0, release: Sample.aqua), second)
    #expect(others.allSatisfy { $0 == .imported })
  }

  @Test func `lists runs by start, and then in the order of storing`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .fail], day: 1), .of([Sample.icc: .pass], day: 1),
      .of([Sample.icc: .fail], day: 0), .of([Sample.anonymous: .fail], day: 0, host: "db-1"))
    #expect(repository.ids(RunFilter()) == [ids[1], ids[0], ids[3], ids[2]])
    #expect(repository.ids(RunFilter(host: "web-1", limit: 2)) == [ids[1], ids[0]])
    #expect(repository.runs(RunFilter()).map(\.isOrderGuessed) == [true, true, false, false])
    #expect(ids == ids.sorted())
    let order = try repository.run(ids[0]).summary.order
    #expect(repository.ids(RunFilter(upTo: order)) == [ids[0], ids[3], ids[2]])
    #expect(throws: RepositoryError.self) { try repository.run(1) }
  }

  @Test func `has a baseline for each host and system`() throws {
    repository.hostNames = HostNames(renames: ["old": "web-1"])
    let ids = try repository.add(
      .of([Sample.icc: .fail], day: 0, host: "old"),
      .of([Sample.icc: .fail], day: 1, release: Sample.aqua),
      .of([Sample.anonymous: .fail], day: 2, release: Sample.kube))
    try repository.mark(ids[0], ids[2])
    try repository.mark(ids[1])
    #expect(try repository.baselines(host: "old").map(\.id) == [ids[2], ids[1]])
  }
}
