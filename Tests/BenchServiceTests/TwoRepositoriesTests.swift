import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchHistory
import BenchInput
import BenchModel
import BenchReports
import BenchService
import BenchStorage
import BenchTestSupport
import Foundation
import Testing

struct `The use cases give the same over memory and over SQLite` {
  /// Both with the samples, of which one host has another name now.
  private static let samples = Result { try both() }

  /// Imports the samples, a day between the files, a node that is checked for Docker too, and files of one time.
  private static func both() throws -> [any RunRepository] {
    let names = HostNames(renames: ["web-3": "shop"])
    var store = try RunStore(.embedded)
    store.hostNames = names
    let both: [any RunRepository] = [MemoryRepository(hostNames: names), store]
    let logs = try LogFolder()
    let files = [
      "db-1/1-v1.1.0.log", "db-1/2-compose.log.gz", "node-1/1-kube-bench.txt",
      "node-1/2-kube-bench.json", "web-1/docker-bench-security.log",
      "web-2/1-docker-bench-security.log.json", "web-2/2-console.txt", "web-3/1-docker-bench.txt",
      "web-3/2-docker-bench.txt",
    ]
    for (day, file) in files.enumerated() {
      let data = try Data(
        contentsOf: URL(fileURLWithPath: Fixture.repository + "/samples/" + file))
      try logs.write(file, Array(data), changed: Int64(day) * 86_400)
    }
    try logs.write("node-1/9.txt", TinyLog.aqua(failing: ["4.5"]), changed: 10 * 86_400)
    try logs.write("tied/1.txt", TinyLog.aqua(failing: ["4.5"]), changed: 0)
    try logs.write("tied/2.txt", TinyLog.aqua(failing: ["5.10"]), changed: 0)
    let reading = try #require(logs.readingHosts())
    let results = try both.map {
      try ImportLogs(reading, labels: [("env", "test")]).run(into: $0)
    }
    #expect(results[0].runs.count == 13)
    #expect(results[0].runs.map(Self.run) == results[1].runs.map(Self.run))
    #expect(results[0].notices.map(\.path) == results[1].notices.map(\.path))
    #expect(results[0].changes.map(Self.change) == results[1].changes.map(Self.change))
    for repository in both { try repository.add(.of([Sample.icc: .fail], day: -1, host: "db-9")) }
    return both
  }

  private static func run(_ run: ImportedRun) -> String {
    "\(run.host) \(run.startedAt) \(run.status) \(run.checks) \(run.failures) \(run.path)"
  }

  private static func change(_ change: ImportedChange) -> String {
    "\(change.head.host) \(change.head.startedAt) \(change.base?.startedAt ?? 0) \(change.summary?.worse ?? -1)"
  }

  private static func name(_ run: RunSummary) -> String {
    "\(run.host) \(run.release) \(run.startedAt) \(run.line)"
  }

  /// Queries of all hosts, of some, and as of a time.
  private static let queries: [(String, HostQuery)] = {
    var policy = Sample.accepting(Sample.privileged)
    policy.thresholds.severity = .high
    policy.thresholds.newFailures = true
    policy.attestations = [
      Attestation(coverage: Coverage(.control("host-hardened")), decision: .fail, by: "me")
    ]
    let queries = [
      ("all", HostQuery(time: Past.day(400))),
      ("with a policy", HostQuery(policy: policy, time: Past.day(400))),
      ("a node", HostQuery(host: "node-1", time: Past.day(400))),
      ("an old name", HostQuery(host: "web-3", time: Past.day(400))),
      ("until", HostQuery(asOf: Past.day(3), time: Past.day(400))),
    ]
    return queries
  }()

  private func expectSame(
    _ query: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ read: (any RunRepository, HostQuery) throws -> String
  ) throws {
    let own = try #require(Self.queries.first { $0.0 == query }?.1)
    let texts = try Self.samples.get().map { try read($0, own) }
    #expect(texts[0] == texts[1], sourceLocation: sourceLocation)
    #expect(!texts[0].isEmpty, sourceLocation: sourceLocation)
  }

  /// The text without the runs' names, which differ.
  private func withoutNames(_ text: String, _ repository: any RunRepository) throws -> String {
    try repository.ids(RunFilter()).map { RunSummary.name(of: $0) }.reduce(text) { text, name in
      text.replacingOccurrences(of: name, with: "run")
        .replacingOccurrences(of: name.prefix(10), with: "run")
    }
  }

  private static let allNames = queries.map(\.0)

  @Test(arguments: allNames)
  func `in lists of runs`(query: String) throws {
    try expectSame(query) { repository, query in
      try repository.runs(query.filter).map { run in
        let counts = run.counts.sorted { $0.key.rawValue < $1.key.rawValue }
          .map { "\($0.key) \($0.value)" }
        return [
          Self.name(run), "\(run.timeSource)", "\(run.isOrderGuessed)", "\(run.form)",
          "\(run.isComplete)", "\(run.labels)", "\(counts)", "\(run.unmapped)", run.path,
        ].joined(separator: " ")
      }.joined(separator: "\n")
    }
  }

  @Test(arguments: allNames)
  func `in what was open after the last runs, as the trend has it`(query: String) throws {
    try expectSame(query) { repository, query in
      let fleet = try query.overview(silentAfter: 8, in: repository)
      for (host, counts) in fleet.recentOpen {
        let own = HostQuery(host: host, asOf: query.filter.asOf, time: query.time)
        let points = try ReadTrend(own).run(in: repository).trend.points
        #expect(counts == points.suffix(7).map(\.open), "\(host)")
      }
      return fleet.recentOpen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: "\n")
    }
  }

  @Test func `in the newest start`() throws {
    let starts = try Self.samples.get().map { try $0.newestStart() }
    #expect(starts[0] != nil)
    #expect(starts[0] == starts[1])
  }

  @Test(arguments: allNames)
  func `in rankings`(query: String) throws {
    for grouping in Ranking.Grouping.allCases {
      try expectSame(query) { repository, query in
        "\(try query.ranking(by: grouping, in: repository))"
      }
    }
  }

  @Test(arguments: allNames)
  func `in overviews of hosts`(query: String) throws {
    try expectSame(query) { repository, query in
      let fleet = try query.overview(silentAfter: 2, in: repository)
      return "\(fleet.listed(FleetOverview.Choice()))"
    }
  }

  @Test(arguments: allNames)
  func `in trends`(query: String) throws {
    try expectSame(query) { repository, query in
      let result = try ReadTrend(query).run(in: repository)
      let points = result.trend.points.map { point in
        "\(point.time) \(point.hosts) \(point.joined) \(point.open) \(point.pass) \(point.books) "
          + "\(Stride.allCases.map { point.stride[$0] ?? 0 })"
      }
      let trend = result.trend
      return "\(result.point) \(result.host ?? "") \(points) \(trend.open) \(trend.flapping) "
        + "\(trend.stale) \(trend.runs) \(trend.waived) \(trend.leftOut) \(trend.retired) "
        + "\(trend.fixed) \(trend.meanTimeToFix ?? 0)"
    }
  }

  @Test(arguments: allNames)
  func `at the gate`(query: String) throws {
    try expectSame(query) { repository, query in
      let gate = try GateHosts(query, thresholds: query.policy.thresholds).run(in: repository)
      let reasons = gate.reasons.map { reason in
        "\(reason.kind) \(reason.host) \(reason.finding?.checkID ?? "") \(reason.items) "
          + "\(reason.isLeftOut) \(reason.run.map(Self.name) ?? "")"
      }
      return "\(gate.hosts) \(reasons) \(gate.open) \(gate.waived) \(gate.criterionChanged)"
    }
  }

  @Test(arguments: allNames)
  func `in comparisons of the fleet`(query: String) throws {
    try expectSame(query) { repository, query in
      let fleet = try CompareRuns.fleet(query, in: repository)
      let changed = fleet.changed.map { change in
        "\(Self.name(change.base)) \(Self.name(change.head)) \(change.comparison.books) "
          + "\(Change.allCases.map(change.comparison.count)) \(change.comparison.criterionChanged)"
      }
      return "\(changed) \(fleet.unchanged) \(fleet.single) \(fleet.incomparable) "
        + "\(fleet.controls)"
    }
  }

  @Test(arguments: allNames)
  func `in reports`(query: String) throws {
    try expectSame(query) { repository, query in
      let (document, time) = try WriteReport(query, limit: 20).run(in: repository)
      return "\(time)\n\(try withoutNames(MarkdownRenderer().render(document), repository))"
    }
  }

  /// The one repository has numbers for what was found, by which hosts share findings, and the other has none.
  ///
  /// Ids of OCSF's events are digests of names that differ.
  @Test(
    arguments: ["with a policy", "until"], ExportFormat.allCases.filter { $0 != .ocsf })
  func `in exports`(query: String, format: ExportFormat) throws {
    try expectSame(query) { repository, query in
      var text = ""
      try WriteExport(query, format: format, toolVersion: "1").run(in: repository) {
        text += String(decoding: $0, as: UTF8.self)
      }
      return try withoutNames(text, repository)
    }
  }

  @Test(arguments: ["latest", "node-1~1", "shop", "web-3~1", "web-1@2026-12-31", "2026-01-03"])
  func `in names of runs`(name: String) throws {
    let runs = try Self.samples.get().map { try $0.run(named: name) }
    #expect(Self.name(runs[0].summary) == Self.name(runs[1].summary))
    #expect(runs[0].findings == runs[1].findings)
  }

  @Test func `in baselines`() throws {
    let both = try Self.both()
    for filter in [RunFilter(host: "web-3"), RunFilter()] {
      let set = try both.map {
        try Baselines.set(nil, filter, at: Past.day(99), in: $0).map(Self.name)
      }
      #expect(set[0] == set[1])
      let missing = try both.map { try Baselines.setMissing(at: Past.day(99), in: $0) }
      #expect(missing[0] == missing[1])
    }
    let cleared = try both.map {
      try Baselines.clear(RunFilter(host: "node-1"), at: Past.day(99), in: $0).count
    }
    #expect(cleared == [2, 2])
  }

  @Test func `where labels leave a part of the runs`() throws {
    let query = HostQuery(labels: [("env", "test")], time: Past.day(400))
    let both = try Self.samples.get()
    let spans = try both.map { try $0.history(query.filter) { try $0.span() } }
    let points = try both.map { try ReadTrend(query).run(in: $0).trend.points.map(\.time) }
    #expect(spans[0] == spans[1])
    #expect(points[0] == points[1])

  }

  @Test func `where only baselines are meant`() throws {
    let both = try Self.both()
    for repository in both {
      _ = try Baselines.set("shop~1", RunFilter(), at: Past.day(99), in: repository)
    }
    var filter = RunFilter()
    filter.isBaseline = true
    let runs = try both.map { repository in
      try repository.history(filter) { history in
        try history.hosts.reduce(0) { $0 + (try history.runs(of: $1)).count }
      }
    }
    #expect(runs[0] == 1)
    #expect(runs[1] == 1)

  }
}
