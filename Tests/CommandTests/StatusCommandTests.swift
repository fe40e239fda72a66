import BenchTestSupport
import Foundation
import Testing

struct `The command status` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// A time after all runs of the samples.
  private static let time: [String] = []
  private static let policy = ["--policy", Fixture.repository + "/samples/benchtrail.yaml"]

  private func importSamples() async throws {
    try await tool.importSample()
    for host in ["web-2", "db-1"] {
      let path = Fixture.repository + "/samples/" + host
      #expect(try await tool.run("import", path, "--host", host).code == 0)
    }
  }

  private func json(_ arguments: [String]) async throws -> [String: Any] {
    try await tool.run(arguments + Self.time + ["--format", "json"]).json()
  }

  private static func list(_ json: [String: Any], _ key: String) throws -> [[String: Any]] {
    try #require(json[key] as? [[String: Any]])
  }

  @Test(arguments: ["web-1", "web-2", "db-1"], [true, false])
  func `says what the other commands say`(host: String, hasPolicy: Bool) async throws {
    try await importSamples()
    let end = ["--host", host] + (hasPolicy ? Self.policy : [])
    let status = try await json(["status"] + end)
    #expect(status["schema"] as? String == "benchtrail.status.v1")
    #expect(status["host"] as? String == host)
    let entry = try #require(try Self.list(try await json(["hosts"] + end), "entries").first)
    for key in ["open", "unrated", "waived", "worse", "fixed", "pass", "fail", "ageDays"] {
      #expect(status[key] is Int, "\(key)")
      #expect(status[key] as? Int == entry[key] as? Int, "\(key)")
    }
    #expect(status["severities"] as? [String: Int] == entry["severities"] as? [String: Int])
    #expect(status["books"] as? [String: Int] == entry["books"] as? [String: Int])
    #expect(status["compliance"] as? Double == entry["compliance"] as? Double)
    #expect(status["lastRun"] as? String == entry["lastRun"] as? String)
    #expect(status["silent"] as? Bool == entry["silent"] as? Bool)
    let run = try #require(try await json(["show", host])["run"] as? [String: Any])
    #expect(try Self.list(status, "runs").first?["id"] as? String == run["id"] as? String)
    #expect(status["unmapped"] as? Int == run["unmapped"] as? Int)
    let top = try Self.list(try await json(["top", "-n", "3"] + end), "entries")
    let urgent = try Self.list(status, "urgent")
    #expect(urgent.map { $0["control"] as? String } == top.map { $0["name"] as? String })
    #expect(urgent.map { $0["severity"] as? String } == top.map { $0["severity"] as? String })
    let points = try Self.list(try await json(["trend"] + end), "points")
    let history = try Self.list(status, "history")
    #expect(history.map { $0["failures"] as? Int } == points.map { $0["open"] as? Int })
    #expect(history.map { $0["run"] as? String } == points.map { $0["run"] as? String })
    let counts = try #require(
      try await json(["compare", "--host", host])["counts"] as? [String: Int])
    #expect(
      status["worse"] as? Int == (counts["regressed"] ?? 0) + (counts["newlySeen"] ?? 0))
    #expect(status["fixed"] as? Int == counts["fixed"])
    try await expectGate(status, end, hasPolicy)
  }

  private func expectGate(
    _ status: [String: Any], _ arguments: [String], _ hasPolicy: Bool
  ) async throws {
    guard hasPolicy else {
      #expect(status["gate"] == nil)
      return
    }
    let gate = try await json(["gate"] + arguments)
    let own = try #require(status["gate"] as? [String: Any])
    #expect(own["state"] as? String == gate["state"] as? String)
    let failed = try Self.list(own, "failed")
    let reasons = try Self.list(gate, "reasons").compactMap { $0["kind"] as? String }
    #expect(failed.compactMap { $0["reasons"] as? Int }.reduce(0, +) == reasons.count)
    #expect(Set(failed.compactMap { $0["rule"] as? String }) == Set(reasons))
    #expect(
      (status["nextExpiry"] as? [String: Any])?["day"] as? String
        == (gate["nextExpiry"] as? [String: Any])?["day"] as? String)
  }

  @Test func `fits a screen`() async throws {
    try await importSamples()
    for arguments in [Self.policy, []] {
      let json = try await json(["status", "web-1"] + arguments)
      let text = try await tool.run(
        ["status", "web-1"] + arguments + Self.time, environment: ["COLUMNS": "80"])
      #expect(text.code == 0)
      let lines = text.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.count <= 24, "\(text.output)")
      #expect(lines.allSatisfy { $0.count <= 80 })
      let open = try #require(json["open"] as? Int)
      #expect(lines.contains("web-1: \(open) open; 1 worse, 9 fixed since the run before"))
      for failure in try Self.list(json, "worst") + (try Self.list(json, "urgent")) {
        let id = try #require(failure["checkId"] as? String)
        let severity = try #require(failure["severity"] as? String)
        #expect(
          lines.contains {
            $0.hasPrefix(severity + " ") && $0.split(separator: " ").dropFirst().first ?? "" == id
          }, "\(id)")
      }
    }
  }

  @Test func `needs a name only where there are several hosts`() async throws {
    try await tool.importSample()
    let alone = try await tool.run(["status"] + Self.time)
    #expect(alone.code == 0)
    #expect(try await tool.run(["status", "web-1"] + Self.time).output == alone.output)
    #expect(try await tool.run(["status", "--host", "web-1"] + Self.time).output == alone.output)
    #expect(
      try await tool.run(["status", "web-1", "--host", "web-1"] + Self.time).output
        == alone.output)
    try await importSamples()
    let none = try await tool.run("status")
    #expect(none.code == 64)
    #expect(none.output.isEmpty)
    #expect(none.error.contains("several hosts have runs"))
    #expect(none.error.contains("db-1, web-1 and web-2"))
    let unknown = try await tool.run("status", "web-9")
    #expect(unknown.code == 2)
    #expect(unknown.error.contains("web-9"))
  }

  @Test func `is as of a time`() async throws {
    try await tool.importSample()
    let then = try await tool.run(
      "status", "--as-of", "2026-11-23T04:00Z", "--format", "json"
    ).json()
    #expect(then["worse"] as? Int == 0)
    #expect(then["open"] as? Int == 44)
    #expect(then["complianceBefore"] == nil)
    #expect(try Self.list(then, "history").count == 1)
  }
}
