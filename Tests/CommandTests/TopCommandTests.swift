import BenchTestSupport
import Foundation
import Testing

/// What is most urgent, by category, and by threat.
struct `The commands on what is open` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func json(_ arguments: [String]) async throws -> [String: Any] {
    try await tool.run(arguments + ["--as-of", "2026-12-15", "--format", "json"]).json()
  }

  @Test(arguments: [
    (["top"], "benchtrail.top.v1"), (["stride"], "benchtrail.stride.v1"),
    (["threats"], "benchtrail.threats.v1"), (["shortlist"], "benchtrail.shortlist.v1"),
    (["shortlist", "--pick", "2", "--cover-threats"], "benchtrail.selection.v1"),
    (["trend"], "benchtrail.trend.v1"), (["gate"], "benchtrail.gate.v1"),
    (["hosts"], "benchtrail.hosts.v1"), (["status"], "benchtrail.status.v1"),
  ])
  func `have every form`(command: [String], schema: String) async throws {
    try await tool.importSample()
    for host in [[], ["--host", "web-1"]] {
      let text = try await tool.run(command + host)
      #expect(text.code == 0, "\(text.error)")
      #expect(!text.output.isEmpty)
      let json = try await tool.run(command + host + ["--format", "json"])
      #expect(json.code == 0)
      #expect(try json.json()["schema"] as? String == schema)
      let markdown = try await tool.run(command + host + ["--format", "markdown"])
      #expect(markdown.code == 0)
      #expect(markdown.output.hasPrefix("## "))
      let html = try await tool.run(command + host + ["--format", "html"])
      #expect(html.code == 0)
      #expect(html.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      #expect(html.output.contains("<h1>"))
      #expect(html.output.hasSuffix("</html>\n"))
    }
  }

  @Test(arguments: ["top", "stride", "threats", "shortlist", "trend", "hosts", "status"])
  func `have no form of the gate's`(command: String) async throws {
    try await tool.importSample()
    #expect(try await tool.run(command, "--format", "github").code == 64)
    #expect(try await tool.run(command, "--format", "xml").code == 64)
  }

  @Test(arguments: ["top", "stride", "threats", "shortlist", "report", "export", "hosts", "status"])
  func `are 2 for a host without runs`(command: String) async throws {
    try await tool.importSample()
    let result = try await tool.run(command, "--host", "nobody")
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("nobody"))
  }

  @Test(arguments: ["top", "stride", "shortlist", "report", "export", "hosts", "status"])
  func `are 2 without a database`(command: String) async throws {
    let result = try await tool.run(command)
    #expect(result.code == 2)
    #expect(result.error.contains("there is no database yet"))
  }

  // MARK: Top

  @Test func `begin with the ways to root`() async throws {
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "web-1")
    let top = try await json(["top"])
    let entries = try #require(top["entries"] as? [[String: Any]])
    #expect(entries.count == 10)
    let names = entries.compactMap { $0["name"] as? String }
    for way in [
      "container-no-docker-sock", "container-no-privileged", "container-no-sensitive-mounts",
    ] {
      #expect(names.contains(way), "\(way)")
    }
    let scores = entries.compactMap { $0["score"] as? Double }
    #expect(scores.count == 10)
    #expect(scores == scores.sorted(by: >))
    let text = try await tool.run("top", "-n", "2", "--why")
    #expect(text.output.contains("The 2 most urgent by control, of "))
    #expect(text.output.contains("severity (critical)"))
  }

  @Test(arguments: ["control", "fix", "host", "stride", "item"])
  func `bring failures together`(grouping: String) async throws {
    try await tool.importSample()
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "db-1")
    let top = try await json(["top", "--by", grouping, "-n", "1000"])
    #expect(top["by"] as? String == grouping)
    let entries = try #require(top["entries"] as? [[String: Any]])
    #expect(entries.count > 1)
    #expect(Set(entries.compactMap { $0["name"] as? String }).count == entries.count)
    if grouping == "host" { #expect(entries.count == 2) }
  }

  @Test(arguments: [
    ["--by", "nothing"], ["--by", "requirement"], ["--by", "host", "--framework", "bsi"],
    ["-n", "0"], ["-n", "-1"], ["--limit", "x"], ["--as-of", "never"],
  ])
  func `refuse what means nothing`(arguments: [String]) async throws {
    #expect(try await tool.run(["top"] + arguments).code == 64)
  }

  @Test func `bring failures together by the requirements of a framework`() async throws {
    try await tool.importSample()
    let top = try await json(["top", "--framework", "nist-800-53", "-n", "1000"])
    #expect(top["by"] as? String == "requirement")
    #expect(top["framework"] as? String == "nist-800-53")
    let entries = try #require(top["entries"] as? [[String: Any]])
    let entry = try #require(entries.first { $0["requirement"] as? String == "AC-6" })
    #expect(entry["name"] as? String == "AC-6")
    #expect(entry["title"] as? String == "Least Privilege")
    #expect((entry["controls"] as? Int ?? 0) > 1)
    let text = try await tool.run("top", "--framework", "nist-800-53", "-n", "1000")
    #expect(text.output.contains("by requirement of NIST SP 800-53 Revision 5"))
    #expect(text.output.contains("AC-6 Least Privilege"))
    #expect(text.output.contains("A mapping is no assessment of conformity."))
    let byControl = try await json(["top"])
    #expect(byControl["open"] as? Int == top["open"] as? Int)
    #expect(byControl["framework"] == nil)
  }

  @Test(arguments: ["top", "report"])
  func `know no other frameworks than the catalogue's`(command: String) async throws {
    let result = try await tool.run(command, "--framework", "nist")
    #expect(result.code == 64)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("--framework nist: use "))
    #expect(result.error.contains("cis-controls, nist-800-53, pci-dss, iso-27001 or bsi"))
    #expect(result.error.contains("did you mean 'nist-800-53'?"))
  }

  // MARK: STRIDE

  @Test func `show how the categories moved`() async throws {
    try await tool.importSample()
    let previous = try await json(["stride"])
    #expect(previous["base"] as? String == "the run before")
    let change = try #require(previous["change"] as? Int)
    #expect(change < 0)
    let before = try await tool.run(
      "stride", "--as-of", "2026-11-23T04:00:00Z", "--format", "json"
    ).json()
    #expect(before["base"] is String == false)
    #expect((before["open"] as? Int ?? 0) + change == previous["open"] as? Int)
    #expect(try await json(["stride", "--base", "baseline"])["base"] is String == false)
    try await tool.run("baseline", "set", "web-1~1")
    #expect(try await json(["stride", "--base", "baseline"])["change"] as? Int == change)
    #expect(
      try await json(["stride", "--base", "2026-11-23T04:00:00Z"])["change"] as? Int == change)
    #expect(try await tool.run("stride", "--base", "never").code == 64)
    #expect(try await tool.run("stride", "--limit", "0").code == 64)
  }

  // MARK: Threats

  @Test func `show the threat model without a database`() async throws {
    for arguments in [["threats", "--system", "kubernetes"], ["threats", "--model-only"]] {
      let result = try await tool.run(arguments)
      #expect(result.code == 0)
      #expect(result.output.contains("the model alone"))
      #expect(result.output.contains("Kubernetes"))
      #expect(result.output.contains("Docker\n") == arguments.contains("--model-only"))
    }
    // A database that somebody names must be there.
    let typo = try await tool.run("threats", "--db", tool.folder.file("typo.db"))
    #expect(typo.code == 2)
    #expect(typo.error.contains("there is no database yet"))
    let json = try await tool.run("threats", "--system", "kubernetes", "--format", "json").json()
    let threats = try #require(json["threats"] as? [[String: Any]])
    #expect(!threats.isEmpty)
    #expect(threats.allSatisfy { $0["system"] as? String == "kubernetes" })
    #expect(threats.allSatisfy { $0["state"] as? String == "unproven" })
    #expect(!FileManager.default.fileExists(atPath: tool.database))
    #expect(try await tool.run("threats", "--system", "windows").code == 64)
    #expect(try await tool.run("threats", "--host", "web-1").code == 2)
  }

  @Test func `show threats against the evidence`() async throws {
    try await tool.importSample()
    let threats = try #require(
      try await json(["threats", "--host", "web-1"])["threats"] as? [[String: Any]])
    let states = Dictionary(
      uniqueKeysWithValues: threats.compactMap { threat in
        (threat["id"] as? String).flatMap { id in (threat["state"] as? String).map { (id, $0) } }
      })
    #expect(states["docker-privileged-container-escape"] == "exposed")
    #expect(
      threats.filter { $0["system"] as? String == "kubernetes" }.allSatisfy {
        $0["state"] as? String == "unproven"
      })
    let verbose = try await tool.run("threats", "--system", "docker", "-v")
    #expect(verbose.output.contains("web-1: "))
    #expect(!verbose.output.contains("Kubernetes\n"))
  }

  @Test func `have the team's own threats`() async throws {
    let policy = """
      version: 1
      threat-model: replace
      threats:
        - id: own
          system: docker
          title: A threat of our own
          stride: spoofing
          components: registry
          description: Text.
          controls: daemon-icc-disabled

      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let threats = try #require(
      try await json(["threats"])["threats"] as? [[String: Any]])
    #expect(threats.compactMap { $0["id"] as? String } == ["own"])
  }
}
