import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

struct `What ends soon` {
  /// 2026-12-31 at noon, UTC.
  private static let now: Int64 = 1_798_675_200 + 43_200
  private static let midnight: Int64 = 1_798_675_200
  private static let day: Int64 = 86_400

  private static func waiver(_ line: Int, end: Int64?) -> Waiver {
    Waiver(
      coverage: Coverage(.control("image-user-created")), reason: "r", owner: "o", end: end,
      line: line)
  }

  private static func due(_ ends: [Int64?], days: Int = 30) -> [String] {
    var policy = Policy()
    policy.waivers = ends.enumerated().map { waiver($0.offset + 1, end: $0.element) }
    return PolicyDue(policy, at: now, days: days).entries.map { "\($0.line): \($0.days)" }
  }

  @Test func `counts the days to the last one`() {
    let ends = [-30, 0, 1, 2, 30].map { Self.midnight + $0 * Self.day }
    #expect(Self.due(ends) == ["1: -31", "2: -1", "3: 0", "4: 1", "5: 29"])
    #expect(Self.due([Self.midnight + 31 * Self.day]) == [])
    #expect(Self.due([nil]) == [])
  }

  @Test func `has what ends by the hour`() {
    let ends = [Self.now, Self.now + 1, Self.now + 7 * Self.day, Self.now + 7 * Self.day + 1]
    #expect(Self.due(ends, days: 7).map { $0.prefix(1) } == ["1", "2", "3"])
    #expect(Self.due(ends, days: 0).map { $0.prefix(1) } == ["1"])
    #expect(Self.due(ends, days: .max).count == 4)
  }

  @Test func `is in the order of the ends, and of the file`() {
    var policy = Policy()
    let end = Self.midnight + Self.day
    policy.waivers = [Self.waiver(9, end: end), Self.waiver(3, end: end), Self.waiver(1, end: nil)]
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: "me", reason: "seen",
        end: end - Self.day, accepted: 86_400, line: 20)
    ]
    let due = PolicyDue(policy, at: Self.now, days: 30)
    #expect(due.entries.map(\.line) == [20, 3, 9])
    #expect(due.entries.map(\.hasEnded) == [true, false, false])
    #expect(due.ended == 1)
    #expect(due.entries[0].kind == .attestation(.pass))
    #expect(due.entries[0].by == "me")
    #expect(due.entries[0].accepted == 86_400)
    #expect(due.entries[1].kind == .waiver)
  }
}
