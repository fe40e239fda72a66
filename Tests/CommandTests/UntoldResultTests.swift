import BenchTestSupport
import Foundation
import Testing

struct `A result that can't be written` {
  private let tool: Tool
  private let log = Fixture.repository + "/samples/web-1/docker-bench-security.log"

  init() throws { tool = try Tool() }

  @Test func `is told apart from work that is not done`() async throws {
    let imported = try await tool.shell("\"$benchtrail\" import '\(log)' --host web-1 > /dev/full")
    #expect(imported.code == 4)
    #expect(imported.error.contains("benchtrail: done, but not told: "))
    #expect(imported.error.contains("the disk is full"))
    #expect(try await tool.runCount() == 2)
    let asked = try await tool.shell("\"$benchtrail\" runs > /dev/full")
    #expect(asked.code == 2)
    #expect(!asked.error.contains("done"))
    let forgotten = try await tool.run("forget", "web-1", "--yes", "-o", "none/here.json")
    #expect(forgotten.code == 4)
    #expect(try await tool.runCount() == 1)
    let backup = try await tool.shell("\"$benchtrail\" db backup copy.db > /dev/full")
    #expect(backup.code == 4)
    #expect(try await tool.run("db", "check", "--db", "copy.db").code == 0)
  }

  @Test func `is none where the reader has gone`() async throws {
    let result = try await tool.shell(
      "\"$benchtrail\" import '\(log)' --host web-1 | true; echo ${PIPESTATUS[0]}")
    #expect(result.output == "0\n")
  }

  @Test func `says that a file would be too large`() async throws {
    try await tool.importSample()
    let result = try await tool.shell("ulimit -f 8; \"$benchtrail\" report -o report.html")
    #expect(result.code == 2)
    #expect(result.error.contains("larger than this process may write"), "\(result.error)")
    let backup = try await tool.shell("ulimit -f 8; \"$benchtrail\" db backup copy.db")
    #expect(backup.code == 2)
    #expect(backup.error.contains("larger than this process may write"), "\(backup.error)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
        .filter { $0.hasPrefix("copy") || $0.hasPrefix("report") }.isEmpty)
  }
}
