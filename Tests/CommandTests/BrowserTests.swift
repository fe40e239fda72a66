import BenchTestSupport
import Foundation
import Testing

/// What `make browser-setup` installs.
private enum Browser {
  static let python = Fixture.repository + "/.build/browser-venv/bin/python"

  /// Whether a browser and what leads it are there; says once what is missing.
  static let isThere: Bool = {
    let needed = [python, "/usr/bin/chromium", "/usr/bin/chromedriver"]
    let missing = needed.filter { !FileManager.default.isExecutableFile(atPath: $0) }
    if !missing.isEmpty {
      print("The page in a browser is not tested: \(missing.joined(separator: ", ")) not there")
    }
    return missing.isEmpty
  }()
}

/// The steps are in `Tests/browser/check.py`.
@Suite(.enabled(if: Browser.isThere, "'make browser-setup' could not install the browser"))
struct `The page in a browser` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `can be read, filtered and printed by everybody`() async throws {
    let tests = Fixture.repository + "/Tests/browser"
    let pages = tool.folder.file("pages")
    let made = try await tool.shell("sh '\(tests)/pages.sh' \"$benchtrail\" '\(pages)'")
    try #require(made.code == 0, "\(made.error)")
    let names = ["fleet", "host", "clean", "hostile"]
    let options = names.map { "--\($0) '\(pages)/\($0).html'" }.joined(separator: " ")
    // A browser that hangs ends with the check.
    let result = try await tool.shell(
      "timeout -k 10 900 '\(Browser.python)' '\(tests)/check.py' \(options)")
    if result.code == 77 {
      print("The page in a browser is not tested: \(result.error)")
      return
    }
    let lines = result.output.split(separator: "\n")
    for line in lines where line.hasPrefix("FAIL ") { Issue.record("\(line)") }
    #expect(result.code == 0, "\(result.error)")
    // One step of each page at least was run.
    for name in names { #expect(lines.contains { $0.hasPrefix("ok \(name): ") }, "\(name)") }
  }
}
