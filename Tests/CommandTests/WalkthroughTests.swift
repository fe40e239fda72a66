import BenchTestSupport
import Foundation
import Testing

/// The walkthroughs, run as they stand: every command prints what stands below it.
///
/// With `RECORD_SNAPSHOTS` in the environment the files are written anew, and the tests fail.
struct `The walkthroughs` {
  private static let begin = "```console\n"
  private static let end = "```\n"

  /// The text with what each command prints now.
  private static func played(_ text: String, _ tool: Tool) async throws -> String {
    var played = ""
    var rest = text[...]
    while let start = rest.firstRange(of: begin) {
      played += rest[..<start.upperBound]
      rest = rest[start.upperBound...]
      let stop = try #require(rest.firstRange(of: end))
      for line in rest[..<stop.lowerBound].split(separator: "\n") where line.hasPrefix("$ ") {
        let result = try await tool.shell(
          "cd work; export COLUMNS=80 PATH=\"$(dirname \"$benchtrail\"):$PATH\"; \(line.dropFirst(2)) 2>&1"
        )
        played += line + "\n" + result.output
        if result.code != 0 { played += "[exit code \(result.code)]\n" }
      }
      played += rest[stop]
      rest = rest[stop.upperBound...]
    }
    return played + rest
  }

  @Test(arguments: [
    "docs/walkthroughs/sre", "docs/walkthroughs/analyst", "docs/walkthroughs/auditor", "README",
  ])
  func `print what they say`(name: String) async throws {
    let tool = try Tool()
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: tool.folder.file("work"), withIntermediateDirectories: true)
    try manager.createSymbolicLink(
      atPath: tool.folder.file("work/samples"),
      withDestinationPath: Fixture.repository + "/samples")
    if name == "README" {
      let result = try await tool.shell(
        "cd work && $benchtrail import samples/web-1 samples/web-2 samples/db-1 --host-from 'samples/{host}/*'"
      )
      #expect(result.code == 0, "\(result.error)")
    }
    let path = Fixture.repository + "/\(name).md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let played = try await Self.played(text, tool)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(played.utf8).write(to: URL(fileURLWithPath: path))
      Issue.record("recorded \(name)")
      return
    }
    for (own, expected) in zip(played.split(separator: "\n"), text.split(separator: "\n")) {
      #expect(own == expected, "\(name)")
    }
    #expect(played == text)
  }
}
