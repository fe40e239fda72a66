import BenchCatalog
import BenchEvidence
import BenchHistory
import BenchModel
import BenchTestSupport
import GRDB
import Testing

@testable import BenchStorage

struct `Runs that are taken out` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  private static let tables = [
    "host", "tool", "edition", "release", "source", "checkTitle", "state", "finding", "item",
    "snapshot", "snapshotState", "run", "label", "piece", "evidence", "evidencePiece", "standing",
    "failure", "runChange", "baselineMark",
  ]

  private static func rows(_ sql: String, _ store: RunStore) throws -> [String] {
    try store.queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { $0.isNull ? "-" : "\($0.storage.value ?? "-")" }
          .joined(separator: " ")
      }
    }
  }

  private static func counts(_ store: RunStore) throws -> [String] {
    try tables.flatMap { try rows("SELECT '\($0)', count(*) FROM \($0)", store) }
  }

  private func remove(_ runs: Int64...) throws { try store.write { try $0.remove(runs) } }

  @Test func `leave nothing behind`() throws {
    var run = Example.run(Example.day(0))
    run.evidence = EvidenceCut().cut(Array("Initializing\n[INFO] 1 - Host\n[PASS] 1.1 x\n".utf8))
    let id = try #require(try store.add([run], labels: [("env", "test")]).first?.id)
    try store.write { try $0.setBaseline([id], at: 0) }
    try remove(id, 42)
    #expect(try Self.counts(store) == Self.tables.map { "\($0) 0" })
    #expect(try store.check().isEmpty)
    #expect(try store.checkStandings().isEmpty)
    #expect(try store.hosts().isEmpty)
    // The log brings it back.
    let again = try store.add([run])
    #expect(again.map(\.status) == [.imported])
    #expect(again.map(\.id) == [id])
  }

  @Test func `that are not there change nothing`() throws {
    try store.add([Example.run(Example.day(0))])
    let before = try Self.counts(store)
    try remove(42)
    try remove()
    #expect(try Self.counts(store) == before)
  }

  @Test func `and that others stand on are folded right`() throws {
    let ids = try store.add(
      [Outcome.fail, .pass, .fail].enumerated().map { day, outcome in
        Example.run(
          Example.day(Int64(day)), findings: [Example.finding("daemon-icc-disabled", outcome)])
      }
    ).map(\.id)
    let failures = """
      SELECT (beganAt - 1767225600) / 86400, beganBy, (endedAt - 1767225600) / 86400, endedBy
      FROM failure ORDER BY number
      """
    #expect(try Self.rows(failures, store) == ["0 2 1 5", "2 0 - -"])
    try remove(ids[1])
    #expect(try Self.rows(failures, store) == ["0 2 - -"])
    try remove(ids[0])
    #expect(try Self.rows(failures, store) == ["2 2 - -"])
    #expect(try store.checkStandings().isEmpty)
  }

  @Test func `may be many, of many files and checks`() throws {
    var ids: [Int64] = []
    for number in 0..<60 as Range<Int64> {
      let findings = [
        Example.finding(nil, section: "unmapped", id: "9.\(number)"),
        Example.finding("daemon-icc-disabled"),
      ]
      ids += try store.add(
        [Example.run(Example.day(number), findings: findings)], path: "\(number).log"
      ).map(\.id)
    }
    let indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    let before = try Self.rows(indexes, store)
    try store.write { try $0.remove(Array(ids.dropLast(20))) }
    #expect(try Self.rows(indexes, store) == before)
    #expect(
      try Self.rows(
        "SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM source), count(*) FROM checkTitle",
        store) == ["20 20 21"])
    #expect(try store.check().isEmpty)
    #expect(try store.checkStandings().isEmpty)
  }

  // MARK: - As if they had never been there

  private static let controls = [
    "daemon-icc-disabled", "container-no-privileged", "host-partition", "daemon-live-restore",
  ]

  /// A run of chance at a day of its own.
  private static func run(_ day: Int64, _ generator: inout SeededGenerator) -> Run {
    let tool = Bool.random(using: &generator) ? Tool.dockerBenchSecurity : .kubeBench
    let edition = tool == .kubeBench ? "cis-1.9" : "e11-cis1.6.0b"
    let names: [String?] =
      tool == .kubeBench ? ["kube-apiserver-anonymous-auth-disabled", nil] : controls + [nil]
    var findings: [Finding] = []
    for (place, control) in names.enumerated() where Int.random(in: 0...3, using: &generator) > 0 {
      let outcome = [Outcome.fail, .fail, .pass, .manual].randomElement(using: &generator) ?? .pass
      findings.append(
        Example.finding(
          control, outcome, section: control == nil ? "unmapped" : "section \(place % 2)",
          id: "\(place).\(control == nil ? Int.random(in: 0...3, using: &generator) : 0)",
          line: place + 2,
          items: outcome == .fail && Bool.random(using: &generator)
            ? [Item(kind: .container, name: "web", stableName: "web")] : []))
    }
    var run = Example.run(
      Example.day(day), host: ["web-1", "db-1"].randomElement(using: &generator) ?? "web-1",
      isComplete: Int.random(in: 0...4, using: &generator) > 0, findings: findings)
    run.release = Release(
      tool: tool, printed: nil, edition: edition, earliest: edition, latest: edition)
    if Int.random(in: 0...3, using: &generator) == 0 { run.scope = RunScope(include: ["web"]) }
    if Bool.random(using: &generator) {
      let text = findings.map { "[INFO] \($0.checkID) - Section\n[WARN] \($0.outcome)\n" }.joined()
      run.evidence = EvidenceCut().cut(Array("Initializing \(day)\n\(text)".utf8))
    }
    return run
  }

  /// A database with runs, each of a file of its own, of which some are made baselines where they are there.
  private static func database(_ runs: [Run], _ baselines: [Int64]) throws -> RunStore {
    let store = try RunStore(.embedded)
    for run in runs {
      try store.add(
        [run], path: "\(run.startedAt).log", labels: [("day", "\(run.startedAt % 3)")])
    }
    let ids = Set(try store.ids(RunFilter()))
    try store.write { try $0.setBaseline(baselines.filter(ids.contains), at: 0) }
    return store
  }

  /// All that a database says, by the names of things and not by their numbers.
  private static func content(_ store: RunStore) throws -> [String] {
    var lines = try counts(store)
    for run in try store.runs(RunFilter()) {
      let stored = try store.run(run.id)
      let labels = run.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      lines.append(
        "\(run.name) \(run.host) \(run.release) \(run.startedAt) \(run.isComplete) \(run.scope.text) "
          + "\(run.path) \(labels) \(run.isOrderGuessed) \(run.unmapped)")
      lines.append("\(stored.findings)")
      lines.append("\(try store.evidence(of: run.id) ?? [])")
    }
    lines += try rows(
      """
      SELECT host.name, system, runs, firstAt, newestAt, newestRunId, passing, failing, before IS NULL
      FROM standing JOIN host ON host.id = hostId ORDER BY host.name, system
      """, store)
    lines += try rows(
      """
      SELECT host.name, system, number, checkId, control, openSince, beganAt, beganBy, beganRunId, endedAt, endedBy,
        endedRunId
      FROM failure JOIN standing ON standing.id = standingId JOIN host ON host.id = hostId
        JOIN checkTitle ON checkTitle.id = checkTitleId ORDER BY host.name, system, number
      """, store)
    lines += try rows(
      """
      SELECT host.name, system, number, runId, startedAt, runChange.passing, criterionChanged
      FROM runChange JOIN standing ON standing.id = standingId JOIN host ON host.id = hostId
      ORDER BY host.name, system, number
      """, store)
    return lines
  }

  @Test(arguments: stride(from: 0, to: 120, by: 20).map { UInt64($0)..<UInt64($0 + 20) })
  func `are as if they had never been imported`(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var generator = SeededGenerator(seed: seed)
      let runs = (0..<Int64.random(in: 2...10, using: &generator))
        .map { Self.run($0, &generator) }.shuffled(using: &generator)
      let all = try Self.database(runs, [])
      let ids = Dictionary(
        uniqueKeysWithValues: try all.runs(RunFilter()).map { ($0.startedAt, $0.id) })
      let gone = Set(runs.map(\.startedAt).filter { _ in Bool.random(using: &generator) })
      // Not one of those that go: without it an earlier one would have stayed the baseline.
      let baselines = Array(
        runs.filter { !gone.contains($0.startedAt) }.compactMap { ids[$0.startedAt] }.prefix(2))
      try all.write { try $0.setBaseline(baselines, at: 0) }
      let going = gone.sorted().compactMap { ids[$0] }
      let half = going.count / 2
      for part in [Array(going[..<half]), Array(going[half...])] {
        try all.write { try $0.remove(part) }
      }
      let never = try Self.database(runs.filter { !gone.contains($0.startedAt) }, baselines)
      #expect(try Self.content(all) == Self.content(never), "seed \(seed)")
      #expect(try all.check() == [], "seed \(seed)")
      #expect(try all.checkStandings() == [], "seed \(seed)")
    }
  }
}
