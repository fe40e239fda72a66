import BenchTestSupport
import Testing

struct `The help` {
  private static let commands = [
    [], ["import"], ["runs"], ["show"], ["compare"], ["explain"], ["db"], ["db", "path"],
    ["db", "check"],
    ["db", "backup"], ["db", "migrate"], ["trend"], ["gate"], ["baseline"], ["baseline", "set"],
    ["baseline", "show"], ["baseline", "clear"], ["top"], ["stride"], ["threats"], ["shortlist"],
    ["policy"], ["policy", "init"], ["policy", "check"], ["policy", "audit"], ["report"],
    ["export"], ["hosts"], ["status"], ["policy", "due"], ["waive"], ["attest"],
    ["policy", "log"], ["policy", "show"], ["policy", "diff"],
    ["forget"], ["label"], ["prune"], ["db", "compact"], ["rename"], ["notify"],
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
      .compactMap { $0.split { $0 == " " || $0 == "," }.first.map(String.init) }.filter {
        $0 != "help"
      }
    let top = names.filter { name in Self.commands.contains([name]) }
    #expect(Set(names.filter { $0 != "See" }) == Set(top), "a command is not in the table above")
    #expect(top.count == Self.commands.count { $0.count == 1 })
  }

  @Test func `has the version`() async throws {
    let result = try await Tool().run("--version")
    #expect(result.code == 0)
    #expect(!result.output.isEmpty)
  }

  /// The first example of a command's help, as its arguments.
  private static func example(_ help: String) -> String? {
    help.split(separator: "\n").map { $0.drop { $0 == " " } }.first { $0.hasPrefix("benchtrail ") }
      .map { String($0.dropFirst("benchtrail ".count)) }
  }

  @Test func `has examples that work on the samples`() async throws {
    let tool = try Tool()
    // What an example writes stays out of the checkout.
    let place =
      "cd '\(tool.folder.path)' && ln -sfn '\(Fixture.repository)/samples' samples && export BENCHTRAIL_DB=bench.db"
    for command in Self.commands where !command.isEmpty {
      let help = try await tool.run(command + ["--help"]).output
      guard let example = Self.example(help) else { continue }
      // The group of commands has the same example as its first one.
      var tidy = command == ["policy", "init"] ? "rm -f benchtrail.yaml && " : ""
      // A host that no other example names.
      if command == ["rename"] { tidy = "$benchtrail import samples/db-1 --host db-1 && " }
      // A policy that was in force before the day that is asked about.
      if command == ["policy", "show"] || command == ["policy", "diff"] {
        tidy =
          "echo '# \(command[1])' >> benchtrail.yaml && { SOURCE_DATE_EPOCH=1793318400 $benchtrail top > top.txt 2>&1 || true; } && "
      }
      let result = try await tool.shell("\(place) && \(tidy)$benchtrail \(example)")
      let isFine = result.code == 0 || (command == ["gate"] && result.code == 1)
      #expect(isFine, "\(example): \(result.code) \(result.error)")
    }
  }
}
