import BenchTestSupport
import Testing

struct `The command forget` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func expectSound() async throws {
    let result = try await tool.run("db", "check", "--deep")
    #expect(result.code == 0, "\(result.output)")
  }

  @Test func `says what would go, and removes it only when told so`() async throws {
    try await tool.importSample()
    let dry = try await tool.run("forget", "web-1~1")
    #expect(dry.code == 0)
    #expect(
      dry.output.contains(
        "1 run of 1 host would go. Nothing was changed: add '--yes' to remove them."))
    #expect(dry.output.contains("web-1"))
    #expect(try await tool.runCount() == 2)
    let done = try await tool.run("forget", "web-1~1", "--yes")
    #expect(done.code == 0)
    #expect(done.output.contains("1 run of 1 host is gone."))
    #expect(try await tool.runCount() == 1)
    #expect(try await tool.run("show", "web-1~1").code == 2)
    try await expectSound()
    // The log brings it back.
    try await tool.importSample()
    #expect(try await tool.runCount() == 2)
    try await expectSound()
  }

  @Test func `has a document for programs`() async throws {
    try await tool.importSample()
    try await tool.run("baseline", "set", "web-1~1")
    let json = try await tool.run("forget", "web-1~1", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.forget.v1")
    #expect(json["dryRun"] as? Bool == true)
    #expect(json["runs"] as? Int == 1)
    let host = try #require((json["hosts"] as? [[String: Any]])?.first)
    #expect(host["host"] as? String == "web-1")
    #expect(host["left"] as? Int == 1)
    #expect(host["first"] as? String == "2026-11-23T03:49:27Z")
    #expect(host["last"] as? String == "2026-11-23T03:49:27Z")
    #expect(host["baselines"] as? [String] == host["runs"] as? [String])
    #expect((host["runs"] as? [String])?.count == 1)
    let text = try await tool.run("forget", "--host", "web-1", "--yes").output
    #expect(text.contains("none"))
    #expect(text.contains("its baseline too"))
    #expect(try await tool.run("runs", "--format", "json").json()["runs"] as? [String] == [])
    try await expectSound()
  }

  @Test func `takes hosts by patterns, and runs by time and label`() async throws {
    try await tool.importSample("web-1")
    try await tool.importSample("web-2")
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "db-1")
    let dry = try await tool.run(
      "forget", "--host", "web-*", "--before", "2026-11-23T04:00", "--format", "json"
    ).json()
    #expect(dry["runs"] as? Int == 2)
    #expect((dry["hosts"] as? [Any])?.count == 2)
    #expect(try await tool.run("forget", "--host", "web-*", "--yes").code == 0)
    let left = try await tool.run("hosts", "--format", "json").json()
    #expect(left["hosts"] as? Int == 1)
    let none = try await tool.run("forget", "--before", "2020-01-01", "--yes")
    #expect(none.code == 0)
    #expect(none.output.contains("No run is meant; nothing was changed."))
    #expect(try await tool.run("forget", "--label", "no=such", "--yes").code == 0)
    #expect(try await tool.runCount() == 1)
    try await expectSound()
  }

  @Test(arguments: [
    [], ["web-1", "--host", "web-1"], ["web-1", "--before", "2026-01-01"],
    ["web-1", "--label", "a=b"], ["--before", "never"], ["--label", "novalue"],
    ["web-1", "--format", "github"], ["web-1", "--as-of", "2026-01-01"],
  ])
  func `refuses what means nothing`(arguments: [String]) async throws {
    try await tool.importSample()
    #expect(try await tool.run(["forget"] + arguments).code == 64)
    #expect(try await tool.runCount() == 2)
  }

  @Test(arguments: [["nobody"], ["--host", "nobody"], ["--host", "no-*"], ["web-1", "nobody"]])
  func `is 2 where a run or host is not there, and changes nothing`(arguments: [String])
    async throws
  {
    try await tool.importSample()
    let result = try await tool.run(["forget"] + arguments + ["--yes"])
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(try await tool.runCount() == 2)
  }
}
