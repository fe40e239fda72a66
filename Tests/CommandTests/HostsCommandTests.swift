import BenchTestSupport
import Foundation
import Testing

struct `The command hosts` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// A time after all runs of the samples.
  private static let time: [String] = []

  private func importSamples() async throws {
    try await tool.importSample()
    for host in ["web-2", "db-1"] {
      let path = Fixture.repository + "/samples/" + host
      #expect(try await tool.run("import", path, "--host", host).code == 0)
    }
  }

  private func overview(_ arguments: [String] = []) async throws -> [String: Any] {
    try await tool.run(["hosts"] + arguments + Self.time + ["--format", "json"]).json()
  }

  private static func entries(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["entries"] as? [[String: Any]])
  }

  private func names(_ arguments: String...) async throws -> [String] {
    try Self.entries(try await overview(arguments)).compactMap { $0["host"] as? String }
  }

  @Test func `says in words what it says in JSON`() async throws {
    try await importSamples()
    let json = try await overview()
    #expect(json["schema"] as? String == "benchtrail.hosts.v1")
    #expect(json["hosts"] as? Int == 3)
    #expect(json["gate"] == nil)
    let entries = try Self.entries(json)
    #expect(entries.count == 3)
    let text = try await tool.run(["hosts"] + Self.time, environment: ["COLUMNS": "200"]).output
    let lines = text.split(separator: "\n")
    let open = try #require(json["open"] as? Int)
    #expect(lines.first?.hasPrefix("3 hosts, \(open) open: ") == true)
    #expect(open == entries.reduce(0) { $0 + ($1["open"] as? Int ?? 0) })
    for entry in entries {
      let host = try #require(entry["host"] as? String)
      let severities = try #require(entry["severities"] as? [String: Int])
      var numbers: [Int?] = ["critical", "high", "medium", "low"].map { severities[$0] }
      numbers += ["open", "worse", "fixed"].map { entry[$0] as? Int }
      let line = try #require(lines.first { $0.hasPrefix(host + " ") })
      // The share of passes and the last runs stand last.
      let words = line.split(separator: " ").suffix(9).dropLast(2)
      #expect(words.map { Int($0) } == numbers, "\(host)")
    }
    let web = try #require(entries.first { $0["host"] as? String == "web-1" })
    #expect(web["worse"] as? Int == 1)
    #expect(web["fixed"] as? Int == 9)
  }

  @Test func `fits 80 columns, a line for each host`() async throws {
    try await importSamples()
    let policy = Fixture.repository + "/samples/benchtrail.yaml"
    for arguments in [[], ["--policy", policy]] {
      let result = try await tool.run(["hosts"] + arguments, environment: ["COLUMNS": "80"])
      let lines = result.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 80 })
      for host in ["web-1", "web-2", "db-1"] {
        let line = try #require(lines.first { $0.hasPrefix(host + " ") })
        #expect(line.contains(" docker "))
      }
      #expect(lines.last?.first?.isLetter == true)
    }
  }

  @Test func `has the gate's states where the policy has thresholds`() async throws {
    try await importSamples()
    let sample = Fixture.repository + "/samples/benchtrail.yaml"
    let own = try tool.folder.write(
      "own.yaml", Array("version: 1\ngate:\n  new-failures: true\n  stale-days: 1000\n".utf8))
    for policy in [sample, own] {
      let arguments = ["--policy", policy]
      let gate = try await tool.run(
        ["gate"] + arguments + Self.time + ["--format", "json"]
      ).json()
      let states = try #require(gate["hostStates"] as? [[String: Any]])
      let entries = try Self.entries(try await overview(arguments))
      #expect(entries.count == states.count)
      for entry in entries {
        let state = states.first { $0["host"] as? String == entry["host"] as? String }
        #expect(entry["gate"] as? String == state?["state"] as? String)
        #expect(entry["gate"] is String)
      }
    }
  }

  @Test func `lists only what is asked for`() async throws {
    try await importSamples()
    let all = try Self.entries(try await overview())
    let worse = all.filter { ($0["worse"] as? Int ?? 0) > 0 }.compactMap { $0["host"] as? String }
    #expect(try await names("--worse") == worse)
    #expect(worse.contains("web-1"))
    #expect(try await names("--silent").count == 3)
    #expect(try await names("--silent", "--silent-after", "10000").isEmpty)
    #expect(try await names("--host", "db-1") == ["db-1"])
    let two = all.prefix(2).compactMap { $0["host"] as? String }
    #expect(try await names("-n", "2") == two)
    let none = try await overview(["--silent", "--silent-after", "10000"])
    #expect(none["hosts"] as? Int == 3)
    #expect(none["listed"] as? Int == 0)
    let text = try await tool.run(["hosts", "--silent", "--silent-after", "10000"] + Self.time)
    #expect(text.code == 0)
    #expect(text.output.contains("No host is silent."))
  }

  @Test func `sorts`() async throws {
    try await importSamples()
    #expect(try await names("--sort", "name") == ["db-1", "web-1", "web-2"])
    for key in ["open", "worse", "fixed"] {
      let entries = try Self.entries(try await overview(["--sort", key]))
      let numbers = entries.compactMap { $0[key] as? Int }
      #expect(numbers.count == 3)
      #expect(numbers == numbers.sorted(by: >), "\(key)")
    }
    let times = try Self.entries(try await overview(["--sort", "last"]))
      .compactMap { $0["lastRun"] as? String }
    #expect(times.count == 3 && times == times.sorted())
    let shares = try Self.entries(try await overview(["--sort", "compliance"]))
      .compactMap { $0["compliance"] as? Double }
    #expect(shares.count == 3 && shares == shares.sorted())
  }

  @Test(arguments: [
    ["--sort", "nothing"], ["-n", "0"], ["--limit", "x"], ["--silent-after", "-1"],
    ["--silent-after", "soon"], ["--as-of", "never"], ["web-1"],
  ])
  func `refuses what means nothing`(arguments: [String]) async throws {
    #expect(try await tool.run(["hosts"] + arguments).code == 64)
  }
}
