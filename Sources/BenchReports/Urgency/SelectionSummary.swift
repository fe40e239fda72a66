import BenchAnalysis
import BenchModel

extension SelectionReport {
  /// As many that were passed over are told, beside those that were excluded.
  private static let mostPassedOver = 10

  /// The choice and its reasons.
  package var summary: Document {
    var document = Document()
    document.heading(.init("\(TrendReport.count(selection.choices.count, "finding")) chosen"))
    choices(&document)
    return document
  }

  /// What was chosen and passed over, and why.
  func choices(_ document: inout Document) {
    document.table(
      Self.columns("why"),
      selection.choices.map { Self.row($0.candidate, [.init(Untrusted(why($0)))], .strong) })
    document.paragraph(
      .init(
        "Together they counter \(selection.answered.count) of "
          + "\(TrendReport.count(model.threats.count, "threat"))."))
    if selection.isAllExcluded {
      document.paragraph(.init("Every open finding is excluded, so none is chosen.", .bad))
    }
    outsiders(&document)
    ids(&document)
    movements(&document)
    passedOver(&document)
  }

  // MARK: - Tables

  private static func columns(_ reason: String) -> [Document.Column] {
    [
      Document.Column("id"), Document.Column("severity"),
      Document.Column("finding", isFlexible: true), Document.Column(reason, isFlexible: true),
    ]
  }

  private static func row(
    _ candidate: Selection.Candidate, _ reason: Document.Line, _ style: Document.Style = .plain
  ) -> [Document.Line] {
    [
      [.init(Untrusted(candidate.asked ?? candidate.finding.checkID), style)],
      [TrendReport.severity(candidate.severity)],
      [
        .init(Untrusted(candidate.finding.title)),
        .init(Untrusted(" " + candidate.control), .faint),
      ],
      reason,
    ]
  }

  /// Which of the chosen are outside, and whether these are fewer than was asked for.
  private func outsiders(_ document: inout Document) {
    guard !outside.isEmpty else { return }
    let chosen = selection.choices.map(\.candidate).filter(\.isOutside)
    let ids = outside.joined(separator: ", ")
    if !chosen.isEmpty {
      document.paragraph(
        .init("Outside "), .init(Untrusted(ids)), .init(": "),
        .init(Untrusted(chosen.map(\.finding.checkID).joined(separator: ", ")), .strong))
    }
    guard selection.missingOutside > 0 else { return }
    document.paragraph(
      .init("Outside "), .init(Untrusted(ids)),
      .init(
        " \(chosen.isEmpty ? "none" : "no more") could be chosen: "
          + "\(selection.missingOutside) fewer than asked for.", .bad))
  }

  /// What ids mean on which hosts.
  ///
  /// - Parameters:
  ///   - document: The report.
  ///   - severalAlone: Whether ids that mean one thing are left out.
  func ids(_ document: inout Document, severalAlone: Bool = false) {
    let counts = Dictionary(grouping: meanings) { $0.id }
    let known = meanings.filter {
      $0.id != nil && (!severalAlone || (counts[$0.id]?.count ?? 0) > 1)
    }
    guard !known.isEmpty else { return }
    document.heading(.init("What the ids mean"))
    document.table(
      [
        Document.Column("id"), Document.Column("edition"),
        Document.Column("control", isFlexible: true), Document.Column("hosts", isFlexible: true),
      ],
      known.map { meaning in
        [
          [.init(Untrusted(meaning.id ?? meaning.name), .strong)],
          [meaning.edition.map { Document.Span(Untrusted($0)) } ?? Document.Span("any", .faint)],
          [.init(Untrusted(meaning.control))],
          [.init(Untrusted(ShortlistReport.names(meaning.hosts)))],
        ]
      })
  }

  /// When findings failed that do not fail now.
  private func movements(_ document: inout Document) {
    let chosen = selection.choices.map(\.candidate)
    let isNamed = selection.choices.contains { $0.reason == .named }
    guard isNamed || chosen.contains(where: Self.hasMoved) else { return }
    document.heading(.init("Before and now"))
    document.table(
      [
        Document.Column("id"), Document.Column("host"),
        Document.Column("last failed", isFlexible: true), Document.Column("now", isFlexible: true),
      ],
      chosen.map(Self.movement))
  }

  /// Whether another run judged a finding than the one in which it failed last.
  private static func hasMoved(_ candidate: Selection.Candidate) -> Bool {
    guard let now = candidate.now else { return false }
    return candidate.before?.run.id != now.run.id
  }

  private static func movement(_ candidate: Selection.Candidate) -> [Document.Line] {
    let id = Document.Span(Untrusted(candidate.asked ?? candidate.finding.checkID), .strong)
    let host = Document.Span(Untrusted(candidate.hosts.first ?? ""))
    var before: Document.Line = [.init("in no run that was looked at", .faint)]
    if let evidence = candidate.before { before = printed(evidence, candidate.asked) }
    var now: Document.Line = []
    if let evidence = candidate.now { now = printed(evidence, candidate.asked) }
    return [[id], [host], before, now]
  }

  /// What a run printed under an id, and where.
  static func printed(_ evidence: Selection.Evidence, _ asked: String?) -> Document.Line {
    let (word, id, _) = evidence.printed(asked)
    var line: Document.Line = []
    // A part may have failed where the control held.
    if evidence.finding.part(id) == nil {
      line.append(RunReport.outcome(evidence.finding.outcome))
      line.append(.init(" "))
    }
    line.append(.init(Untrusted("[\(word)] \(id)")))
    line.append(.init(" \(CivilTime.short(evidence.run.startedAt)) UTC "))
    line.append(.init(Untrusted("\(evidence.run.path):\(evidence.finding.line)"), .faint))
    return line
  }

  private func passedOver(_ document: inout Document) {
    let first = selection.passedOver.prefix(Self.mostPassedOver)
    let others = selection.passedOver.dropFirst(Self.mostPassedOver)
    guard !first.isEmpty else { return }
    let excluded = others.filter { $0.reason == .excluded }
    document.heading(.init("Passed over"))
    document.table(
      Self.columns("why not"),
      (Array(first) + excluded).map { passed in
        Self.row(passed.candidate, [.init(Untrusted(whyNot(passed)), .faint)])
      })
    let more = others.count - excluded.count
    if more > 0 {
      document.paragraph(
        .init("and \(more) more, less urgent than the first \(Self.mostPassedOver).", .faint))
    }
  }

  // MARK: - Reasons

  private func titles(_ threats: [String]) -> String {
    threats.map { model[$0]?.title ?? $0 }.joined(separator: "; ")
  }

  private static func priority(_ candidate: Selection.Candidate) -> String {
    "priority \(Chart.Series.text(candidate.score.rounded()))"
  }

  private func why(_ choice: Selection.Choice) -> String {
    let priority = Self.priority(choice.candidate)
    switch choice.reason {
    case .answers(let threats):
      let first = "counters \(TrendReport.count(threats.count, "threat")) that none before it does"
      let severe = choice.isMostSevere ? ", and none of those left that does is more severe" : ""
      return "\(first)\(severe): \(titles(threats)) (\(priority))"
    case .mostUrgent:
      return "the most urgent of those left (\(priority))"
    case .outside(let threats):
      return "has a place kept for findings outside the ids (\(priority))"
        + (threats.isEmpty ? "" : "; counters \(titles(threats))")
    case .named:
      let threats = choice.candidate.threats
      return "named by the analyst" + (threats.isEmpty ? "" : "; counters \(titles(threats))")
    }
  }

  private func whyNot(_ passed: Selection.PassedOver) -> String {
    let candidate = passed.candidate
    let priority = Self.priority(candidate)
    switch passed.reason {
    case .excluded: return "excluded; \(priority)"
    case .unfixable: return "there is nothing to change where it was found; \(priority)"
    case .surfaceFull:
      return "the limit for surface \(candidate.surface) is reached; \(priority)"
    case .keptForOutside: return "a place is kept for findings outside the ids; \(priority)"
    case .lessSevere(let threats):
      return "less severe than the chosen, though it would counter "
        + "\(TrendReport.count(threats.count, "further threat")); \(priority)"
    case .answersFewer(let threats):
      return "would counter \(TrendReport.count(threats.count, "further threat")), "
        + "but would cost at least as many in place of a chosen one; \(priority)"
    case .answersNothingFurther:
      return candidate.threats.isEmpty
        ? "counters no threat of the model; \(priority)" : "counters no further threat; \(priority)"
    case .lessUrgent: return "less urgent than the chosen; \(priority)"
    }
  }
}
