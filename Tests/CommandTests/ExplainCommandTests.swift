import BenchTestSupport
import Foundation
import Testing

/// The catalogue as a person browses it.
struct `The command that explains` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func json(_ arguments: String...) async throws -> [String: Any] {
    try await tool.run(["explain"] + arguments + ["--format", "json"]).json()
  }

  private func control(_ arguments: [String]) async throws -> [String: Any] {
    let result = try await tool.run(["explain"] + arguments + ["--format", "json"])
    #expect(result.code == 0, "\(result.error)")
    let controls = try result.json()["controls"] as? [[String: Any]]
    return try #require(controls?.first)
  }

  // MARK: The list

  @Test func `lists the controls`() async throws {
    let all = try await json("--list")
    #expect(all["schema"] as? String == "benchtrail.catalog.v1")
    let total = try #require(all["total"] as? Int)
    let controls = try #require(all["controls"] as? [[String: Any]])
    #expect(controls.count == total)
    for control in controls {
      for key in ["control", "title", "section", "severity", "fix"] {
        #expect(control[key] is String, "\(key)")
      }
      #expect((control["stride"] as? [String])?.isEmpty == false)
      #expect((control["tools"] as? [String])?.isEmpty == false)
    }
    let text = try await tool.run("explain", "--list")
    #expect(text.output.hasPrefix("\(total) of \(total) controls\n"))
  }

  @Test(arguments: [
    ["--section", "daemon"], ["--severity", "high"], ["--stride", "disclosure"], ["--stride", "i"],
    ["--tool", "docker-bench"], ["--search", "Default bridge"],
    ["--framework", "nist-800-53:SC-7"], ["--framework", "bsi"],
    ["--section", "daemon", "--severity", "high", "--stride", "S", "--search", "icc cut"],
  ])
  func `lists those that are asked for`(filter: [String]) async throws {
    let result = try await tool.run(["explain", "--list"] + filter + ["--format", "json"])
    let json = try result.json()
    let total = try #require(json["total"] as? Int)
    let controls = try #require(json["controls"] as? [[String: Any]])
    #expect(controls.count < total)
    #expect(controls.contains { $0["control"] as? String == "daemon-icc-disabled" })
  }

  @Test(arguments: [
    ("section", "host, daemon"), ("severity", "critical, high, medium or low"),
    ("stride", "spoofing, tampering, repudiation, disclosure, denial or elevation"),
    ("tool", "docker-bench-security, docker-bench or kube-bench"),
    ("framework", "cis-controls, nist-800-53, pci-dss, iso-27001 or bsi"),
  ])
  func `names what is known where a value is not`(option: String, known: String) async throws {
    let result = try await tool.run("explain", "--list", "--" + option, "xyzzy")
    #expect(result.code == 64)
    #expect(result.error.contains("--\(option) xyzzy: use \(known)"))
  }

  @Test func `says what to type`() async throws {
    let nothing = try await tool.run("explain")
    #expect(nothing.code == 64)
    #expect(nothing.error.contains("benchtrail explain --list"))
    let both = try await tool.run("explain", "--list", "daemon-icc-disabled")
    #expect(both.code == 64)
    #expect(both.error.contains("leave one of the two out"))
    let without = try await tool.run("explain", "5.1", "--search", "icc")
    #expect(without.error.contains("'--search' goes with '--list'"))
    let unknown = try await tool.run("explain", "daemon-icc-enabled")
    #expect(unknown.error.contains("did you mean") && unknown.error.contains("--list"))
  }

  // MARK: Fixes and threats

  @Test func `explains a fix and a threat`() async throws {
    let fix = try await json("run-drop-capabilities")
    #expect(fix["schema"] as? String == "benchtrail.fix.v1")
    #expect((fix["controls"] as? [Any])?.count == 5)
    let threat = try await json("docker-privileged-container-escape")
    #expect(threat["schema"] as? String == "benchtrail.threat.v1")
    let controls = try #require(threat["controls"] as? [[String: Any]])
    #expect(controls.contains { $0["control"] as? String == "container-no-privileged" })
    let control = try await control(["container-no-privileged"])
    let threats = (control["threats"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
    #expect(threats?.contains("docker-privileged-container-escape") == true)
    // Its last lines say what it closes.
    let text = try await tool.run("explain", "daemon-icc")
    #expect(text.output.contains("It closes 1 control:"))
    #expect(text.output.contains("daemon-icc-disabled"))
  }

  @Test func `tells a fix from a control of its name`() async throws {
    #expect(
      try await json("daemon-rootless")["schema"] as? String == "benchtrail.control.v1")
    #expect(
      try await json("control:daemon-rootless")["schema"] as? String == "benchtrail.control.v1")
    #expect(try await json("fix:daemon-rootless")["schema"] as? String == "benchtrail.fix.v1")
    #expect(try await tool.run("explain", "threat:daemon-rootless").code == 64)
  }

  // MARK: Versions

  @Test func `prints earlier criteria only where they are asked for`() async throws {
    let newest = try await tool.run("explain", "daemon-icc-disabled")
    #expect(newest.output.contains("13 earlier criteria: --versions"))
    let all = try await tool.run("explain", "daemon-icc-disabled", "--versions")
    #expect(!all.output.contains("--versions"))
    #expect(
      all.output.split(separator: "\n").count > newest.output.split(separator: "\n").count)
    let control = try await control(["daemon-icc-disabled"])
    #expect((control["criteria"] as? [Any])?.count == 15)
  }

  // MARK: The hosts and the policy

  @Test func `says where a control is open`() async throws {
    let without = try await tool.run("explain", "image-user-created")
    #expect(without.code == 0 && without.error.isEmpty)
    #expect(!without.output.contains("Open:"))
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "web-1")
    let text = try await tool.run("explain", "image-user-created")
    #expect(text.output.contains("Open: on 1 of 1 hosts since "))
    #expect(text.output.contains(": web-1\n"))
    let open = try #require(
      try await control(["image-user-created"])["open"] as? [String: Any])
    #expect((open["hosts"] as? [[String: Any]])?.first?["host"] as? String == "web-1")
    #expect(open["hostCount"] as? Int == 1)
    // The database that is named must be there, the one that is found must not.
    let missing = try await tool.run("explain", "image-user-created", "--db", "no.db")
    #expect(missing.code == 2)
  }

  @Test func `leaves out a database that it only found and can't read`() async throws {
    let path = try tool.folder.write("notes.db", Array("These are notes.".utf8))
    let found = try await tool.run(
      ["explain", "daemon-icc-disabled"], environment: ["BENCHTRAIL_DB": path])
    #expect(found.code == 0)
    #expect(found.error.contains("leaves the hosts out"))
    #expect(found.output.contains("Severity: high"))
    #expect(try await tool.run("explain", "daemon-icc-disabled", "--db", path).code == 2)
  }

  @Test func `says the severity under the policy`() async throws {
    let policy = try tool.folder.write(
      "team.yaml", Array("severities:\n  daemon-icc-disabled: critical\n".utf8))
    let text = try await tool.run("explain", "daemon-icc-disabled", "--policy", policy)
    #expect(text.output.contains("Severity: high; critical under the policy"))
    let control = try await control(["daemon-icc-disabled", "--policy", policy])
    #expect(control["policySeverity"] as? String == "critical")
  }

  @Test func `explains to who mends a policy`() async throws {
    let path = try tool.folder.write(
      "benchtrail.yaml", Array("waivers:\n  - control: \"5.1\"\n".utf8))
    let found = try await tool.run("explain", "5.1")
    #expect(found.code == 0)
    #expect(found.error.contains("leaves the policy out"))
    #expect(try await tool.run("explain", "5.1", "--policy", path).code == 2)
  }
}
