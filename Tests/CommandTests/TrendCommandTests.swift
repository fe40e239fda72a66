import BenchTestSupport
import Foundation
import Testing

struct `The trend's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// A time after all runs, so that the document never changes.
  private static let fixed = ["--as-of", "2030-01-01", "--format", "json"]

  private func trend(_ arguments: String...) async throws -> [String: Any] {
    try await tool.run(["trend"] + arguments + Self.fixed).json()
  }

  private static func points(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["points"] as? [[String: Any]])
  }

  @Test func `has a point for each run of a host`() async throws {
    try await tool.importSample()
    let json = try await trend("--host", "web-1")
    #expect(json["schema"] as? String == "benchtrail.trend.v1")
    #expect(json["host"] as? String == "web-1")
    #expect(json["runs"] as? Int == 2)
    let points = try Self.points(json)
    #expect(points.map { $0["run"] is String } == [true, true])
    let last = try #require(points.last)
    #expect((last["fixed"] as? Int ?? 0) > 5)
    #expect((last["regressed"] as? Int ?? 0) > 0)
    let (pass, open) = (last["pass"] as? Double ?? 0, last["open"] as? Double ?? 0)
    let share = try #require(last["compliance"] as? Double)
    #expect(abs(share - pass * 100 / (pass + open)) < 0.01)
    #expect(json["meanSecondsToFix"] as? Int == 953)
    let open1 = try #require(json["open"] as? [[String: Any]])
    #expect(open1.count == last["open"] as? Int)
    #expect(open1.allSatisfy { $0["since"] is String && $0["ageDays"] is Int })
  }

  @Test func `is of all hosts where none is named`() async throws {
    try await tool.importSample()
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "db-1")
    let all = try await tool.run(["trend", "--all"] + Self.fixed)
    #expect(try await tool.run(["trend"] + Self.fixed).output == all.output)
    #expect(try all.json()["hosts"] as? Int == 2)
    #expect(try all.json()["host"] == nil)
    #expect(try Self.points(try all.json()).map { $0["hosts"] as? Int } == [2])
    #expect(try Self.points(try all.json()).allSatisfy { $0["run"] == nil })
    let text = try await tool.run("trend", "--all")
    #expect(text.output.hasPrefix("Trend of 2 hosts\n"))
    let markdown = try await tool.run("trend", "--host", "db-1", "--format", "markdown")
    #expect(
      markdown.output.hasPrefix("## Trend of db\\-1")
        || markdown.output.hasPrefix("## Trend of db-1"))
  }

  @Test func `is the same whatever the order of the imports`() async throws {
    let paths = [
      "s1-fa9b227-log.txt", "s1-v1.3.5-log.txt", "s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt",
      "s4-head-stdout.txt", "s4-v1.1.0-log.txt",
    ].map(Fixture.path)
    var outputs: [String] = []
    for order in [paths, paths.reversed(), paths.sorted { $0.count < $1.count }] {
      let tool = try Tool()
      for path in order { try await tool.run("import", path, "--host", "web-1") }
      outputs.append(try await tool.run(["trend"] + Self.fixed).output)
    }
    #expect(Set(outputs).count == 1)
    #expect(outputs.first?.contains("\"runs\" : 6") == true)
  }

  @Test func `is as of a time`() async throws {
    try await tool.importSample()
    let early = try await tool.run(
      "trend", "--as-of", "2026-11-23T04:00:00Z", "--format", "json")
    #expect(try early.json()["runs"] as? Int == 1)
    #expect(try early.json()["asOf"] as? String == "2026-11-23T04:00:00Z")
    #expect(try await tool.run("trend", "--as-of", "2001-01-01", "--host", "web-1").code == 2)
  }

  @Test func `shows the last points, or those since a time`() async throws {
    try await tool.importSample()
    let all = try Self.points(try await trend("--host", "web-1"))
    let last = try Self.points(try await trend("--host", "web-1", "--points", "1"))
    let since = try Self.points(
      try await trend("--host", "web-1", "--since", "2026-11-23T04:00:00Z"))
    #expect(last.map { $0["time"] as? String } == [all.last?["time"] as? String])
    #expect(since.map { $0["time"] as? String } == last.map { $0["time"] as? String })
    // What is open does not hang on the points that are shown.
    let none = try await trend("--host", "web-1", "--since", "2029-01-01")
    #expect(try Self.points(none).isEmpty)
    #expect((none["open"] as? [Any])?.isEmpty == false)
  }

  @Test func `has the runs with a label`() async throws {
    try await tool.run(
      "import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "a", "--label", "env=prod")
    try await tool.run("import", Fixture.path("s1-v1.6.0-log.txt"), "--host", "b")
    #expect(try await trend("--label", "env=prod")["runs"] as? Int == 1)
    #expect(try await trend("--label", "env=prod")["hosts"] as? Int == 1)
    #expect(try await tool.run("trend", "--label", "env=test").code == 2)
    #expect(try await tool.run("trend", "--label", "env=prod", "--host", "b").code == 2)
  }

  @Test func `is 2 for a host without runs`() async throws {
    try await tool.importSample()
    let result = try await tool.run("trend", "--host", "nobody")
    #expect(result.code == 2)
    #expect(result.error.contains("nobody"))
  }

  @Test func `is of a host with one run`() async throws {
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "web-1")
    for arguments in [["trend"], ["trend", "--format", "markdown"]] {
      let result = try await tool.run(arguments)
      #expect(result.code == 0)
      #expect(result.output.contains("1 run; each point is a run."))
      #expect(result.output.contains("nothing was fixed in these runs"))
    }
  }

  @Test func `counts nothing as fixed that a limited run left out`() async throws {
    try await tool.run("import", tool.log(day: 1), "--host", "web-1")
    let limited = try tool.log(day: 2, Tool.withoutPrivileged)
    try await tool.run("import", limited, "--host", "web-1", "--scope", "exclude=ci-runner")
    let before = try await trend()
    #expect(before["fixed"] as? Int == 0)
    #expect(before["leftOut"] as? Int == 1)
    try await tool.run("import", tool.log(day: 3, Tool.withoutPrivileged), "--host", "web-1")
    let after = try await trend()
    #expect(after["fixed"] as? Int == 1)
    #expect(after["meanSecondsToFix"] as? Int == 2 * 86_400)
  }
}
