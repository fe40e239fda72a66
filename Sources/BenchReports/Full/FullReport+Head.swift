import BenchAnalysis
import BenchHistory
import BenchModel

/// The answer first: the verdict, and four numbers with what they were.
extension FullReport {
  /// Of more reasons the number is told.
  private static let mostReasons = 5

  func verdict(
    _ fleet: FleetOverview, _ changes: FleetComparison, _ gate: Gate?
  ) -> Document.Verdict {
    guard let gate else {
      let isClean = fleet.open.total == 0
      let hint: Document.Line = [
        .init("No policy has a gate: "), .init("benchtrail policy init", .code),
        .init(" writes one."),
      ]
      return Document.Verdict(
        state: isClean ? .clean : .open, title: [.init(open(fleet))],
        paragraphs: [happened(changes)] + unseen + [hint], reasons: [])
    }
    let hosts = TrendReport.count(gate.hosts.count, "host")
    let title: String
    let state: Document.Verdict.State
    switch gate.state {
    case .tripped:
      let unknown = gate.count(.notMeasurable)
      (state, title) = (
        .failed,
        (gate.hosts.count == 1
          ? "Gate failed" : "Gate failed on \(gate.count(.tripped)) of \(hosts)")
          + (unknown > 0 ? ", and can't judge \(unknown)" : "")
      )
    case .notMeasurable:
      (state, title) = (.unknown, "Gate can't judge \(gate.count(.notMeasurable)) of \(hosts)")
    case .passed:
      (state, title) = (.passed, gate.hosts.count == 1 ? "Gate passed" : "Gate passed on \(hosts)")
    }
    var paragraphs = [[.init(open(fleet) + ". ")] + happened(changes)] + unseen
    if gate.count(.notMeasurable) > 0 {
      paragraphs.append([
        .init("benchtrail gate", .code), .init(" says why a host can't be judged."),
      ])
    }
    let reasons = gate.reasons.prefix(Self.mostReasons).map { reason in
      [
        .init(Untrusted(reason.host), .strong), .init(": "),
        .init(GateReport.words(reason), .bad), .init(" "),
      ] + GateReport.what(reason, gate.catalog).filter { $0.style != .faint }
    }
    let more = gate.reasons.count - reasons.count
    return Document.Verdict(
      state: state, title: [.init(title)], paragraphs: paragraphs,
      reasons: more > 0
        ? reasons + [
          [
            .init("and \(TrendReport.count(more, "reason")) more: "),
            .init("benchtrail gate", .code),
          ]
        ] : reasons)
  }

  /// What is open, in a sentence without its stop.
  private func open(_ fleet: FleetOverview) -> String {
    guard fleet.open.total > 0 else {
      return fleet.waived > 0 ? "Nothing is open that nobody accepted" : "Nothing is open"
    }
    let worst = Severity.descending.first { fleet.open[$0] > 0 }
    guard fleet.open.total > 1 else {
      return "1 open failure" + (worst.map { ", \($0.name)" } ?? "")
    }
    return "\(fleet.open.total) open failures"
      + (worst.map { ", \(fleet.open[$0]) of them \($0.name)" } ?? "")
  }

  /// What happened since the run before, in a sentence.
  private func happened(_ changes: FleetComparison) -> Document.Line {
    let (worse, fixed) = (books.worse, books[.fixed])
    guard hasBase else { return [.init("There is no run before to compare with.")] }
    let more = changes.changed.reduce(0) { $0 + $1.comparison.withMoreItems }
    let items =
      more > 0
      ? " \(TrendReport.count(more, "failure that stayed has", "failures that stayed have")) more items."
      : ""
    guard worse + fixed > 0 else {
      return [.init("No failure began since the run before." + items, more > 0 ? .notable : .plain)]
    }
    return [
      .init("\(worse) got worse", worse > 0 ? .bad : .plain), .init(" and "),
      .init("\(fixed) got fixed", fixed > 0 ? .good : .plain),
      .init(" since the run before." + items),
    ]
  }

  /// What the newest runs did not look at, in a sentence; nothing where they looked at all.
  private var unseen: [Document.Line] {
    let count = leftOut.values.reduce(0) { $0 + $1.hosts }
    var words: [String] = []
    if incompleteCount > 0 {
      words.append(
        hostCount == 1
          ? "The newest run is incomplete."
          : "\(TrendReport.count(incompleteCount, "newest run is", "newest runs are")) incomplete.")
    }
    if count > 0 {
      words.append(
        TrendReport.count(count, "open failure was", "open failures were")
          + " not evaluated by the newest run.")
    }
    return words.isEmpty ? [] : [[.init(words.joined(separator: " "), .notable)]]
  }

  // MARK: - Tiles

  func tiles(_ fleet: FleetOverview) -> [Document.Tile] {
    [open(fleet), complianceTile, changes, hosts(fleet)]
  }

  private func open(_ fleet: FleetOverview) -> Document.Tile {
    var detail: [String] = []
    if fleet.open.unrated > 0 { detail.append("\(fleet.open.unrated) of unmapped checks") }
    if fleet.waived > 0 { detail.append("\(fleet.waived) more accepted") }
    if hasBase, books[.firstSeen] > 0 {
      detail.append("\(books[.firstSeen]) of first runs, not in the change")
    }
    return Document.Tile(
      title: "Open", value: [.init("\(fleet.open.total)", .strong)],
      delta: hasBase
        ? Document.Tile.Delta(
          fleet.open.total - openBefore, isGoodDown: true,
          text: "\(abs(fleet.open.total - openBefore))")
        : nil,
      detail: detail.isEmpty ? [] : [.init(detail.joined(separator: ", "))],
      parts: Severity.descending.compactMap { severity in
        fleet.open[severity] > 0 ? (severity, fleet.open[severity]) : nil
      })
  }

  private var complianceTile: Document.Tile {
    let (now, before) = (compliance.tenthsWhole, complianceBefore.tenthsWhole)
    let change = now.flatMap { now in before.map { now - $0 } }
    return Document.Tile(
      title: "Compliance",
      value: [.init(compliance.text.map { $0 + "\u{A0}%" } ?? "not judged", .strong)],
      delta: hasBase
        ? change.map {
          Document.Tile.Delta(
            $0, isGoodDown: false,
            text: (abs($0) % 10 == 0 ? "\(abs($0) / 10)" : "\(abs($0) / 10).\(abs($0) % 10)")
              + " points")
        } : nil,
      detail: [
        .init("\(compliance.pass) of \(compliance.pass + compliance.fail) judged checks pass")
      ],
      share: compliance.percent)
  }

  private var changes: Document.Tile {
    let (worse, fixed) = (books.worse, books[.fixed])
    guard hasBase else {
      return Document.Tile(
        title: "Since the run before", value: [.init("first run", .strong)],
        detail: [.init("nothing to compare with")])
    }
    let moved = Movement.allCases.filter { books[$0] > 0 && $0 != .fixed }
    let words = moved.map { "\(books[$0]) \(BooksReport.words($0))" }
    return Document.Tile(
      title: "Since the run before",
      value: [.init("\(worse) worse", worse > 0 ? .bad : .strong)],
      delta: Document.Tile.Delta(
        text: "\(fixed) fixed", isUp: nil, isGood: fixed > 0 ? true : nil),
      detail: [.init(words.isEmpty ? "nothing else moved" : words.joined(separator: ", "))])
  }

  private func hosts(_ fleet: FleetOverview) -> Document.Tile {
    let newest = fleet.hosts.map(\.lastRun).max() ?? 0
    let last = CivilTime.short(newest) + " UTC"
    var detail = fleet.hosts.count == 1 ? [] : ["newest run \(last)"]
    if incompleteCount > 0 {
      detail.append(
        hostCount == 1 ? "incomplete" : "\(incompleteCount) of the newest runs incomplete")
    }
    let silence = "silent: no run for more than \(TrendReport.count(fleet.silentAfter, "day"))"
    if fleet.hosts.count == 1, let host = fleet.hosts.first {
      detail.insert(last, at: 0)
      if host.isSilent { detail.append(silence) }
      let age = host.age.days
      return Document.Tile(
        title: "Last run",
        value: [
          .init(
            age == 0 ? "today" : TrendReport.count(age, "day") + " ago",
            host.isSilent ? .notable : .strong)
        ],
        detail: [.init(detail.joined(separator: ", "))])
    }
    if fleet.silent > 0 { detail.append("\(fleet.silent) \(silence)") }
    return Document.Tile(
      title: "Hosts", value: [.init("\(fleet.hosts.count)", .strong)],
      detail: [.init(detail.joined(separator: ", "))])
  }
}

extension Document.Tile.Delta {
  /// How a number moved by so much.
  fileprivate init(_ change: Int, isGoodDown: Bool, text: String) {
    self.text = change == 0 ? "as before" : text
    isUp = change == 0 ? nil : change > 0
    isGood = change == 0 ? nil : (change < 0) == isGoodDown
  }
}

extension Compliance {
  /// In tenths of a percent, rounded down as it is shown.
  fileprivate var tenthsWhole: Int? { tenThousandths.map { $0 / 10 } }
}
