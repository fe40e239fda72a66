import BenchAnalysis
import BenchModel
import BenchReports
import BenchTestSupport
import Foundation
import Testing

struct `A report on what ends` {
  /// 2026-12-31 at midnight, UTC.
  private static let time: Int64 = 1_798_675_200
  private static let day: Int64 = 86_400

  private static func policy(_ name: String = "platform team") -> Policy {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control("image-user-created"), hosts: [Glob("web-*")]),
        items: [Glob("nginx")], reason: "Needs root", owner: name, ticket: "SEC-1",
        end: time + 13 * day, accepted: time - 90 * day, line: 4),
      Waiver(
        coverage: Coverage(.severity(.low)), reason: name, owner: "ops", end: time - 2 * day,
        line: 12),
    ]
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: name, reason: "Seen",
        end: time + day, line: 20)
    ]
    return policy
  }

  private static func text(_ policy: Policy, width: Int = 200) -> String {
    let due = PolicyDue(policy, at: time, days: 30)
    return TerminalRenderer(width: width, hasColor: false)
      .render(PolicyDueReport.document(due, policy, path: "benchtrail.yaml"))
  }

  @Test func `has who accepted what, when, why and until when`() throws {
    let lines = Self.text(Self.policy()).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(lines[0] == "What ends in benchtrail.yaml")
    #expect(lines[1] == "1 has ended, 2 end within 30 days")
    #expect(lines[3] == "2026-12-28 3 days ago 12 all of severity low ops: platform team")
    #expect(
      lines[4].hasPrefix("2026-12-31 today 20 attested as pass: ")
        && lines[4].hasSuffix(" host-hardened platform team: Seen"))
    #expect(
      lines[5].hasPrefix("2027-01-12 in 12 days 4 ")
        && lines[5].hasSuffix(
          " image-user-created on web-*: nginx platform team, 2026-10-02, SEC-1: Needs root")
    )
    #expect(lines.count == 6)
  }

  @Test func `says that nothing ends`() {
    #expect(
      Self.text(Policy()).hasSuffix("Nothing has ended, and nothing ends within 30 days.\n"))
  }

  @Test func `fits its width, and has nothing that a terminal could take for a command`() {
    let text = Self.text(Self.policy("a\u{1b}[31m\u{202e} name"), width: 80)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
  }

  @Test func `has the same for programs`() throws {
    let policy = Self.policy()
    let due = PolicyDue(policy, at: Self.time, days: 30)
    let text = try JSONText.encode(
      PolicyDueJSON(due, policy, path: "benchtrail.yaml", time: Self.time))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "benchtrail.policy-due.v1")
    #expect(json["within"] as? Int == 30)
    #expect(json["asOf"] as? String == "2026-12-31T00:00:00Z")
    let entries = try #require(json["entries"] as? [[String: Any]])
    #expect(entries.map { $0["kind"] as? String } == ["waiver", "attestation", "waiver"])
    #expect(entries.map { $0["lastDay"] as? String } == ["2026-12-28", "2026-12-31", "2027-01-12"])
    #expect(entries.map { $0["days"] as? Int } == [-3, 0, 12])
    #expect(entries.map { $0["ended"] as? Bool } == [true, false, false])
    #expect(entries[0]["severity"] as? String == "low")
    #expect(entries[1]["decision"] as? String == "pass")
    #expect(entries[2]["accepted"] as? String == "2026-10-02")
    #expect(entries[2]["hosts"] as? [String] == ["web-*"])
    #expect(entries[2]["items"] as? [String] == ["nginx"])
    #expect(entries[2]["ticket"] as? String == "SEC-1")
    #expect(entries[2]["title"] is String)
    #expect(entries[2]["line"] as? Int == 4)
  }
}
