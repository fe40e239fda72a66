import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import Testing

@testable import BenchExports

struct `An exported host` {
  private static func run(_ id: Int64, _ findings: [Finding], line: Int) -> StoredRun {
    var summary = Sample.summary("web-1", id: id)
    summary.startedAt = Sample.time + id * 60
    summary.line = line
    return StoredRun(summary: summary, findings: findings)
  }

  private static func find(_ host: ExportHost, _ control: String) throws -> ExportFinding {
    try #require(host.findings.first { $0.shared.finding.control == control })
  }

  @Test func `has what the catalogue and the policy know`() throws {
    let host = try Sample.web()
    let audit = try Self.find(host, "host-audit-daemon-json")
    #expect(audit.shared.judged.severity == .critical)
    #expect(audit.shared.change?.change == .regressed)
    #expect(audit.shared.advice?.fix.kind == "audit-rule")
    #expect(audit.shared.isNew)
    let users = try Self.find(host, "image-user-created")
    #expect(users.shared.judged.isWaived)
    #expect(users.shared.waivers.map(\.ticket) == ["SEC-12"])
    let hardened = try Self.find(host, "host-hardened")
    #expect(hardened.shared.judged.outcome == .pass)
    #expect(hardened.shared.attestation?.by == "alice")
    #expect(host.runs.map(\.id) == [0x1001])
    #expect(host.bases[0x1001]?.id == 0x1000)
  }

  @Test func `has what the newest run left out with the run that has it`() throws {
    let finding = try Self.find(Sample.web(), "container-no-docker-sock")
    #expect(finding.shared.isLeftOut)
    #expect(finding.run?.id == 0x1000)
    #expect(finding.shared.change?.change == .notEvaluated)
  }

  @Test func `has the lines of the newest run where runs repeat each other`() throws {
    func finding(_ line: Int) -> Finding {
      var finding = Sample.finding("host-partition", .fail, id: "1.1.1")
      finding.line = line
      return finding
    }
    let trail = Trail([
      Self.run(1, [finding(10)], line: 1), Self.run(2, [finding(110)], line: 101),
    ])
    let host = try trail.host("web-1", Sample.judgement)
    let exported = try #require(host.findings.first)
    #expect(exported.run?.id == 2)
    #expect(exported.line == 110)
    #expect(exported.openSince == Sample.time + 60)
  }
}
