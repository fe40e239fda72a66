import BenchAnalysis
@testable import BenchExports
import BenchModel
import Testing

struct `A SARIF log` {
  private static func runs(
    _ hosts: [ExportHost], for consumer: ExportConsumer? = nil
  ) throws -> [[String: Any]] {
    let log = try Sample.object(.sarif, hosts, for: consumer)
    #expect(log["version"] as? String == "2.1.0")
    return try #require(log["runs"] as? [[String: Any]])
  }

  private static func results(_ run: [String: Any]) throws -> [[String: Any]] {
    try #require(run["results"] as? [[String: Any]])
  }

  private static func fingerprints(_ results: [[String: Any]]) -> [String] {
    results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
    }
  }

  private static func text(_ result: [String: Any]) -> String {
    (result["message"] as? [String: Any])?["text"] as? String ?? ""
  }

  private static func location(_ result: [String: Any]) throws -> [String: Any] {
    let locations = try #require(result["locations"] as? [[String: Any]])
    return try #require(locations.first?["physicalLocation"] as? [String: Any])
  }

  @Test(arguments: [nil, ExportConsumer.github])
  func `has what the format and GitHub require`(consumer: ExportConsumer?) throws {
    for run in try Self.runs(Sample.hosts(), for: consumer) {
      let tool = try #require(run["tool"] as? [String: Any])
      let driver = try #require(tool["driver"] as? [String: Any])
      #expect(driver["name"] as? String == "BenchTrail")
      let rules = try #require(driver["rules"] as? [[String: Any]])
      #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
      for rule in rules {
        let properties = try #require(rule["properties"] as? [String: Any])
        let tags = try #require(properties["tags"] as? [String])
        #expect(tags.count <= 20 && Set(tags).count == tags.count)
        if let score = properties["security-severity"] {
          #expect(["9.5", "8.0", "5.5", "2.0"].contains(score as? String))
        }
        #expect(rule["shortDescription"] != nil)
        #expect((rule["helpUri"] as? String)?.hasPrefix("https://") != false)
      }
      let results = try Self.results(run)
      let states = results.map { $0["baselineState"] as? String }
      #expect(states.allSatisfy { $0 == nil } || states.allSatisfy { $0 != nil })
      for result in results {
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        let isFailure = (result["kind"] as? String ?? "fail") == "fail"
        #expect((result["level"] as? String != "none") == isFailure)
        #expect(!Self.text(result).isEmpty)
        let location = try Self.location(result)
        let artifact = try #require(location["artifactLocation"] as? [String: Any])
        let uri = try #require(artifact["uri"] as? String)
        #expect(!uri.hasPrefix("/") && !uri.contains(":") && !uri.contains("..") && !uri.isEmpty)
        let region = try #require(location["region"] as? [String: Int])
        let line = try #require(region["startLine"])
        #expect(line >= 1 && region["endLine"] == line + 1)
        #expect(region["startColumn"] == 1 && region["endColumn"] == 1)
      }
      let fingerprints = Self.fingerprints(results)
      #expect(fingerprints.count == results.count)
      #expect(Set(fingerprints).count == results.count)
    }
  }

  @Test func `has a category for each host`() throws {
    let ids = try Self.runs(Sample.hosts()).map { run -> String in
      let details = try #require(run["automationDetails"] as? [String: Any])
      let id = try #require(details["id"] as? String)
      #expect(id.split(separator: "/").count == 3)
      return id
    }
    #expect(Set(ids).count == 2)
  }

  @Test func `for GitHub has open failures only`() throws {
    let all = try Self.runs(Sample.hosts())
    let open = try Self.runs(Sample.hosts(), for: .github)
    for (all, open) in zip(all, open) {
      let results = try Self.results(open)
      #expect(!results.isEmpty)
      #expect(try results.count < Self.results(all).count)
      for result in results {
        #expect(result["suppressions"] == nil && result["kind"] == nil)
        #expect(result["level"] as? String != "none")
      }
      // The same alerts in both.
      #expect(
        try Set(Self.fingerprints(results)).isSubset(of: Self.fingerprints(Self.results(all))))
    }
  }

  @Test func `suppresses the items that are accepted`() throws {
    let results = try Self.runs([Sample.hostile()]).flatMap(Self.results)
    let apparmor = results.filter { $0["ruleId"] as? String == "container-apparmor" }
    #expect(apparmor.count == 2)
    for result in apparmor {
      let suppressions = try #require(result["suppressions"] as? [[String: Any]])
      #expect(suppressions.isEmpty != Self.text(result).contains("ci-runner"))
      for suppression in suppressions {
        #expect(suppression["kind"] as? String == "external")
        #expect(suppression["status"] as? String == "accepted")
        #expect(suppression["location"] != nil)
      }
    }
  }

  @Test func `says what became of each result`() throws {
    let results = try Self.runs([Sample.web()]).flatMap(Self.results)
    func states(_ rule: String) -> [String: String] {
      Dictionary(
        results.filter { $0["ruleId"] as? String == rule }.map {
          (Self.text($0), $0["baselineState"] as? String ?? "")
        }
      ) { first, _ in first }
    }
    #expect(Array(states("host-audit-daemon-json").values) == ["new"])
    #expect(Array(states("daemon-userland-proxy-disabled").values) == ["updated"])
    #expect(Array(states("host-partition").values) == ["unchanged"])
    let privileged = states("container-no-privileged")
    #expect(privileged.first { $0.key.contains("backup-agent") }?.value == "new")
  }

  @Test func `knows an alert again when numbers and lines move`() throws {
    let host = Sample.hostile()
    var moved = host
    for index in moved.findings.indices where moved.findings[index].shared.control != nil {
      moved.findings[index] = moved.findings[index].reading { finding in
        finding.checkID = "99.1"
        finding.line += 1_000
        finding.title = "Another title"
      }
    }
    let before = try Self.results(#require(Self.runs([host]).first))
    let after = try Self.results(#require(Self.runs([moved]).first))
    #expect(Self.fingerprints(before) == Self.fingerprints(after))
    var renamed = host
    renamed.name = "another"
    let other = try Self.results(#require(Self.runs([renamed]).first))
    #expect(Set(Self.fingerprints(other)).isDisjoint(with: Self.fingerprints(before)))
  }

  @Test func `for GitHub has a result for each control where there are too many items`() throws {
    let names = (1...5_001).map { "container-\($0)" }
    let host = Sample.hostile(names, host: "web-1", path: "a.log")
    let run = try #require(Self.runs([host], for: .github).first)
    let results = try Self.results(run)
    #expect(results.count == 3)
    #expect(Self.text(results[0]).contains("container-1;"))
    #expect(Self.text(results[0]).contains("and 4952 more"))
  }
}
