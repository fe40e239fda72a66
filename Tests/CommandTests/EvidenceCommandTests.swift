import BenchTestSupport
import Foundation
import Testing

/// Logs that are kept, given back, and read again.
struct `The commands on kept logs` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test(arguments: ["s1-v1.6.1-log.txt", "s4-head-log.json", "before-kube-cis-1.6-stdout.txt"])
  func `give a log back, byte for byte`(fixture: String) async throws {
    try await tool.run("import", Fixture.path(fixture), "--host", "web-1")
    let shown = try await tool.run("show", "web-1", "--raw")
    #expect(shown.code == 0)
    #expect(shown.output == (try Fixture.text(fixture)))
    #expect(try await tool.run("db", "check", "--deep").code == 0)
  }

  @Test func `say so where a log was not kept`() async throws {
    try await tool.run(
      "import", Fixture.path("s1-v1.6.1-log.txt"), "--host", "web-1", "--no-evidence")
    let shown = try await tool.run("show", "--raw")
    #expect(shown.code == 2)
    #expect(shown.output.isEmpty)
    #expect(shown.error.contains("--no-evidence"))
  }

  @Test func `read the logs again where the catalogue is another one`() async throws {
    let older = try tool.olderCatalog()
    let log = Fixture.path("s1-v1.6.1-log.txt")
    try await tool.run("import", log, "--host", "web-1", "--catalog", older)
    #expect(try await tool.run("show", "--catalog", older).error.isEmpty)
    let before = try await tool.run("show", "--all")
    #expect(before.error.contains("benchtrail db refresh"))
    #expect(before.output.contains("unmapped"))
    let refreshed = try await tool.run("db", "refresh", "--format", "json").json()
    let counts = try #require(refreshed["refreshed"] as? [String: Int])
    #expect(counts == ["logs": 1, "runs": 1, "withoutLog": 0, "unread": 0])
    let after = try await tool.run("show", "--all")
    #expect(after.error.isEmpty)
    #expect(!after.output.contains("unmapped"))
    #expect(try await tool.run("db", "refresh").output.contains("up to date"))
  }

  @Test func `bring the runs up to date before anything is written`() async throws {
    let older = try tool.olderCatalog()
    let log = Fixture.path("s1-v1.6.1-log.txt")
    try await tool.run("import", log, "--host", "web-1", "--catalog", older)
    let set = try await tool.run("baseline", "set", "web-1")
    #expect(set.code == 0)
    #expect(set.error.contains("understood 1 run anew"))
    #expect(try await tool.run("show").error.isEmpty)
  }
}

extension Tool {
  /// A folder with our checks of docker-bench-security, less every seventh.
  func olderCatalog() throws -> String {
    let path = "docker-bench-security/checks.tsv"
    let text = try String(contentsOfFile: Fixture.repository + "/catalog/" + path, encoding: .utf8)
    let kept = text.split(separator: "\n").enumerated().filter { $0.offset % 7 != 3 }
    try folder.write("older/\(path)", Array(kept.map { $0.element + "\n" }.joined().utf8))
    return folder.file("older")
  }
}
