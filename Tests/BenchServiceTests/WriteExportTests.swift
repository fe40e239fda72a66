import BenchAnalysis
import BenchExports
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport
import Foundation
import Testing

struct `Writing an export` {
  private let repository = MemoryRepository()

  private func write(
    _ format: ExportFormat, _ query: HostQuery = Sample.query(), for consumer: ExportConsumer? = nil
  ) throws -> String {
    var text = ""
    try WriteExport(
      query, format: format, for: consumer, toolVersion: "1.0", policyPath: "benchtrail.yaml"
    ).run(in: repository) {
      text += String(decoding: $0, as: UTF8.self)
    }
    return text
  }

  private func add() throws -> [Int64] {
    try repository.add(
      .of([Sample.icc: .pass, Sample.privileged: .fail], day: 0),
      .of([Sample.icc: .fail, Sample.privileged: .fail], day: 1),
      .of([Sample.icc: .fail, Sample.privileged: .pass], day: 2),
      .of([Sample.anonymous: .fail], day: 3, host: "node-1", release: Sample.kube))
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `has every host with its findings and what it is compared with`() throws {
    let ids = try add()
    let object = try json(try write(.json))
    #expect(object["exportedAt"] as? String == "2026-01-04T00:00:00Z")
    #expect(object["policy"] as? String == "benchtrail.yaml")
    let hosts = try #require(object["hosts"] as? [[String: Any]])
    #expect(hosts.compactMap { $0["host"] as? String } == ["node-1", "web-1"])
    #expect(hosts.compactMap { ($0["findings"] as? [Any])?.count } == [1, 2])
    func base() throws -> String? {
      let hosts = try json(try write(.json))["hosts"] as? [[String: Any]]
      let comparisons = hosts?.last?["comparisons"] as? [[String: Any]]
      return (comparisons?.first?["base"] as? [String: Any])?["id"] as? String
    }
    #expect(try base() == RunSummary.name(of: ids[1]))
    try repository.mark(ids[0])
    #expect(try base() == RunSummary.name(of: ids[0]))
  }

  @Test(arguments: ExportFormat.allCases)
  func `gives the same bytes twice`(format: ExportFormat) throws {
    _ = try add()
    let query = Sample.query(policy: Sample.accepting(Sample.icc))
    let text = try write(format, query)
    #expect(try write(format, query) == text)
    // GitLab gets what nobody has accepted, and all that fails on web-1 is accepted.
    #expect(text.contains("web-1") == (format != .codequality))
    let then = try write(format, Sample.query(host: "web-1", until: Past.day(1)))
    #expect(then != text)
    #expect(!then.contains("node-1"))
  }

  @Test(arguments: ExportFormat.allCases)
  func `writes nothing without a run`(format: ExportFormat) {
    var pieces = 0
    #expect(throws: ServiceError.noRuns(host: "web-1")) {
      try WriteExport(Sample.query(host: "web-1"), format: format, toolVersion: "1.0")
        .run(in: repository) { _ in pieces += 1 }
    }
    #expect(pieces == 0)
  }

  @Test func `says that a format is not made for a consumer`() throws {
    _ = try add()
    #expect(throws: ExportError.notFor(.github, .json)) { try write(.json, for: .github) }
    #expect(try !write(.sarif, for: .github).isEmpty)
  }

  @Test func `says what changed on a host whose tool changed once`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0, release: Sample.aqua),
      .of([Sample.icc: .pass], day: 1), .of([Sample.icc: .fail], day: 2))
    let text = try write(.sarif)
    #expect(text.contains("baselineState"))

  }

  /// The findings of DefectDojo's file, as the container or control at fault and whether the logic changed.
  private func dojo() throws -> [String] {
    let findings = try json(try write(.defectdojo))["findings"] as? [[String: Any]] ?? []
    return findings.map { finding in
      let tags = finding["tags"] as? [String] ?? []
      let state =
        finding["active"] as? Bool == true
        ? tags.contains("logic-changed") ? " ceased" : "" : " mitigated"
      return (finding["component_name"] as? String ?? "whole") + state
    }
  }

  /// Nobody knows whether it was mended, however many runs go by.
  @Test func `keeps for DefectDojo what ceased by another criterion`() throws {
    let old = Example.release("v1.6.0", edition: "e10-cis1.5.0")
    try repository.add(.of([Sample.icc: .pass, Sample.restore: .fail], day: 0, release: old))
    try repository.add(.of([Sample.icc: .fail, Sample.restore: .fail], day: 1, release: old))
    #expect(try dojo().sorted() == ["whole", "whole"])
    for day in Int64(2)..<5 {
      try repository.add(.of([Sample.icc: .pass, Sample.restore: .fail], day: day))
      #expect(try dojo().sorted() == ["whole", "whole ceased"], "\(day)")
    }
    // It fails by the new criterion, and is mended.
    try repository.add(.of([Sample.icc: .fail, Sample.restore: .fail], day: 5))
    #expect(try dojo().sorted() == ["whole", "whole"])
    try repository.add(.of([Sample.icc: .pass, Sample.restore: .fail], day: 6))
    #expect(try dojo().sorted() == ["whole", "whole mitigated"])
    try repository.add(.of([Sample.icc: .pass, Sample.restore: .fail], day: 7))
    #expect(try dojo() == ["whole"])
  }

  /// It passes by the criterion by which it failed.
  @Test func `lets go what passes by its former criterion`() throws {
    let old = Example.release("v1.6.0", edition: "e10-cis1.5.0")
    try repository.add(
      .of([Sample.icc: .fail], day: 0, release: old), .of([Sample.icc: .pass], day: 1))
    #expect(try dojo() == ["whole ceased"])
    try repository.add(.of([Sample.icc: .pass], day: 2, release: old))
    #expect(try dojo() == [])
  }

  /// A threshold of the share that was exported is held, and one a hundredth of a percent above it is not.
  @Test func `has the compliance of the gate`() throws {
    let table: [(outcomes: KeyValuePairs<String, Outcome>, ratio: String)] = [
      ([Sample.icc: .pass, Sample.privileged: .fail, Sample.partition: .pass], "0.6666"),
      ([Sample.icc: .pass, Sample.privileged: .fail], "0.5000"),
      ([Sample.icc: .pass], "1.0000"),
      ([Sample.icc: .fail, Sample.privileged: .manual], "0.0000"),
      ([Sample.icc: .manual, Sample.privileged: .info], "0.0000"),
    ]
    let policy = Sample.accepting(Sample.privileged)
    for row in table {
      let repository = MemoryRepository()
      try repository.add(.of(row.outcomes, day: 0))
      let query = Sample.query(policy: policy)
      var text = ""
      try WriteExport(query, format: .openmetrics, toolVersion: "1.0").run(in: repository) {
        text += String(decoding: $0, as: UTF8.self)
      }
      #expect(text.contains("benchtrail_compliance_ratio{host=\"web-1\"} \(row.ratio)\n"))
      let ratio = try #require(Double(row.ratio))
      let share = (ratio * 10_000).rounded()
      for (percent, isMissed) in [(share / 100, false), ((share + 1) / 100, true)] {
        var thresholds = Thresholds()
        thresholds.compliance = percent
        let gate = try GateHosts(query, thresholds: thresholds).run(in: repository)
        let missed = gate.reasons.filter { reason in
          guard case .compliance = reason.kind else { return false }
          return true
        }
        #expect(missed.isEmpty != isMissed, "\(row) \(percent)")
      }
    }
  }

  @Test(arguments: [ExportMetrics?.none, .summary, .controls, .items])
  func `has the metrics that are asked for`(metrics: ExportMetrics?) throws {
    _ = try add()
    var text = ""
    try WriteExport(Sample.query(), format: .openmetrics, metrics: metrics, toolVersion: "1.0")
      .run(in: repository) {
        text += String(decoding: $0, as: UTF8.self)
      }
    #expect(text.contains("section=") == (metrics == nil || metrics == .items))
    let icc = "benchtrail_control_failed{host=\"web-1\",control=\"\(Sample.icc)\"} 1\n"
    #expect(text.contains(icc) == (metrics == .controls))
  }

  @Test func `ends with an error of whoever takes it`() throws {
    struct Full: Error {}
    _ = try add()
    #expect(throws: Full.self) {
      try WriteExport(Sample.query(), format: .csv, toolVersion: "1.0").run(in: repository) { _ in
        throw Full()
      }
    }
  }
}
