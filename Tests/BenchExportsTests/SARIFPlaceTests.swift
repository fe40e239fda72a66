import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchModel
import BenchTestSupport
import Testing

/// What programs take for the place of a result, and what they know its rule by.
struct `A SARIF result` {
  private static func run(
    _ host: ExportHost, for consumer: ExportConsumer? = nil
  ) throws -> [String: Any] {
    let log = try Sample.object(.sarif, [host], for: consumer)
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private static func results(
    _ host: ExportHost, for consumer: ExportConsumer? = nil
  ) throws -> [[String: Any]] {
    try #require(try run(host, for: consumer)["results"] as? [[String: Any]])
  }

  private static func rules(_ host: ExportHost) throws -> [[String: Any]] {
    let tool = try #require(try run(host)["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    return try #require(driver["rules"] as? [[String: Any]])
  }

  private static func host(
    _ findings: [Finding], _ policy: Policy = Policy(), name: String = "web-1",
    path: String = "logs/a.log"
  ) -> ExportHost {
    let run = Sample.summary(name, path: path)
    let (judgement, controls) = (Judgement(policy, at: Sample.time), ExportControls(policy))
    return ExportHost(
      name: name, runs: [run],
      findings: findings.map {
        ExportFinding(judgement.judge($0, host: name), controls, run: run)
      })
  }

  private static let failure = Sample.finding(
    "container-no-privileged", .fail, id: "5.5", items: [Sample.item("web")])

  // MARK: Places

  struct Place: Sendable {
    var path: String
    /// The log, as the properties have it.
    var log: String?
    var line: Int?
  }

  static let places = [
    Place(path: "logs/a.log", log: "logs/a.log", line: 42),
    Place(path: "/var/log/a.json", log: "/var/log/a.json", line: 42),
    Place(path: "logs/a.log.gz", log: "logs/a.log.gz", line: nil),
    Place(path: "/A.LOG.GZ", log: "/A.LOG.GZ", line: nil),
    Place(path: "logs/gz", log: "logs/gz", line: 42),
    Place(path: "stdin", log: nil, line: nil),
    Place(path: "logs/stdin", log: "logs/stdin", line: 42),
  ]

  @Test(arguments: places, [nil, ExportConsumer.github])
  func `has the line that the log has`(place: Place, consumer: ExportConsumer?) throws {
    let host = Self.host([Self.failure], path: place.path)
    let result = try #require(try Self.results(host, for: consumer).first)
    let properties = try #require(result["properties"] as? [String: Any])
    #expect(properties["log"] as? String == place.log)
    #expect(properties["line"] as? Int == place.line)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = location["physicalLocation"] as? [String: Any]
    // GitHub refuses a file with a result that has no artifact.
    #expect((physical != nil) == (place.log != nil || consumer == .github))
    #expect(location["logicalLocations"] != nil)
    // It wants a region of each as well.
    let region = (place.line ?? (consumer == .github ? 1 : nil)).map {
      ["startLine": $0, "startColumn": 1, "endLine": $0 + 1, "endColumn": 1]
    }
    #expect(physical?["region"] as? [String: Int] == region)
  }

  private static func artifacts(_ host: ExportHost) throws -> Set<String> {
    var uris: Set<String> = []
    for result in try results(host, for: .github) {
      let location = (result["locations"] as? [[String: Any]])?.first
      let physical = location?["physicalLocation"] as? [String: Any]
      let artifact = try #require(physical?["artifactLocation"] as? [String: Any])
      uris.insert(try #require(artifact["uri"] as? String))
    }
    return uris
  }

  @Test(arguments: ["logs/a.log", "/var/log/b.json", "a.log.gz", "stdin"])
  func `has the artifact of its host, whatever the log is called`(path: String) throws {
    #expect(try Self.artifacts(Self.host([Self.failure], path: path)) == ["hosts/web-1.log"])
  }

  @Test(arguments: [
    ("web-1", "hosts/web-1.log"), ("db.example.com", "hosts/db.example.com.log"),
    ("a/b", "hosts/a%2Fb.log"), ("a b:c", "hosts/a%20b%3Ac.log"), ("..", "hosts/...log"),
    ("\u{FC}", "hosts/%C3%BC.log"),
  ])
  func `has another artifact for each host`(name: String, uri: String) throws {
    #expect(try Self.artifacts(Self.host([Self.failure], name: name)) == [uri])
  }

  // MARK: Suppressions

  @Test(arguments: [nil, "container-no-privileged", "host-partition"])
  func `has suppressions if another one has`(waived: String?) throws {
    var policy = Policy()
    policy.waivers = [waived].compactMap(\.self).map {
      Waiver(coverage: Coverage(.control($0)), reason: "r", owner: "o", line: 1)
    }
    let findings = [
      Self.failure, Sample.finding("host-partition", .pass, id: "1.1.1"),
      Sample.finding("image-user-created", .fail, id: "4.1"),
    ]
    let results = try Self.results(Self.host(findings, policy))
    let suppressions = results.map { $0["suppressions"] as? [[String: Any]] }
    if suppressions.contains(where: { $0 != nil }) {
      #expect(suppressions.allSatisfy { $0 != nil })
    }
    #expect(
      suppressions.map { $0?.count ?? 0 }
        == (waived == "container-no-privileged" ? [1, 0, 0] : [0, 0, 0]))
    let open = try Self.results(Self.host(findings, policy), for: .github)
    #expect(open.allSatisfy { $0["suppressions"] == nil })
  }

  // MARK: Rules

  @Test func `has a rule that GitHub takes, whatever control it is of`() throws {
    let catalog = Catalog.embedded
    let host = Self.host(catalog.controls.all.map { Sample.finding($0.id, .fail, id: "1") })
    let rules = try Self.rules(host)
    #expect(rules.count == catalog.controls.all.count)
    let sources = catalog.sources
    for rule in rules {
      let id = try #require(rule["id"] as? String)
      let properties = try #require(rule["properties"] as? [String: Any])
      let tags = try #require(properties["tags"] as? [String])
      // A policy may put a control into every category.
      let others = tags.filter { !$0.hasPrefix("stride/") }
      #expect(others.count + Stride.allCases.count <= 20, "\(id)")
      let addresses = catalog.risks[id]?.stride.compactMap { sources[$0.source]?.url } ?? []
      let address = addresses.first { $0.hasPrefix("https://") }
      #expect(rule["helpUri"] as? String == address, "\(id)")
    }
    #expect(rules.contains { $0["helpUri"] != nil })
  }

  @Test func `has a rule of its own where no edition knows the check`() throws {
    let findings = [
      Sample.finding(nil, .fail, id: "9.1", title: "One `x` *y* <z>"),
      Sample.finding(nil, .fail, id: "9.2", title: "Another"),
      Sample.finding(nil, .pass, id: "9.2", title: "Another"),
      Sample.finding(nil, .fail, id: "9.2", title: "A third"),
    ]
    let rules = try Self.rules(Self.host(findings))
    let ids = rules.compactMap { $0["id"] as? String }
    #expect(ids.count == 3 && Set(ids).count == 3)
    #expect(ids.allSatisfy { $0.hasPrefix("unmapped-") && $0.count == 25 })
    let names = rules.compactMap { ($0["shortDescription"] as? [String: String])?["text"] }
    #expect(names.map { $0.contains("9.1") } == [true, false, false])
    #expect(names.map { $0.contains("Another") } == [false, true, false])
    #expect(!names.contains { $0.contains { "`*<>".contains($0) } })
    let results = try Self.results(Self.host(findings))
    #expect(
      results.compactMap { $0["ruleIndex"] as? Int } == [0, 1, 1, 2])
    // Another host's is the same rule.
    let other = try Self.rules(Self.host(Array(findings.suffix(1)), name: "web-2"))
    #expect(other.compactMap { $0["id"] as? String } == Array(ids.suffix(1)))
  }
}
