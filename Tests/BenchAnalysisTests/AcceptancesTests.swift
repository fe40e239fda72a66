import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchAnalysis

struct `The acceptances of a host` {
  private static let control = "container-no-privileged"

  /// The accepted failures of a host of which two containers are privileged, as of the first day.
  private static func accepted(_ waivers: (items: [String], end: Int64?)...) -> Acceptances {
    var policy = Policy()
    policy.waivers = waivers.map { waiver in
      Waiver(
        coverage: Coverage(.control(control)), items: waiver.items.map { Glob($0) }, reason: "r",
        owner: "o", end: waiver.end.map { Past.day($0) })
    }
    var past = Past()
    past.add(
      day: 0,
      findings: [
        Example.finding(
          control, .fail, items: [Example.container("ci"), Example.container("web")])
      ])
    let judgement = Judgement(policy, at: Past.day(1))
    return JudgedHost(past.host(), judgement).acceptances(judgement)
  }

  @Test func `end when the last waiver of the whole does`() {
    #expect(Self.accepted(([], 5)).nextEnd == Past.day(5))
    #expect(Self.accepted(([], 5), ([], 9)).nextEnd == Past.day(9))
    #expect(Self.accepted(([], 5), ([], nil)).nextEnd == nil)
    #expect(Self.accepted(([], 5), ([], nil)).count == 1)
  }

  @Test func `end when a waiver does that an item needs`() {
    #expect(Self.accepted((["ci"], 5), (["web"], 9)).nextEnd == Past.day(5))
    #expect(Self.accepted((["*"], 9), (["web"], 5)).nextEnd == Past.day(9))
    #expect(Self.accepted((["ci"], 5), ([], 9)).nextEnd == Past.day(9))
    #expect(Self.accepted((["ci"], 5), ([], nil)).nextEnd == nil)
  }

  @Test func `are none where an item is open, or a waiver has ended`() {
    #expect(Self.accepted((["ci"], 5)).count == 0)
    #expect(Self.accepted(([], 1)).count == 0)
    #expect(Self.accepted().count == 0)
  }
}
