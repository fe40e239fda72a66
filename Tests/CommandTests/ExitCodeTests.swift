import BenchTestSupport
import Testing

struct `The exit code` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test(arguments: [
    ["import"], ["import", "x", "--host", "a", "--host-from", "{host}"],
    ["import", "x", "--host-from", "logs"],
    ["import", "x", "--at", "yesterday"], ["import", "x", "--label", "novalue"],
    ["import", "x", "--host", ""],
    ["show", "--outcome", "bad"], ["show", "a", "b"], ["runs", "--limit", "many"],
    ["runs", "--format", "xml"],
    ["frobnicate"], ["--frobnicate"], ["explain"], ["explain", "no-such-thing"],
    ["explain", "5.1", "--edition", "e99"], ["explain", "--list", "5.1"],
    ["explain", "--list", "--versions"], ["explain", "--list", "--edition", "cis-1.2"],
    ["explain", "5.1", "--severity", "high"], ["explain", "--list", "--section", "no"],
    ["explain", "--list", "--severity", "no"], ["explain", "--list", "--stride", "no"],
    ["explain", "--list", "--tool", "no"], ["explain", "fix:no-such-fix"],
    ["compare"] + Array(repeating: "a", count: 27), ["compare", "--fleet", "a"],
    ["compare", "--fleet", "--limit", "0"], ["db", "backup"],
    ["trend", "--all", "--host", "a"], ["trend", "--since", "yesterday"],
    ["trend", "--points", "0"],
    ["trend", "--window", "-1"], ["trend", "--limit", "many"], ["trend", "--label", "x"],
    ["trend", "--as-of", "never"],
    ["gate", "--severity", "awful"], ["gate", "--compliance", "101"], ["gate", "--max-high", "-1"],
    ["gate", "--stale-days", "x"], ["gate", "--format", "xml"], ["gate", "a", "b"],
    ["gate", "--as-of", "2025-13-01"], ["import", "x", "--scope", "web"],
    ["import", "x", "--scope", "include="], ["import", "x", "--gate", "--dry-run"],
    ["import", "x", "--format", "github"], ["baseline", "set"], ["baseline", "clear"],
    ["baseline", "set", "a", "--all"], ["baseline", "set", "--all", "--host", "a"],
    ["baseline", "set", "a", "--format", "github"], ["baseline", "frobnicate"],
    ["status", "a", "b"], ["status", "a", "--host", "b"], ["status", "--silent-after", "-1"],
    ["gate", "--first-run", "maybe"],
    ["policy", "due", "--within", "soon"], ["policy", "due", "--within", "99999w"],
    ["policy", "audit", "--within", "-1"], ["waive"], ["attest"],
    ["waive", "host-partition", "--until", "2099-01-01", "--reason", "r"],
    ["waive", "host-partition", "--owner", "o", "--reason", "r"],
    ["attest", "host-hardened", "--by", "b", "--until", "9d", "--reason", "r", "--decision", "no"],
  ])
  func `of a usage error is 64`(arguments: [String]) async throws {
    let result = try await tool.run(arguments)
    #expect(result.code == 64)
    #expect(result.output.isEmpty)
    #expect(!result.error.isEmpty)
  }

  @Test(arguments: [
    ["show"], ["runs"], ["compare"], ["compare", "--fleet"], ["compare", "a", "b", "c"], ["trend"],
    ["gate"], ["baseline", "show"], ["baseline", "set", "a"], ["db", "check"],
    ["db", "backup", "x"], ["db", "compact"], ["forget", "a"], ["rename", "a", "b"],
    ["label", "a", "b=c"], ["prune", "--keep-last", "1"], ["notify"],
  ])
  func `is 2 without a database`(arguments: [String]) async throws {
    let result = try await tool.run(arguments)
    #expect(result.code == 2)
    #expect(result.error.contains("there is no database yet"))
  }

  @Test(arguments: [
    "latest~7", "nobody", "baseline", "latest~9999999999", "latest~9223372036854775807",
    "latest~99999999999999999999", "web-1@2001-01-01", "\u{1b}[31m",
  ])
  func `is 2 for a run that is not there`(name: String) async throws {
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "web-1")
    let result = try await tool.run("show", "--", name)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("benchtrail: "))
    #expect(!result.error.contains("\u{1b}"))
  }

  @Test func `is 2 for input that can't be read, and nothing is changed`() async throws {
    let good = Fixture.path("s4-v1.1.0-log.txt")
    try await tool.run("import", Fixture.path("s4-head-stdout.txt"), "--host", "web-1")
    let before = try await tool.run("runs", "--format", "json").output
    let junk = try tool.folder.write("junk.txt", Array("hello\n".utf8))
    let empty = try tool.folder.write("empty.txt", [])
    for bad in [
      tool.folder.file("missing"), junk, empty, Fixture.path("s4-head-no-daemon-stdout.txt"),
    ] {
      let result = try await tool.run("import", good, bad)
      #expect(result.code == 2, "\(bad)")
      #expect(result.error.contains(bad), "\(bad)")
      #expect(result.error.contains("nothing was changed"), "\(bad)")
      #expect(try await tool.run("runs", "--format", "json").output == before, "\(bad)")
    }
  }

  @Test func `is 2 for a file that is no database`() async throws {
    let path = try tool.folder.write(
      "notes.txt", Array("These are notes and no database at all.".utf8))
    for arguments in [["runs"], ["import", Fixture.path("s4-v1.1.0-log.txt")], ["db", "check"]] {
      let result = try await tool.run(arguments + ["--db", path])
      #expect(result.code == 2)
      #expect(result.error.contains("not a benchtrail database"))
    }
  }

  @Test func `is 3 for runs that can't be compared`() async throws {
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "web-1")
    for arguments in [["compare"], ["compare", "latest"], ["compare", "web-1"]] {
      let result = try await tool.run(arguments)
      #expect(result.code == 3)
      #expect(result.error.contains("cannot be compared"))
    }
  }

  @Test func `is 0 where all is well`() async throws {
    let twice = Fixture.path("s4-519f20b-twice-log.txt")
    let commands = [
      ["import", twice, "--host", "web-1"], ["runs"], ["show"], ["show", "--all"], ["compare"],
      ["compare", "latest~1", "latest"], ["compare", "--verbose"], ["explain", "5.1"],
      ["compare", "--fleet"], ["compare", "latest", "latest~1", "latest~1"], ["trend"],
      ["trend", "--host", "web-1"], ["gate"], ["baseline", "show"], ["baseline", "set", "web-1"],
      ["explain", "daemon-icc-disabled"], ["explain", "--list"], ["explain", "daemon-icc"],
      ["explain", "--list", "--search", "no such words"],
      ["db", "path"], ["db", "check"], ["db", "backup", "copy.db"], ["db", "migrate"],
    ]
    for arguments in commands {
      for format in [[], ["--format", "json"]] where arguments.last != "copy.db" || format.isEmpty {
        let result = try await tool.run(arguments + format)
        #expect(result.code == 0, "\(arguments) \(result.error)")
        #expect(!result.output.isEmpty, "\(arguments)")
      }
    }
  }
}
