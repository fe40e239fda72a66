import BenchTestSupport
import Testing

struct `The command label` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func count(_ label: String) async throws -> Int {
    try await tool.runCount(["--label", label])
  }

  @Test func `gives labels and takes them away`() async throws {
    try await tool.importSample()
    let result = try await tool.run("label", "web-1", "env=prod", "team=shop")
    #expect(result.code == 0)
    #expect(result.output == "1 run of 1 host labelled env=prod team=shop\n")
    #expect(try await count("env=prod") == 1)
    #expect(try await tool.run("label", "--host", "web-*", "env=test").code == 0)
    #expect(try await count("env=test") == 2)
    #expect(try await count("team=shop") == 1)
    let removed = try await tool.run("label", "web-1", "--remove", "env")
    #expect(removed.output == "1 run of 1 host without env\n")
    #expect(try await count("env=test") == 1)
    let json = try await tool.run("label", "web-1", "env=", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.runs.v1")
    let runs = try #require(json["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    #expect(runs.first?["labels"] as? [String: String] == ["env": "", "team": "shop"])
    #expect(try await tool.run("db", "check", "--deep").code == 0)
  }

  @Test func `leaves the baseline to its own command`() async throws {
    try await tool.importSample()
    let given = try await tool.run("label", "web-1", "baseline=yes")
    #expect(given.code == 64)
    #expect(given.error.contains("benchtrail baseline set RUN"))
    let removed = try await tool.run("label", "web-1", "--remove", "baseline")
    #expect(removed.code == 64)
    #expect(removed.error.contains("benchtrail baseline clear --host HOST"))
  }

  @Test(arguments: [
    [], ["web-1"], ["env=prod"], ["web-1", "env=prod", "--host", "web-1"],
    ["web-1", "env=prod", "--remove", "env"], ["web-1", "env=prod", "--format", "github"],
  ])
  func `refuses what means nothing`(arguments: [String]) async throws {
    try await tool.importSample()
    #expect(try await tool.run(["label"] + arguments).code == 64)
  }

  @Test(arguments: [["nobody", "a=b"], ["--host", "nobody", "a=b"], ["web-1", "nobody", "a=b"]])
  func `is 2 where a run or host is not there, and changes nothing`(arguments: [String])
    async throws
  {
    try await tool.importSample()
    #expect(try await tool.run(["label"] + arguments).code == 2)
    #expect(try await count("a=b") == 0)
  }
}
