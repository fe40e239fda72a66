import BenchExports
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchService
import BenchStorage
import BenchTestSupport
import Testing

/// What holds of every database, in whatever order the runs of chance come into it.
struct `Any order of imports` {
  private static let seeds: [Range<UInt64>] = stride(from: 0, to: 200, by: 25).map {
    UInt64($0)..<UInt64($0 + 25)
  }
  private static let controls = [
    "daemon-icc-disabled", "daemon-live-restore", "container-no-privileged", "host-partition",
  ]

  /// A run with a start of its own, sometimes cut off, sometimes under the host's old name, sometimes without a time of its
  /// own.
  private static func run(_ number: Int, _ generator: inout SeededGenerator) -> Run {
    let tool =
      [Tool.dockerBenchSecurity, .aquaDockerBench, .kubeBench]
      .randomElement(using: &generator) ?? .kubeBench
    let edition = tool == .dockerBenchSecurity ? "e11-cis1.6.0b" : "cis-1.2"
    let names =
      tool == .kubeBench
      ? ["kube-apiserver-anonymous-auth-disabled", "kube-etcd-peer-tls-certificate-set"] : controls
    let findings = names.enumerated().map { place, control in
      let outcome: Outcome = Bool.random(using: &generator) ? .fail : .pass
      return Finding(
        control: control, section: "daemon", checkID: "2.\(place)", title: "Title of \(control)",
        printed: .warn, outcome: outcome, line: place + 2,
        items: outcome == .fail && Bool.random(using: &generator)
          ? [Item(kind: .container, name: "web", stableName: "web")] : [])
    }
    var run = Run(
      host: ["web-1", "web-2", "old-1"].randomElement(using: &generator) ?? "web-1",
      release: Release(
        tool: tool, printed: nil, edition: edition,
        earliest: tool == .dockerBenchSecurity ? "v1.6.1" : edition,
        latest: tool == .dockerBenchSecurity ? "v1.6.1" : edition),
      form: .text, startedAt: Past.day(Int64(number)),
      timeSource: tool.printsTime ? .log : .file, isComplete: true, printedChecks: nil,
      printedScore: nil, line: 1, findings: findings)
    if !tool.printsTime {
      run.fileTime = FileTime(seconds: run.startedAt, nanoseconds: number)
      run.nanoseconds = number
    }
    return run
  }

  /// Runs with, of some, the version that was cut off.
  private static func runs(_ generator: inout SeededGenerator) -> [(run: Run, path: String)] {
    (0..<Int.random(in: 2...9, using: &generator)).flatMap { number in
      let whole = run(number, &generator)
      var cut = whole
      cut.isComplete = false
      cut.findings.removeLast()
      let isCut = whole.timeSource == .log && Bool.random(using: &generator)
      let both = isCut ? [whole, cut] : [whole]
      return both.map { ($0, "logs/\(number).log") }
    }
  }

  private static func repository(_ runs: [(run: Run, path: String)]) throws -> RunStore {
    var store = try RunStore(.embedded)
    store.hostNames = HostNames(renames: ["old-1": "web-1"])
    for (run, path) in runs {
      try store.write { writer in
        _ = try writer.store(run, path: path, labels: [], importedAt: 1)
      }
    }
    return store
  }

  private static let query = HostQuery(time: Past.day(20))

  private static func exported(_ store: RunStore) throws -> String {
    var text = ""
    try WriteExport(query, format: .json, toolVersion: "1").run(in: store) {
      text += String(decoding: $0, as: UTF8.self)
    }
    return text
  }

  @Test(arguments: seeds)
  func `gives the same bytes`(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var generator = SeededGenerator(seed: seed)
      let runs = Self.runs(&generator)
      let expected = try Self.exported(Self.repository(runs))
      for _ in 0..<2 {
        let shuffled = runs.shuffled(using: &generator)
        let store = try Self.repository(shuffled)
        #expect(try Self.exported(store) == expected, "seed \(seed)")
        #expect(try store.checkStandings() == [], "seed \(seed)")
      }
      // Once more they add nothing.
      let twice = try Self.exported(Self.repository(runs + runs))
      #expect(twice == expected, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `has a trend that adds up`(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var generator = SeededGenerator(seed: seed)
      let store = try Self.repository(Self.runs(&generator).shuffled(using: &generator))
      let trend = try ReadTrend(Self.query).run(in: store).trend
      var open = 0
      for point in trend.points {
        #expect(point.books.before == open, "seed \(seed)")
        #expect(point.books.after == point.open, "seed \(seed)")
        open = point.open
      }
      #expect(trend.points.reduce(0) { $0 + $1.joined } == trend.hosts, "seed \(seed)")
      #expect(trend.points.last?.hosts == trend.hosts, "seed \(seed)")
      // What is open now is what everybody else counts.
      let ranking = try Self.query.ranking(by: .control, in: store)
      #expect(ranking.open == open, "seed \(seed)")
      let stride = try Self.query.stride(base: .previous, in: store)
      #expect(stride.now.total == open, "seed \(seed)")
      let gate = try GateHosts(Self.query, thresholds: Thresholds()).run(in: store)
      #expect(gate.open == open, "seed \(seed)")
    }
  }
}
