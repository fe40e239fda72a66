import BenchTestSupport
import Foundation
import Testing

struct `A hostile name` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// Whether a terminal could take a part of a text for a command, or show it in another order.
  private static func isUnsafe(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: true
      default: false
      }
    }
  }

  private func expectSafe(_ commands: [[String]]) async throws {
    for command in commands {
      for format in [[], ["--format", "json"]] {
        let result = try await tool.run(command + format)
        #expect(result.code == 0, "\(command) \(result.error)")
        #expect(!Self.isUnsafe(result.output), "\(command) \(format)")
        #expect(!Self.isUnsafe(result.error), "\(command) \(format)")
        if !format.isEmpty { #expect(throws: Never.self) { try result.json() } }
      }
    }
  }

  @Test(arguments: ["s6-v1.6.0-log.txt", "s6-v1.6.0-log.json"])
  func `of the corpus reaches no terminal as it is`(fixture: String) async throws {
    try await expectSafe([
      ["import", Fixture.path(fixture), "--host", "web-1"], ["runs"], ["show", "--all"],
    ])
    let other = Fixture.path("s1-v1.6.0-log.txt")
    try await expectSafe([
      ["import", other, "--host", "web-1"], ["compare", "--verbose", "latest~1", "latest"],
    ])
    try await expectSafe([["compare", "--verbose", "latest", "latest~1"], ["db", "check"]])
  }

  @Test func `of our making reaches no terminal as it is`() async throws {
    let names = [
      "a\\u001b[31mred", "b\\u009b2J", "c\\u202egpj", "d\\u0000e", "f\\u2028g", "h\u{9b}31m",
      "i\u{202e}j",
      "k\u{7f}", "=1+1", "<script>", "'; DROP TABLE run; --", "\\\\",
    ]
    let items = names.map { "\"\($0)\"" }.joined(separator: ",")
    let title = "Ensure that a user for the container has been created (Automated)"
    let json = """
      {"dockerbenchsecurity": "1.6.0\\u001b[31m", "start": 1767225600, "tests": [{"id": "4", "desc": "Images",
       "results": [{"id": "4.1", "desc": "\(title)", "result": "WARN",
       "details": "running as root:  \\u001b]0;x\\u0007", "items": [\(items)]},
       {"id": "4.99\\u001b[2J", "desc": "\\u202eUnknown\\u001b[2J", "result": "WARN"}]}],
       "checks": 2, "score": 0, "end": 1767225601}
      """
    let path = try tool.folder.write("bad\u{1b}[31m\u{202e}.json", Array(json.utf8))
    try await expectSafe([
      ["import", path, "--host", "host\u{1b}[31m\u{9b}2J"], ["runs"], ["show", "--all"],
      ["db", "check"], ["hosts"], ["status"],
      ["forget", "latest"], ["prune", "--keep-last", "1", "--verbose"],
      ["label", "latest", "k\u{1b}[31m=v\u{202e}"],
    ])
    let shown = try await tool.run("show", "--format", "json").json()
    let findings = try #require(shown["findings"] as? [[String: Any]])
    let kept =
      (findings.first?["items"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
    #expect(kept.contains("=1+1"))
    #expect(kept.contains("'; DROP TABLE run; --"))
  }

  @Test func `on the command line reaches no terminal as it is`() async throws {
    let commands = [
      ["show", "a\u{1b}[31m"], ["explain", "a\u{1b}[31m"], ["import", "missing\u{1b}[31m\u{9b}"],
      ["compare", "\u{202e}a", "\u{1b}"], ["runs", "--host", "\u{1b}[31m"],
      ["waive", "a\u{1b}[31m", "--until", "9d", "--owner", "o", "--reason", "r"],
      ["waive", "host-partition", "--until", "\u{9b}", "--owner", "o", "--reason", "r"],
      ["waive", "host-partition", "--until", "9d", "--owner", "o\u{1b}]0;x\u{7}", "--reason", "r"],
      [
        "waive", "host-partition", "--until", "9d", "--owner", "o", "--reason", "r", "--policy",
        "no\u{1b}[31m.yaml",
      ],
      ["forget", "--host", "\u{1b}[31m"], ["rename", "\u{1b}[31m", "\u{202e}a"],
      ["label", "\u{1b}[31m", "a=b"], ["prune", "--keep-last", "1", "--host", "\u{1b}[31m"],
    ]
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "web-1")
    for command in commands {
      let result = try await tool.run(command)
      #expect(!Self.isUnsafe(result.output + result.error), "\(command)")
    }
  }
}
