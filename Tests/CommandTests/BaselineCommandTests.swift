import BenchTestSupport
import Testing

struct `The baseline's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func hosts(_ arguments: String...) async throws -> [String] {
    let json = try await tool.run(["baseline"] + arguments + ["--format", "json"]).json()
    let runs = try #require(json["runs"] as? [[String: Any]])
    return runs.compactMap { $0["host"] as? String }.sorted()
  }

  private func importHosts() async throws {
    try await tool.importSample("web-1")
    try await tool.run(
      "import", Fixture.path("s1-v1.6.0-log.txt"), "--host", "web-2", "--label", "env=prod")
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "db-1")
  }

  @Test func `sets, shows and clears`() async throws {
    try await importHosts()
    #expect(try await tool.run("baseline", "show").output.contains("No baseline is set"))
    #expect(try await hosts("set", "web-1~1") == ["web-1"])
    #expect(try await hosts("show") == ["web-1"])
    #expect(try await hosts("show", "--host", "db-1").isEmpty)
    let compared = try await tool.run("compare", "baseline", "--host", "web-1")
    #expect(compared.code == 0)
    #expect(try await hosts("clear", "--host", "web-1") == ["web-1"])
    #expect(try await hosts("show").isEmpty)
    #expect(try await tool.run("compare", "baseline", "--host", "web-1").code == 2)
    #expect(try await tool.runCount() == 4)
  }

  @Test func `sets those of many hosts`() async throws {
    try await importHosts()
    #expect(try await hosts("set", "--label", "env=prod") == ["web-2"])
    #expect(try await hosts("set", "--all") == ["db-1", "web-1", "web-2"])
    #expect(try await hosts("show") == ["db-1", "web-1", "web-2"])
    #expect(try await hosts("clear", "--label", "env=prod") == ["web-2"])
    #expect(try await hosts("clear", "--all") == ["db-1", "web-1"])
    #expect(try await tool.run("baseline", "clear", "--all").output == "0 cleared\n")
  }

  @Test(arguments: [["web-9"], ["--host", "web-9"], ["--label", "env=none"], ["web-1~9"]])
  func `is 2 where no run is meant`(arguments: [String]) async throws {
    try await importHosts()
    let result = try await tool.run(["baseline", "set"] + arguments)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(try await hosts("show").isEmpty)
  }
}
