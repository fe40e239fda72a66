import BenchTestSupport
import Foundation
import Testing

/// The document of an analyst, from the command to the file that a reader gets.
struct `The document of an analyst` {
  private static let command = [
    "shortlist", "--host", "web-3", "--findings", "2.1,2.2.b,4.5", "--document",
    "--threats-per-system", "5", "--as-of", "2026-01-03",
  ]

  private let tool: Tool

  init() throws { tool = try Tool() }

  private func importBoth() async throws {
    for number in 1...2 {
      // As from the repository's folder, whose paths the document names.
      let path = "samples/web-3/\(number)-docker-bench.txt"
      let log = URL(fileURLWithPath: Fixture.repository + "/" + path)
      _ = try tool.folder.write(path, Array(try Data(contentsOf: log)))
      let result = try await tool.run(
        "import", path, "--host", "web-3", "--at", "2026-01-0\(number)")
      #expect(result.code == 0)
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The golden file is the sample of the documentation too.
  @Test func `is the one of the documentation`() async throws {
    try await importBoth()
    let text = try await tool.run(Self.command + ["--format", "markdown"]).output
    let path = Fixture.repository + "/docs/example-document.md"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    #expect(text == (try String(contentsOfFile: path, encoding: .utf8)))
    #expect(Self.lines(text).count < 200)
  }

  @Test func `has the ten threats in their categories, each with a countermeasure`() async throws {
    try await importBoth()
    let json = try await tool.run(Self.command + ["--format", "json"]).json()
    #expect(json["schema"] as? String == "benchtrail.document.v1")
    let systems = try #require(json["systems"] as? [[String: Any]])
    let found = systems.map { system in
      (system["threats"] as? [[String: Any]] ?? []).map { threat in
        #expect((threat["countermeasure"] as? String)?.isEmpty == false)
        return "\(threat["stride"] ?? "") \(threat["id"] ?? "")"
      }
    }
    #expect(
      found == [
        [
          "spoofing docker-forged-publisher", "tampering docker-outdated-image",
          "disclosure docker-bridge-leaks-secrets", "denial docker-container-starves-host",
          "elevation docker-root-in-container-is-root-on-host",
        ],
        [
          "spoofing kubernetes-api-server-without-tls", "tampering kubernetes-etcd-data-changed",
          "repudiation kubernetes-kubelet-changes-without-name",
          "disclosure kubernetes-secrets-unencrypted-at-rest",
          "denial kubernetes-kubelet-changes-kernel-settings",
        ],
      ])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.map { $0["checkId"] as? String } == ["2.1", "2.2.b", "4.5"])
    #expect(findings.allSatisfy { $0["printed"] as? String == "FAIL" })
    for finding in findings {
      let now = try #require(finding["now"] as? [String: Any])
      #expect(now["outcome"] as? String == "pass")
    }
  }

  @Test func `says in text and in JSON the same of each threat`() async throws {
    try await importBoth()
    let command = ["shortlist", "--host", "web-3", "--document", "--pick", "2"]
    let json = try await tool.run(command + ["--format", "json"]).json()
    let text = try await tool.run(command + ["--format", "markdown"]).output
    let all = try #require(json["systems"] as? [[String: Any]])
      .flatMap { $0["threats"] as? [[String: Any]] ?? [] }
    let model = try await tool.run("threats", "--host", "web-3", "--format", "json").json()
    let threats = try #require(model["threats"] as? [[String: Any]])
    #expect(all.count == threats.count)
    for (own, other) in zip(
      all.sorted { "\($0["id"] ?? "")" < "\($1["id"] ?? "")" },
      threats.sorted { "\($0["id"] ?? "")" < "\($1["id"] ?? "")" })
    {
      #expect(own["state"] as? String == other["state"] as? String)
      #expect(text.contains("**\(own["title"] ?? "")**"))
      #expect(text.contains(own["evidence"] as? String ?? "-"))
    }
  }

  @Test func `needs no escape for what tools print`() async throws {
    try await importBoth()
    let text = try await tool.run(Self.command + ["--format", "markdown"]).output
    for escape in ["\\(", "\\[", "\\_"] { #expect(!text.contains(escape), "\(escape)") }
    #expect(text.contains("[FAIL] 2.2.b Ensure the logging level is set to 'info' (Scored)"))
  }

  @Test func `has a head, and is a page too`() async throws {
    try await importBoth()
    let html = try await tool.run(
      Self.command + ["--title", "Docker & us", "--author", "A. <Nalyst>", "--format", "html"]
    ).output
    #expect(html.contains("Docker &amp; us"))
    #expect(html.contains("A. &lt;Nalyst&gt;"))
    #expect(html.contains("<code>"))
    #expect(html.hasPrefix("<!DOCTYPE html>"))
  }

  @Test func `has the models alone where there is no run`() async throws {
    let result = try await tool.run("shortlist", "--document", "--format", "markdown")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.contains("there is no run yet"))
    #expect(result.output.contains("to be checked by daemon-icc-disabled"))
    #expect(result.output.contains("Countermeasure: "))
    #expect(try await tool.run("shortlist", "--document", "--host", "nobody").code == 2)
    #expect(try await tool.run("shortlist", "--findings", "2.1", "--document").code == 2)
  }

  @Test func `says that a run is cut off, and no more than it told`() async throws {
    let log = try Fixture.bytes("s1-v1.6.1-log.txt").prefix(3_000)
    let path = try tool.folder.write("cut.txt", Array(log))
    #expect(try await tool.run("import", path, "--host", "h").code == 0)
    let result = try await tool.run("shortlist", "--document", "--format", "markdown")
    #expect(result.output.contains("cut.txt:1 incomplete |"))
    let json = try await tool.run("threats", "--host", "h", "--format", "json").json()
    let threats = try #require(json["threats"] as? [[String: Any]])
    #expect(!threats.contains { $0["state"] as? String == "mitigated" })
  }

  @Test func `is one even where nothing is open`() async throws {
    try await importBoth()
    let waivers = ["critical", "high", "medium", "low"].map {
      "  - {severity: \($0), reason: r, owner: o}\n"
    }
    _ = try tool.folder.write("benchtrail.yaml", Array(("waivers:\n" + waivers.joined()).utf8))
    let result = try await tool.run("shortlist", "--document", "--format", "markdown")
    #expect(result.code == 0)
    #expect(result.output.contains("# Threats and chosen findings"))
    #expect(result.output.contains("**accepted**") || result.output.contains("State: accepted"))
    #expect(result.output.contains("No finding is open."))
  }
}
