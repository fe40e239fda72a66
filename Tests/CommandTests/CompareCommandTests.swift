import BenchTestSupport
import Foundation
import Testing

struct `The comparison's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func json(_ arguments: String...) async throws -> [String: Any] {
    let result = try await tool.run(["compare"] + arguments + ["--format", "json"])
    #expect(result.code == 0, "\(result.error)")
    return try result.json()
  }

  /// Two runs of Aqua docker-bench, whose logs have no time, a month apart.
  private func importMonths() async throws {
    for (fixture, date) in [
      ("s1-aqua-cis-1.6.0-pty-stdout.txt", "2025-01-12T03:00:00Z"),
      ("s2-aqua-cis-1.6.0-raw-stdout.txt", "2025-02-12T03:00:00Z"),
    ] {
      let result = try await tool.run(
        "import", Fixture.path(fixture), "--host", "web-3", "--at", date)
      #expect(result.code == 0)
    }
  }

  private static func changes(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["changes"] as? [[String: Any]])
  }

  private static func change(_ json: [String: Any], _ control: String) throws -> [String: Any] {
    try #require(try changes(json).first { $0["control"] as? String == control })
  }

  private static func names(_ change: [String: Any], _ key: String) -> [String] {
    (change[key] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  @Test func `names the items that came and went`() async throws {
    try await tool.importSample()
    let change = try Self.change(try await json(), "container-no-privileged")
    #expect(change["change"] as? String == "stillFailing")
    #expect(Self.names(change, "itemsAdded") == ["backup-agent"])
    #expect(Self.names(change, "itemsRemoved") == ["ci-runner"])
    let text = try await tool.run("compare").output
    #expect(text.contains("+ backup-agent"))
    #expect(text.contains("- ci-runner"))
  }

  @Test func `takes dates for the last runs until their ends`() async throws {
    try await importMonths()
    let json = try await json("2025-01-12", "2025-02-12", "--host", "web-3")
    let started = ["base", "head"].map { (json[$0] as? [String: Any])?["startedAt"] as? String }
    #expect(started == ["2025-01-12T03:00:00Z", "2025-02-12T03:00:00Z"])
    let late = try await self.json("2025-02-11", "web-3@2025-12-31")
    #expect(try Self.changes(late).count == Self.changes(json).count)
    let early = try await tool.run("compare", "2025-01-11", "2025-02-12")
    #expect(early.code == 2)
    #expect(early.error.contains("2025-01-11"))
  }

  @Test func `compares three runs in a table`() async throws {
    try await tool.importSample()
    try await tool.run("import", Fixture.path("s1-v1.6.0-log.txt"), "--host", "web-2")
    let json = try await json("web-1~1", "web-1", "web-2")
    #expect(json["schema"] as? String == "benchtrail.matrix.v1")
    let comparisons = try #require(json["comparisons"] as? [[String: Any]])
    #expect(comparisons.count == 2)
    #expect(comparisons.map { $0["sameHost"] as? Bool } == [true, false])
    let text = try await tool.run("compare", "web-1~1", "web-1", "web-2").output
    #expect(text.hasPrefix("3 runs, control by control\n"))
    let markdown = try await tool.run(
      "compare", "web-1~1", "web-1", "web-2", "--format", "markdown")
    #expect(markdown.output.contains("| control | A | B | C |"))
  }

  @Test func `refuses a table of runs of two systems`() async throws {
    try await tool.importSample()
    try await tool.run(
      "import", Fixture.path("before-kube-cis-1.6-stdout.txt"), "--host", "node-1")
    for arguments in [["web-1", "web-1~1", "node-1"], ["web-1", "node-1"]] {
      let result = try await tool.run(["compare"] + arguments)
      #expect(result.code == 3)
      #expect(result.output.isEmpty)
    }
  }

  @Test func `compares every host with its run before`() async throws {
    try await tool.importSample("web-1")
    try await tool.run("import", Fixture.path("s1-v1.6.0-log.txt"), "--host", "new-1")
    for day in [1, 2] { try await tool.run("import", tool.log(day: day), "--host", "same-1") }
    let json = try await json("--fleet")
    #expect(json["schema"] as? String == "benchtrail.fleet.v1")
    #expect(json["singleRun"] as? [String] == ["new-1"])
    #expect(json["unchanged"] as? Int == 1)
    let hosts = try #require(json["hosts"] as? [[String: Any]])
    #expect(hosts.map { $0["host"] as? String } == ["web-1"])
    #expect(hosts.first?["changes"] is [Any])
    let text = try await tool.run("compare", "--fleet").output
    #expect(text.contains("1 got worse, 0 changed otherwise, 1 unchanged, 1 with one run only"))
    let one = try await self.json("--fleet", "--host", "same-1")
    #expect((one["hosts"] as? [Any])?.isEmpty == true)
  }

  @Test func `names a host with one run of each system once`() async throws {
    try await tool.run("import", Fixture.path("s1-v1.6.0-log.txt"), "--host", "web-1")
    try await tool.run(
      "import", Fixture.path("before-kube-cis-1.6-stdout.txt"), "--host", "web-1")
    #expect(try await json("--fleet")["singleRun"] as? [String] == ["web-1"])
  }

  @Test func `does not say fixed of what a limited run left out`() async throws {
    try await tool.run("import", tool.log(day: 1), "--host", "web-1")
    let log = try tool.log(day: 2, Tool.withoutPrivileged)
    try await tool.run("import", log, "--host", "web-1")
    #expect(
      try Self.change(try await json(), "container-no-privileged")["change"] as? String == "fixed")
    // The same run, now with what it was limited to.
    let again = try await tool.run(
      "import", log, "--host", "web-1", "--scope", "exclude=ci-runner", "--format", "json")
    let status = (try again.json()["runs"] as? [[String: Any]])?.first?["status"] as? String
    #expect(status == "present")
    let change = try Self.change(try await json(), "container-no-privileged")
    #expect(change["change"] as? String == "notEvaluated")
    #expect(change["absence"] as? String == "outOfScope")
    let run = try await tool.run("show", "--format", "json").json()["run"] as? [String: Any]
    #expect(run?["scope"] as? String == "exclude=ci-runner")
  }

  @Test func `tells after an import what changed`() async throws {
    let path = Fixture.repository + "/samples/web-1/docker-bench-security.log"
    let result = try await tool.run("import", path, "--host", "web-1")
    #expect(result.output.contains("web-1 since 2026-11-23 03:49: "))
    let again = try await tool.run("import", path, "--host", "web-1", "--format", "json")
    #expect((try again.json()["changes"] as? [Any])?.isEmpty == true)
  }
}
