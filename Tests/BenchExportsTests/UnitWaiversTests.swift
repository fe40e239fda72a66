import BenchAnalysis
import BenchExports
import BenchModel
import BenchTestSupport
import Testing

/// A finding of which each item is accepted for another reason, or not at all.
struct `The waivers of an item` {
  private static func waiver(_ reason: String, _ items: [Glob]) -> Waiver {
    Waiver(
      coverage: Coverage(.control("container-no-privileged")), items: items, reason: reason,
      owner: "o", end: Sample.time + 86_400, line: 1)
  }

  private static func host() -> ExportHost {
    var policy = Policy()
    policy.waivers = [
      waiver("for-api", [Glob("api")]), waiver("for-job", [Glob("job-2")]),
      waiver("for-both", [Glob("job-*"), Glob("api")]), waiver("for-nobody", [Glob("nobody")]),
    ]
    // Two containers of one stable name, of which a waiver names the second alone.
    let jobs = ["job-1", "job-2"].map {
      Item(kind: .container, name: $0, stableName: "job", value: "")
    }
    let finding = Sample.finding(
      "container-no-privileged", .fail, id: "5.5",
      items: [Sample.item("api"), Sample.item("web")] + jobs)
    let run = Sample.summary("db-1")
    return ExportHost(
      name: "db-1", runs: [run],
      findings: [
        ExportFinding(
          Judgement(policy, at: Sample.time).judge(finding, host: "db-1"), ExportControls(policy),
          run: run)
      ])
  }

  private static let reasons = ["for-api", "for-job", "for-both", "for-nobody"]
  /// What accepts each of the three units, in their order.
  private static let expected = [["for-api", "for-both"], [], ["for-job", "for-both"]]

  private static func named(_ text: String) -> [String] { reasons.filter(text.contains) }

  @Test func `are the suppressions of its result in SARIF`() throws {
    let runs = try #require(
      try Sample.object(.sarif, [Self.host()])["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    let found = try results.map { result in
      try #require(result["suppressions"] as? [[String: Any]]).map {
        Self.named($0["justification"] as? String ?? "")
      }
    }
    #expect(found.map { $0.flatMap(\.self) } == Self.expected)
  }

  @Test func `are why its result is skipped in HDF`() throws {
    let profiles = try #require(
      try Sample.object(.hdf, [Self.host()])["profiles"] as? [[String: Any]])
    let controls = try #require(profiles.first?["controls"] as? [[String: Any]])
    let results = try #require(controls.first?["results"] as? [[String: Any]])
    #expect(
      results.map { Self.named($0["skip_message"] as? String ?? "") } == Self.expected)
  }

  @Test func `are among the references of its finding in DefectDojo`() throws {
    let findings = try #require(
      try Sample.object(.defectdojo, [Self.host()])["findings"] as? [[String: Any]])
    #expect(findings.map { Self.named($0["references"] as? String ?? "") } == Self.expected)
  }
}
