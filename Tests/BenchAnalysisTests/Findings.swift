import BenchCatalog
import BenchHistory
import BenchAnalysis
import BenchModel

@testable import BenchHistory

/// A finding as it is known of a host, since the second 100 if it fails.
struct KnownFinding {
  var finding: Finding
  var isLeftOut = false

  static func of(
    _ control: String?, _ outcome: Outcome = .fail, items: [String] = [], isLeftOut: Bool = false
  ) -> KnownFinding {
    KnownFinding(
      finding: Finding(
        control: control, section: "runtime", checkID: "5.1", title: "Title", printed: .warn,
        outcome: outcome, line: 1,
        items: items.map { Item(kind: .container, name: $0, stableName: $0) }),
      isLeftOut: isLeftOut)
  }

  static func of(_ finding: Finding, isLeftOut: Bool = false) -> KnownFinding {
    KnownFinding(finding: finding, isLeftOut: isLeftOut)
  }
}

extension JudgedHost {
  /// A host of which so much is known, judged by a policy.
  ///
  /// What its newest run of one system left out is from a run before, of which nothing else is known.
  static func of(
    _ host: String, _ findings: [KnownFinding], _ judgement: Judgement,
    system: Tool.System = .docker
  ) -> JudgedHost {
    var titles: [Int32: HistoryTitle] = [:]
    var record = StandingRecord()
    record.runs = [1, 2].map {
      HistoryRun(id: $0, order: RunOrder(startedAt: 99 + $0), release: 1, snapshot: Int($0))
    }
    record.lasts = [StandingRecord.Last(run: 0, before: nil, content: 1, place: 0, greatest: 1)]
    record.count = 1
    let sorted = findings.filter { !$0.isLeftOut } + findings.filter(\.isLeftOut)
    for (place, known) in sorted.enumerated() {
      let (finding, title) = (known.finding, Int32(place + 1))
      titles[title] = HistoryTitle(
        checkID: finding.checkID, title: finding.title, control: finding.control)
      record.entries.append(
        StandingRecord.Entry(
          title: title, outcome: finding.outcome, content: known.isLeftOut ? 2 : 1,
          run: known.isLeftOut ? 1 : 0, position: place,
          openSince: finding.outcome == .fail ? 100 : nil, items: finding.itemCount))
    }
    let checks = CheckKeys(titles: titles, releases: [:], .embedded)
    let part = KnownFindings.Part(system: system, record: record)
    let known = KnownFindings(checks, [part]) { _, isMeant in
      sorted.enumerated().filter { isMeant?(Int32($0.offset + 1)) ?? true }.map(\.element.finding)
    }
    return JudgedHost(HostFindings(host, known), judgement)
  }
}
