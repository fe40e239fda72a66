import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Testing

struct `Reading a trend` {
  private let repository = MemoryRepository()

  private func read(_ query: HostQuery = Sample.query()) throws -> ReadTrend.Result {
    try ReadTrend(query).run(in: repository)
  }

  /// The books of every point lead from the open failures before it to its own.
  private func expectBalance(
    _ trend: Trend, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var open = 0
    for point in trend.points {
      let books = point.books
      let opening = Movement.allCases.filter(\.isOpening).reduce(0) { $0 + books[$1] }
      let closing = Movement.allCases.filter { !$0.isOpening }.reduce(0) { $0 + books[$1] }
      #expect(books.before == open, sourceLocation: sourceLocation)
      #expect(
        books.before + opening == books.after + closing, sourceLocation: sourceLocation)
      #expect(books.after == point.open, sourceLocation: sourceLocation)
      open = books.after
    }
    #expect(trend.open.reduce(0) { $0 + $1.hosts } == open, sourceLocation: sourceLocation)
  }

  @Test func `of one host has a point for each run`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .pass], day: 0),
      .of([Sample.icc: .fail, Sample.privileged: .fail], day: 1),
      .of([Sample.icc: .pass, Sample.privileged: .fail, "9.9": .fail], day: 1, second: 60))
    let result = try read()
    #expect(result.host == "web-1")
    #expect(result.point == .run)
    let points = result.trend.points
    #expect(points.map(\.run) == ids)
    #expect(points.map(\.open) == [1, 2, 2])
    #expect(points.map(\.joined) == [1, 0, 0])
    #expect(points.map(\.hosts) == [1, 1, 1])
    #expect(points.map(\.pass) == [1, 0, 1])
    #expect(points.map(\.unrated) == [0, 0, 1])
    #expect(points.map { $0.books[.firstSeen] } == [1, 0, 0])
    #expect(points.map { $0.books[.regressed] } == [0, 1, 0])
    #expect(points.map { $0.books[.newlySeen] } == [0, 0, 1])
    #expect(points.map { $0.books[.fixed] } == [0, 0, 1])
    #expect(result.trend.fixed == 1)
    #expect(result.trend.meanTimeToFix == 86_460)
    expectBalance(result.trend)
  }

  @Test func `of several hosts has a point for each day`() throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0, second: 80_000),
      .of([Sample.icc: .pass], day: 1), .of([Sample.icc: .fail], day: 1, second: 7_200),
      .of([Sample.privileged: .fail], day: 1, host: "db-1"),
      .of([Sample.privileged: .fail], day: 3, host: "db-2"))
    let result = try read()
    #expect(result.host == nil)
    #expect(result.point == .days(1))
    let points = result.trend.points
    #expect(points.map(\.time) == (1...4).map { Past.day($0) - 1 })
    #expect(points.allSatisfy { $0.run == nil })
    #expect(points.map(\.open) == [1, 2, 2, 3])
    #expect(points.map(\.hosts) == [1, 2, 2, 3])
    #expect(points.map(\.joined) == [1, 1, 0, 1])
    #expect(points[1].books[.fixed] == 1)
    #expect(points[1].books[.regressed] == 1)
    expectBalance(result.trend)
  }

  @Test func `of a long time has a point for several days`() throws {
    for day in stride(from: Int64(0), through: 400, by: 5) {
      try repository.add(
        .of([Sample.icc: day % 2 == 0 ? .fail : .pass], day: day),
        .of([Sample.icc: day % 3 == 0 ? .fail : .pass], day: day, host: "db-1"))
    }
    let result = try read()
    #expect(result.point == .days(7))
    #expect(result.trend.points.count == 58)
    #expect(result.trend.runs == 162)
    expectBalance(result.trend)
  }

  @Test func `of one host of many has a point for each of its runs`() throws {
    try repository.add(
      [
        .of([Sample.icc: .fail], day: 0), .of([Sample.icc: .pass], day: 1),
      ], labels: [("env", "test")])
    try repository.add(.of([Sample.icc: .fail], day: 0, host: "db-1"))
    for query in [Sample.query(host: "web-1"), Sample.query(labels: [("env", "test")])] {
      let result = try read(query)
      #expect(result.host == "web-1")
      #expect(result.trend.points.map(\.open) == [1, 0])
    }
    #expect(try read(Sample.query(host: "web-1", until: Past.day(0))).trend.runs == 1)
  }

  @Test func `keeps the systems of a host apart`() throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0),
      .of([Sample.anonymous: .fail], day: 1, release: Sample.kube),
      .of([Sample.icc: .pass], day: 2),
      .of([Sample.anonymous: .pass], day: 3, release: Sample.kube))
    let trend = try read().trend
    #expect(trend.points.map(\.open) == [1, 2, 1, 0])
    #expect(trend.points.map { $0.books[.firstSeen] } == [1, 1, 0, 0])
    expectBalance(trend)
  }

  @Test func `counts what is open, accepted, left out and retired`() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .fail, Sample.restore: .pass], day: 0),
      .of([Sample.privileged: .fail, Sample.restore: .pass], day: 1),
      .of([Sample.icc: .pass], day: 0, host: "old"))
    let trend = try read(Sample.query(policy: Sample.accepting(Sample.privileged))).trend
    #expect(trend.open.map(\.check.control) == [Sample.privileged, Sample.icc])
    #expect([trend.waived, trend.leftOut, trend.retired] == [1, 1, 0])
    #expect(trend.stale.map(\.host) == ["old", "web-1"])
    expectBalance(trend)
  }

  @Test func `needs runs`() throws {
    #expect(throws: ServiceError.noRuns(host: nil)) { try read() }
    try repository.add(.of([Sample.icc: .fail], day: 0))
    #expect(throws: ServiceError.noRuns(host: "web-9")) { try read(Sample.query(host: "web-9")) }
    #expect(throws: ServiceError.noRunsUntil(host: nil, Past.day(-1))) {
      try read(Sample.query(until: Past.day(-1)))
    }
  }

  private static let releases = [
    Example.release(), Example.release("v1.6.0", edition: "e10-cis1.5.0"),
    Example.release("1.0.0@18d5a13", edition: "e01-cis1.6"), Sample.aqua, Sample.kube,
  ]

  @Test(arguments: 0..<60)
  func `balances the books of any history`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let controls = [
      Sample.icc, Sample.privileged, Sample.partition, Sample.restore, Sample.anonymous,
      "container-memory-limit", "daemon-no-lxc-driver",
    ]
    var runs: [Run] = []
    for day in 0..<12 as Range<Int64> {
      for host in ["a", "b"] where Bool.random(using: &generator) {
        var run = Run.of(
          [:], day: day, host: host,
          release: Self.releases.randomElement(using: &generator) ?? Sample.kube,
          isComplete: Int.random(in: 0..<5, using: &generator) > 0)
        for control in controls where Int.random(in: 0..<4, using: &generator) > 0 {
          let outcome =
            [Outcome.pass, .fail, .fail, .notApplicable, .manual].randomElement(using: &generator)
            ?? .fail
          let items = ["web", "db"].filter { _ in Bool.random(using: &generator) }
          run.findings.append(
            Example.finding(
              control, outcome, items: outcome == .fail ? items.map { Example.container($0) } : []))
        }
        if Bool.random(using: &generator) { run.findings.append(Example.finding(nil, .fail)) }
        let system = run.release.tool.system
        if Bool.random(using: &generator),
          let last = runs.last(where: { $0.release.tool.system == system })
        {
          run.findings = last.findings
        }
        if Int.random(in: 0..<4, using: &generator) == 0 { run.scope = RunScope("include=web") }
        runs.append(run)
      }
    }
    guard !runs.isEmpty else { return }
    try repository.add(runs)
    let trend = try read().trend
    expectBalance(trend)
    let ranking = try Sample.query().ranking(by: .host, in: repository)
    #expect(ranking.open == trend.points.last?.open)
    let gate = try GateHosts(Sample.query(), thresholds: Thresholds()).run(in: repository)
    #expect(gate.open == ranking.open)
    var compliance = Compliance()
    var books = Books()
    try Sample.query().forEach(in: repository) { host in
      compliance.pass += host.now.compliance.pass
      compliance.fail += host.now.compliance.fail
      books += host.now.findings.books
    }
    #expect(compliance == trend.points.last?.compliance)
    #expect(books.after == ranking.open)
    for host in ["a", "b"] where runs.contains(where: { $0.host == host }) {
      expectBalance(try read(Sample.query(host: host)).trend)
    }
  }
}
