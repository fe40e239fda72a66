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

  @Test func `passes with 0 and fails with 1`() async throws {
    try await tool.importSample()
    let passed = try await tool.run("gate", "--max-critical", "1000")
    #expect(passed.code == 0)
    #expect(passed.output.hasPrefix("Gate passed on 1 host\n"))
    let failed = try await tool.run("gate", "--severity", "high")
    #expect(failed.code == 1)
    #expect(failed.output.hasPrefix("Gate failed on 1 of 1 host\n"))
    let row = try #require(
      failed.output.split(separator: "\n").first { $0.contains("No container is privileged") })
    #expect(row.contains("critical") && row.contains("5.5") && row.contains("backup-agent"))
    #expect(failed.output.contains("1 rule failed: severity. "))
    #expect(failed.error.isEmpty)
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
    let failed = try await tool.run("gate", "--max-low", "0", "-q")
    #expect(failed.code == 1)
    #expect(failed.output.hasPrefix("Gate failed on 1 of 1 host\n"))
  }

  @Test func `is quiet only where there is something to judge by`() async throws {
    try await tool.importSample()
    for policy in [nil, "version: 1\n", "version: 1\ngate: {}\n", "gate: {first-run: fail}\n"] {
      if let policy { try tool.folder.write("benchtrail.yaml", Array(policy.utf8)) }
      let quiet = try await tool.run("gate", "--quiet")
      #expect(quiet.code == 64, "\(policy ?? "none")")
      #expect(quiet.output.isEmpty)
      #expect(quiet.error.contains("nothing to judge by"))
      #expect(quiet.error.contains("benchtrail policy init"))
      #expect(quiet.error.contains(policy == nil ? "there is no policy" : "benchtrail.yaml has no"))
      #expect(try await tool.run("gate", "--quiet", "--max-high", "1000").code == 0)
      #expect(try await tool.run("gate", "--quiet", "--no-new-failures").code == 64)
      let loud = try await tool.run("gate")
      #expect(loud.code == 0)
      // Where there is a policy, its name comes first.
      let first = try #require(
        loud.output.split(separator: "\n").first { !$0.hasPrefix("Policy ") })
      #expect(first.contains("nothing to judge by") && first.contains("benchtrail policy init"))
      let json = try await tool.run("gate", "--format", "json").json()
      #expect(json["thresholds"] as? [String] == [])
    }
    try tool.folder.write("benchtrail.yaml", Array("gate: {stale-days: 30000}\n".utf8))
    #expect(try await tool.run("gate", "--quiet").code == 0)
    #expect(try await tool.run("gate", "--quiet", "--format", "json").output.isEmpty)
  }

  @Test func `begins with a policy of its own, as the recipe for cron does`() async throws {
    try await tool.importSample()
    try await tool.run("policy", "init")
    let quiet = try await tool.run("gate", "--quiet")
    #expect(quiet.code == 0)
    #expect(quiet.output.isEmpty && quiet.error.isEmpty)
  }

  @Test func `is 3 where new failures can't be told`() async throws {
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "web-1")
    let result = try await tool.run("gate", "--new-failures", "--first-run", "fail")
    #expect(result.code == 3)
    #expect(result.output.contains("web-1"))
    #expect(result.output.contains("benchtrail baseline set"))
    #expect(!result.output.contains("passed"))
    #expect(try await tool.run("gate").code == 0)
    // An earlier run that has nothing in common, or a base of another system, is no first run.
    try await tool.run(
      "import", Fixture.repository + "/samples/node-1/1-kube-bench.txt", "--host", "node-1", "--at",
      "2026-11-21")
    for firstRun in ["report", "pass", "fail"] {
      let other = try await tool.run(
        "gate", "--new-failures", "--base", "web-1", "--first-run", firstRun)
      #expect(other.code == 3, "\(firstRun)")
      #expect(other.output.contains("the base is not a run of kubernetes"))
    }
    // Its own baseline is something to be measured against.
    try await tool.run("baseline", "set", "web-1")
    #expect(
      try await tool.run(
        "gate", "--new-failures", "--first-run", "fail", "--host", "web-1"
      ).code == 0)
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
    let notice = try await tool.run("gate", "--max-low", "1000", "--format", "github")
    #expect(notice.output == "::notice title=benchtrail gate::passed\n")
    let nothing = try await tool.run("gate", "--format", "github")
    #expect(nothing.code == 0)
    #expect(nothing.output.hasPrefix("::warning title=benchtrail gate::no threshold is set"))
    let markdown = try await tool.run("gate", "--severity", "critical", "--format", "markdown")
    #expect(markdown.code == 1)
    #expect(markdown.output.hasPrefix("## Gate failed on 1 of 1 host\n"))
    #expect(markdown.output.contains("| host | severity | check | what | why |"))
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
    #expect(result.output.contains("Gate has nothing to judge by"))
    let json = try await tool.run(
      "import", path, "--host", "web-1", "--gate", "--format", "json")
    #expect(json.code == 0)
    #expect(try json.json()["schema"] as? String == "benchtrail.import.v1")
  }

  @Test(arguments: ["report", "pass", "fail"])
  func `takes the first run of an imported host as the policy says`(firstRun: String) async throws {
    try tool.folder.write(
      "benchtrail.yaml", Array("gate: {new-failures: true, first-run: \(firstRun)}\n".utf8))
    let code: Int32 = firstRun == "fail" ? 3 : 0
    let first = try await tool.run("import", tool.log(day: 1), "--host", "web-1", "--gate")
    #expect(first.code == code)
    #expect(first.output.contains("Gate passed on 1 host") == (code == 0))
    #expect(first.output.contains("First run: web-1 (docker)") == (firstRun == "report"))
    #expect(try await tool.run("gate", "--quiet").code == code)
    #expect(try await tool.run("gate", "--quiet").output.isEmpty == (code == 0))
    // A flag counts in place of the key.
    #expect(try await tool.run("gate", "--first-run", "pass").code == 0)
    #expect(try await tool.run("gate", "--first-run", "fail").code == 3)
    #expect(try await tool.run("gate", "--severity", "low").code == 1)
    // The second run is measured against the first.
    let second = try await tool.run("import", tool.log(day: 2), "--host", "web-1", "--gate")
    #expect(second.code == 0)
    #expect(!second.output.contains("irst run"))
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
