import BenchAnalysis
import BenchCatalog
import BenchEvidence
import BenchExports
import BenchHistory
import BenchModel
import BenchPolicy
import BenchReports
import BenchService
import BenchStorage
import BenchTestSupport
import Testing

/// An answer as of a time is the answer that was given then.
struct `As of a time` {
  private static let path = "/team/benchtrail.yaml"
  private static let hosts = ["web-1", "web-2", "db-1"]
  private static let controls = [Sample.privileged, Sample.icc, Sample.partition, Sample.restore]

  /// What happens on a day.
  private enum Event {
    case run(Run)
    case policy(String)
    case baseline(host: String)
    case noBaseline(host: String)
  }

  /// What happens over twelve days: runs, policies, and baselines.
  private static func events(_ generator: inout SeededGenerator) -> [[Event]] {
    (0..<12).map { day in
      var events: [Event] = []
      for host in hosts where Int.random(in: 0..<3, using: &generator) > 0 {
        let findings = controls.filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }.map {
          Example.finding(
            $0, [.fail, .fail, .pass, .manual].randomElement(using: &generator) ?? .pass)
        }
        let isKube = Int.random(in: 0..<6, using: &generator) == 0
        events.append(
          .run(
            Run(
              host: host, release: isKube ? Sample.kube : Example.release(), form: .text,
              startedAt: Past.day(Int64(day)), timeSource: .log,
              isComplete: Int.random(in: 0..<5, using: &generator) > 0, printedChecks: nil,
              printedScore: nil, line: 1, findings: findings)))
      }
      if Int.random(in: 0..<3, using: &generator) == 0 {
        events.append(.policy(policy(&generator)))
      }
      let host = hosts.randomElement(using: &generator) ?? ""
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: events.append(.baseline(host: host))
      case 1: events.append(.noBaseline(host: host))
      default: break
      }
      return events
    }
  }

  private static func policy(_ generator: inout SeededGenerator) -> String {
    var text = "version: 1\ngate:\n  severity: high\n  new-failures: true\nwaivers:\n"
    for control in controls where Bool.random(using: &generator) {
      text += "  - control: \(control)\n    reason: known\n    owner: me\n"
      if Bool.random(using: &generator) { text += "    hosts: [web-*]\n" }
      if Bool.random(using: &generator) {
        text += "    expires: 2026-01-0\(Int.random(in: 1...9, using: &generator))\n"
      }
    }
    if Bool.random(using: &generator) {
      text += "severities:\n  \(Sample.restore): critical\n"
    }
    return text.replacingOccurrences("waivers:\nseverities", "severities")
  }

  /// Lets what happens until a day happen.
  private static func play(
    _ events: [[Event]], until last: Int, in repository: any RunRepository
  ) throws {
    for (day, events) in events.enumerated() where day <= last {
      let noon = Past.day(Int64(day)) + 43_200
      for event in events {
        switch event {
        case .run(let run): try repository.add(run)
        case .policy(let text):
          let bytes = Array(text.utf8)
          repository.note(policy: path, bytes, Digest(of: bytes), at: noon) { nil }
        case .baseline(let host):
          guard try repository.hasHost(host) else { continue }
          _ = try Baselines.set(nil, RunFilter(host: host), at: noon, in: repository)
        case .noBaseline(let host):
          _ = try Baselines.clear(RunFilter(host: host), at: noon, in: repository)
        }
      }
    }
  }

  /// What happens until a day, each with its time.
  private static func timed(_ events: [[Event]], until last: Int) -> [(Event, Int64)] {
    events.enumerated().prefix(last + 1).flatMap { day, events in
      events.map { ($0, Past.day(Int64(day)) + 43_200) }
    }
  }

  /// All that is answered.
  private static func answers(
    _ query: HostQuery, in repository: any RunRepository
  ) throws -> [(String, String)] {
    let options = HostsReport.Options(FleetOverview.Choice(), limit: nil, isNarrow: false)
    let top = TopReport.Options(
      grouping: .control, limit: 50, isExplained: true, time: query.time)
    var export = ""
    try WriteExport(query, format: .json, toolVersion: "1").run(in: repository) {
      export += String(decoding: $0, as: UTF8.self)
    }
    return [
      (
        "hosts",
        try JSONText.encode(
          HostsJSON(query.overview(silentAfter: 2, in: repository), options))
      ),
      ("top", try JSONText.encode(TopJSON(query.ranking(by: .control, in: repository), top))),
      (
        "stride",
        try JSONText.encode(
          StrideJSON(query.stride(base: .baseline, in: repository), baseWords: "base"))
      ),
      ("threats", try JSONText.encode(ThreatsJSON(query.threats(in: repository), system: nil))),
      (
        "shortlist",
        try JSONText.encode(
          ShortlistJSON(query.shortlist(limit: 50, merging: nil, in: repository)))
      ),
      (
        "gate",
        try JSONText.encode(
          GateJSON(GateHosts(query, thresholds: query.policy.thresholds).run(in: repository)))
      ),
      (
        "trend",
        try JSONText.encode(
          TrendJSON(ReadTrend(query).run(in: repository).trend, host: nil))
      ),
      (
        "report",
        MarkdownRenderer(level: 1).render(
          try WriteReport(query, limit: 50).run(in: repository).document)
      ),
      ("export", export),
      ("runs", try JSONText.encode(RunsJSON(repository.runs(query.filter)))),
      (
        "compare",
        try JSONText.encode(
          FleetJSON(CompareRuns.fleet(query, in: repository)))
      ),
      ("audit", "\(try query.audit(days: 3, in: repository).remarks)"),
      (
        "show",
        try hosts.map { host in
          guard try repository.runs(RunFilter(host: host, until: query.until)).isEmpty == false
          else { return "" }
          let run = try repository.run(named: host, asOf: query.asOf)
          return try JSONText.encode(
            ShowJSON(run.summary, run.findings) { query.judgement.judge($0, host: host) })
        }.joined()
      ),
    ]
  }

  @Test(arguments: 0..<24 as Range<UInt64>)
  func `is what was said then`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let events = Self.events(&generator)
    let later = Int64.random(in: 0..<1_000, using: &generator) * 86_400
    let all: any RunRepository =
      seed % 4 == 0 ? try RunStore(.embedded) : MemoryRepository()
    try Self.play(events, until: 11, in: all)
    for day in [2, 5, 8] {
      let time = Past.day(Int64(day)) + 86_399
      let then: any RunRepository =
        seed % 4 == 0 ? try RunStore(.embedded) : MemoryRepository()
      try Self.play(events, until: day, in: then)
      guard try !then.runs(RunFilter()).isEmpty else { continue }
      // The policy of then, told from the events and not from what is remembered.
      var policy: Policy?
      var accepted: [(Waiver, Int64)] = []
      for (event, noon) in Self.timed(events, until: day) {
        guard case .policy(let content) = event else { continue }
        policy = PolicyFile(content, .embedded).policy
        accepted += (policy?.waivers ?? []).map { ($0, noon) }
      }
      let known = try PolicyInForce.past(
        Self.path, nil, at: time, now: Past.day(12) + later, .embedded, in: all)
      guard var policy else {
        // What was not known then accepts nothing that anybody accepted later.
        #expect(known.policy.waivers.allSatisfy { !$0.holds(at: time) })
        continue
      }
      #expect(known.source?.kind == .inForce)
      for place in policy.waivers.indices {
        let own = policy.waivers[place]
        policy.waivers[place].accepted =
          accepted.first { $0.0.coverage == own.coverage && $0.0.items == own.items }?.1
      }
      let own = try Self.answers(
        HostQuery(asOf: time, policy: known.policy, time: time), in: all)
      let expected = try Self.answers(
        HostQuery(asOf: time, policy: policy, time: time), in: then)
      for (own, expected) in zip(own, expected) {
        let lines = zip(own.1.split(separator: "\n"), expected.1.split(separator: "\n"))
        let other = lines.first { $0 != $1 }
        let isSame = own.1 == expected.1
        #expect(isSame, "\(own.0) on day \(day): \(other.map { "\($0) / \($1)" } ?? "")")
      }
    }
  }
}

extension String {
  fileprivate func replacingOccurrences(_ text: String, _ other: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      result += rest[..<range.lowerBound] + other
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
