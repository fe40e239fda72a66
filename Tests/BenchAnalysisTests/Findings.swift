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
    return CurrentFinding(
      finding: finding,
      entry: Standing.Entry(
        outcome: finding.outcome, release: 1, content: 1, run: run, title: 1, scope: .whole,
        openSince: finding.outcome == .fail ? 100 : nil),
      system: .docker, isLeftOut: isLeftOut, isNew: false)
  }
}

extension JudgedHost {
  /// A host of which so much is known, judged by a policy.
  static func of(
    _ host: String, _ findings: [CurrentFinding], _ judgement: Judgement,
    systems: [Tool.System] = []
  ) -> JudgedHost {
    JudgedHost(HostFindings(host: host, runs: [], systems: systems, findings: findings), judgement)
  }
}
