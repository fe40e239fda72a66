import Testing

struct `The help` {
  private static let commands = [
    [], ["import"], ["runs"], ["show"], ["compare"], ["explain"], ["db"], ["db", "path"],
    ["db", "check"],
    ["db", "backup"], ["db", "migrate"], ["trend"], ["gate"], ["baseline"], ["baseline", "set"],
    ["baseline", "show"], ["baseline", "clear"], ["top"], ["stride"], ["threats"], ["shortlist"],
    ["report"], ["export"], ["policy"], ["policy", "init"], ["policy", "check"],
    ["policy", "audit"],
  ]

  @Test(arguments: commands)
  func `of every command has an example`(command: [String]) async throws {
    let result = try await Tool().run(command + ["--help"])
    #expect(result.code == 0)
    #expect(result.output.contains("Example"))
    #expect(result.output.contains("benchtrail"))
    #expect(result.error.isEmpty)
  }

  @Test func `is about every command there is`() async throws {
    let output = try await Tool().run("--help").output
    let section = try #require(output.split(separator: "SUBCOMMANDS:").last)
    let names = section.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "help" }
    let top = names.filter { name in Self.commands.contains([name]) }
    #expect(Set(names.filter { $0 != "See" }) == Set(top), "a command is not in the table above")
    #expect(top.count == Self.commands.count { $0.count == 1 })
  }

  @Test func `has the version`() async throws {
    let result = try await Tool().run("--version")
    #expect(result.code == 0)
    #expect(!result.output.isEmpty)
  }
}
