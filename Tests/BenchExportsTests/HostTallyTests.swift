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
    #expect(host.tally.regressions + host.tally.newlySeen > 0)
  }

  /// Two runs of one control; nil where a run did not evaluate it.
  private static func trail(_ control: ControlID, _ outcomes: [Outcome?]) -> Trail {
    Trail(
      outcomes.enumerated().map { number, outcome in
        var summary = Sample.summary("web-1", id: Int64(number + 1))
        summary.startedAt = Sample.time - Int64(2 - number) * 86_400
        summary.order.sequence = Int64(number)
        var findings = [Sample.finding("host-partition", .pass, id: "1.1.1")]
        if let outcome { findings.append(Sample.finding(control, outcome, id: "5.5")) }
        return StoredRun(summary: summary, findings: findings)
      })
  }

  @Test func `tell what was passed before from what was not judged`() throws {
    let table: [(base: Outcome?, head: Outcome?, regressions: Int, newlySeen: Int)] = [
      (.pass, .fail, 1, 0),
      (nil, .fail, 0, 1),
      (.manual, .fail, 0, 1), (.info, .fail, 0, 1), (.notApplicable, .fail, 0, 1),
      (.fail, .fail, 0, 0), (.fail, .pass, 0, 0), (.fail, nil, 0, 0), (.pass, .pass, 0, 0),
      (.pass, .manual, 0, 0), (.pass, nil, 0, 0),
    ]
    let judgement = Judgement(Policy(), at: Sample.time)
    for row in table {
      let trail = Self.trail("container-no-privileged", [row.base, row.head])
      let tally = trail.tally("web-1", judgement)
      #expect(tally.regressions == row.regressions, "\(row)")
      #expect(tally.newlySeen == row.newlySeen, "\(row)")
      #expect(try trail.host("web-1", judgement).tally == tally, "\(row)")
    }
  }

  @Test func `count no accepted failure as worse`() {
    for base in [Outcome.pass, nil] {
      let tally = Self.trail("image-user-created", [base, .fail])
        .tally("web-1", Sample.judgement)
      #expect(tally.waivedWhole == 1)
      #expect(tally.regressions == 0 && tally.newlySeen == 0)
    }
  }
}
