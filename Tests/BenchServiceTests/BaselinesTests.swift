import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `The baselines` {
  private let repository = MemoryRepository(hostNames: HostNames(renames: ["old": "web-1"]))
  /// Two runs of Docker of `web-1`, one of Kubernetes, and two of Docker of `db-1`.
  private let ids: [Int64]

  init() throws {
    ids = try repository.add(
      .of([Sample.icc: .pass], day: 0, host: "old"),
      .of([Sample.anonymous: .fail], day: 1, release: Sample.kube),
      .of([Sample.icc: .fail], day: 2), .of([Sample.icc: .pass], day: 0, host: "db-1"),
      .of([Sample.icc: .fail], day: 1, host: "db-1"))
  }

  private func marked() throws -> Set<Int64> {
    Set(try repository.baselines(host: nil).map(\.id))
  }

  @Test func `are set by name, in place of that of the same host and system`() throws {
    let first = try Baselines.set("web-1~2", RunFilter(), at: Past.day(99), in: repository)
    #expect(first.map(\.id) == [ids[0]])
    #expect(first.map(\.host) == ["web-1"])
    _ = try Baselines.set("web-1@2026-01-02", RunFilter(), at: Past.day(99), in: repository)
    #expect(try marked() == [ids[0], ids[1]])
    _ = try Baselines.set("latest", RunFilter(host: "web-1"), at: Past.day(99), in: repository)
    #expect(try marked() == [ids[1], ids[2]])
    #expect(throws: RepositoryError.self) {
      _ = try Baselines.set("web-9", RunFilter(), at: Past.day(99), in: repository)
    }
    #expect(try marked() == [ids[1], ids[2]])
  }

  @Test func `are the newest runs of each host and system of a filter`() throws {
    let set = try Baselines.set(nil, RunFilter(host: "old"), at: Past.day(99), in: repository)
    #expect(set.map(\.id) == [ids[2], ids[1]])
    _ = try Baselines.set(nil, RunFilter(until: Past.day(0)), at: Past.day(99), in: repository)
    #expect(try marked() == [ids[0], ids[1], ids[3]])
    #expect(throws: ServiceError.nothingMeant) {
      _ = try Baselines.set(nil, RunFilter(host: "web-9"), at: Past.day(99), in: repository)
    }
  }

  @Test func `are set where they are missing`() throws {
    try repository.mark(ids[0])
    #expect(try Baselines.setMissing(at: Past.day(99), in: repository) == 2)
    #expect(try marked() == [ids[0], ids[1], ids[4]])
    #expect(try Baselines.setMissing(at: Past.day(99), in: repository) == 0)
  }

  @Test func `are cleared for a filter's hosts, and the runs stay`() throws {
    _ = try Baselines.set(nil, RunFilter(), at: Past.day(99), in: repository)
    let cleared = try Baselines.clear(RunFilter(host: "web-1"), at: Past.day(99), in: repository)
    #expect(cleared.map(\.id) == [ids[2], ids[1]])
    #expect(try marked() == [ids[4]])
    #expect(repository.runs(RunFilter()).count == 5)
    #expect(try Baselines.clear(RunFilter(host: "web-1"), at: Past.day(99), in: repository).isEmpty)
  }
}
