import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchReports
import BenchService
import BenchTestSupport
import Testing

struct `Importing logs` {
  private let repository = MemoryRepository()
  private let logs: LogFolder

  init() throws { logs = try LogFolder() }

  @discardableResult
  private func run(
    labels: [(key: String, value: String)] = [], isStrict: Bool = false, isDryRun: Bool = false,
    scope: RunScope? = nil
  ) throws -> ImportLogs.Result {
    try ImportLogs(
      logs.reading(scope: scope), labels: labels, isStrict: isStrict, isDryRun: isDryRun
    ).run(into: repository)
  }

  private func writeTwo() throws {
    try logs.write("1.log", TinyLog.timed("2026-01-01T03:00:00+00:00"), changed: 0)
    try logs.write(
      "2.log", TinyLog.timed("2026-01-02T03:00:00+00:00", TinyLog.withLiveRestore), changed: 0)
  }

  @Test func `keeps so many warnings and counts the others`() throws {
    let beginnings = String(repeating: "Initializing 2026-01-01T03:00:00+00:00\n", count: 12_000)
    try logs.write(
      "1.log", TinyLog.timed("2026-01-01T03:00:00+00:00") + Array(beginnings.utf8), changed: 0)
    let result = try run()
    #expect(result.runs.count == 1)
    #expect(result.notices.count == 10_001)
    guard case .moreWarnings(let count) = result.notices.last?.kind else {
      Issue.record("nothing says that there were more")
      return
    }
    #expect(count >= 2_000)
  }

  @Test func `warns of every beginning without a check, before a run too`() throws {
    let beginnings = String(repeating: "Initializing 2026-01-01T03:00:00+00:00\n", count: 3)
    try logs.write(
      "1.log", Array(beginnings.utf8) + TinyLog.timed("2026-01-01T03:00:00+00:00"), changed: 0)
    let result = try run()
    #expect(result.runs.count == 1)
    #expect(result.notices.map(\.line) == [1, 2, 3])
  }

  @Test func `stores the runs of all files, and tells what the newest changed`() throws {
    try writeTwo()
    let result = try run(labels: [("env", "test")])
    #expect(result.notices.map(\.path) == [])
    #expect(!result.isRefused)
    #expect(result.runs.map(\.status) == [.imported, .imported])
    #expect(result.runs.map(\.startedAt) == [Past.day(0) + 10_800, Past.day(1) + 10_800])
    let change = try #require(result.changes.first)
    #expect(result.changes.count == 1)
    #expect(change.head.id == result.runs[1].id)
    #expect(change.base?.id == result.runs[0].id)
    #expect(change.summary?.fixed == 1)
    #expect(change.summary?.worse == 0)
    let stored = repository.runs(RunFilter(labels: [("env", "test")]))
    #expect(stored.map(\.id) == result.runs.map(\.id).reversed())
    #expect(try repository.run(stored[0].id).findings.count == result.runs[1].checks)
  }

  @Test func `finds a second time that all is there, and no change`() throws {
    try writeTwo()
    let first = try run()
    let second = try run()
    #expect(second.runs.map(\.status) == [.present, .present])
    #expect(second.runs.map(\.id) == first.runs.map(\.id))
    #expect(second.changes.isEmpty)
    #expect(repository.runs(RunFilter()).count == 2)
  }

  @Test func `tells of a first run that it is one`() throws {
    try logs.write("1.log", TinyLog.timed("2026-01-01T03:00:00+00:00"), changed: 0)
    let change = try #require(try run().changes.first)
    #expect(change.base == nil)
    #expect(change.summary == nil)
  }

  @Test func `keeps nothing in a dry run, but tells what would change`() throws {
    try writeTwo()
    let result = try run(labels: [("baseline", "yes")], isDryRun: true)
    #expect(result.runs.count == 2)
    #expect(result.changes.first?.summary?.fixed == 1)
    #expect(repository.runs(RunFilter()).isEmpty)
  }

  @Test func `keeps nothing of an import with a warning, if it is strict`() throws {
    try writeTwo()
    try logs.write("3-notes.txt", Array("nothing\n".utf8), changed: 0)
    let result = try run(isStrict: true)
    #expect(result.isRefused)
    #expect(result.runs.isEmpty)
    #expect(result.changes.isEmpty)
    #expect(result.notices.count == 1)
    #expect(repository.runs(RunFilter()).isEmpty)
    let lax = try run()
    #expect(!lax.isRefused)
    #expect(lax.notices.count == 1)
    #expect(lax.runs.count == 2)
  }

  @Test func `keeps nothing of an import with an error`() throws {
    try writeTwo()
    let reading = LogReading(
      LogFiles.entries([logs.folder.file("1.log"), logs.folder.file("missing.log")]),
      hosts: .name("web-1"), now: Past.day(9), .embedded)
    let result = try ImportLogs(reading).run(into: repository)
    #expect(result.isRefused)
    #expect(result.notices.map(\.severity) == [.error])
    #expect(repository.runs(RunFilter()).isEmpty)
  }

  @Test(arguments: [(600, 0), (601, 1)] as [(Int64, Int)])
  func `warns of a run that starts after the import, by more than clocks differ`(
    ahead: Int64, warnings: Int
  ) throws {
    try logs.write("1.log", TinyLog.timed("2026-01-10T00:00:00+00:00"), changed: 0)
    let reading = LogReading(
      LogFiles.entries([logs.folder.path]), hosts: .name("web-1"), now: Past.day(9) - ahead,
      .embedded)
    let strict = try ImportLogs(reading, isStrict: true).run(into: MemoryRepository())
    #expect(strict.isRefused == (warnings > 0))
    let result = try ImportLogs(reading).run(into: repository)
    #expect(!result.isRefused)
    #expect(result.notices.count == warnings)
    for notice in result.notices {
      #expect(notice.severity == .warning)
      #expect(notice.path.hasSuffix("/1.log"))
      #expect(notice.line == 1)
      guard case .startInFuture(host: "web-1", start: Past.day(9)) = notice.kind else {
        Issue.record("\(notice.kind)")
        continue
      }
    }
    #expect(repository.newestStart() == Past.day(9))
    #expect(try ImportLogs(reading).run(into: repository).notices.isEmpty)
  }

  @Test func `says that no file holds a run`() throws {
    try logs.write("notes.txt", Array("nothing\n".utf8), changed: 0)
    let result = try run()
    #expect(result.isRefused)
    let last = try #require(result.notices.last)
    guard case .noRuns(files: 1) = last.kind else {
      Issue.record("\(last.kind)")
      return
    }
  }

  @Test func `makes the newest run the only baseline of host and system`() throws {
    try writeTwo()
    try logs.write("0-kube.txt", Fixture.bytes("before-kube-cis-1.6-node-stdout.txt"), changed: 60)
    let first = try run(labels: [("baseline", "yes"), ("env", "test")])
    let baselines = try repository.baselines(host: nil)
    #expect(baselines.map(\.release.tool) == [.dockerBenchSecurity, .kubeBench])
    #expect(baselines.first?.id == first.runs.max { $0.startedAt < $1.startedAt }?.id)
    #expect(repository.runs(RunFilter(labels: [("env", "test")])).count == 3)
    try logs.write("3.log", TinyLog.timed("2026-01-03T03:00:00+00:00"), changed: 0)
    let second = try run(labels: [("baseline", "yes")])
    let after = try repository.baselines(host: nil)
    #expect(after.map(\.id).first == second.runs.first { $0.status == .imported }?.id)
    #expect(after.count == 2)
  }

  @Test func `notes what a person says that the runs were limited to`() throws {
    try writeTwo()
    let scope = try #require(RunScope("include=web"))
    try run(scope: scope)
    #expect(repository.runs(RunFilter()).map(\.scope) == [scope, scope])
  }

  @Test func `leads the imported hosts through the gate, and no others`() throws {
    try repository.add(.of([Sample.privileged: .fail], day: 0, host: "db-1"))
    try writeTwo()
    var policy = Policy()
    policy.thresholds.severity = .critical
    let result = try ImportLogs(logs.reading(), gate: Sample.query(policy: policy))
      .run(into: repository)
    #expect(result.gate?.hosts.map(\.host) == ["web-1"])
    #expect(result.gate?.isTripped == true)
    let dry = try ImportLogs(
      logs.reading(), isDryRun: true, gate: Sample.query(policy: policy)
    ).run(into: repository)
    #expect(dry.gate == nil)
  }

  @Test func `names a renamed host as it is called now`() throws {
    try writeTwo()
    repository.hostNames = HostNames(renames: ["web-1": "shop"])
    var policy = Policy()
    policy.thresholds.severity = .critical
    let result = try ImportLogs(
      logs.reading(), labels: [("baseline", "yes")], gate: Sample.query(policy: policy)
    ).run(into: repository)
    #expect(result.changes.map(\.head.host) == ["shop"])
    #expect(result.gate?.hosts.map(\.host) == ["shop"])
    #expect(try repository.baselines(host: "web-1").map(\.host) == ["shop"])
  }

  @Test func `tells the changes of more hosts than it holds in memory`() throws {
    let count = 230
    for number in 0..<count {
      let fails: Set<String> = number % 2 == 0 ? ["4.5"] : ["4.5", "5.10"]
      try logs.write("h\(number)/1.txt", TinyLog.aqua(failing: ["5.10"]), changed: 0)
      try logs.write("h\(number)/2.txt", TinyLog.aqua(failing: fails), changed: 3_600)
    }
    let reading = try #require(logs.readingHosts())
    let result = try ImportLogs(reading).run(into: repository)
    #expect(result.runs.count == 2 * count)
    #expect(result.changes.count == count)
    #expect(result.changes.allSatisfy { $0.summary?.worse == 1 })
    #expect(result.changes.count { $0.summary?.fixed == 1 } == count / 2)
    #expect(result.changes.map(\.head.host) == result.changes.map(\.head.host).sorted())
    #expect(result.changes.allSatisfy { $0.head.startedAt == Past.start + 3_600 })
  }
}
