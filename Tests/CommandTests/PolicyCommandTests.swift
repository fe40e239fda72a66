import BenchTestSupport
import Foundation
import Testing

struct `The policy's command` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func write(_ text: String, to name: String = "benchtrail.yaml") throws {
    try tool.folder.write(name, Array(text.utf8))
  }

  // MARK: Init

  @Test func `begins with what the gate lets pass`() async throws {
    try await tool.importSample()
    let written = try await tool.run("policy", "init")
    #expect(written.code == 0, "\(written.error)")
    #expect(written.output.contains("1 baseline is set"))
    #expect(try await tool.run("policy", "check").code == 0)
    let gate = try await tool.run("gate")
    #expect(gate.code == 0, "\(gate.output)")
    #expect(try await tool.run("policy", "audit", "--strict").code == 0)
    // It fails on what is worse: the state before.
    let path = try tool.log(day: 9)
    try await tool.run("import", path, "--host", "web-1")
    #expect(try await tool.run("gate").code == 1)
  }

  @Test func `begins with what the gate lets pass on many hosts`() async throws {
    let samples = Fixture.repository + "/samples"
    for host in ["web-1", "web-2", "db-1"] {
      try await tool.run("import", "\(samples)/\(host)", "--host", host)
    }
    for (number, name) in ["1-kube-bench.txt", "2-kube-bench.json"].enumerated() {
      try await tool.run(
        "import", "\(samples)/node-1/\(name)", "--host", "node-1", "--at", "2026-11-2\(number + 1)")
    }
    let written = try await tool.run("policy", "init", "team/policy.yaml")
    #expect(written.code == 2, "a folder is missing")
    try await tool.run("policy", "init", "team.yaml")
    let gate = try await tool.run("gate", "--policy", "team.yaml")
    #expect(gate.code == 0, "\(gate.output)")
  }

  @Test func `writes to standard output, and over no file`() async throws {
    let text = try await tool.run("policy", "init", "-")
    #expect(text.code == 0)
    #expect(text.output.contains("version: 1\n"))
    #expect(text.output.contains("critical: 0"))
    try write(text.output, to: "other.yaml")
    #expect(try await tool.run("policy", "check", "--policy", "other.yaml").code == 0)
    try write("version: 1\n")
    let again = try await tool.run("policy", "init")
    #expect(again.code == 2)
    #expect(again.error.contains("benchtrail.yaml"))
    let kept = try String(contentsOfFile: tool.folder.file("benchtrail.yaml"), encoding: .utf8)
    #expect(kept == "version: 1\n")
  }

  // MARK: Waivers

  private static let waiving = """
    version: 1
    gate:
      severity: critical
    waivers:
      - severity: critical
        reason: Replaced with the next release.
        owner: platform team
        expires: 2026-12-31
    """

  @Test func `accepts up to the end of a waiver's last day`() async throws {
    try await tool.importSample()
    try write(Self.waiving)
    for time in ["2026-12-30", "2026-12-31", "2026-12-31T23:59:59Z"] {
      #expect(try await tool.run("gate", "--as-of", time).code == 0, "\(time)")
    }
    for time in ["2027-01-01", "2027-01-01T00:00:00Z"] {
      #expect(try await tool.run("gate", "--as-of", time).code == 1, "\(time)")
    }
    let open = { (time: String) in
      try await tool.run("top", "-n", "1000", "--as-of", time, "--format", "json").json()
    }
    let (held, ended) = (try await open("2026-12-31"), try await open("2027-01-01"))
    let waived = try #require(held["waived"] as? Int)
    #expect(waived > 0)
    #expect(ended["waived"] as? Int == 0)
    #expect((held["open"] as? Int ?? 0) + waived == ended["open"] as? Int)
  }

  @Test func `audits what expires, and what has no use`() async throws {
    try await tool.importSample()
    try write(
      Self.waiving + """

          - control: host-partition
            hosts: [nobody-*]
            reason: None.
            owner: nobody

        """)
    let audit = { (time: String, more: [String]) in
      try await tool.run(["policy", "audit", "--as-of", time] + more)
    }
    let early = try await audit("2026-12-16", ["--within", "10d"])
    #expect(early.code == 0)
    #expect(!early.output.contains("2026-12-31"))
    #expect(try await audit("2026-12-16", ["--strict", "--within", "10d"]).code == 1)
    #expect(try await audit("2026-12-20", []).output.contains("2026-12-31"))
    let json = try await audit("2027-02-01", ["--format", "json"]).json()
    #expect(json["schema"] as? String == "benchtrail.policy-audit.v1")
    let remarks = try #require(json["remarks"] as? [[String: Any]])
    #expect(Set(remarks.compactMap { $0["problem"] as? String }) == ["expired", "unused"])
    #expect(Set(remarks.compactMap { $0["line"] as? Int }) == [5, 9])
  }

  // MARK: Errors

  private static let broken = """
    version: 1
    gaet:
      severity: critical
    waivers:
      - control: no-such-control
        reason: a
        owner: b
        expires: 2026-02-30

    """

  @Test func `says what is wrong, with its line`() async throws {
    try await tool.importSample()
    try write(Self.broken)
    let path = "./benchtrail.yaml"
    for command in [
      ["gate"], ["top"], ["stride"], ["threats"], ["shortlist"], ["report"], ["export"],
      ["policy", "audit"], ["hosts"], ["status"],
    ] {
      let result = try await tool.run(command)
      #expect(result.code == 2, "\(command)")
      #expect(result.output.isEmpty, "\(command)")
      for line in [2, 5, 8] { #expect(result.error.contains("\(path):\(line):"), "\(command)") }
      #expect(result.error.contains("did you mean 'gate'?"), "\(command)")
    }
    let check = try await tool.run("policy", "check", "--format", "json")
    #expect(check.code == 2)
    let errors = try #require(try check.json()["errors"] as? [[String: Any]])
    #expect(errors.compactMap { $0["line"] as? Int } == [2, 5, 8])
    for format in ["text", "markdown", "html"] {
      let result = try await tool.run("policy", "check", "--format", format)
      #expect(result.code == 2, "\(format)")
      #expect(result.output.contains("benchtrail.yaml:2:"), "\(format)")
    }
  }

  @Test func `says that there is none`() async throws {
    for command in [["policy", "check"], ["policy", "audit"], ["gate", "--policy", "no.yaml"]] {
      let result = try await tool.run(command)
      #expect(result.code == 2, "\(command)")
      #expect(result.error.hasPrefix("benchtrail: "), "\(command)")
    }
  }

  @Test func `is found upwards`() async throws {
    try await tool.importSample()
    try write(Self.broken)
    try tool.folder.write("deep/er/file", [])
    let result = try await tool.shell(
      "cd \(tool.folder.file("deep/er")) && BENCHTRAIL_DB=\(tool.database) $benchtrail gate")
    #expect(result.code == 2)
    #expect(result.error.contains("benchtrail.yaml:2:"))
  }
}
