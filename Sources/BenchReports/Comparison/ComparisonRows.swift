import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The rows of a comparison: of each change severity, id and title, with the slug and the items on lines of their own.
struct ComparisonRows {
  /// Says how severe a failure is.
  private let policy: Policy
  /// As many items of a change are listed.
  private static let mostItems = 8

  /// Creates rows with the severities of a policy.
  init(_ policy: Policy) { self.policy = policy }

  static let columns = [
    Document.Column(""), Document.Column(""), Document.Column("", isFlexible: true),
  ]

  /// Describes changes, the most severe first.
  func rows(_ changes: [ControlChange]) -> [[Document.Line]] {
    SeverityOrder.sorted(changes, policy) {
      ($0.isOfFailure ? $0.control : nil, ($0.head ?? $0.base)?.checkID ?? "")
    }.map(row)
  }

  private func row(_ change: ControlChange) -> [Document.Line] {
    [
      change.isOfFailure ? [TrendReport.severity(change.severity(policy))] : [],
      [.init(Untrusted(Self.ids(change)))],
      title(change) + Self.lines(change).flatMap { [.lineBreak] + $0 },
    ]
  }

  private func title(_ change: ControlChange) -> Document.Line {
    let title = (change.head ?? change.base).map(policy.title) ?? ""
    let was = change.base?.outcome
    // What differs by the check's logic has both outcomes on a line of its own.
    guard change.change == .regressed, was != .pass, !change.isDoubtful else {
      return [.init(Untrusted(title))]
    }
    return [.init(Untrusted(title)), .init(" (was "), RunReport.outcome(was), .init(")")]
  }

  /// What stands below the title.
  private static func lines(_ change: ControlChange) -> [Document.Line] {
    var lines: [Document.Line] = [[.init(Untrusted(change.control ?? "unmapped"), .faint)]]
    if change.change == .other || change.isDoubtful { lines.append(outcomes(change)) }
    lines += items(change)
    if let absence = change.absence { lines.append([.init(words(absence), .faint)]) }
    if change.isDoubtful, let criteria = change.criteria {
      lines.append([.init("logic before: ", .faint)] + says(criteria.base))
      lines.append([.init("logic now: ", .faint)] + says(criteria.head))
    }
    return lines
  }

  /// The id in the run that has it; both where the edition changed it.
  private static func ids(_ change: ControlChange) -> String {
    let (base, head) = (change.base?.checkID, change.head?.checkID)
    guard let base, let head else { return base ?? head ?? "" }
    return base == head ? head : "\(base)>\(head)"
  }

  private static func outcomes(_ change: ControlChange) -> Document.Line {
    let (base, head) = (change.base?.outcome, change.head?.outcome)
    guard base != head else { return [RunReport.outcome(head)] }
    return [RunReport.outcome(base), .init(" → "), RunReport.outcome(head)]
  }

  /// A line for each item that came or went, those that came first.
  private static func items(_ change: ControlChange) -> [Document.Line] {
    let added = RunReport.names(change.itemsAdded)
    let removed = RunReport.names(change.itemsRemoved)
    let room = min(added.count, max(mostItems - removed.count, mostItems / 2))
    return lines(added, "+ ", .bad, most: room)
      + lines(removed, "- ", .good, most: mostItems - room)
  }

  private static func lines(
    _ names: [String], _ sign: String, _ style: Document.Style, most: Int
  ) -> [Document.Line] {
    var lines = names.prefix(most).map { name -> Document.Line in
      [.init(sign, style), .init(Untrusted(name))]
    }
    if names.count > most {
      lines.append([.init(sign, style), .init("and \(names.count - most) more", .faint)])
    }
    return lines
  }

  private static func words(_ absence: Absence) -> String {
    switch absence {
    case .notInEdition: "the edition has no such check"
    case .incompleteRun: "the run ends before it"
    case .notRun: "it was not run"
    case .outOfScope: "the run was told to leave it out"
    }
  }

  private static func says(_ criteria: [Criterion]) -> Document.Line {
    var line: Document.Line = []
    for criterion in criteria {
      if !line.isEmpty { line.append(.init("; or ", .faint)) }
      line.append(.init("\(criterion.says) "))
      line.append(.init("(since \(criterion.since))", .faint))
    }
    return line
  }
}
