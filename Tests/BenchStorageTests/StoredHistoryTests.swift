import BenchCatalog
import BenchHistory
import BenchModel
import BenchStorage
import BenchTestSupport
import Testing

struct `A history` {
  /// What a history has of each run, by the names that people know.
  private static func lines(
    _ store: RunStore, _ filter: RunFilter = RunFilter()
  ) throws -> [String] {
    try store.history(filter) { history in
      try history.hosts.flatMap { host in
        try history.runs(of: host).map { run in
          let findings = try history.outcomes(snapshot: run.snapshot).map { finding in
            let title = history.titles[finding.title]
            return "\(title?.control ?? title?.checkID ?? "?") \(finding.outcome.name)"
          }
          let edition = history.releases[run.release]?.edition ?? "unknown"
          let notes = [run.isComplete ? "" : "incomplete", run.scope.text]
          return
            "\(host.name) \(run.id) \(run.startedAt) \(edition) \(notes) \(findings.joined(separator: ", "))"
        }
      }
    }
  }

  private static func run(
    _ day: Int64, host: String = "web-1", _ outcome: Outcome = .fail, tool: Tool? = nil,
    scope: String = ""
  ) -> Run {
    var run = Example.run(
      Example.day(day), host: host, findings: [Example.finding("daemon-icc-disabled", outcome)])
    if let tool {
      run.release = Release(
        tool: tool, printed: nil, edition: "cis-1.2", earliest: "cis-1.2", latest: "cis-1.2")
    }
    run.scope = scope.isEmpty ? nil : RunScope(scope)
    return run
  }

  /// The heads and bases of a host, by their days.
  private static func latest(
    _ store: RunStore, _ host: String = "web-1"
  ) throws -> [(head: Int64, base: Int64?, baseline: Int64?)] {
    let day = { (run: HistoryRun) in (run.startedAt - Example.day(0)) / 86_400 }
    return try store.history(RunFilter(host: host)) { history in
      try history.hosts.flatMap { host in
        try history.sequence(of: host).latest.map {
          (day($0.head), $0.base.map(day), $0.baseline.map(day))
        }
      }
    }
  }

  /// The tools of the releases of each host.
  private static func tools(_ store: RunStore, _ filter: RunFilter) throws -> [String: [String]] {
    try store.history(filter) { history in
      try history.releases(of: history.hosts).mapValues { releases in
        releases.map { history.releases[$0]?.tool.name ?? "unknown" }
      }
    }
  }

  @Test func `has the releases of each host, those of the newest runs first`() throws {
    let store = try RunStore(.embedded)
    try store.add([
      Self.run(0), Self.run(1, tool: .aquaDockerBench), Self.run(2), Self.run(3),
      Self.run(0, host: "db-1"), Self.run(1, host: "db-1", tool: .aquaDockerBench),
    ])
    let (script, aqua) = (Tool.dockerBenchSecurity.name, Tool.aquaDockerBench.name)
    #expect(
      try Self.tools(store, RunFilter()) == ["web-1": [script, aqua], "db-1": [aqua, script]])
    #expect(try Self.tools(store, RunFilter(host: "db-1")) == ["db-1": [aqua, script]])
    let until = RunFilter(until: Example.day(1))
    #expect(try Self.tools(store, until) == ["web-1": [aqua, script], "db-1": [aqua, script]])
    #expect(try Self.tools(store, RunFilter(until: Example.day(0)))["web-1"] == [script])
  }

  @Test func `is the same whatever the order of the imports`() throws {
    let runs = [
      Self.run(0), Self.run(1, .pass), Self.run(2), Self.run(0, host: "db-1", .pass),
      Self.run(4, tool: .aquaDockerBench), Self.run(3, host: "db-1", scope: "include=web"),
    ]
    let expected = try RunStore(.embedded)
    try expected.add(runs)
    var generator = SeededGenerator(seed: 7)
    for orders in [runs.reversed(), runs.shuffled(using: &generator)] {
      let store = try RunStore(.embedded)
      for run in orders { try store.add([run]) }
      #expect(try Self.lines(store) == Self.lines(expected))
    }
    #expect(try Self.lines(expected).count == 6)
  }

  @Test func `is as of a time`() throws {
    let store = try RunStore(.embedded)
    try store.add((0..<4).map { Self.run($0) })
    for (until, count) in [
      (Example.day(0) - 1, 0), (Example.day(0), 1), (Example.day(2) - 1, 2), (Example.day(9), 4),
    ] {
      #expect(try Self.lines(store, RunFilter(until: until)).count == count)
    }
    let span = try store.history(RunFilter(until: Example.day(2))) { try $0.span() }
    #expect(span == Example.day(0)...Example.day(2))
  }

  @Test func `has the runs with all the labels`() throws {
    let store = try RunStore(.embedded)
    try store.add([Self.run(0)], labels: [("env", "prod"), ("team", "a")])
    try store.add([Self.run(1)], labels: [("env", "prod")])
    try store.add([Self.run(2)], labels: [("env", "test"), ("team", "a")])
    for (labels, count) in [
      ([("env", "prod")], 2), ([("env", "prod"), ("team", "a")], 1), ([("env", "x")], 0), ([], 3),
      ([("env", "' OR 1 --")], 0),
    ] as [([(String, String)], Int)] {
      let filter = RunFilter(labels: labels.map { (key: $0.0, value: $0.1) })
      #expect(try Self.lines(store, filter).count == count)
    }
  }

  @Test func `has a host under the name that it has now`() throws {
    var store = try RunStore(.embedded)
    try store.add([Self.run(1, host: "old"), Self.run(0, host: "new"), Self.run(2, host: "older")])
    store.hostNames = HostNames(renames: ["old": "new", "older": "old"])
    for name in [nil, "new", "old", "older"] {
      let lines = try Self.lines(store, RunFilter(host: name))
      #expect(lines.count == 3)
      #expect(lines.allSatisfy { $0.hasPrefix("new ") })
    }
    #expect(try Self.latest(store, "older").map(\.base) == [1])
    #expect(try Self.lines(store, RunFilter(host: "x")).isEmpty)
  }

  @Test func `may have hosts that are renamed in a circle`() throws {
    var store = try RunStore(.embedded)
    try store.add([Self.run(0, host: "a"), Self.run(1, host: "b")])
    store.hostNames = HostNames(renames: ["a": "b", "b": "a"])
    #expect(try Self.lines(store).count == 2)
  }

  @Test func `measures the newest run against the one before of its tool`() throws {
    let store = try RunStore(.embedded)
    try store.add([
      Self.run(0), Self.run(1, .pass), Self.run(2, tool: .aquaDockerBench), Self.run(3),
    ])
    let latest = try Self.latest(store)
    #expect(latest.map(\.head) == [3])
    #expect(latest.map(\.base) == [1])
    #expect(latest.map(\.baseline) == [nil])
  }

  @Test func `measures it against another tool's that checks the same, if there is none`() throws {
    let store = try RunStore(.embedded)
    try store.add([Self.run(0), Self.run(1, tool: .aquaDockerBench)])
    #expect(try Self.latest(store).map(\.base) == [0])
    try store.add([Self.run(2, tool: .kubeBench)])
    let latest = try Self.latest(store)
    #expect(latest.map(\.head) == [2, 1])
    #expect(latest.map(\.base) == [nil, 0])
  }

  @Test func `has nothing to measure a host's only run against`() throws {
    let store = try RunStore(.embedded)
    try store.add([Self.run(0)])
    #expect(try Self.latest(store).map(\.base) == [nil])
  }

  @Test func `gives runs of the same findings the same content`() throws {
    let store = try RunStore(.embedded)
    try store.add([Self.run(0), Self.run(1), Self.run(2, .pass), Self.run(3, scope: "include=a")])
    try store.history(RunFilter()) { history in
      let runs = try history.runs(of: try #require(history.hosts.first))
      #expect(runs[0].hasSameContent(as: runs[1]))
      #expect(!runs[1].hasSameContent(as: runs[2]))
      #expect(runs[0].snapshot == runs[3].snapshot)
      #expect(!runs[0].hasSameContent(as: runs[3]))
    }
  }

  @Test func `keeps the scope of a run`() throws {
    let store = try RunStore(.embedded)
    let id = try #require(try store.add([Self.run(0, scope: "exclude=b,a include=c")]).first?.id)
    #expect(try store.run(id).summary.scope.text == "include=c exclude=b,a")
    #expect(try store.runs(RunFilter()).map(\.scope.text) == ["include=c exclude=b,a"])
  }

  @Test func `takes the scope of a run that is imported again with one`() throws {
    let store = try RunStore(.embedded)
    try store.add([Self.run(0)])
    #expect(try store.add([Self.run(0, scope: "include=web")]).map(\.status) == [.present])
    #expect(try store.runs(RunFilter()).map(\.scope.text) == ["include=web"])
    // Without one nothing new is known of it.
    try store.add([Self.run(0)])
    #expect(try store.runs(RunFilter()).map(\.scope.text) == ["include=web"])
    try store.add([Self.run(0, scope: "include=db")])
    #expect(try store.runs(RunFilter()).map(\.scope.text) == ["include=db"])
  }

  @Test func `keeps the scope of a cut run that is replaced`() throws {
    let store = try RunStore(.embedded)
    var cut = Self.run(0, scope: "include=web")
    cut.isComplete = false
    cut.findings = []
    try store.add([cut])
    let whole = Self.run(0)
    #expect(try store.add([whole]).map(\.status) == [.replaced])
    #expect(try store.runs(RunFilter()).map(\.scope.text) == ["include=web"])
  }
}
