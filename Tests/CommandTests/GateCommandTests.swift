import BenchTestSupport
import Foundation
import Testing

struct `The gate's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func reasons(_ arguments: String...) async throws -> [[String: Any]] {
    let json = try await tool.run(["gate"] + arguments + ["--format", "json"]).json()
    return try #require(json["reasons"] as? [[String: Any]])
  }

  @Test func `is passed with 0 and tripped with 1`() async throws {
    try await tool.importSample()
    let passed = try await tool.run("gate", "--max-critical", "1000")
    #expect(passed.code == 0)
    #expect(passed.output.hasPrefix("The gate is passed: 1 host\n"))
    let tripped = try await tool.run("gate", "--severity", "high")
    #expect(tripped.code == 1)
    #expect(tripped.output.hasPrefix("The gate tripped: "))
    #expect(tripped.output.contains("container-no-privileged"))
    #expect(tripped.error.isEmpty)
    for arguments in [
      ["--max-high", "0"], ["--compliance", "100"], ["--new-failures"], ["--severity", "low"],
      ["--stale-days", "1", "--as-of", "2027-01-01"],
    ] {
      #expect(try await tool.run(["gate"] + arguments).code == 1, "\(arguments)")
    }
    for arguments in [
      ["--max-high", "1000"], ["--compliance", "0"], ["--unmapped"], ["--incomplete"], [],
      ["--lapsed-attestations"], ["--stale-days", "40", "--as-of", "2026-12-31"],
    ] {
      #expect(try await tool.run(["gate"] + arguments).code == 0, "\(arguments)")
    }
  }

  @Test func `prints nothing when all is well, where that is wanted`() async throws {
    try await tool.importSample()
    let passed = try await tool.run("gate", "--max-low", "1000", "--quiet")
    #expect(passed.code == 0)
    #expect(passed.output.isEmpty && passed.error.isEmpty)
    let tripped = try await tool.run("gate", "--max-low", "0", "-q")
    #expect(tripped.code == 1)
    #expect(!tripped.output.isEmpty)
  }

  @Test func `is 3 where new failures can't be told`() async throws {
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "web-1")
    let result = try await tool.run("gate", "--new-failures")
    #expect(result.code == 3)
    #expect(result.output.contains("web-1"))
    #expect(result.output.contains("benchtrail baseline set"))
    #expect(!result.output.contains("The gate is passed"))
    #expect(try await tool.run("gate").code == 0)
    // Its own baseline is something to be measured against.
    try await tool.run("baseline", "set", "web-1")
    #expect(try await tool.run("gate", "--new-failures").code == 0)
  }

  @Test func `is 2 where there is nothing to judge`() async throws {
    try await tool.importSample()
    for arguments in [
      ["--host", "nobody"], ["--as-of", "2001-01-01"], ["nobody"], ["--base", "nobody"],
    ] {
      let result = try await tool.run(["gate"] + arguments)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.output.isEmpty, "\(arguments)")
      #expect(result.error.hasPrefix("benchtrail: "), "\(arguments)")
    }
  }

  @Test func `measures against the baseline, or else the run before`() async throws {
    try await tool.importSample()
    #expect(try await tool.run("gate", "--new-failures").code == 1)
    try await tool.run("baseline", "set", "web-1")
    #expect(try await tool.run("gate", "--new-failures").code == 0)
    #expect(try await tool.run("gate", "--new-failures", "--base", "web-1~1").code == 1)
    try await tool.run("baseline", "set", "web-1~1")
    let items = try await reasons("--new-failures").flatMap {
      ($0["items"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    }
    #expect(items.contains("backup-agent"))
    #expect(!items.contains("ci-runner") || items.contains("log-shipper"))
  }

  @Test func `judges a run that is named as of its time`() async throws {
    try await tool.importSample()
    let kinds = { (reasons: [[String: Any]]) in
      Set(reasons.compactMap { $0["control"] as? String })
    }
    let before = kinds(try await reasons("web-1~1", "--severity", "low"))
    let now = kinds(try await reasons("--severity", "low"))
    #expect(before.contains("container-no-sensitive-mounts"))
    #expect(!now.contains("container-no-sensitive-mounts"))
    #expect(now == kinds(try await reasons("web-1", "--severity", "low")))
    #expect(
      before == kinds(try await reasons("--as-of", "2026-11-23T04:00Z", "--severity", "low")))
  }

  @Test func `has a form for GitHub, Markdown and programs`() async throws {
    try await tool.importSample()
    let github = try await tool.run("gate", "--severity", "critical", "--format", "github")
    #expect(github.code == 1)
    #expect(github.output.split(separator: "\n").allSatisfy { $0.hasPrefix("::error file=") })
    let notice = try await tool.run("gate", "--format", "github")
    #expect(notice.output == "::notice title=benchtrail gate::passed\n")
    let markdown = try await tool.run("gate", "--severity", "critical", "--format", "markdown")
    #expect(markdown.code == 1)
    #expect(markdown.output.hasPrefix("## The gate tripped"))
    #expect(markdown.output.contains("| host | reason | what |"))
    let json = try await tool.run("gate", "--severity", "critical", "--format", "json")
    #expect(json.code == 1)
    #expect(try json.json()["schema"] as? String == "benchtrail.gate.v1")
    #expect(try json.json()["passed"] as? Bool == false)
    let reason = try #require((try json.json()["reasons"] as? [[String: Any]])?.first)
    for key in ["host", "kind", "message", "control", "checkId", "title", "run"] {
      #expect(reason[key] is String, "\(key)")
    }
    #expect((reason["source"] as? [String: Any])?["line"] is Int)
  }

  @Test func `names the newest run where it found what the one before found`() async throws {
    for day in [1, 2] { try await tool.run("import", tool.log(day: day), "--host", "web-1") }
    let latest = try await tool.run("show", "--format", "json").json()["run"] as? [String: Any]
    let runs = try await reasons("--severity", "critical").map { $0["run"] as? String }
    #expect(!runs.isEmpty)
    #expect(Set(runs) == [latest?["id"] as? String])
  }

  @Test func `takes for open what a limited run left out`() async throws {
    try await tool.run("import", tool.log(day: 1), "--host", "web-1")
    try await tool.run(
      "import", tool.log(day: 2, Tool.withoutPrivileged), "--host", "web-1", "--scope",
      "exclude=ci-runner")
    let reason = try #require(
      try await reasons("--severity", "critical").first {
        $0["control"] as? String == "container-no-privileged"
      })
    #expect(reason["leftOut"] as? Bool == true)
    #expect(try await tool.run("gate", "--severity", "critical").code == 1)
    // A whole run tells.
    try await tool.run("import", tool.log(day: 3, Tool.withoutPrivileged), "--host", "web-1")
    #expect(
      try await reasons("--severity", "critical").allSatisfy {
        $0["control"] as? String != "container-no-privileged"
      })
  }

  @Test func `goes with an import`() async throws {
    let path = Fixture.repository + "/samples/web-1/docker-bench-security.log"
    let result = try await tool.run("import", path, "--host", "web-1", "--gate")
    #expect(result.code == 0)
    #expect(result.output.contains("The gate is passed: 1 host"))
    let json = try await tool.run(
      "import", path, "--host", "web-1", "--gate", "--format", "json")
    #expect(json.code == 0)
    #expect(try json.json()["schema"] as? String == "benchtrail.import.v1")
  }

  @Test func `reaches no terminal with what a name holds`() async throws {
    let attack = "a\u{1b}[31m::error::x%0A,b"
    try await tool.run("import", Fixture.path("s6-v1.6.0-log.txt"), "--host", attack)
    for format in ["text", "json", "markdown", "github"] {
      let result = try await tool.run("gate", "--severity", "low", "--format", format)
      #expect(result.code == 1)
      #expect(!result.output.contains("\u{1b}"))
      #expect(!result.output.contains("\u{9b}"))
      #expect(!result.output.split(separator: "\n").contains { $0.hasPrefix("::error::") })
    }
  }
}
