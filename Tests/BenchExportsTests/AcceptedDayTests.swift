import BenchAnalysis
import BenchExports
import BenchModel
import Testing

struct `An export of what a team accepted` {
  /// A host with a waived and an attested finding, both of 2026-12-01.
  private static func host() -> ExportHost {
    var policy = Sample.policy
    policy.waivers[0].accepted = Sample.time - 30 * 86_400
    policy.attestations[0].accepted = Sample.time - 30 * 86_400
    let judgement = Judgement(policy, at: Sample.time)
    let run = Sample.summary("db-1")
    let findings = [
      Sample.finding(
        "image-user-created", .fail, id: "4.1", items: [Sample.item("nginx", .image)]),
      Sample.finding("host-hardened", .manual, id: "1.2.1"),
    ]
    return ExportHost(
      name: "db-1", runs: [run],
      findings: findings.map {
        ExportFinding(
          judgement.judge($0, host: "db-1"), ExportControls(policy), run: run,
          openSince: run.startedAt, isOpenFromStart: true)
      })
  }

  @Test(arguments: [ExportFormat.csv, .sarif, .junit, .defectdojo, .ocsf, .hdf])
  func `says when`(format: ExportFormat) throws {
    let text = try Sample.text(format, [Self.host()])
    #expect(text.contains(" on 2026-12-01 until 2027-03-30"))
  }

  @Test func `has the day in JSON`() throws {
    let document = try Sample.object(.json, [Self.host()])
    let host = try #require((document["hosts"] as? [[String: Any]])?.first)
    let findings = try #require(host["findings"] as? [[String: Any]])
    let waivers = findings.compactMap { ($0["waivers"] as? [[String: Any]])?.first }
    #expect(waivers.map { $0["accepted"] as? String } == ["2026-12-01"])
    let attestations = findings.compactMap { $0["attestation"] as? [String: Any] }
    #expect(attestations.map { $0["accepted"] as? String } == ["2026-12-01"])
    #expect(
      try Sample.text(.csv, [Self.host()]).contains("by alice on 2026-12-01 until 2027-01-29"))
  }
}
