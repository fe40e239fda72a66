import BenchHistory
import BenchModel
import BenchReports
import BenchService
import BenchTestSupport
import Testing

struct `The order of runs without a time of their own` {
  private let repository = MemoryRepository()
  private let logs: LogFolder

  init() throws { logs = try LogFolder() }

  /// Which of the checks fail in the runs as they stand, the oldest first.
  private func failing() throws -> [[String]] {
    try repository.history(RunFilter()) { history in
      try history.hosts.flatMap { try history.runs(of: $0) }.map { run in
        try history.findings(of: run).filter { $0.outcome == .fail }.map(\.checkID)
      }
    }
  }

  private func run(isStrict: Bool = false) throws -> ImportLogs.Result {
    try ImportLogs(logs.reading(), isStrict: isStrict).run(into: repository)
  }

  @Test func `is by natural path where files were changed at once, and is said to be a guess`()
    throws
  {
    try logs.write("run-10.txt", TinyLog.aqua(failing: ["5.10"]), changed: 0)
    try logs.write("run-9.txt", TinyLog.aqua(failing: ["4.5"]), changed: 0)
    try logs.write("run-1.txt", TinyLog.aqua(failing: ["2.1"]), changed: 0)
    let result = try run()
    #expect(try failing() == [["2.1"], ["4.5"], ["5.10"]])
    #expect(result.notices.count == 1)
    guard
      case .orderGuessed(host: "web-1", runs: 3, let first, let last) = try #require(
        result.notices.first
      ).kind
    else {
      Issue.record("\(result.notices)")
      return
    }
    #expect(first.hasSuffix("run-1.txt:1"))
    #expect(last.hasSuffix("run-10.txt:1"))
    #expect(repository.runs(RunFilter()).allSatisfy { $0.isOrderGuessed })
    #expect(repository.runs(RunFilter()).first?.path.hasSuffix("run-10.txt") == true)
    #expect(try run().notices.isEmpty)
  }

  @Test func `is by place in one file`() throws {
    let bytes = TinyLog.aqua(failing: ["4.5"]) + TinyLog.aqua(failing: ["5.10"])
    try logs.write("all.txt", bytes, changed: 0)
    let result = try run()
    #expect(try failing() == [["4.5"], ["5.10"]])
    guard case .orderGuessed(_, runs: 2, _, _) = try #require(result.notices.first).kind else {
      Issue.record("\(result.notices)")
      return
    }
    #expect(result.notices.first?.line == 1)
  }

  @Test func `is by name where times are those of a copy`() throws {
    try logs.write("1-before.txt", TinyLog.aqua(failing: ["4.5"]), changed: 1)
    try logs.write("2-after.txt", TinyLog.aqua(failing: ["5.10"]), changed: 0)
    let result = try run()
    #expect(try failing() == [["4.5"], ["5.10"]])
    guard
      case .timesOfCopy(host: "web-1", files: 2) = try #require(result.notices.first).kind
    else {
      Issue.record("\(result.notices)")
      return
    }
    #expect(result.notices.count == 1)
    #expect(Set(repository.runs(RunFilter()).map(\.startedAt)) == [Past.start + 1])
  }

  @Test func `is by time where files were changed far apart`() throws {
    try logs.write("1-after.txt", TinyLog.aqua(failing: ["5.10"]), changed: 86_400)
    try logs.write("2-before.txt", TinyLog.aqua(failing: ["4.5"]), changed: 0)
    let result = try run()
    #expect(result.notices.isEmpty)
    #expect(try failing() == [["4.5"], ["5.10"]])
    #expect(repository.runs(RunFilter()).first?.path.hasSuffix("1-after.txt") == true)
  }

  @Test func `makes an import strict that guesses`() throws {
    try logs.write("1.txt", TinyLog.aqua(failing: ["4.5"]), changed: 0)
    try logs.write("2.txt", TinyLog.aqua(failing: ["5.10"]), changed: 0)
    #expect(try run(isStrict: true).isRefused)
    #expect(repository.runs(RunFilter()).isEmpty)
  }

  @Test func `is not guessed between a run for Docker and one for Kubernetes`() throws {
    try logs.write("1.txt", TinyLog.aqua(failing: ["4.5"]), changed: 0)
    try logs.write("2.txt", Fixture.bytes("before-kube-cis-1.6-node-stdout.txt"), changed: 0)
    let result = try run()
    #expect(result.runs.count == 2)
    #expect(result.notices.isEmpty)
    #expect(result.changes.count == 2)
    #expect(repository.runs(RunFilter()).filter(\.isOrderGuessed).isEmpty)
  }
}
