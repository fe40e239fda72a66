import BenchCatalog
import BenchHistory
import BenchAnalysis
import BenchModel

@testable import BenchHistory

extension CurrentFinding {
  /// A finding of a control as it is known of a host, since the second 100 if it fails.
  static func of(
    _ control: String?, _ outcome: Outcome = .fail, items: [String] = [], isLeftOut: Bool = false
  ) -> CurrentFinding {
    let finding = Finding(
      control: control, section: "runtime", checkID: "5.1", title: "Title", printed: .warn,
      outcome: outcome, line: 1,
      items: items.map { Item(kind: .container, name: $0, stableName: $0) })
    return of(finding, isLeftOut: isLeftOut)
  }

  /// A finding as it is known of a host, since the second 100 if it fails.
  static func of(_ finding: Finding, isLeftOut: Bool = false) -> CurrentFinding {
    let run = HistoryRun(id: 1, order: RunOrder(startedAt: 100), release: 1, snapshot: 1)
    var record = StandingRecord()
    record.runs = [run]
    record.lasts = [
      StandingRecord.Last(run: 0, before: nil, content: isLeftOut ? 2 : 1, place: 0, greatest: 1)
    ]
    record.count = 1
    record.entries = [
      StandingRecord.Entry(
        title: 1, outcome: finding.outcome, content: 1, run: 0, position: 0,
        openSince: finding.outcome == .fail ? 100 : nil, items: finding.itemCount)
    ]
    let title = HistoryTitle(
      checkID: finding.checkID, title: finding.title, control: finding.control)
    let checks = CheckKeys(titles: [1: title], releases: [:], .embedded)
    let part = KnownFindings.Part(system: .docker, record: record)
    let host = HostFindings("web-1", KnownFindings(checks, [part]) { _ in [finding] })
    return host.findings[0]
  }
}

extension JudgedHost {
  /// A host of which so much is known, judged by a policy.
  static func of(
    _ host: String, _ findings: [CurrentFinding], _ judgement: Judgement,
    systems: [Tool.System] = []
  ) -> JudgedHost {
    let checks = CheckKeys(titles: [:], releases: [:], .embedded)
    return JudgedHost(
      HostFindings(
        host: host, runs: [], systems: systems, findings: findings,
        known: KnownFindings(checks, []) { _ in [] }), judgement)
  }
}
