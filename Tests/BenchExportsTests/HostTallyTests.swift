import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchExports

struct `The numbers of a host` {
  @Test func `are those of its findings`() throws {
    for judgement in [Sample.judgement, Judgement(Policy(), at: Sample.time)] {
      let trail = try Sample.webTrail()
      let host = try trail.host("web-1", judgement)
      #expect(trail.tally("web-1", judgement) == host.tally)
      #expect(host.tally.sections.flatMap(\.outcomes).reduce(0, +) == host.findings.count)
      #expect(host.tally.leftOut == 1)
    }
    let tally = try Sample.webTrail().tally("web-1", Sample.judgement)
    #expect(tally.attested == 1)
    #expect(tally.waivedWhole == 1)
    #expect(tally.waivedPartly == 1)
  }

  @Test(arguments: [
    ("s4-head-stdout.txt", "s1-v1.6.1-log.txt"), ("s4-head-stdout.txt", "s5-v1.6.0-stdout.txt"),
  ])
  func `are those of the findings of every log`(before: String, after: String) throws {
    let runs = try [before, after].flatMap { try Reading.runs(Fixture.bytes($0)) }
    let trail = Trail(
      runs.enumerated().map { number, run in
        var summary = RunSummary(
          id: Int64(number + 1), host: "web-1", release: run.release,
          startedAt: Int64(number) * 86_400, timeSource: .log, form: .text,
          isComplete: run.isComplete, printedChecks: nil, printedScore: nil, path: "a.log",
          line: run.line, labels: [:], counts: [:], unmapped: 0)
        summary.order.sequence = Int64(number)
        return StoredRun(summary: summary, findings: run.findings)
      })
    let host = try trail.host("web-1", Sample.judgement)
    #expect(trail.tally("web-1", Sample.judgement) == host.tally)
    #expect(host.tally.regressions > 0)
  }
}
