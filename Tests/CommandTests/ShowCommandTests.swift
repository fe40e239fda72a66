import BenchTestSupport
import Foundation
import Testing

/// What a run found, and what is open from before.
struct `The command show` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Writes a run of ``Tool/log(day:_:)`` that was limited to the checks of containers (`-c container_runtime`).
  private func limitedLog(day: Int) throws -> String {
    let path = try tool.log(day: day)
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("Checks: 117", with: "Checks: 32").replacing("Score: -18", with: "Score: -14")
      .split(separator: "\n", omittingEmptySubsequences: false)
    let place = { (text: String) in try #require(lines.firstIndex { $0.contains(text) }) }
    let kept =
      try lines[..<place(" 1 - Host Configuration")]
      + lines[place(" 5 - Container Runtime")..<place(" 6 - Docker Security Operations")]
      + lines[place("Section C - Score")...]
    return try tool.folder.write(
      "limited-\(day).log", Array(kept.joined(separator: "\n").utf8))
  }

  private func importLimited() async throws {
    for path in [try tool.log(day: 1), try limitedLog(day: 2)] {
      let result = try await tool.run("import", path, "--host", "web-1")
      #expect(result.code == 0, "\(result.error)")
    }
  }

  private static func list(_ json: [String: Any], _ key: String) throws -> [[String: Any]] {
    try #require(json[key] as? [[String: Any]])
  }

  /// The controls that fail in the run itself.
  private static func failures(_ json: [String: Any]) throws -> [String] {
    try list(json, "findings").filter { $0["outcome"] as? String == "fail" }
      .compactMap { $0["control"] as? String }
  }

  @Test func `says what is open from before a limited run`() async throws {
    try await importLimited()
    let json = try await tool.run("show", "--format", "json").json()
    let first = try await tool.run("show", "latest~1", "--format", "json").json()
    let before = try #require(first["run"] as? [String: Any])
    let own = try Self.failures(json)
    let open = try Self.list(json, "stillOpen")
    #expect(own.count == 20)
    #expect(open.count == 24)
    let controls = open.compactMap { $0["control"] as? String }
    #expect(Set(controls).isDisjoint(with: own))
    #expect(Set(controls + own) == Set(try Self.failures(first)))
    #expect(open.allSatisfy { $0["run"] as? String == before["id"] as? String })
    #expect(open.allSatisfy { $0["startedAt"] as? String == "2026-12-01T03:00:00Z" })
    // As 'top' knows the host.
    let top = try await tool.run("top", "-n", "1000", "--format", "json").json()
    #expect(top["open"] as? Int == own.count + open.count)
    let names = try Self.list(top, "entries").compactMap { $0["name"] as? String }
    #expect(Set(names) == Set(controls + own))
    let icc = try #require(open.first { $0["control"] as? String == "daemon-icc-disabled" })
    #expect(icc["severity"] as? String == "high")
    #expect(icc["checkId"] as? String == "2.2")
    let text = try await tool.run("show").output
    #expect(text.contains("What fails (20)\n"))
    #expect(text.contains("Still open from before (24)\n"))
    #expect(text.contains("This run did not evaluate these, so what an earlier run found"))
    let row = try #require(
      text.split(separator: "\n").first { $0.contains("daemon-icc-disabled") })
    let words = row.split(separator: " ").map(String.init)
    #expect(words.prefix(2) == ["2.2", "high"])
    let id = try #require(before["id"] as? String)
    #expect(words.suffix(2) == [String(id.prefix(10)), "2026-12-01"])
  }

  @Test func `says what was open then of an earlier run`() async throws {
    try await importLimited()
    try await tool.run("import", try tool.log(day: 3), "--host", "web-1")
    let whole = try await tool.run("show", "--format", "json").json()
    #expect(try Self.list(whole, "stillOpen").isEmpty)
    #expect(try await !tool.run("show").output.contains("Still open"))
    for name in [["latest~1"], ["--as-of", "2026-12-02"]] {
      let limited = try await tool.run(["show"] + name + ["--format", "json"]).json()
      #expect(try Self.list(limited, "stillOpen").count == 24, "\(name)")
    }
    let first = try await tool.run("show", "latest~2", "--format", "json").json()
    #expect(try Self.list(first, "stillOpen").isEmpty)
  }

  @Test func `lists only what is asked for, and marks what is accepted`() async throws {
    try await importLimited()
    let high = try await tool.run("show", "--severity", "high", "--format", "json").json()
    let open = try Self.list(high, "stillOpen")
    #expect(!open.isEmpty && open.count < 24)
    #expect(open.allSatisfy { $0["severity"] as? String == "high" })
    let passes = try await tool.run("show", "--outcome", "pass", "--format", "json").json()
    #expect(passes["stillOpen"] == nil)
    #expect(try await !tool.run("show", "--outcome", "pass").output.contains("Still open"))
    let policy = "waivers: [{control: daemon-icc-disabled, reason: r, owner: o}]\n"
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let json = try await tool.run("show", "--format", "json").json()
    let accepted = try Self.list(json, "stillOpen").filter { $0["waived"] as? Bool == true }
    #expect(accepted.compactMap { $0["control"] as? String } == ["daemon-icc-disabled"])
    #expect(try await tool.run("show").output.contains("daemon-icc-disabled (waived)"))
  }

  @Test func `says what a run was limited to, or that it is cut off`() async throws {
    try await tool.run("import", try tool.log(day: 1), "--host", "web-1")
    try await tool.run(
      "import", tool.log(day: 2, Tool.withoutPrivileged), "--host", "web-1", "--scope",
      "exclude=ci-runner")
    let limited = try await tool.run("show").output
    #expect(limited.contains("Still open from before (1)\n"))
    #expect(limited.contains("This run was limited (exclude=ci-runner) and did not evaluate these"))
    #expect(limited.contains("container-no-privileged"))
    let whole = try String(contentsOfFile: try tool.log(day: 3), encoding: .utf8)
    let cut = whole.split(separator: "\n", omittingEmptySubsequences: false).prefix(60)
    let path = try tool.folder.write("cut.log", Array(cut.joined(separator: "\n").utf8))
    try await tool.run("import", path, "--host", "web-1")
    let text = try await tool.run("show").output
    #expect(text.contains("This run is incomplete and did not evaluate these"))
  }
}
