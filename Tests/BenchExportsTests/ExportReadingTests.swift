import BenchAnalysis
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchExports

struct `Reading findings for an export` {
  /// Gives what was found numbers, as a database does.
  private final class Numbers {
    private var known: [Finding] = []
    private let past: Past

    init(_ past: Past) { self.past = past }

    func numbered(_ run: HistoryRun) -> [NumberedFinding] {
      past.findings(of: run).map { finding in
        var content = finding
        content.line = 0
        if !known.contains(content) { known.append(content) }
        let title = past.titles.first { $0.value.title == finding.title }
        return NumberedFinding(
          number: known.firstIndex(of: content) ?? -1, title: title?.key ?? 0, line: finding.line)
      }
    }
  }

  private static func finding(
    _ outcome: Outcome = .fail, line: Int = 7, items: [String] = ["api"]
  ) -> Finding {
    var finding = Sample.finding(
      "container-apparmor", outcome, id: "5.2", items: items.map { Sample.item($0) })
    finding.line = line
    return finding
  }

  /// The first finding of each of two hosts, each with a run of its own findings a day.
  private static func pair(
    _ first: [[Finding]], _ second: [[Finding]], _ policy: Policy = Policy()
  ) throws -> [ExportFinding] {
    var past = Past()
    for (host, days) in [("web-1", first), ("web-2", second)] {
      for (day, findings) in days.enumerated() {
        past.add(day: Int64(day), host: host, findings: findings)
      }
    }
    let (controls, numbers) = (ExportControls(policy), Numbers(past))
    let judgement = Judgement(policy, at: Past.day(30))
    return try ["web-1", "web-2"].map { name in
      let host = ExportHost(
        JudgedHost(past.host(name), judgement), controls, summary: past.summary(of:),
        numbered: numbers.numbered)
      return try #require(host.findings.first)
    }
  }

  private static func isShared(_ pair: [ExportFinding]) -> Bool {
    pair[0].shared === pair[1].shared
  }

  @Test func `shares what two hosts have alike, each with its own line and run`() throws {
    let pair = try Self.pair([[Self.finding(line: 7)]], [[Self.finding(line: 70)]])
    #expect(Self.isShared(pair))
    #expect(pair.map(\.line) == [7, 70])
    #expect(pair.map { $0.run?.host } == ["web-1", "web-2"])
    #expect(pair.map(\.shared.finding.items) == [Self.finding().items, Self.finding().items])
  }

  @Test func `does not share what was found otherwise`() throws {
    #expect(try !Self.isShared(Self.pair([[Self.finding()]], [[Self.finding(items: ["db"])]])))
    #expect(try !Self.isShared(Self.pair([[Self.finding()]], [[Self.finding(.manual)]])))
  }

  @Test func `does not share what only one host has failed from the start`() throws {
    let pair = try Self.pair([[Self.finding()]], [[Self.finding(.pass)], [Self.finding()]])
    #expect(!Self.isShared(pair))
    #expect(pair.map(\.shared.isOpenFromStart) == [true, false])
  }

  @Test func `does not share what is accepted on one host alone`() throws {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control("container-apparmor"), hosts: [Glob("web-1")]), reason: "r",
        owner: "o", line: 1)
    ]
    let pair = try Self.pair([[Self.finding()]], [[Self.finding()]], policy)
    #expect(!Self.isShared(pair))
    #expect(pair.map(\.shared.judged.isWaived) == [true, false])
  }

  @Test func `does not share what stands in a log twice`() throws {
    let twice = [Self.finding(), Self.finding(line: 9, items: ["db"])]
    let pair = try Self.pair([twice], [[Self.finding()]])
    #expect(!Self.isShared(pair))
    #expect(pair[0].shared.finding.items.map(\.name) == ["api", "db"])
  }

  @Test func `says of a run that found what its base found what a comparison says`() throws {
    let runs = [Int64(1), 2].map { id in
      var summary = Sample.summary("web-1", id: id)
      summary.startedAt += id * 60
      return StoredRun(summary: summary, findings: [Self.finding()])
    }
    let trail = Trail(runs)
    let compared = try trail.host("web-1", Sample.judgement)
    let equal = try trail.host("web-1", Sample.judgement, areEqual: true)
    for host in [compared, equal] {
      let finding = try #require(host.findings.first)
      #expect(finding.shared.change?.change == .stillFailing)
      #expect(finding.shared.change?.itemsAdded == [] && finding.shared.change?.criteria == nil)
      #expect(finding.shared.isCompared)
      #expect(host.bases[2]?.id == 1)
    }
  }
}
