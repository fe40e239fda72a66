import BenchTestSupport
import Testing

struct `The command prune` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Imports five runs of one day that found the same.
  private func importRuns() async throws {
    let logs = try tool.logs(5)
    #expect(try await tool.run("import", logs, "--host", "web-1").code == 0)
    #expect(try await tool.runCount() == 5)
  }

  @Test func `says what would go, and removes it only when told so`() async throws {
    try await importRuns()
    let dry = try await tool.run("prune", "--keep-last", "2")
    #expect(dry.code == 0)
    #expect(
      dry.output.contains(
        "3 of 5 runs would go. Nothing was changed: add '--yes' to remove them."))
    #expect(!dry.output.contains("one of the last"))
    #expect(try await tool.runCount() == 5)
    let verbose = try await tool.run("prune", "--keep-last", "2", "-v")
    #expect(verbose.output.contains("one of the last"))
    #expect(verbose.output.contains("what is known now stands on it"))
    let before = try await tool.run("show", "web-1").output
    let done = try await tool.run("prune", "--keep-last", "2", "--yes")
    #expect(done.code == 0)
    #expect(done.output.contains("3 of 5 runs are gone."))
    #expect(try await tool.runCount() == 2)
    #expect(try await tool.run("show", "web-1").output == before)
    #expect(try await tool.run("db", "check", "--deep").code == 0)
    let again = try await tool.run("prune", "--keep-last", "2", "--yes")
    #expect(again.output.contains("No run goes; 2 stay."))
  }

  @Test func `has a document for programs, with the reasons`() async throws {
    try await importRuns()
    try await tool.run("baseline", "set", "web-1~2")
    let json = try await tool.run("prune", "--keep-daily", "7", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.prune.v1")
    #expect(json["dryRun"] as? Bool == true)
    #expect(json["kept"] as? Int == 3)
    #expect(json["gone"] as? Int == 2)
    let host = try #require((json["hosts"] as? [[String: Any]])?.first)
    #expect(host["host"] as? String == "web-1")
    #expect(host["tool"] as? String == "docker-bench-security")
    let kept = try #require(host["kept"] as? [[String: Any]])
    #expect(
      kept.map { $0["reasons"] as? [String] } == [["daily", "current"], ["baseline"], ["oldest"]])
    let gone = try #require(host["gone"] as? [[String: Any]])
    #expect(
      gone.map { $0["startedAt"] as? String } == ["2026-11-23T00:00:03Z", "2026-11-23T00:00:01Z"])
  }

  @Test func `is for the hosts that are named`() async throws {
    try await importRuns()
    let other = try await tool.run("prune", "--keep-last", "1", "--host", "db-*")
    #expect(other.code == 2)
    let own = try await tool.run("prune", "--keep-within", "1d", "--host", "web-*")
    #expect(own.output.contains("No run goes; 5 stay."))
  }

  @Test(arguments: [
    [], ["--yes"], ["--host", "web-1"], ["--keep-last", "0"], ["--keep-daily", "-1"],
    ["--keep-weekly", "many"], ["--keep-within", "soon"], ["--keep-within", "0d"],
    ["--keep-last", "1", "--format", "github"], ["--keep-last", "1", "--as-of", "2026-01-01"],
  ])
  func `refuses what means nothing`(arguments: [String]) async throws {
    try await importRuns()
    #expect(try await tool.run(["prune"] + arguments).code == 64)
    #expect(try await tool.runCount() == 5)
  }
}

struct `The command db compact` {
  @Test func `makes the file smaller and loses nothing`() async throws {
    let tool = try Tool()
    try await tool.importSample("web-1")
    try await tool.importSample("web-2")
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "db-1")
    #expect(try await tool.run("forget", "--host", "web-*", "--yes").code == 0)
    let shown = try await tool.run("show", "db-1", "--all").output
    let json = try await tool.run("db", "compact", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.db.v1")
    let sizes = try #require(json["compacted"] as? [String: Int])
    #expect((sizes["after"] ?? 0) > 0)
    #expect((sizes["after"] ?? 0) < (sizes["before"] ?? 0))
    #expect(try await tool.run("show", "db-1", "--all").output == shown)
    #expect(try await tool.run("db", "check", "--deep").code == 0)
    let again = try await tool.run("db", "compact")
    #expect(again.code == 0)
    #expect(again.output.hasPrefix("The file had "))
  }

  @Test func `is 2 without a database`() async throws {
    #expect(try await Tool().run("db", "compact").code == 2)
  }
}
