import BenchTestSupport
import Foundation
import Testing

/// `--catalog`: a team's own tables in place of ours.
struct `The option for a catalogue` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// A folder with our tables and rows behind them, their fields parted by `|`.
  private func write(_ rows: [String: String], name: String = "own") throws -> String {
    for (path, row) in rows {
      let ours = try String(
        contentsOfFile: Fixture.repository + "/catalog/" + path, encoding: .utf8)
      try tool.folder.write(
        "\(name)/\(path)", Array((ours + row.replacing("|", with: "\t") + "\n").utf8))
    }
    return tool.folder.file(name)
  }

  private func writeOwn() throws -> String {
    try write([
      "controls.tsv": "own-rule|host|automated|yes||info|Our own rule",
      "kube-bench/checks.tsv": "9.9.1|Our own rule|own-rule|cis-1.6",
      "risks.tsv": "own-rule|critical|It is ours|elevation@judgement|host||",
    ])
  }

  @Test func `lets a team explain and read its own checks`() async throws {
    let own = try writeOwn()
    #expect(try await tool.run("explain", "own-rule").code == 64)
    let explained = try await tool.run("explain", "9.9.1", "--catalog", own)
    #expect(explained.code == 0)
    #expect(explained.output.contains("Our own rule") && explained.output.contains("critical"))
    let log = try Fixture.text("before-kube-cis-1.6-stdout.txt").replacing(
      "\n== Remediations master ==", with: "\n[FAIL] 9.9.1 Our own rule\n== Remediations master ==",
      maxReplacements: 1)
    let path = try tool.folder.write("kube.log", Array(log.utf8))
    let environment = ["BENCHTRAIL_CATALOG": own]
    _ = try await tool.run(["import", path, "--host", "node-1"], environment: environment)
    let shown = try await tool.run(["show"], environment: environment)
    #expect(shown.output.contains("own-rule"))
    let top = try await tool.run(["top", "--catalog", own])
    #expect(top.output.contains("Our own rule"))
    try tool.folder.write(
      "benchtrail.yaml", Array("severities:\n  own-rule: low\n".utf8))
    let policy = tool.folder.file("benchtrail.yaml")
    #expect(try await tool.run("policy", "check", "--policy", policy).code == 2)
    #expect(try await tool.run("policy", "check", "--policy", policy, "--catalog", own).code == 0)
  }

  @Test func `of a folder that is not there is a usage error`() async throws {
    for command in [["show"], ["explain", "5.1"], ["import", "x"], ["policy", "check"]] {
      let result = try await tool.run(command + ["--catalog", tool.folder.file("none")])
      #expect(result.code == 64, "\(command)")
      #expect(result.error.contains("there is no such folder"))
      #expect(result.output.isEmpty)
    }
  }

  @Test func `is refused with the place of all that is wrong`() async throws {
    let own = try write([
      "controls.tsv": "own-rule|host|auto|yes||info|",
      "docker-bench/checks.tsv": "9.9|Our own|no-such|cis-1.2",
    ])
    try tool.folder.write("own/README.md", [])
    let result = try await tool.run("explain", "5.1", "--catalog", own)
    #expect(result.code == 2)
    let lines = result.error.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(
      lines.first?.hasSuffix(
        "own/controls.tsv:431: 'kind': 'auto' is none of automated, manual, inventory") == true)
    #expect(
      result.error.contains("own/docker-bench/checks.tsv:342: 'control': 'no-such' is not in "))
    #expect(lines.last?.hasSuffix("correct it, or name another with '--catalog'") == true)
  }

  @Test func `is refused without a table, and with threats of no known form`() async throws {
    try tool.folder.write("empty/README.md", [])
    let empty = try await tool.run("explain", "5.1", "--catalog", tool.folder.file("empty"))
    #expect(empty.code == 2)
    #expect(empty.error.contains("no file of a catalogue"))
    try tool.folder.write("bad/threats/docker.yaml", Array("threats: [{id: x}]".utf8))
    let bad = try await tool.run("threats", "--catalog", tool.folder.file("bad"))
    #expect(bad.code == 2)
    #expect(bad.error.contains("bad/threats/docker.yaml:1:11: 'system' is missing"))
  }
}
