import BenchTestSupport
import Foundation
import Testing

/// Every way to go wrong that we thought of: the message names what was given, what was expected and what to type.
struct `A wrong usage` {
  private let tool: Tool

  init() throws {
    tool = try Tool()
    try tool.folder.write("notes.txt", Array("hello\n".utf8))
    try tool.folder.write("empty.txt", [])
    try tool.folder.write("blank.txt", Array("\n \t\n".utf8))
    try FileManager.default.createDirectory(
      atPath: tool.folder.file("adir"), withIntermediateDirectories: true)
    try tool.folder.write("key.yaml", Array("versoin: 1\n".utf8))
    try tool.folder.write("word.yaml", Array("gate:\n  severity: hihg\n".utf8))
    try tool.folder.write(
      "control.yaml",
      Array(
        "version: 1\nwaivers:\n  - control: daemon-icc-disbled\n    reason: r\n    owner: o\n".utf8)
    )
  }

  /// Six hosts, of which one has a single run.
  private func importHosts() async throws {
    let samples = Fixture.repository + "/samples"
    for arguments in [
      ["import", samples, "--host-from", samples + "/{host}/*"],
      ["import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "solo"],
    ] {
      let result = try await tool.run(arguments)
      #expect(result.code == 0, "\(result.error)")
    }
  }

  /// All that is stored, and the files that there are.
  private func state() async throws -> String {
    let files = try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path)
      .filter { !$0.hasPrefix("streams") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    return try await tool.run("runs", "--format", "json").output
      + files.sorted().joined(separator: "\n")
  }

  private func expectRefused(_ table: [WrongUsage]) async throws {
    try await importHosts()
    let before = try await state()
    for usage in table {
      let result = try await tool.run(usage.arguments, environment: usage.environment)
      #expect(result.code == usage.code, "\(usage): \(result.error)")
      #expect(result.output.isEmpty, "\(usage)")
      for words in usage.words {
        #expect(result.error.contains(words), "\(usage): \(result.error)")
      }
      #expect(!result.error.contains("Usage:"), "\(usage)")
      #expect(result.error.split(separator: "\n").count <= 5, "\(usage): \(result.error)")
    }
    #expect(try await state() == before)
  }

  @Test func `of the command line is named, and nothing is stored`() async throws {
    try await expectRefused(WrongUsage.ofTheLine)
  }

  @Test func `of a name is named, and nothing is stored`() async throws {
    try await expectRefused(WrongUsage.ofNames)
  }

  @Test func `is told for every command`() {
    let table = WrongUsage.ofTheLine + WrongUsage.ofNames
    #expect(table.count >= 60)
    let tried = Set(table.compactMap(\.arguments.first))
    for command in [
      "import", "hosts", "runs", "show", "compare", "trend", "top", "stride", "threats",
      "shortlist", "report", "export", "gate", "baseline", "policy", "explain", "db",
      "status", "waive", "attest", "forget", "rename", "label", "prune", "notify",
    ] {
      #expect(tried.contains(command), "\(command)")
    }
  }
}
