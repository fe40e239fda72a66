import BenchTestSupport
import Foundation
import Testing

/// What `make browser-setup` installs.
private enum Recipes {
  static let python = Fixture.repository + "/.build/browser-venv/bin/python"

  /// Whether Python with what the check needs is there; says once that it is missing.
  static let canRun: Bool = {
    let canRun = FileManager.default.isExecutableFile(atPath: python)
    if !canRun { print("The recipes are not run: \(python) not there") }
    return canRun
  }()
}

/// The steps are in `Tests/recipes/run.py`.
@Suite(.enabled(if: Recipes.canRun, "'make browser-setup' could not install Python's packages"))
struct `The recipes` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `run as they are written`() async throws {
    let script = Fixture.repository + "/Tests/recipes/run.py"
    let result = try await tool.shell(
      "timeout -k 10 900 '\(Recipes.python)' -B '\(script)' \"$benchtrail\"")
    let lines = result.output.split(separator: "\n")
    for line in lines where line.hasPrefix("FAIL ") { Issue.record("\(line)") }
    #expect(result.code == 0, "\(result.error)")
    // Blocks and jobs were run at all.
    for name in [
      "ok docs/recipes.md", "ok contrib/github", "ok contrib/gitlab", "ok contrib/grafana",
    ] {
      #expect(lines.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }
}
