import BenchModel

@testable import BenchAnalysis

extension KnownFinding {
  /// A finding of a control as it is known of a host, since the second 100 if it fails.
  static func of(
    _ control: String?, _ outcome: Outcome = .fail, items: [String] = [], isLeftOut: Bool = false
  ) -> KnownFinding {
    let finding = Finding(
      control: control, section: "runtime", checkID: "5.1", title: "Title", printed: .warn,
      outcome: outcome, line: 1,
      items: items.map { Item(kind: .container, name: $0, stableName: $0) })
    let run = HistoryRun(id: 1, startedAt: 100, release: 1, snapshot: 1)
    return KnownFinding(
      finding: finding,
      known: Standing.Known(
        outcome: outcome, release: 1, content: 1, run: run, title: 1, scope: .whole,
        openSince: outcome == .fail ? 100 : nil),
      isLeftOut: isLeftOut, isNew: false)
  }
}
