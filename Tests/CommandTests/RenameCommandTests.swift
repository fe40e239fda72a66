import BenchTestSupport
import Testing

struct `The command rename` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `gives a host another name`() async throws {
    try await tool.importSample()
    let result = try await tool.run("rename", "web-1", "shop-1")
    #expect(result.code == 0)
    #expect(result.output == "web-1 is shop-1 now: 2 runs renamed.\n")
    #expect(try await tool.runCount(["--host", "shop-1"]) == 2)
    #expect(try await tool.run("show", "web-1").code == 2)
    #expect(try await tool.run("db", "check", "--deep").code == 0)
    // Its log is known under the new name.
    try await tool.importSample("shop-1")
    #expect(try await tool.runCount() == 2)
  }

  @Test func `makes two hosts one only when told so`() async throws {
    try await tool.importSample("web-1")
    try await tool.importSample("web-2")
    try await tool.run("baseline", "set", "web-1~1")
    try await tool.run("baseline", "set", "web-2")
    let refused = try await tool.run("rename", "web-1", "web-2")
    #expect(refused.code == 64)
    #expect(refused.error.contains("--merge"))
    #expect(try await tool.runCount() == 4)
    let json = try await tool.run("rename", "web-1", "web-2", "--merge", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.rename.v1")
    #expect(json["host"] as? String == "web-1")
    #expect(json["name"] as? String == "web-2")
    #expect(json["runs"] as? Int == 0)
    #expect((json["repeated"] as? [String])?.count == 2)
    #expect((json["unmarkedBaselines"] as? [String])?.count == 1)
    #expect(try await tool.runCount() == 2)
    #expect(try await tool.run("db", "check", "--deep").code == 0)
  }

  @Test func `says what the policy still has under the old name`() async throws {
    try await tool.importSample()
    let policy = """
      version: 1
      waivers:
        - control: image-user-created
          hosts: web-1
          reason: known
          owner: us
        - control: image-healthcheck
          hosts: "*-1"
          reason: known
          owner: us
      hosts:
        rename: {web-old: web-1}
      """
    let path = try tool.folder.write("own.yaml", Array(policy.utf8))
    let result = try await tool.run("rename", "web-1", "shop-1", "--policy", path)
    #expect(result.code == 0)
    #expect(result.output.contains("In the policy, 1 waiver is still for the old name"))
    #expect(
      result.output.contains(
        "The policy shows web-old as web-1; change 'hosts: rename:' there to shop-1."))
    let refused = try await tool.run("rename", "shop-1", "web-old", "--policy", path)
    #expect(refused.code == 64)
    #expect(refused.error.contains("web-1"))
  }

  @Test func `lets no name reach the terminal as it is`() async throws {
    try await tool.importSample()
    let hostile = "a\u{1b}[31m\u{202e}"
    let result = try await tool.run("rename", "web-1", hostile)
    #expect(result.code == 0)
    #expect(!result.output.contains("\u{1b}") && !result.output.contains("\u{202e}"))
    let back = try await tool.run("rename", hostile, "web-1", "--format", "json")
    #expect(back.code == 0)
    #expect(!back.output.contains("\u{1b}") && !back.output.contains("\u{202e}"))
  }

  @Test(arguments: [
    [], ["web-1"], ["web-1", "web-1"], ["web-1", ""], ["web-1", "a", "b"],
    ["web-1", "a", "--format", "github"], ["web-1", "a", "--as-of", "2026-01-01"],
  ])
  func `refuses what means nothing`(arguments: [String]) async throws {
    try await tool.importSample()
    #expect(try await tool.run(["rename"] + arguments).code == 64)
  }

  @Test func `is 2 for a host that is not there`() async throws {
    try await tool.importSample()
    let result = try await tool.run("rename", "nobody", "web-2")
    #expect(result.code == 2)
    #expect(result.error.contains("nobody"))
  }
}
