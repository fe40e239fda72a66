import BenchTestSupport
import Foundation
import Testing

struct `The command policy due` {
  private let tool: Tool

  init() throws {
    tool = try Tool()
    let policy = """
      waivers:
      - {severity: low, reason: r, owner: ops, expires: 2026-12-20}
      - {severity: high, reason: r, owner: ops, expires: 2027-03-31}
      - {severity: medium, reason: r, owner: ops}
      attestations:
      - {control: host-hardened, decision: pass, by: "J. \\e[31mDoe", reason: r, until: 2026-11-30}
      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
  }

  private func lines(_ arguments: String...) async throws -> [Int] {
    let result = try await tool.run(
      ["policy", "due", "--as-of", "2026-12-01T00:00:00Z", "--format", "json"] + arguments)
    let entries = try #require(try result.json()["entries"] as? [[String: Any]])
    return entries.compactMap { $0["line"] as? Int }
  }

  @Test func `lists what ends, without a database`() async throws {
    #expect(try await lines() == [6, 2])
    #expect(try await lines("--within", "30d") == [6, 2])
    #expect(try await lines("--within", "20") == [6, 2])
    #expect(try await lines("--within", "19") == [6])
    #expect(try await lines("--within", "2w") == [6])
    #expect(try await lines("--within", "0") == [6])
    #expect(try await lines("--within", "200d") == [6, 2, 3])
  }

  @Test func `says who, what and when`() async throws {
    let result = try await tool.run("policy", "due", "--as-of", "2026-12-01T00:00:00Z")
    #expect(result.code == 0)
    #expect(result.output.contains("1 has ended, 1 ends within 30 days"))
    #expect(result.output.contains("1 day ago"))
    #expect(result.output.contains("in 19 days"))
    #expect(result.output.contains("ops: r"))
    #expect(!result.output.contains("\u{1b}"))
  }

  @Test func `is 1 with --strict where anything ends`() async throws {
    let due = ["policy", "due", "--strict", "--as-of", "2026-11-01T00:00:00Z"]
    #expect(try await tool.run(due + ["--within", "10d"]).code == 0)
    #expect(try await tool.run(due + ["--within", "30d"]).code == 1)
    try FileManager.default.removeItem(atPath: tool.folder.file("benchtrail.yaml"))
    #expect(try await tool.run(due).code == 2)
  }
}
