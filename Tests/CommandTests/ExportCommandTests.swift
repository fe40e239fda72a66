import BenchTestSupport
import Foundation
import Testing

struct `The export's command` {
  private let tool: Tool
  private static let formats = [
    "json", "ndjson", "csv", "sarif", "junit", "codequality", "openmetrics", "defectdojo", "ocsf",
    "hdf",
  ]

  init() throws { tool = try Tool() }

  private func file(_ name: String) throws -> String {
    try String(contentsOfFile: tool.folder.file(name), encoding: .utf8)
  }

  private func importFleet() async throws {
    try await tool.importSample()
    try await tool.run("import", Fixture.path("s4-v1.1.0-log.txt"), "--host", "db-1")
  }

  @Test(arguments: formats)
  func `writes the same bytes to a file and to standard output`(format: String) async throws {
    try await importFleet()
    let first = try await tool.run("export", "--format", format)
    #expect(first.code == 0, "\(first.error)")
    #expect(!first.output.isEmpty)
    #expect(first.error.isEmpty)
    #expect(try await tool.run("export", "--format", format).output == first.output)
    let written = try await tool.run("export", "--format", format, "-o", "out.\(format)")
    #expect(written.code == 0)
    #expect(written.output.isEmpty)
    #expect(try file("out.\(format)") == first.output)
    let names = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
    #expect(!names.contains { $0.hasSuffix(".new") })
  }

  @Test(arguments: formats)
  func `of a host without runs is none`(format: String) async throws {
    try await tool.importSample()
    try tool.folder.write("out", Array("old".utf8))
    let result = try await tool.run(
      "export", "--format", format, "--host", "nobody", "-o", "out")
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("no runs of host 'nobody'"))
    #expect(try file("out") == "old")
    let printed = try await tool.run("export", "--format", format, "--host", "nobody")
    #expect(printed.code == 2)
    #expect(printed.output.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
    #expect(!names.contains { $0.hasSuffix(".new") })
  }

  @Test(arguments: formats)
  func `is for GitHub as SARIF alone`(format: String) async throws {
    try await tool.importSample()
    let result = try await tool.run("export", "--format", format, "--for", "github")
    #expect(result.code == (format == "sarif" ? 0 : 64))
    #expect(result.output.isEmpty == (format != "sarif"))
    #expect(try await tool.run("export", "--format", format, "--for", "gitlab").code == 64)
  }

  @Test func `has the metrics that are asked for`() async throws {
    try await importFleet()
    var outputs: [String: String] = [:]
    for metrics in ["summary", "controls", "items"] {
      let result = try await tool.run("export", "--format", "openmetrics", "--metrics", metrics)
      #expect(result.code == 0, "\(result.error)")
      outputs[metrics] = result.output
      let other = try await tool.run("export", "--format", "csv", "--metrics", metrics)
      #expect(other.code == 64)
    }
    #expect(try await tool.run("export", "--format", "openmetrics").output == outputs["items"])
    #expect(outputs["controls"]?.contains("benchtrail_control_failed{host=\"db-1\"") == true)
    #expect(outputs["summary"]?.contains("control=") == false)
    #expect(outputs["summary"]?.contains("section=") == false)
  }

  @Test func `is the same whatever the order of the imports`() async throws {
    let names = ["s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt", "s4-v1.1.0-log.txt"]
    var outputs: Set<String> = []
    for order in [names, names.reversed()] {
      let tool = try Tool()
      for name in order {
        try await tool.run(
          "import", Fixture.path(name), "--host", name.hasPrefix("s4") ? "db-1" : "web-1")
      }
      outputs.insert(try await tool.run("export", "--format", "csv").output)
    }
    #expect(outputs.count == 1)
  }

  @Test func `is of the hosts that are asked for`() async throws {
    try await importFleet()
    let all = try await tool.run("export").json()
    #expect((all["hosts"] as? [Any])?.count == 2)
    let one = try await tool.run("export", "--host", "db-1").json()
    let hosts = try #require(one["hosts"] as? [[String: Any]])
    #expect(hosts.compactMap { $0["host"] as? String } == ["db-1"])
    #expect(one["schema"] as? String == "benchtrail.export.v1")
    let csv = try await tool.run("export", "--format", "csv", "--host", "db-1").output
    #expect(!csv.contains("web-1"))
  }

  @Test func `is as of a time, and by the policy`() async throws {
    try await tool.importSample()
    let policy = """
      version: 1
      waivers:
        - {severity: critical, reason: r, owner: o, expires: 2026-12-31}

      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let waived = { (time: String) -> Int in
      let json = try await tool.run("export", "--as-of", time).json()
      let hosts = json["hosts"] as? [[String: Any]] ?? []
      let findings = hosts.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
      return findings.count { $0["waived"] as? Bool == true }
    }
    #expect(try await waived("2026-12-31") > 0)
    #expect(try await waived("2027-01-01") == 0)
    #expect(try await tool.run("export", "--as-of", "2001-01-01").code == 2)
    #expect(try await tool.run("export", "--format", "xml").code == 64)
  }

  @Test func `leaves it to DefectDojo what is accepted, unless told otherwise`() async throws {
    try await tool.importSample()
    let policy = """
      version: 1
      waivers:
        - {severity: critical, reason: r, owner: o, expires: 2026-12-31}

      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let export = ["export", "--format", "defectdojo", "--as-of", "2026-12-31"]
    let tagged = try await tool.run(export)
    #expect(tagged.output.contains("\"accepted-until:2026-12-31\""))
    #expect(!tagged.output.contains("risk_accepted"))
    let accepted = try await tool.run(export + ["--defectdojo-accept"])
    #expect(accepted.output.contains("\"risk_accepted\":true"))
  }

  @Test(arguments: ["missing/out", "folder"])
  func `says that a file can't be written`(path: String) async throws {
    try await tool.importSample()
    try tool.folder.write("folder/file", [])
    let result = try await tool.run("export", "-o", path)
    #expect(result.code == 2)
    #expect(result.error.contains("can't be written"))
  }
}
