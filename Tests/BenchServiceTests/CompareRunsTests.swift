import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `Comparing runs` {
  private let repository = MemoryRepository()

  private func add() throws -> [Int64] {
    try repository.add(
      .of([Sample.icc: .pass, Sample.privileged: .fail], day: 0),
      .of([Sample.icc: .fail, Sample.privileged: .fail], day: 1),
      .of([Sample.icc: .fail, Sample.privileged: .pass], day: 2),
      .of([Sample.icc: .pass, Sample.privileged: .fail], day: 3, host: "db-1"))
  }

  private func expect(
    _ reason: ServiceError.Incomparable, _ names: [String], host: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: ServiceError.incomparable(reason), sourceLocation: sourceLocation) {
      try CompareRuns.pair(names, Sample.query(host: host), in: repository)
    }
  }

  @Test func `takes the newest run of a host and the one before it`() throws {
    let ids = try add()
    let pair = try CompareRuns.pair([], Sample.query(host: "web-1"), in: repository)
    #expect([pair.base.summary.id, pair.head.summary.id] == [ids[1], ids[2]])
    #expect(pair.comparison.count(.fixed) == 1)
    #expect(pair.comparison.count(.stillFailing) == 1)
    let books = pair.comparison.books
    #expect([books.before, books.after] == [2, 1])
  }

  @Test func `takes a run and the newest one of its host`() throws {
    let ids = try add()
    let pair = try CompareRuns.pair(["web-1~2"], Sample.query(), in: repository)
    #expect([pair.base.summary.id, pair.head.summary.id] == [ids[0], ids[2]])
    #expect(pair.comparison.count(.regressed) == 1)
    #expect(pair.comparison.count(.fixed) == 1)
  }

  @Test func `takes two runs of any hosts`() throws {
    let ids = try add()
    let pair = try CompareRuns.pair(["web-1", "db-1"], Sample.query(), in: repository)
    #expect([pair.base.summary.id, pair.head.summary.id] == [ids[2], ids[3]])
  }

  @Test func `compares several runs with the first`() throws {
    let ids = try add()
    let many = try CompareRuns.many(
      ["web-1~2", "web-1~1", "web-1", "db-1"], Sample.query(), in: repository)
    #expect(many.base.summary.id == ids[0])
    #expect(many.heads.map(\.run.summary.id) == Array(ids.dropFirst()))
    #expect(many.heads.map { $0.comparison.count(.regressed) } == [1, 1, 0])
    #expect(many.heads.map { $0.comparison.count(.fixed) } == [0, 1, 0])
  }

  @Test func `needs a run`() {
    #expect(throws: ServiceError.nothingMeant) {
      try CompareRuns.many([], Sample.query(), in: repository)
    }
    #expect(throws: RepositoryError.noSuchRun(name: "latest", reason: .noRuns)) {
      try CompareRuns.pair([], Sample.query(), in: repository)
    }
  }

  @Test func `takes the newest run with the one before it`() throws {
    let ids = try add()
    for name in ["web-1", RunSummary.name(of: ids[2])] {
      let pair = try CompareRuns.pair([name], Sample.query(), in: repository)
      #expect([pair.base.summary.id, pair.head.summary.id] == [ids[1], ids[2]])
    }
  }

  @Test func `needs another run than the only one`() throws {
    _ = try add()
    expect(.onlyRun(host: "db-1"), ["db-1"])
    expect(.onlyRun(host: "db-1"), [])
    expect(.onlyRun(host: "db-1"), [], host: "db-1")
  }

  @Test func `needs tools that check the same`() throws {
    _ = try add()
    try repository.add(.of([Sample.anonymous: .fail], day: 4, host: "node-1", release: Sample.kube))
    expect(.tools(.dockerBenchSecurity, .kubeBench), ["web-1", "node-1"])
    expect(.tools(.kubeBench, .dockerBenchSecurity), ["node-1", "web-1"])
    #expect(throws: ServiceError.incomparable(.tools(.dockerBenchSecurity, .kubeBench))) {
      try CompareRuns.many(["web-1", "db-1", "node-1"], Sample.query(), in: repository)
    }
  }

  @Test func `needs a check in common`() throws {
    let vendor = Example.release("eks-stig", edition: "eks-stig", tool: .kubeBench)
    try repository.add(
      .of(["1.1": .fail], day: 0, release: vendor),
      .of([Sample.anonymous: .fail], day: 1, release: Sample.kube))
    expect(.editions("eks-stig", "cis-1.6"), [])
    expect(.editions("cis-1.6", "eks-stig"), ["web-1", "web-1~1"])
  }

  @Test func `takes a run of another tool that checks the same`() throws {
    try repository.add(
      .of([Sample.partition: .pass], day: 0, release: Sample.aqua),
      .of([Sample.partition: .fail], day: 1))
    let pair = try CompareRuns.pair([], Sample.query(), in: repository)
    #expect(pair.base.summary.release.tool == .aquaDockerBench)
  }

  @Test func `takes the run before of the same system where a host has two`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .pass], day: 0),
      .of([Sample.anonymous: .pass], day: 1, release: Sample.kube),
      .of([Sample.icc: .fail], day: 2))
    let pair = try CompareRuns.pair([], Sample.query(), in: repository)
    #expect(pair.base.summary.id == ids[0])
  }

  @Test func `takes the newest run of the system of a run that is named`() throws {
    let ids = try repository.add(
      .of([Sample.anonymous: .pass], day: 0, release: Sample.kube),
      .of([Sample.anonymous: .fail], day: 1, release: Sample.kube),
      .of([Sample.icc: .fail], day: 2))
    let pair = try CompareRuns.pair(["web-1@2026-01-01"], Sample.query(), in: repository)
    #expect(pair.head.summary.id == ids[1])

  }

  // MARK: The fleet

  @Test func `compares every host's newest run with the one before it`() throws {
    _ = try add()
    try repository.add(
      .of([Sample.icc: .fail], day: 0, host: "db-2"),
      .of([Sample.icc: .fail], day: 1, host: "db-2"),
      .of(["9.1": .fail], day: 0, host: "db-3", release: Example.release(edition: nil)),
      .of([Sample.icc: .fail], day: 1, host: "db-3"))
    let fleet = try CompareRuns.fleet(Sample.query(), in: repository)
    #expect(fleet.changed.map(\.head.host) == ["web-1"])
    #expect(fleet.unchanged == 1)
    #expect(fleet.single == ["db-1"])
    #expect(fleet.incomparable == ["db-3"])
    #expect(fleet.controls.map(\.control) == [Sample.privileged])
    #expect(
      try CompareRuns.fleet(Sample.query(host: "db-2"), in: repository).unchanged == 1)
    let then = try CompareRuns.fleet(Sample.query(until: Past.day(1)), in: repository)
    #expect(then.controls.map(\.change) == [.regressed])
  }

  @Test func `compares both systems of a host`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .fail], day: 1),
      .of([Sample.anonymous: .pass], day: 0, second: 1, release: Sample.kube),
      .of([Sample.anonymous: .fail], day: 1, second: 1, release: Sample.kube),
      .of([Sample.always: .fail], day: 2, host: "node-1", release: Sample.kube),
      .of([Sample.icc: .fail], day: 2, host: "node-1"))
    let fleet = try CompareRuns.fleet(Sample.query(), in: repository)
    #expect(fleet.changed.map(\.head.release.tool) == [.dockerBenchSecurity, .kubeBench])
    #expect(fleet.changed.map(\.comparison.worse) == [1, 1])
    #expect(fleet.single == ["node-1"])
  }

  @Test func `counts a host with two systems once`() throws {
    for day in [0, 1] as [Int64] {
      try repository.add(
        .of([Sample.icc: .pass], day: day),
        .of([Sample.anonymous: .pass], day: day, second: 1, release: Sample.kube))
    }
    let fleet = try CompareRuns.fleet(Sample.query(), in: repository)
    #expect(fleet.unchanged == 1)

  }

  @Test func `of no host is refused, not told as unchanged`() {
    #expect(throws: ServiceError.noRuns(host: nil)) {
      try CompareRuns.fleet(Sample.query(), in: repository)
    }
  }
}
