package import BenchAnalysis
package import BenchHistory
package import BenchModel

/// The report for people on what changed between two runs.
package enum ComparisonReport {
  /// Describes a comparison: what got worse first, what another logic of the check explains last.
  ///
  /// - Parameters:
  ///   - base: The run before.
  ///   - head: The run after.
  ///   - comparison: What changed.
  ///   - isVerbose: Whether failures that stayed as they were are listed too.
  ///   - policy: Says how severe a failure is; nil for the catalogue alone.
  /// - Returns: The report.
  package static func document(
    _ base: RunSummary, _ head: RunSummary, _ comparison: Comparison, isVerbose: Bool,
    policy: Policy? = nil
  ) -> Document {
    var document = Document()
    document.blocks.append(.heading(title(base, head)))
    document.paragraph(tools(base, head))
    if base.host != head.host {
      document.paragraph(.init("These are runs of different hosts.", .notable))
    }
    for (run, word) in [(base, "first"), (head, "second")] where !run.isComplete {
      document.paragraph(
        .init("The \(word) run is incomplete: what it lacks is not judged.", .notable))
    }
    summary(comparison, &document)
    document.paragraph(BooksReport.line(comparison.books))
    let rows = ComparisonRows(policy ?? Policy(comparison.catalog))
    let steady = comparison.changes.filter { !$0.isDoubtful }
    let shown = steady.filter { isWorthShowing($0, isVerbose) }
    for section in sections { list(shown.filter(section.has), section, rows, &document) }
    list(comparison.changes.filter(\.isDoubtful), byLogic, rows, &document)
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

  // MARK: - What is compared

  /// Hosts and times, with an arrow from the run before to the run after.
  private static func title(_ base: RunSummary, _ head: RunSummary) -> Document.Line {
    let (from, to) = (CivilTime.short(base.startedAt), CivilTime.short(head.startedAt))
    if base.host == head.host {
      return [.init(Untrusted(head.host)), .init(": \(from) → \(to) UTC")]
    }
    return [
      .init(Untrusted(base.host)), .init(" \(from) → "), .init(Untrusted(head.host)),
      .init(" \(to) UTC"),
    ]
  }

  private static func tools(_ base: RunSummary, _ head: RunSummary) -> Document.Line {
    let words = [base, head].map { run in
      let printed = run.release.printed.map { " " + $0 } ?? ""
      return run.release.tool.name + printed + ", " + (run.release.edition ?? "edition unknown")
    }
    let ids = [base, head].map { String($0.name.prefix(10)) }
    return [
      .init(Untrusted(words[0])),
      words[0] == words[1] ? .init("") : .init(" → "),
      .init(Untrusted(words[0] == words[1] ? "" : words[1])),
      .init("; runs \(ids[0]) and \(ids[1])", .faint),
    ]
  }

  // MARK: - Counts

  private static func summary(_ comparison: Comparison, _ document: inout Document) {
    let stayed = comparison.changes.filter { $0.change == .stillFailing && !$0.isDoubtful }
    let others = stayed.count { $0.hasOtherItems }
    var line: Document.Line = [
      .init("\(comparison.count(.regressed)) regressed", .bad), .init(", "),
      .init("\(comparison.count(.newlySeen)) newly seen", .bad), .init(", "),
      .init("\(comparison.count(.fixed)) fixed", .good),
      .init(", \(others) still failing with other items"),
    ]
    if comparison.withMoreItems > 0 {
      line.append(.init(" (\(comparison.withMoreItems) of them with more)", .bad))
    }
    line.append(.init(", " + TrendReport.count(stayed.count - others, "unchanged failure")))
    if comparison.leftOpen > 0 {
      line.append(.init(", \(comparison.leftOpen) not evaluated any more, still open", .notable))
    }
    document.paragraph(line)
    let doubtful = comparison.criterionChanged
    if doubtful > 0 {
      document.paragraph(
        .init(
          "\(doubtful) \(doubtful == 1 ? "differs" : "differ") because the check's logic changed "
            + "(listed last, not counted)", .notable))
    }
  }

  // MARK: - Lists

  private struct Section {
    var title: String
    var style: Document.Style
    /// A sentence on what the title means.
    var note: String?
    var has: (ControlChange) -> Bool

    init(
      _ title: String, _ style: Document.Style, _ note: String? = nil,
      _ has: @escaping (ControlChange) -> Bool
    ) {
      self.title = title
      self.style = style
      self.note = note
      self.has = has
    }
  }

  private static var sections: [Section] {
    [
      Section("Regressed", .bad) { $0.change == .regressed },
      Section("Newly seen failing", .bad, "The run before did not judge these.") {
        $0.change == .newlySeen
      },
      Section("Not evaluated any more, still open", .notable) {
        $0.change == .notEvaluated && $0.base?.outcome == .fail
      },
      Section("Fixed", .good) { $0.change == .fixed },
      Section(
        "Still failing, other items", .plain,
        "These fail in both runs, but not for the same items: + came, - went."
      ) {
        $0.change == .stillFailing && $0.hasOtherItems
      },
      Section("Still failing, as before", .plain) {
        $0.change == .stillFailing && !$0.hasOtherItems
      },
      Section("No longer applicable", .plain) { $0.change == .noLongerApplicable },
      Section("Other changes", .plain) { $0.change == .other },
      Section("Not evaluated any more", .plain) {
        $0.change == .notEvaluated && $0.base?.outcome != .fail
      },
    ]
  }

  private static var byLogic: Section {
    Section(
      "Differ because the check's logic changed", .notable,
      "The tool judges these by another logic in the second run, so they say little of the host. They count neither "
        + "as regressed nor as fixed."
    ) { _ in true }
  }

  private static func isWorthShowing(_ change: ControlChange, _ isVerbose: Bool) -> Bool {
    if isVerbose { return true }
    switch change.change {
    case .stillFailing: return change.hasOtherItems
    case .notEvaluated: return change.base?.outcome == .fail
    case .other: return change.base != nil
    case .regressed, .newlySeen, .fixed, .noLongerApplicable: return true
    }
  }

  private static func list(
    _ changes: [ControlChange], _ section: Section, _ rows: ComparisonRows,
    _ document: inout Document
  ) {
    guard !changes.isEmpty else { return }
    document.heading(
      .init(
        "\(section.title) (\(changes.count))", section.style == .plain ? .strong : section.style))
    if let note = section.note { document.paragraph(.init(note, .faint)) }
    document.table(ComparisonRows.columns, rows.rows(changes))
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
}

extension ControlChange {
  /// Whether items came or went.
  var hasOtherItems: Bool { !itemsAdded.isEmpty || !itemsRemoved.isEmpty }

  /// How bad the failure is that began, ended or stayed; nil where none did.
  func severity(_ policy: Policy) -> Severity? {
    isOfFailure ? policy.severity(of: control) : nil
  }

  /// Whether the control fails in one run or in both.
  var isOfFailure: Bool { base?.outcome == .fail || head?.outcome == .fail }
}
