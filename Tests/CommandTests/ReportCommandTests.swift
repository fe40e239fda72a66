import BenchTestSupport
import Foundation
import Testing

struct `The report's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func file(_ name: String) throws -> String {
    try String(contentsOfFile: tool.folder.file(name), encoding: .utf8)
  }

  /// The names of the files beside the database, without the database.
  private func files() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)).filter {
      !$0.hasPrefix("bench.db") && $0 != "streams"
    }
  }

  @Test(arguments: [("text", "BenchTrail report: web-1\n"), ("markdown", "# BenchTrail report: ")])
  func `is of one host`(format: String, beginning: String) async throws {
    try await tool.importSample()
    let result = try await tool.run("report", "--host", "web-1", "--format", format)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasPrefix(beginning))
    for section in [
      "What got worse", "Threats", "Where, and which threat", "What to fix first", "Trend",
      "Accepted risks", "Needs a person's decision", "Could not be judged", "Findings",
    ] {
      #expect(result.output.contains(section), "\(section)")
    }
    #expect(result.output.contains("No policy has a gate: "))
  }

  @Test func `is of many hosts`() async throws {
    try await tool.importSample()
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "db-1")
    let result = try await tool.run("report")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("BenchTrail report: 2 hosts\n"))
    #expect(try await tool.run("report", "--limit", "0").code == 64)
    #expect(try await tool.run("report", "--limit", "10001").code == 64)
    #expect(try await tool.run("report", "--format", "json").code == 64)
  }

  @Test(arguments: ["text", "markdown", "html"])
  func `is by requirement of a framework too`(format: String) async throws {
    try await tool.importSample()
    let plain = try await tool.run("report", "--format", format)
    #expect(!plain.output.contains("By requirement of"))
    let result = try await tool.run("report", "--format", format, "--framework", "nist-800-53")
    #expect(result.code == 0, "\(result.error)")
    for text in [
      "By requirement of NIST SP 800-53 Revision 5", "Least Privilege", "not evaluated",
      "What a requirement asks for beyond",
    ] {
      #expect(result.output.contains(text), "\(text)")
    }
  }

  @Test func `has the verdict of the policy`() async throws {
    try await tool.importSample()
    let policy = """
      version: 1
      gate: {severity: critical}
      waivers:
        - {severity: critical, reason: r, owner: the owner, expires: 2026-12-31}

      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let kept = try await tool.run("report", "--as-of", "2026-12-31", "--format", "markdown")
    #expect(kept.output.contains("\nGate passed\n"))
    #expect(kept.output.contains("the owner, 2026-12-15, until 2026-12-31"))
    let broken = try await tool.run("report", "--as-of", "2027-01-01", "--format", "markdown")
    #expect(broken.output.contains("\nGate failed\n"))
    #expect(broken.output.contains("## Accepted risks\n\nNone.\n"))
  }

  @Test func `is a page that needs nothing but itself`() async throws {
    try await tool.importSample()
    let printed = try await tool.run("report", "--format", "html", "--as-of", "2026-12-01")
    #expect(printed.code == 0)
    #expect(printed.output.contains("<title>BenchTrail report: web-1</title>"))
    #expect(printed.output.contains("Content-Security-Policy"))
    #expect(printed.output.contains("as of 2026-12-01"))
    for text in ["http://", "https://", "src="] { #expect(!printed.output.contains(text)) }
    let written = try await tool.run(
      "report", "--format", "html", "--as-of", "2026-12-01", "-o", "report.html")
    #expect(written.code == 0)
    #expect(written.output.isEmpty)
    #expect(try file("report.html") == printed.output)
    #expect(try files() == ["report.html"])
  }

  // MARK: Numbers

  /// What stands between two texts, each time that both are there.
  private static func texts(_ html: String, from start: String, to end: String) -> [String] {
    html.components(separatedBy: start).dropFirst().map { part in
      part.components(separatedBy: end)[0]
        .replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  private func json(_ arguments: String...) async throws -> [String: Any] {
    try await tool.run(arguments + ["--format", "json"]).json()
  }

  @Test(arguments: [[], ["--host", "web-1"]])
  func `has the numbers of the other commands`(host: [String]) async throws {
    for name in ["web-1", "web-2", "db-1", "node-1"] {
      let path = Fixture.repository + "/samples/" + name
      #expect(try await tool.run("import", path, "--host", name).code == 0)
    }
    try tool.folder.write(
      "benchtrail.yaml", Array("version: 1\ngate: {severity: critical}\n".utf8))
    let html = try await tool.run(["report", "--format", "html", "-n", "200"] + host).output
    let hosts = try await tool.run(["hosts", "--format", "json"] + host).json()
    let tiles = Self.texts(html, from: "<p class=\"value\"><b>", to: "</b>")
    let open = try #require(hosts["open"] as? Int)
    #expect(tiles.first == "\(open)")
    let entries = try #require(hosts["entries"] as? [[String: Any]])
    let worse = entries.compactMap { $0["worse"] as? Int }.reduce(0, +)
    #expect(tiles.count == 4 && tiles[2] == "\(worse) worse")
    let pass = entries.compactMap { $0["pass"] as? Int }.reduce(0, +)
    let fail = entries.compactMap { $0["fail"] as? Int }.reduce(0, +)
    #expect(html.contains("\(pass) of \(pass + fail) judged checks pass"))

    let trend = try await tool.run(["trend", "--format", "json"] + host).json()
    let points = try #require(trend["points"] as? [[String: Any]])
    let severities = try #require(points.last?["severities"] as? [String: Int])
    let legend = Self.texts(html, from: "<ul class=\"legend\">", to: "</ul>").first ?? ""
    for (severity, count) in severities { #expect(legend.contains("\(severity): \(count)")) }
    #expect(points.last?["open"] as? Int == open)

    let gate = try await tool.run(["gate", "--format", "json"] + host).json()
    let failed = try #require(gate["hostStates"] as? [[String: Any]])
    let tripped = failed.count { $0["state"] as? String == "tripped" }
    #expect(
      html.contains(
        failed.count == 1 ? "Gate failed" : "Gate failed on \(tripped) of \(failed.count) hosts"))

    let top = try await tool.run(["top", "--format", "json", "-n", "500"] + host).json()
    let ranked = try #require(top["entries"] as? [[String: Any]]).compactMap {
      $0["name"] as? String
    }
    let cards = Self.texts(html, from: "<details class=\"card\"", to: "</summary>")
    #expect(cards.count == ranked.count)
    for (card, name) in zip(cards, ranked) where !name.contains(" ") {
      #expect(card.contains(name), "\(name)")
    }
    let fixes = try await tool.run(["shortlist", "--format", "json", "-n", "500"] + host).json()
    let titles = try #require(fixes["fixes"] as? [[String: Any]]).compactMap {
      $0["title"] as? String
    }
    let steps = Self.texts(html, from: "<li id=\"step-", to: "</p>").map {
      String($0.drop { $0 != ">" }.dropFirst()).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    #expect(
      steps == titles.map { $0.replacing("'", with: "&#39;").replacing("\"", with: "&quot;") })
    let stride = try await tool.run(["stride", "--format", "json"] + host).json()
    #expect(stride["open"] as? Int == open)
  }

  // MARK: Files

  @Test func `writes a file whole or not at all`() async throws {
    try await tool.importSample()
    try tool.folder.write("report.txt", Array("old".utf8))
    for arguments in [
      ["--host", "nobody"], ["--policy", "no.yaml"], ["--db", "no.db"],
      ["--format", "html", "--template", "no.mustache"],
    ] {
      let result = try await tool.run(["report", "-o", "report.txt"] + arguments)
      #expect(result.code == 2, "\(arguments)")
      #expect(try file("report.txt") == "old", "\(arguments)")
    }
    #expect(try files() == ["report.txt"])
    #expect(try await tool.run("report", "-o", "report.txt").code == 0)
    let text = try file("report.txt")
    #expect(text.hasPrefix("BenchTrail report: web-1\n"))
    #expect(!text.contains("\u{1b}"))
    #expect(try files() == ["report.txt"])
  }

  @Test func `has no colour in a file`() async throws {
    try await tool.importSample()
    let printed = try await tool.run("report", "--color", "always")
    #expect(printed.output.contains("\u{1b}["))
    try await tool.run("report", "--color", "always", "-o", "report.txt")
    #expect(!(try file("report.txt").contains("\u{1b}")))
  }

  @Test(arguments: ["missing/report.txt", "folder", ""])
  func `says that a file can't be written`(path: String) async throws {
    try await tool.importSample()
    try tool.folder.write("folder/file", [])
    let result = try await tool.run("report", "-o", path)
    #expect(result.code == 2)
    #expect(result.error.contains("can't be written"))
    #expect(try files() == ["folder"])
  }

  @Test(arguments: [["report"], ["export", "--format", "csv"]])
  func `writes into a pipe, and puts nothing in its place`(command: [String]) async throws {
    try await tool.importSample()
    let pipe = tool.folder.file("pipe")
    let line = (["$benchtrail"] + command + ["--as-of", "2026-12-01"]).joined(separator: " ")
    let environment = "export BENCHTRAIL_DB=\(tool.database) COLUMNS=100; mkfifo \(pipe); "
    let result = try await tool.shell(
      environment + "cat \(pipe) > piped & \(line) -o \(pipe) && wait && test -p \(pipe)")
    #expect(result.code == 0, "\(result.error)")
    let printed = try await tool.shell("export BENCHTRAIL_DB=\(tool.database) COLUMNS=100; \(line)")
    #expect(printed.code == 0)
    #expect(try file("piped") == printed.output)
    #expect(try files() == ["pipe", "piped"])
  }

  // MARK: Templates

  @Test func `prints the template that it uses`() async throws {
    try await tool.importSample()
    let template = try await tool.run("report", "--print-template")
    #expect(template.code == 0)
    #expect(template.output.contains("{{{body}}}"))
    try tool.folder.write("team.mustache", Array(template.output.utf8))
    let arguments = ["report", "--format", "html", "--as-of", "2026-12-01"]
    let own = try await tool.run(arguments + ["--template", "team.mustache"])
    #expect(own.code == 0)
    #expect(own.output == (try await tool.run(arguments).output))
    // Without a database it is printed as well.
    #expect(try await Tool().run("report", "--print-template").output == template.output)
  }

  @Test func `takes a team's page`() async throws {
    try await tool.importSample()
    try tool.folder.write(
      "team.mustache", Array("{{title}}/{{time}}/{{#contents}}{{id}} {{/contents}}".utf8))
    let result = try await tool.run(
      "report", "--format", "html", "--template", "team.mustache", "--as-of", "2026-12-01")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("BenchTrail report: web-1/2026-12-01"))
    #expect(result.output.contains("worse threats where fixes "))
  }

  @Test func `refuses a page that is none`() async throws {
    try await tool.importSample()
    try tool.folder.write("team.mustache", Array("{{#a}}".utf8))
    let invalid = try await tool.run(
      "report", "--format", "html", "--template", "team.mustache", "-o", "out.html")
    #expect(invalid.code == 2)
    #expect(invalid.error.contains("team.mustache: this is no valid Mustache template"))
    #expect(try files() == ["team.mustache"])
    #expect(try await tool.run("report", "--template", "team.mustache").code == 64)
  }

  @Test func `has hostile names as text`() async throws {
    let attack = "</title><script>a\u{1b}[31m](javascript:x)"
    try await tool.run("import", Fixture.path("s6-v1.6.0-log.txt"), "--host", attack)
    for format in ["text", "markdown", "html"] {
      let result = try await tool.run("report", "--format", format)
      #expect(result.code == 0)
      #expect(!result.output.contains("\u{1b}"))
      guard format != "text" else { continue }
      #expect(result.output.components(separatedBy: "<script>").count == (format == "html" ? 2 : 1))
      #expect(
        format == "html" || !result.output.replacing("\\]", with: "").contains("](javascript"))
    }
  }
}
