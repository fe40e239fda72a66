import BenchTestSupport
import Foundation
import Testing

struct `The command attest` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private static let hardened = [
    "attest", "host-hardened", "--decision", "pass", "--by", "J. Doe", "--reason", "Our image",
    "--host", "web-*", "--accepted", "2026-11-25", "--until", "2099-01-01",
  ]

  private func write(_ text: String) throws {
    try tool.folder.write("benchtrail.yaml", Array(text.utf8))
  }

  private func text() throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: tool.folder.file("benchtrail.yaml"))),
      as: UTF8.self)
  }

  @Test func `decides a manual check, from its day on`() async throws {
    try await tool.importSample()
    try write("# Ours\nwaivers:\n- {severity: low, reason: r, owner: o}\n")
    let result = try await tool.run(Self.hardened)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    #expect(
      result.output.contains(
        "benchtrail.yaml:6: host-hardened on web-* is attested as pass from 2026-11-25 until "
          + "2099-01-01\n"))
    #expect(result.output.contains("It covers 1 undecided check on 1 host.\n"))
    #expect(
      try text() == """
        # Ours
        waivers:
        - {severity: low, reason: r, owner: o}

        attestations:
        - control: host-hardened
          hosts: "web-*"
          decision: pass
          by: J. Doe
          reason: Our image
          accepted: 2026-11-25
          until: 2099-01-01

        """)
    let note = "pass by J. Doe, 2026-11-25, until 2099-01-01: Our image"
    let before = try await tool.run("report", "--as-of", "2026-11-24")
    #expect(!before.output.contains(note))
    #expect(before.output.contains("Lapsed attestations (0)"))
    let since = try await tool.run("report", "--as-of", "2026-11-25")
    #expect(since.output.contains("Decided by a person (1)"))
    #expect(since.output.contains(note))
    let again = try await tool.run(Self.hardened)
    #expect(again.output.contains("benchtrail.yaml:6: this attestation is there already"))
  }

  @Test func `does not turn a decision round silently`() async throws {
    try write("version: 1\n")
    #expect(try await tool.run(Self.hardened).code == 0)
    let before = try text()
    let other = try await tool.run(Self.hardened.map { $0 == "pass" ? "fail" : $0 })
    #expect(other.code == 2)
    #expect(other.error.contains("an attestation of the same is there already"))
    #expect(other.error.contains("'decision'"))
    #expect(try text() == before)
  }

  @Test func `warns where nothing is to be decided`() async throws {
    try await tool.importSample()
    let result = try await tool.run(Self.hardened.map { $0 == "web-*" ? "db-*" : $0 })
    #expect(result.code == 0)
    #expect(
      result.error.contains("no host has an undecided check now that this attestation covers"))
  }
}
