import BenchTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.serialized)
struct `A database in danger` {
  private static let count = 250
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Starts a command, kills it after a while, and waits for its end.
  private func kill(_ arguments: [String], after delay: Duration) async throws {
    let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
    let process = try tool.start(arguments) { _ in continuation.finish() }
    let identifier = process.processIdentifier
    try await Task.sleep(for: delay)
    if process.isRunning { Self.end(identifier) }
    for await _ in ends {}
  }

  private static func end(_ identifier: pid_t) {
    #if canImport(Glibc)
      _ = Glibc.kill(identifier, SIGKILL)
    #else
      _ = Darwin.kill(identifier, SIGKILL)
    #endif
  }

  @Test func `is sound and whole after an import was killed`() async throws {
    let logs = try tool.logs(Self.count)
    var generator = SeededGenerator(seed: 5)
    // Most of the first milliseconds go into making the database, the rest into the import.
    for (round, most) in [30, 60, 60, 120, 120, 300, 300, 300, 600, 600].enumerated() {
      let arguments = ["--db", tool.folder.file("killed-\(round).db")]
      let delay = Int.random(in: 1...most, using: &generator)
      try await kill(["import", logs, "--host", "web-1"] + arguments, after: .milliseconds(delay))
      if FileManager.default.fileExists(atPath: arguments[1]) {
        let check = try await tool.run(["db", "check"] + arguments)
        #expect(check.code == 0, "after \(delay) ms: \(check.output)\(check.error)")
        #expect([0, Self.count].contains(try await tool.runCount(arguments)))
      }
      for _ in 0..<2 {
        let again = try await tool.run(["import", logs, "--host", "web-1"] + arguments)
        #expect(again.code == 0, "after \(delay) ms: \(again.error)")
        #expect(try await tool.runCount(arguments) == Self.count)
      }
      #expect(try await tool.run(["db", "check"] + arguments).code == 0)
    }
  }

  @Test func `keeps the old understanding whole when a refresh was killed`() async throws {
    let older = try tool.olderCatalog()
    let logs = try tool.logs(Self.count)
    for fixture in ["s1-v1.6.1-log.txt", "s1-v1.6.0-log.txt", "s5-v1.6.0-stdout.txt"] {
      try await tool.run("import", Fixture.path(fixture), "--host", fixture, "--catalog", older)
    }
    try await tool.run("import", logs, "--host", "web-1", "--catalog", older)
    let runs = ["runs", "--limit", "10000", "--format", "json"]
    let before = try await tool.run(runs).output
    var (generator, isDone) = (SeededGenerator(seed: 7), false)
    // How long a whole refresh takes here, by one of a copy.
    try await tool.run("db", "backup", tool.folder.file("copy.db"))
    let clock = ContinuousClock()
    let start = clock.now
    let whole = ["db", "refresh", "--db", tool.folder.file("copy.db")]
    #expect(try await tool.run(whole).code == 0)
    let most = max(Int(start.duration(to: clock.now) / .milliseconds(1)), 10)
    let after = try await tool.run(runs + ["--db", tool.folder.file("copy.db")]).output
    #expect(before != after)
    for _ in 0..<20 where !isDone {
      let delay = Int.random(in: 1...most, using: &generator)
      try await kill(["db", "refresh"], after: .milliseconds(delay))
      let check = try await tool.run("db", "check", "--deep")
      #expect(check.code == 0, "after \(delay) ms: \(check.output)\(check.error)")
      let now = try await tool.run(runs).output
      #expect([before, after].contains(now), "after \(delay) ms")
      isDone = now == after
    }
    #expect(try await tool.run("db", "refresh").code == 0)
    #expect(try await tool.run(runs).output == after)
  }

  @Test func `is made in whole or not at all when its making was killed`() async throws {
    let log = Fixture.path("s4-v1.1.0-log.txt")
    var generator = SeededGenerator(seed: 6)
    for round in 0..<40 {
      let arguments = ["--db", tool.folder.file("made-\(round).db")]
      let delay = Int.random(in: 5...60, using: &generator)
      try await kill(["import", log, "--host", "web-1"] + arguments, after: .milliseconds(delay))
      let again = try await tool.run(["import", log, "--host", "web-1"] + arguments)
      #expect(again.code == 0, "after \(delay) ms: \(again.error)")
    }
  }

  @Test(arguments: 0..<6)
  func `is made by two imports at once`(round: Int) async throws {
    let first = try tool.logs(10, in: "one")
    let second = try tool.logs(10, in: "two", from: 1_000)
    async let one = tool.run("import", first, "--host", "web-1")
    async let two = tool.run("import", second, "--host", "web-1")
    for result in try await [one, two] { #expect(result.code == 0, "\(result.error)") }
    #expect(try await tool.runCount() == 20)
  }

  @Test func `takes two imports at once`() async throws {
    let first = try tool.logs(60, in: "one")
    try await tool.run("import", Fixture.path("s4-head-stdout.txt"), "--host", "web-2")
    let second = try tool.logs(60, in: "two", from: 1_000)
    async let one = tool.run("import", first, "--host", "web-1")
    async let two = tool.run("import", second, "--host", "web-1")
    async let again = tool.run("import", first, "--host", "web-1")
    for result in try await [one, two, again] { #expect(result.code == 0, "\(result.error)") }
    #expect(try await tool.runCount() == 121)
    #expect(try await tool.run("db", "check").code == 0)
  }

  @Test func `is read while it is written`() async throws {
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "web-1")
    let logs = try tool.logs(80)
    async let imported = tool.run("import", logs, "--host", "web-2")
    for _ in 0..<5 {
      let shown = try await tool.run("show", "web-1")
      #expect(shown.code == 0, "\(shown.error)")
    }
    #expect(try await imported.code == 0)
  }
}
