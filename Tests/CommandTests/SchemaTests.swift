import BenchTestSupport
import Foundation
import Testing

/// What `make browser-setup` installs.
private enum Consumer {
  static let python = Fixture.repository + "/.build/browser-venv/bin/python"

  /// Whether Python with what the check needs is there; says once that it is missing.
  static let isThere: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: python)
    if !isThere { print("The documents are not held against their schemas: \(python) not there") }
    return isThere
  }()
}

/// The steps are in `Tests/consumers/schemas.py`.
@Suite(.enabled(if: Consumer.isThere, "'make browser-setup' could not install jsonschema"))
struct `Documents for programs` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `have the form that their schemas tell`() async throws {
    let script = Fixture.repository + "/Tests/consumers/schemas.py"
    let result = try await tool.shell(
      "timeout -k 10 900 '\(Consumer.python)' '\(script)' \"$benchtrail\"")
    let lines = result.output.split(separator: "\n")
    for line in lines where line.hasPrefix("FAIL ") { Issue.record("\(line)") }
    #expect(result.code == 0, "\(result.error)")
    // Commands were run at all.
    #expect(lines.contains { $0.hasPrefix("ok export") })
  }
}
