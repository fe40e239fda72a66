import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel

/// The report for people on what changed between two runs.
package enum ComparisonReport {
  /// Describes a comparison: what got worse first, what another criterion explains last.
  ///
  /// - Parameters:
  ///   - base: The run before.
  ///   - head: The run after.
  ///   - comparison: What changed.
  ///   - isVerbose: Whether failures that stayed as they were are listed too.
  /// - Returns: The report.
  package static func document(
    _ base: RunSummary, _ head: RunSummary, _ comparison: Comparison, isVerbose: Bool
  ) -> Document {
    var document = Document()
    document.heading(
      .init("Comparing "), .init(String(base.name.prefix(10)), .notable), .init(" with "),
      .init(String(head.name.prefix(10)), .notable))
    document.table(
      [Document.Column(""), Document.Column("", isFlexible: true)],
      [
        [[.init("from", .faint)], RunReport.header(base)],
        [[.init("to", .faint)], RunReport.header(head)],
      ])
    if base.host != head.host {
      document.paragraph(.init("These are runs of different hosts.", .notable))
    }
    for (run, word) in [(base, "first"), (head, "second")] where !run.isComplete {
      document.paragraph(
        .init("The \(word) run is incomplete: what it lacks is not judged.", .notable))
    }
    document.paragraph(summary(comparison))
    document.paragraph(BooksReport.line(comparison.books))
    let controls = comparison.catalog.controls
    let steady = comparison.changes.filter { !$0.isDoubtful }
    let shown = steady.filter { isWorthShowing($0, isVerbose) }
    for section in sections {
      let changes = shown.filter(section.has)
      // Without --verbose, failures that stayed are listed only where their items changed.
      let note = changes.first?.change == .stillFailing && !isVerbose ? ", with other items" : ""
      list(changes, section.title + note, section.style, &document, controls)
    }
    listCriteria(comparison, &document, controls)
    let hidden = steady.count - shown.count
    if hidden > 0 {
      document.paragraph(.init(""))
      document.paragraph(
        .init(
          "\(hidden) more stayed as they were or are in one run only; --verbose lists them.",
          .faint))
    }
    return document
  }

  private struct Section {
    var title: String
    var style: Document.Style
    var has: (ControlChange) -> Bool

    init(_ title: String, _ style: Document.Style, _ has: @escaping (ControlChange) -> Bool) {
      self.title = title
      self.style = style
      self.has = has
    }
  }

  private static var sections: [Section] {
    [
      Section("Regressed", .bad) { $0.change == .regressed },
      Section("Newly seen failing", .bad) { $0.change == .newlySeen },
      Section("Fixed", .good) { $0.change == .fixed },
      Section("Not evaluated any more, still open", .notable) {
        $0.change == .notEvaluated && $0.base?.outcome == .fail
      },
      Section("No longer applicable", .plain) { $0.change == .noLongerApplicable },
      Section("Still failing", .plain) { $0.change == .stillFailing },
      Section("Other changes", .plain) { $0.change == .other },
      Section("Not evaluated any more", .plain) {
        $0.change == .notEvaluated && $0.base?.outcome != .fail
      },
    ]
  }

  private static func isWorthShowing(_ change: ControlChange, _ isVerbose: Bool) -> Bool {
    if isVerbose { return true }
    switch change.change {
    case .stillFailing: return !change.itemsAdded.isEmpty || !change.itemsRemoved.isEmpty
    case .notEvaluated: return change.base?.outcome == .fail
    case .other: return change.base != nil
    case .regressed, .newlySeen, .fixed, .noLongerApplicable: return true
    }
  }

  private static func summary(_ comparison: Comparison) -> Document.Line {
    [
      .init("\(comparison.count(.regressed)) regressed", .bad), .init(", "),
      .init("\(comparison.count(.newlySeen)) newly seen", .bad), .init(", "),
      .init("\(comparison.count(.fixed)) fixed", .good),
      .init(
        ", \(comparison.count(.stillFailing)) still failing"
          + (comparison.withMoreItems > 0 ? " (\(comparison.withMoreItems) with more items)" : "")
          + ", \(comparison.leftOpen) not evaluated any more"
      ),
      .init(", \(comparison.criterionChanged) judged by another criterion", .notable),
    ]
  }

  private static func list(
    _ changes: [ControlChange], _ title: String, _ style: Document.Style,
    _ document: inout Document, _ controls: Controls
  ) {
    guard !changes.isEmpty else { return }
    document.heading(.init("\(title) (\(changes.count))", style == .plain ? .strong : style))
    document.table(columns, changes.map { row($0, controls) })
  }

  private static let columns = [
    Document.Column("check"), Document.Column("was"), Document.Column("is"),
    Document.Column("control", isFlexible: true), Document.Column("items", isFlexible: true),
  ]

  private static func row(
    _ change: ControlChange, _ controls: Controls
  ) -> [Document.Line] {
    let finding = change.head ?? change.base
    let title = change.control.flatMap(controls.control)?.title ?? finding?.title ?? ""
    var items: Document.Line = []
    if !change.itemsAdded.isEmpty {
      items.append(.init("+ ", .bad))
      items += RunReport.items(change.itemsAdded)
    }
    if !change.itemsRemoved.isEmpty {
      if !items.isEmpty { items.append(.init("  ")) }
      items.append(.init("- ", .good))
      items += RunReport.items(change.itemsRemoved)
    }
    if let absence = change.absence { items.append(.init(words(absence), .faint)) }
    return [
      [.init(Untrusted(ids(change)))], [RunReport.outcome(change.base?.outcome)],
      [RunReport.outcome(change.head?.outcome)],
      [.init(Untrusted(title)), .init(Untrusted(" " + (change.control ?? "unmapped")), .faint)],
      items,
    ]
  }

  /// The id in the run that has it; both where the edition changed it.
  private static func ids(_ change: ControlChange) -> String {
    let (base, head) = (change.base?.checkID, change.head?.checkID)
    guard let base, let head else { return base ?? head ?? "" }
    return base == head ? head : "\(base)>\(head)"
  }

  /// A change as a word in its colour.
  static func word(_ change: Change) -> Document.Span {
    switch change {
    case .regressed: .init("regressed", .bad)
    case .newlySeen: .init("newly seen", .bad)
    case .fixed: .init("fixed", .good)
    case .stillFailing: .init("other items", .notable)
    case .notEvaluated: .init("not evaluated", .notable)
    case .noLongerApplicable: .init("no longer applicable")
    case .other: .init("other")
    }
  }

  private static func words(_ absence: Absence) -> String {
    switch absence {
    case .notInEdition: "the edition has no such check"
    case .incompleteRun: "the run ends before it"
    case .notRun: "it was not run"
    case .outOfScope: "the run was told to leave it out"
    }
  }

  /// Lists apart what may differ only because the tool judges otherwise, with both criteria.
  private static func listCriteria(
    _ comparison: Comparison, _ document: inout Document, _ controls: Controls
  ) {
    let changes = comparison.changes.filter(\.isDoubtful)
    guard !changes.isEmpty else { return }
    document.heading(.init("Judged by another criterion (\(changes.count))", .notable))
    document.paragraph(
      .init(
        "The tool's logic may differ between the two versions, so these say little of the host."))
    for change in changes {
      document.table(columns, [row(change, controls)])
      guard let criteria = change.criteria else { continue }
      document.bullet([.init("was: ", .faint)] + says(criteria.base))
      document.bullet([.init("is:  ", .faint)] + says(criteria.head))
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
