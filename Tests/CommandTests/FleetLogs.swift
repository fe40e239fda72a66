import BenchTestSupport
import Testing

extension Tool {
  /// Imports the sample of a host that was hardened: two runs of `web-1`.
  func importSample(_ host: String = "web-1") async throws {
    let path = Fixture.repository + "/samples/web-1/docker-bench-security.log"
    _ = try await run("import", path, "--host", host)
  }

  /// Imports two runs of Aqua docker-bench, before and after a host was hardened.
  func importHardening() async throws {
    for number in 1...2 {
      let path = Fixture.repository + "/samples/web-3/\(number)-docker-bench.txt"
      let result = try await run(
        "import", path, "--host", "web-3", "--at", "2026-11-2\(number)")
      #expect(result.code == 0)
    }
  }

  /// Writes the run of v1.6.1 at another day of December 2026, with other texts in places, and returns its path.
  func log(day: Int, _ replacements: [String: String] = [:]) throws -> String {
    var text = try Fixture.text("s1-v1.6.1-log.txt")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.first { $0.contains("Initializing ") } ?? ""
    text = text.replacing(start, with: "Initializing 2026-12-0\(day)T03:00:00+00:00")
    for (old, new) in replacements { text = text.replacing(old, with: new) }
    return try folder.write("logs/day-\(day).log", Array(text.utf8))
  }

  /// The lines of a run in which no container is privileged, for ``log(day:_:)``.
  static let withoutPrivileged = [
    "\u{1b}[1;31m[WARN]\u{1b}[0m 5.5 - Ensure that privileged":
      "\u{1b}[1;32m[PASS]\u{1b}[0m 5.5 - Ensure that privileged",
    "\u{1b}[1;31m[WARN]\u{1b}[0m      * Container running in Privileged mode: ci-runner\n": "",
  ]
}
