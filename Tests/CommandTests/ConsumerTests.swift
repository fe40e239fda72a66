import BenchTestSupport
import Foundation
import Testing

/// What `make consumers-setup` installs.
private enum Consumers {
  static let python = Fixture.repository + "/.build/consumers-venv/bin/python"

  /// Whether Python with the libraries that read exports is there; says once that it is missing.
  static let areThere: Bool = {
    let areThere = FileManager.default.isExecutableFile(atPath: python)
    if !areThere { print("No program that reads exports is run: \(python) not there") }
    return areThere
  }()
}

/// The steps are in `Tests/consumers/run`.
@Suite(.enabled(if: Consumers.areThere, "'make consumers-setup' could not install the consumers"))
struct `The programs that read exports` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `show as open what is open`() async throws {
    let script = Fixture.repository + "/Tests/consumers/run"
    let result = try await tool.shell("timeout -k 10 900 '\(script)' \"$benchtrail\"")
    let lines = result.output.split(separator: "\n")
    for line in lines where line.hasPrefix("FAIL ") { Issue.record("\(line)") }
    for line in lines where line.hasPrefix("skip ") { print("Not run: \(line.dropFirst(5))") }
    #expect(result.code == 0, "\(result.error)")
    // What needs no program beside Python was run, to the last step.
    for name in ["defectdojo-rule", "heimdall-rule", "sarif-tools", "junitparser", "pandas"] {
      #expect(lines.contains("ok \(name) samples"), "\(name)")
    }
  }
}
