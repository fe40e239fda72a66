import BenchTestSupport
import Foundation
import Testing

struct `A document of a command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Two runs of one state by two versions of the tool.
  private func importBoth() async throws {
    let paths = ["s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt"].map(Fixture.path)
    #expect(try await tool.run(["import"] + paths + ["--host", "web-1"]).code == 0)
  }

  @Test func `shows a run`() async throws {
    try await importBoth()
    let json = try await tool.run("show", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.run.v1")
    let run = try #require(json["run"] as? [String: Any])
    for key in [
      "id", "host", "tool", "toolVersion", "edition", "startedAt", "complete", "printedChecks",
      "printedScore",
    ] {
      #expect(run.keys.contains(key), "\(key)")
    }
    #expect(run["printedChecks"] as? Int == 117)
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.count == 117)
    for finding in findings {
      for key in ["control", "checkId", "title", "printed", "outcome"] {
        #expect(finding[key] is String, "\(key)")
      }
      #expect(finding["line"] is Int)
      #expect(finding["details"] is [String])
      let items = try #require(finding["items"] as? [[String: Any]])
      for item in items {
        for key in ["kind", "name", "stableName"] { #expect(item[key] is String, "\(key)") }
      }
    }
    let user = try #require(findings.first { $0["control"] as? String == "image-user-created" })
    #expect(user["outcome"] as? String == "fail")
    #expect((user["items"] as? [Any])?.count == 6)
  }

  @Test func `shows only the outcomes that are asked for`() async throws {
    try await importBoth()
    let json = try await tool.run("show", "--outcome", "manual", "--format", "json").json()
    let outcomes = (json["findings"] as? [[String: Any]])?.compactMap { $0["outcome"] as? String }
    #expect(Set(outcomes ?? []) == ["manual"])
  }

  @Test func `compares runs`() async throws {
    try await importBoth()
    let json = try await tool.run("compare", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.comparison.v1")
    #expect(json["base"] is [String: Any] && json["head"] is [String: Any])
    let counts = try #require(json["counts"] as? [String: Int])
    for key in ["regressed", "newlySeen", "fixed", "notEvaluated", "noLongerApplicable", "other"] {
      #expect(counts[key] == 0, "\(key)")
    }
    #expect((counts["stillFailing"] ?? 0) > 0)
    let changes = try #require(json["changes"] as? [[String: Any]])
    for change in changes {
      for key in [
        "control", "change", "base", "head", "itemsAdded", "itemsRemoved", "criterionChanged",
      ] {
        #expect(change.keys.contains(key), "\(key)")
      }
      #expect(change["criterionChanged"] is Bool)
    }
  }

  @Test func `lists runs`() async throws {
    try await importBoth()
    let json = try await tool.run("runs", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.runs.v1")
    #expect((json["runs"] as? [Any])?.count == 2)
    // A host that is not there is perhaps misspelt.
    let missing = try await tool.run("runs", "--host", "no", "--format", "json")
    #expect(missing.code == 2 && missing.output.isEmpty)
  }

  @Test func `explains a control`() async throws {
    let json = try await tool.run("explain", "5.1", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.control.v1")
    let controls = (json["controls"] as? [[String: Any]])?.compactMap { $0["control"] as? String }
    #expect(controls?.contains("swarm-disabled-if-unused") == true)
    #expect(controls?.contains("container-apparmor") == true)
  }

  @Test func `explains which requirements of frameworks a control serves`() async throws {
    let explain = ["explain", "container-no-privileged"]
    let json = try await tool.run(explain + ["--format", "json"]).json()
    let control = try #require((json["controls"] as? [[String: Any]])?.first)
    let frameworks = try #require(control["frameworks"] as? [[String: Any]])
    let nist = try #require(frameworks.first { $0["framework"] as? String == "nist-800-53" })
    #expect(nist["title"] as? String == "NIST SP 800-53")
    #expect(nist["version"] as? String == "Revision 5")
    #expect(nist["basis"] as? [String] == ["judgement"])
    let requirements = try #require(nist["requirements"] as? [[String: String]])
    #expect(requirements.first == ["requirement": "AC-6", "name": "Least Privilege"])
    let text = try await tool.run(explain).output
    #expect(text.contains("NIST SP 800-53 Revision 5: AC-6 Least Privilege"))
  }

  @Test func `does not end in an error when its reader leaves`() async throws {
    let logs = try tool.logs(300)
    #expect(try await tool.run("import", logs, "--host", "web-1").code == 0)
    for command in ["runs", "runs --format json", "show --format json --all", "show --all"] {
      let result = try await tool.shell("\"$benchtrail\" \(command) | head -1")
      #expect(result.code == 0, "\(command)")
      #expect(result.error.isEmpty, "\(command): \(result.error)")
      #expect(result.output.split(separator: "\n").count == 1, "\(command)")
    }
    let closed = try await tool.shell("\"$benchtrail\" runs --format json | true")
    #expect(closed.code == 0)
    #expect(closed.error.isEmpty)
  }

  @Test func `has colour only where that is wanted`() async throws {
    try await importBoth()
    #expect(!(try await tool.run("show").output.contains("\u{1b}")))
    #expect(try await tool.run("show", "--color", "always").output.contains("\u{1b}[31m"))
    #expect(
      !(try await tool.run("show", "--color", "always", "--format", "json").output.contains(
        "\u{1b}")))
  }

  @Test func `fits the width that it is given`() async throws {
    try await importBoth()
    for command in ["show", "compare"] {
      let output = try await tool.run(command, environment: ["COLUMNS": "80"]).output
      #expect(output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(command)")
    }
  }
}
