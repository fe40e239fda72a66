import BenchTestSupport
import Foundation
import Testing

struct `The command waive` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private static let socket = [
    "waive", "container-no-docker-sock", "--host", "web-1", "--until", "2099-01-01", "--reason",
    "r", "--owner", "o", "--accepted", "2020-01-15",
  ]

  private func write(_ text: String, to name: String = "benchtrail.yaml") throws {
    try tool.folder.write(name, Array(text.utf8))
  }

  private func text(_ name: String = "benchtrail.yaml") throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: tool.folder.file(name))), as: UTF8.self)
  }

  @Test func `accepts what trips the gate, from its day on`() async throws {
    try await tool.importSample()
    try write("version: 1 # ours\ngate: {severity: critical}\n")
    let waived = try await tool.run(
      "waive", "severity:critical", "--until", "2099-12-31", "--accepted", "2026-11-25", "--owner",
      "ops", "--reason", "A lab", "--ticket", "SEC-1")
    #expect(waived.code == 0, "\(waived.error)")
    #expect(waived.error.isEmpty)
    #expect(
      waived.output.contains(
        "benchtrail.yaml:5: severity critical on all hosts is accepted from 2026-11-25 until "
          + "2099-12-31\n"))
    #expect(waived.output.contains("It covers "))
    #expect(waived.output.contains(" on 1 host.\n"))
    #expect(
      try text() == """
        version: 1 # ours
        gate: {severity: critical}

        waivers:
          - severity: critical
            reason: A lab
            owner: ops
            ticket: SEC-1
            accepted: 2026-11-25
            expires: 2099-12-31

        """)
    #expect(try await tool.run("policy", "check").code == 0)
    // No command has judged by the policy yet, so its own days count.
    #expect(try await tool.run("gate", "--as-of", "2026-11-24").code == 1)
    #expect(try await tool.run("gate", "--as-of", "2026-11-25").code == 0)
    let report = try await tool.run("report", "--as-of", "2026-11-25")
    #expect(report.output.contains("ops, 2026-11-25, until 2099-12-31, SEC-1: A lab"))
    let export = try await tool.run("export", "--format", "json", "--as-of", "2026-11-25")
    #expect(export.output.contains(#""accepted":"2026-11-25""#))
  }

  @Test func `makes a policy where there is none`() async throws {
    let result = try await tool.run(Self.socket)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    #expect(result.output.contains("The file is new."))
    #expect(
      try text() == """
        version: 1

        waivers:
          - control: container-no-docker-sock
            hosts: web-1
            reason: r
            owner: o
            accepted: 2020-01-15
            expires: 2099-01-01

        """)
    // One that is named must be there.
    let other = try await tool.run(Self.socket + ["--policy", "other.yaml"])
    #expect(other.code == 2)
    #expect(other.error.contains("other.yaml: there is no such file"))
    #expect(!FileManager.default.fileExists(atPath: tool.folder.file("other.yaml")))
  }

  @Test func `counts days from the day of acceptance`() async throws {
    for (until, day) in [("90d", "2020-04-14"), ("2w", "2020-01-29"), ("0", "2020-01-15")] {
      try write("version: 1\n")
      let result = try await tool.run(
        "waive", "host-partition", "--until", until, "--accepted", "2020-01-15", "--owner", "o",
        "--reason", "r")
      #expect(result.code == 0, "\(until) \(result.error)")
      #expect(try text().contains("expires: \(day)\n"), "\(until)")
    }
    try write("version: 1\n")
    let never = try await tool.run(
      "waive", "host-partition", "--until", "never", "--owner", "o", "--reason", "r")
    #expect(never.output.contains(" for ever\n"))
    #expect(try !text().contains("expires"))
    // Without a day it is today's.
    #expect(try text().contains("    accepted: 20"))
  }

  @Test func `writes nothing in a dry run`() async throws {
    try write("version: 1\nwaivers: [] # none\n")
    let result = try await tool.run(Self.socket + ["--dry-run"])
    #expect(result.code == 0)
    #expect(result.output.contains("benchtrail.yaml:3: this would be written"))
    for line in [
      "-waivers: [] # none", "+waivers: # none", "+  - control: container-no-docker-sock",
    ] {
      #expect(result.output.contains(line), "\(line)")
    }
    #expect(try text() == "version: 1\nwaivers: [] # none\n")
  }

  @Test func `keeps permissions, and what a link leads to`() async throws {
    try write("version: 1\n", to: "team/policy.yaml")
    let manager = FileManager.default
    let linked = try await tool.shell(
      "chmod 640 team/policy.yaml && ln -s team/policy.yaml benchtrail.yaml")
    #expect(linked.code == 0)
    #expect(try await tool.run(Self.socket).code == 0)
    #expect(try text("team/policy.yaml").contains("container-no-docker-sock"))
    #expect(try await tool.shell("stat -c %a team/policy.yaml").output == "640\n")
    #expect(
      try manager.destinationOfSymbolicLink(atPath: tool.folder.file("benchtrail.yaml"))
        == "team/policy.yaml")
    #expect(try manager.contentsOfDirectory(atPath: tool.folder.file("team")) == ["policy.yaml"])
  }

  @Test func `says that a waiver is there already`() async throws {
    try write("version: 1\n")
    _ = try await tool.run(Self.socket)
    let before = try text()
    let again = try await tool.run(Self.socket)
    #expect(again.code == 0)
    #expect(again.output.contains("benchtrail.yaml:4: this waiver is there already"))
    let other = try await tool.run(Self.socket.map { $0 == "2099-01-01" ? "2098-01-01" : $0 })
    #expect(other.code == 2)
    #expect(other.error.contains("benchtrail.yaml:4: a waiver of the same is there already"))
    #expect(other.error.contains("'expires'"))
    #expect(try text() == before)
  }

  @Test func `takes an id that means one control`() async throws {
    try write("version: 1\n")
    let rest = ["--until", "9d", "--owner", "o", "--reason", "r"]
    #expect(try await tool.run(["waive", "5.32"] + rest).code == 0)
    #expect(try text().contains("control: container-no-docker-sock\n"))
    let several = try await tool.run(["waive", "5.31"] + rest)
    #expect(several.code == 64)
    for control in ["container-no-docker-sock (", "container-no-host-userns ("] {
      #expect(several.error.contains(control), "\(control)")
    }
    let unknown = try await tool.run(["waive", "image-user-craeted"] + rest)
    #expect(unknown.code == 64)
    #expect(unknown.error.contains("did you mean 'image-user-created'?"))
    #expect(try await tool.run(["waive", "severity:worst"] + rest).code == 64)
    #expect(try await tool.run(["waive", "stride:dos"] + rest).code == 64)
    #expect(try await tool.run(["waive", "stride:Denial"] + rest).code == 0)
    #expect(try text().contains("stride: denial\n"))
  }

  @Test func `warns where it covers nothing`() async throws {
    try await tool.importSample()
    try write("version: 1\n")
    let none = try await tool.run(Self.socket.map { $0 == "web-1" ? "db-*" : $0 })
    #expect(none.code == 0)
    #expect(none.error.contains("no host has an open failure now that this waiver covers"))
    let one = try await tool.run(Self.socket + ["--item", "log-*"])
    #expect(one.error.isEmpty)
    #expect(one.output.contains("It covers 1 open failure on 1 host.\n"))
    let items = try await tool.run(Self.socket + ["--item", "nobody"])
    #expect(items.error.contains("no host has an open failure now"))
  }

  @Test func `says what to add by hand where it can't edit`() async throws {
    for text in ["{\"version\": 1}\n", "waivers: [{severity: low, reason: r, owner: o}]\n"] {
      try write(text, to: "benchtrail.json")
      let result = try await tool.run(Self.socket + ["--policy", "benchtrail.json"])
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(
        result.error.contains(
          #"{"control": "container-no-docker-sock", "hosts": "web-1", "reason": "r", "owner": "o", "#
            + #""accepted": "2020-01-15", "expires": "2099-01-01"}"#))
      #expect(try self.text("benchtrail.json") == text)
    }
  }

  @Test func `changes nothing where something is wrong`() async throws {
    let broken = "version: 1\nwaivers:\n- {severity: low, owner: o}\n"
    try write(broken)
    let invalid = try await tool.run(Self.socket)
    #expect(invalid.code == 2)
    #expect(invalid.error.contains("benchtrail.yaml:3:3: 'reason' is missing"))
    #expect(try text() == broken)
    try write("version: 1\n")
    for (more, code) in [
      (["--until", "2020-01-14"], 64), (["--until", "soon"], 64), (["--accepted", "2020"], 64),
      (["--reason", "a\nb"], 64), (["--owner", " "], 64), (["--db", "missing.db"], 2),
    ] {
      let result = try await tool.run(Self.socket + more)
      #expect(result.code == Int32(code), "\(more) \(result.error)")
      #expect(!result.error.isEmpty, "\(more)")
      #expect(try text() == "version: 1\n", "\(more)")
    }
    try tool.folder.write("folder/file", [])
    #expect(try await tool.run(Self.socket + ["--policy", "folder"]).code == 2)
  }
}
