import BenchTestSupport
import Foundation
import Testing

struct `The shortlist's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private static let pick = [
    "shortlist", "--host", "web-3", "--pick", "3", "--cover-threats", "--outside",
    "5.10,5.14,5.22",
  ]

  private static func lines(_ text: String, from prefix: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(prefix) }
  }

  @Test func `writes the document of an analyst`() async throws {
    try await tool.importHardening()
    let result = try await tool.run(
      Self.pick + ["--format", "markdown", "--document", "--as-of", "2026-11-21"])
    #expect(result.code == 0, "\(result.error)")
    let text = result.output
    #expect(text.hasPrefix("# "))
    #expect(Self.lines(text, from: "# ").count == 1)
    #expect(
      Self.lines(text, from: "## ") == [
        "## Summary", "## Threat model of Docker", "## Threat model of Kubernetes",
        "## Attack surfaces", "## Chosen findings", "## Why these findings", "## Sources",
      ])
    // Each chosen finding, with all that belongs to it.
    for number in 1...3 {
      let section = try #require(
        text.components(separatedBy: "\n### ").first { $0.hasPrefix("Finding \(number): [FAIL] ") })
      for part in [
        "Evidence", "Meaning", "Threat", "Rationale", "Hardening", "Verification", "Residual risk",
        "Before and after",
      ] { #expect(section.contains("\n- **\(part):** "), "\(number) \(part)") }
      #expect(section.contains("1-docker-bench.txt:"))
      #expect(!section.contains("; later "))
    }
    #expect(text.contains("Outside 5.10, 5.14, 5.22: "))
    for category in ["Spoofing", "Tampering", "Elevation of privilege"] {
      #expect(text.contains("\n### \(category)\n"), "\(category)")
    }
    let html = try await tool.run(Self.pick + ["--format", "html", "--document"])
    #expect(html.output.contains("<nav aria-label=\"Contents\">"))
  }

  @Test func `names the line that a finding is in, of whichever tool and run`() async throws {
    try await tool.importHardening()
    let log = Fixture.path("s1-v1.6.1-log.txt")
    try await tool.run("import", log, "--host", "web-3", "--at", "2026-11-20")
    // It leaves out what the run before judged.
    let limited = try tool.log(day: 9)
    try await tool.run("import", limited, "--host", "web-3", "--scope", "exclude=ci-runner")
    var files: Set<String> = []
    for arguments in [["--as-of", "2026-11-21"], [], ["--cover-threats"]] {
      let text = try await tool.run(
        ["shortlist", "--pick", "30", "--document", "--format", "markdown"] + arguments
      ).output
      let plain = text.replacing("\\", with: "")
      for section in plain.components(separatedBy: "\n### Finding ").dropFirst() {
        guard
          let printed = section.split(separator: "\n").first(where: {
            $0.hasPrefix("- **Evidence:** ")
          })
        else { continue }
        // "1: [FAIL] 2.1 Title"
        let id = try #require(section.split(separator: " ").dropFirst(2).first)
        let place = try #require(printed.components(separatedBy: " UTC, ").last)
          .prefix { $0 != ";" }.components(separatedBy: ": ")[0]
        let parts = place.split(separator: ":")
        let number = try #require(parts.last.flatMap { Int($0) })
        let path = try #require(parts.first.map(String.init))
        files.insert(path)
        let lines = try String(contentsOfFile: path, encoding: .utf8)
          .split(separator: "\n", omittingEmptySubsequences: false)
        // A control may be printed in lettered parts.
        #expect(
          [" ", "."].contains { lines[number - 1].contains(" \(id)\($0)") }, "\(place): \(id)")
      }
    }
    #expect(files.count > 1)
  }

  @Test func `shows the state in a later run`() async throws {
    try await tool.importHardening()
    let result = try await tool.run(
      Self.pick + [
        "--as-of", "2026-11-21", "--after", "web-3", "--document", "--format", "markdown",
      ])
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.components(separatedBy: "; later ").count == 4)
    #expect(result.output.contains("2-docker-bench.txt:"))
    let missing = try await tool.run(Self.pick + ["--document", "--after", "nobody"])
    #expect(missing.code == 2)
  }

  @Test func `takes ids as the runs' edition has them, or as another`() async throws {
    try await tool.importHardening()
    let chosen = { (outside: String) in
      try await tool.run(
        "shortlist", "--host", "web-3", "--pick", "1", "--outside", outside, "--format", "json")
    }
    let first = try await chosen("no-such-control")
    #expect(first.code == 64)
    #expect(first.error.contains("no-such-control"))
    let own = try #require(
      try await tool.run(
        "shortlist", "--host", "web-3", "--pick", "1", "--format", "json"
      ).json()["chosen"] as? [[String: Any]])
    let id = try #require(own.first?["checkId"] as? String)
    let control = try #require(own.first?["control"] as? String)
    for name in [id, control, "cis-1.2:" + id, " \(id) , ,5.10"] {
      let other = try #require(try await chosen(name).json()["chosen"] as? [[String: Any]])
      #expect(other.first?["control"] as? String != control, "\(name)")
      #expect(other.first?["outside"] as? Bool == true, "\(name)")
    }
    #expect(try await chosen("cis-9.9:5.10").code == 64)
    #expect(try await chosen("99.99").code == 64)
  }

  @Test func `refuses an id that means several things`() async throws {
    try await tool.run("import", Fixture.path("s1-v1.3.5-log.txt"), "--host", "old-1")
    try await tool.run("import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "new-1")
    let result = try await tool.run("shortlist", "--pick", "1", "--exclude", "2.2")
    #expect(result.code == 64)
    #expect(result.error.contains("'2.2' is ambiguous"))
    #expect(result.error.contains("daemon-icc-disabled"))
    #expect(result.error.contains("daemon-log-level-info"))
    let one = try await tool.run(
      "shortlist", "--host", "new-1", "--pick", "1", "--exclude", "2.2")
    #expect(one.code == 0)
  }

  // MARK: Fixes

  @Test func `groups by what fixes it, with the texts`() async throws {
    try await tool.importHardening()
    let arguments = ["shortlist", "--as-of", "2026-11-21"]
    let result = try await tool.run(arguments)
    #expect(result.code == 0)
    #expect(result.output.contains("\nWhat to fix first\n"))
    #expect(result.output.contains("Texts to apply"))
    #expect(!(try await tool.run(arguments + ["--no-snippets"]).output.contains("Texts to apply")))
    let json = try await tool.run(arguments + ["-n", "3", "--format", "json"]).json()
    let fixes = try #require(json["fixes"] as? [[String: Any]])
    #expect(fixes.compactMap { $0["rank"] as? Int } == [1, 2, 3])
    let ids = Set(fixes.compactMap { $0["fix"] as? String })
    let snippets = try #require(json["snippets"] as? [[String: Any]])
    #expect(snippets.allSatisfy { ids.isSuperset(of: $0["fixes"] as? [String] ?? []) })
  }

  private func daemonJSON(_ text: String) async throws -> Tool.Result {
    let path = try tool.folder.write("daemon.json", Array(text.utf8))
    return try await tool.run(
      "shortlist", "-n", "100", "--as-of", "2026-11-21", "--daemon-json", path, "--format", "json")
  }

  @Test func `merges into a daemon's own settings`() async throws {
    try await tool.importHardening()
    let json = try await daemonJSON(
      "{\"data-root\": \"/srv/docker\", \"icc\": true, \"labels\": [\"a=b\"]}"
    ).json()
    let snippets = try #require(json["snippets"] as? [[String: Any]])
    let snippet = try #require(snippets.first { $0["fileName"] as? String == "daemon.json" })
    let text = try #require(snippet["text"] as? String)
    let merged = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(merged["data-root"] as? String == "/srv/docker")
    #expect(merged["labels"] as? [String] == ["a=b"])
    #expect(merged["icc"] as? Bool == false)
    #expect(merged.count > 3)
  }

  @Test(arguments: [
    ("{\"icc\": false,\n \"icc\": true}", 2), ("{\n\n\"a\": tru}", 3), ("[]", 1),
    ("{\"a\": 1", 1), ("{\"a\": 01}", 1), ("{} x", 1),
  ])
  func `refuses broken settings, with the line`(text: String, line: Int) async throws {
    try await tool.importHardening()
    let result = try await daemonJSON(text)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("daemon.json:\(line):"), "\(result.error)")
    let missing = try await tool.run("shortlist", "--daemon-json", "no.json")
    #expect(missing.code == 2)
    #expect(missing.error.contains("no.json: no such file"))
  }
}
