import BenchTestSupport
import Foundation
import Testing

struct `The chain of changes` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func entries() async throws -> [[String: Any]] {
    let log = try await tool.run("db", "log", "--format", "json").json()
    return try #require(log["entries"] as? [[String: Any]])
  }

  private func kinds() async throws -> [String] {
    try await entries().reversed().map { $0["kind"] as? String ?? "" }
  }

  private func newest() async throws -> String {
    try #require(try await entries().first?["digest"] as? String)
  }

  /// Changes the database as this program never does.
  private func tamper(_ sql: String) async throws {
    let result = try await tool.shell("sqlite3 \"$BENCHTRAIL_DB\" \"\(sql)\"")
    #expect(result.code == 0, "\(sql): \(result.error)")
  }

  private static let hasShell = FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")

  @Test func `has an entry for each change, and none for what changes nothing`() async throws {
    try await tool.importSample()
    try await tool.importSample()
    #expect(try await kinds() == ["begun", "import"])
    try await tool.run("hosts")
    try await tool.run("label", "web-1", "env=test")
    try await tool.run("baseline", "set", "web-1~1")
    try await tool.run("db", "refresh", "--force")
    try await tool.run("rename", "web-1", "web-9")
    try await tool.run("forget", "web-9", "--yes")
    try await tool.run("db", "compact")
    let kinds = try await kinds()
    #expect(kinds.prefix(2) == ["begun", "import"])
    #expect(Array(kinds.suffix(2)) == ["rename", "forget"])
    let check = try await tool.run("db", "check", "--deep")
    #expect(check.code == 0, "\(check.output)\(check.error)")
  }

  @Test(.enabled(if: hasShell)) func `can be followed without this program`() async throws {
    try await tool.importSample()
    let digest = try await newest()
    let result = try await tool.shell(
      "sqlite3 -readonly \"$BENCHTRAIL_DB\" 'SELECT content FROM chainEntry WHERE number = 2' | sha256sum"
    )
    #expect(result.output == "\(digest)  -\n")
  }

  @Test(
    .enabled(if: hasShell),
    arguments: [
      "UPDATE run SET startedAt = startedAt + 5000000 WHERE id = (SELECT min(id) FROM run)",
      "INSERT INTO host (name) VALUES ('other'); UPDATE run SET hostId = (SELECT id FROM host WHERE name = 'other')",
      "UPDATE run SET line = line + 1", "UPDATE run SET isComplete = 0",
      "DELETE FROM snapshotState",
      "PRAGMA foreign_keys = ON; DELETE FROM run WHERE id = (SELECT min(id) FROM run)",
      "UPDATE snapshotState SET lines = zeroblob(length(lines))",
      "UPDATE checkTitle SET control = 'daemon-icc-disabled' WHERE control = 'container-no-privileged'",
      "UPDATE finding SET outcome = 0 WHERE outcome = 1", "DELETE FROM item",
      "UPDATE label SET value = 'no'", "DELETE FROM label", "UPDATE baselineMark SET setAt = 1",
      "UPDATE source SET path = '/elsewhere'", "UPDATE host SET name = 'web-8'",
      "DELETE FROM chainEntry WHERE number = 2", "DELETE FROM chainEntry",
      "DELETE FROM chainEntry WHERE number = (SELECT max(number) FROM chainEntry)",
      "UPDATE chainEntry SET content = replace(content, 'at 1', 'at 2')",
      "DROP INDEX runByHost", "CREATE TRIGGER spy AFTER INSERT ON run BEGIN DELETE FROM label; END",
      "UPDATE understanding SET digest = zeroblob(16)", "UPDATE run SET ownParts = x'00'",
    ])
  func `shows what was changed by hand`(sql: String) async throws {
    try await tool.importSample()
    try await tool.run("baseline", "set", "web-1~1")
    #expect(try await tool.run("db", "check").code == 0)
    try await tamper(sql)
    let check = try await tool.run("db", "check")
    #expect(check.code == 2, "\(check.output)")
  }

  @Test(.enabled(if: hasShell)) func `made anew is seen by whoever kept a digest`() async throws {
    try await tool.importSample()
    let kept = try await newest()
    try await tool.run("forget", "web-1", "--yes")
    let sound = try await tool.run("db", "check", "--since", kept)
    #expect(sound.code == 0)
    #expect(sound.output.contains("Entry 2 "))
    #expect(sound.output.contains("1 entry came after it."))
    // A program of the same version in the hands of whoever wants to hide a run.
    try FileManager.default.removeItem(atPath: tool.database)
    try await tool.importSample()
    try await tool.run("forget", "web-1", "--yes")
    let other = try await tool.run(
      ["db", "check"], environment: ["SOURCE_DATE_EPOCH": "1797379200"])
    #expect(other.code == 0)
    let log = try await tool.shell("printf '%064d' 7")
    let wrong = try await tool.run("db", "check", "--since", log.output)
    #expect(wrong.code == 2)
    #expect(wrong.output.contains("was taken out or changed"))
    #expect(try await tool.run("db", "check", "--since", "12").code == 64)
  }
}
