import BenchTestSupport
import Foundation
import Testing

/// Reports as text, by the locale and by the width.
struct `Text for a terminal` {
  private let tool: Tool

  init() async throws {
    tool = try Tool()
    try await tool.importSample()
  }

  private func isASCII(_ environment: [String: String]) async throws -> Bool {
    let result = try await tool.run("compare", environment: environment)
    #expect(result.code == 0)
    let isASCII = result.output.utf8.allSatisfy { $0 < 0x80 }
    let arrow = isASCII ? " -> " : " → "
    #expect(result.output.split(separator: "\n").first?.contains(arrow) == true)
    return isASCII
  }

  @Test(arguments: [
    ["LANG": "C.UTF-8"], ["LANG": "de_DE.utf8"], ["LANG": "C", "LC_CTYPE": "en_US.UTF-8"],
    ["LANG": "C", "LC_ALL": "C.utf8"], ["LANG": "en_US.UTF-8", "LC_ALL": ""],
  ])
  func `has signs beyond ASCII in a locale of UTF-8`(environment: [String: String]) async throws {
    #expect(try await !isASCII(environment))
  }

  @Test(arguments: [
    ["LANG": "C"], ["LANG": "POSIX"], ["LANG": "de_DE.ISO-8859-1"], ["LANG": ""],
    ["LC_ALL": "C"], ["LC_CTYPE": "C"],
  ])
  func `has ASCII alone in other locales`(environment: [String: String]) async throws {
    #expect(try await isASCII(environment))
    let json = try await tool.run("show", "--format", "json", environment: environment)
    #expect(try json.json()["schema"] as? String == "benchtrail.run.v1")
  }

  @Test func `spells out names where the locale has ASCII alone`() async throws {
    let log = Fixture.path("s4-v1.1.0-log.txt")
    try await tool.run("import", log, "--host", "büro-漢")
    let plain = try await tool.run("runs", environment: ["LC_ALL": "C"]).output
    #expect(plain.contains("b\\u{fc}ro-\\u{6f22}"))
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(try await tool.run("runs").output.contains("büro-漢"))
    let markdown = try await tool.run(
      "runs", "--format", "markdown", environment: ["LC_ALL": "C"])
    #expect(markdown.output.contains("büro-漢"))
    let missing = try await tool.run("show", "büro", environment: ["LC_ALL": "C"])
    #expect(missing.code == 2)
    #expect(missing.error.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [40, 60, 80, 120])
  func `is no wider than the terminal`(width: Int) async throws {
    let commands = [
      ["runs"], ["show", "--all"], ["compare", "--verbose"], ["compare", "--fleet"],
      ["compare", "web-1~1", "web-1", "web-1~1"], ["trend"], ["top", "--why"], ["stride"],
      ["threats"], ["gate", "--severity", "low"], ["explain", "2.1"], ["explain", "--list"],
      ["import", Fixture.path("s4-v1.1.0-log.txt"), "--dry-run"],
    ]
    for command in commands {
      let output = try await tool.run(command, environment: ["COLUMNS": "\(width)"]).output
      #expect(!output.isEmpty, "\(command)")
      for line in output.split(separator: "\n") {
        #expect(line.count <= width, "\(command): \(line)")
      }
    }
  }

  @Test func `has a line for each run in 80 columns`() async throws {
    let runs = try await tool.run("runs", environment: ["COLUMNS": "80"]).output
    let lines = runs.split(separator: "\n")
    let heads = try #require(lines.first).split(separator: " ")
    for word in ["run", "host", "started", "(UTC)", "tool", "fail", "pass"] {
      #expect(heads.contains { $0 == word }, "\(word)")
    }
    #expect(lines.filter { $0.contains("2026-11-23 0") }.count == 2)
    #expect(lines.count { $0.hasPrefix("Not shown in 80 columns: ") } == 1)
    #expect(lines.count == 4)
    let wide = try await tool.run("runs", environment: ["COLUMNS": "200"]).output
    #expect(wide.contains("edition") && wide.contains("manual"))
    #expect(!wide.contains("Not shown"))
  }

  @Test func `marks baselines, scopes and labels in the list of runs`() async throws {
    let log = Fixture.path("s4-v1.1.0-log.txt")
    try await tool.run(
      "import", log, "--host", "db-1", "--label", "env=prod", "--scope", "exclude=ci")
    try await tool.run("baseline", "set", "db-1")
    let runs = try await tool.run("runs").output
    let line = try #require(runs.split(separator: "\n").first { $0.contains("db-1") })
    #expect(line.hasSuffix("baseline, partial: exclude=ci, env=prod"))
    #expect(runs.split(separator: "\n").count { $0.contains("baseline") } == 1)
  }

  @Test func `lists what fails by severity, and names it in JSON too`() async throws {
    let order = ["critical", "high", "medium", "low", "none"]
    let shown = try await tool.run("show", "web-1").output.split(separator: "\n")
    let start = try #require(shown.firstIndex { $0.hasPrefix("severity  check") })
    let severities = shown[(start + 1)...].compactMap { line in
      line.first == " " ? nil : line.split(separator: " ").first.map(String.init)
    }
    let ranks = severities.compactMap { order.firstIndex(of: $0) }
    #expect(severities.count == 36)
    #expect(ranks.count == 36)
    #expect(ranks == ranks.sorted())
    #expect(Set(severities).isSuperset(of: ["critical", "high", "medium", "low"]))
    let json = try await tool.run("show", "web-1", "--format", "json").json()
    let findings = try #require(json["findings"] as? [[String: Any]])
    let failures = findings.filter { $0["outcome"] as? String == "fail" }
    #expect(
      failures.compactMap { $0["severity"] as? String }.sorted() == severities.sorted())
    #expect(
      findings.filter { $0["outcome"] as? String == "pass" }.allSatisfy { $0["severity"] == nil })
    let compared = try await tool.run("compare", "--format", "json").json()
    let changes = try #require(compared["changes"] as? [[String: Any]])
    let socket = changes.first { $0["control"] as? String == "container-no-docker-sock" }
    #expect(socket?["severity"] as? String == "critical")
  }

  @Test func `explains failures that stayed with other items`() async throws {
    let lines = try await tool.run("compare").output.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0 == "Still failing, other items (13)" })
    #expect(
      lines[start + 1] == "These fail in both runs, but not for the same items: + came, - went.")
    let first = try #require(lines[start...].firstIndex { $0.hasPrefix("critical  5.5 ") })
    #expect(first == start + 2)
    #expect(
      lines[(first + 1)...(first + 3)].map { String($0.drop { $0 == " " }) } == [
        "container-no-privileged", "+ backup-agent", "- ci-runner",
      ])
    #expect(lines[first + 4].hasPrefix("critical  5.32  No container can reach the Docker socket"))
    let fixed = try #require(lines.firstIndex { $0.hasPrefix("Fixed (") })
    #expect(fixed < start)
  }
}
