package import BenchAnalysis
import BenchCatalog
package import BenchModel
package import BenchRemedy

/// The report on a few chosen findings, short for a terminal or as the document of an analyst.
package struct SelectionReport: Sendable {
  /// A chosen finding after the fix was applied, by a later run.
  package struct After: Sendable {
    package var run: RunSummary
    package var findings: [ControlID: Finding]

    /// Creates the state of a later run.
    package init(_ run: StoredRun) {
      self.run = run.summary
      findings = [:]
      for finding in run.findings {
        guard let control = finding.control else { continue }
        // A control under two ids holds only if both do.
        if findings[control]?.outcome != .fail { findings[control] = finding }
      }
    }
  }

  private let selection: Selection
  private let model: ThreatModel
  private let assessment: ThreatAssessment
  private let runs: [RunSummary]
  private let remedies: Remedies
  private var catalog: Catalog { remedies.catalog }
  private let excluded: [String]
  private let after: After?
  private static let mostPassedOver = 10

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - selection: The chosen findings.
  ///   - assessment: The threat model against the evidence.
  ///   - model: The threat model.
  ///   - runs: The runs that the findings are from.
  ///   - remedies: The open failures by fix.
  ///   - excluded: The ids that were excluded, as given.
  ///   - after: A later run, if there is one.
  package init(
    _ selection: Selection, _ assessment: ThreatAssessment, model: ThreatModel,
    runs: [RunSummary], remedies: Remedies, excluded: [String], after: After?
  ) {
    self.selection = selection
    self.assessment = assessment
    self.model = model
    self.runs = runs
    self.remedies = remedies
    self.excluded = excluded
    self.after = after
  }

  /// The choice and its reasons.
  package var summary: Document {
    var document = Document()
    document.heading(.init("\(TrendReport.count(selection.choices.count, "finding")) chosen"))
    choices(&document)
    return document
  }

  /// The whole document: the threat models, the chosen findings, why these.
  package var document: Document {
    var document = Document()
    document.heading(.init("Threats and chosen findings"))
    document.paragraph(
      .init("From "), .init(Untrusted(runs.map(\.host).uniqued.joined(separator: ", ")), .strong),
      .init(
        ": \(TrendReport.count(runs.count, "run")) of "
          + runs.map(\.release.tool.name).uniqued.joined(separator: " and ") + "."))
    document.table(
      [Document.Column("run"), Document.Column("", isFlexible: true)],
      runs.map { [[.init(String($0.name.prefix(10)), .notable)], RunReport.header($0)] })
    for system in Threat.System.allCases {
      threats(system, &document)
    }
    document.section(.init("The chosen findings"))
    choices(&document)
    for (number, choice) in selection.choices.enumerated() {
      describe(choice, number: number + 1, &document)
    }
    return document
  }

  // MARK: - Threats

  private func threats(_ system: Threat.System, _ document: inout Document) {
    let threats = model.threats(to: system)
    guard !threats.isEmpty else { return }
    document.section(.init("Threat model of \(system.title)"))
    let chosen = Set(selection.choices.map(\.candidate.control))
    for category in Stride.allCases {
      let own = threats.filter { $0.stride == category }
      guard !own.isEmpty else { continue }
      document.heading(.init(category.title))
      for threat in own {
        document.paragraph(.init(Untrusted(threat.title), .strong))
        document.paragraph(.init(Untrusted(threat.description)))
        document.bullet([
          .init("Components: ", .faint),
          .init(Untrusted(threat.components.joined(separator: ", "))),
        ])
        if let row = assessment[threat.id] {
          document.bullet([.init("State: ", .faint)] + state(row))
        }
        let answers = threat.controls.filter(chosen.contains)
        if !answers.isEmpty {
          document.bullet([
            .init("Answered by the chosen: ", .faint),
            .init(Untrusted(answers.joined(separator: ", ")), .strong),
          ])
        }
      }
    }
  }

  private func state(_ row: ThreatAssessment.Row) -> Document.Line {
    var line: Document.Line = [ThreatsReport.word(row.state)]
    if row.hostCount == 0 {
      line.append(.init(" (no run of this system)", .faint))
      return line
    }
    let open = row.hosts.flatMap(\.open).map(\.control).uniqued
    if !open.isEmpty {
      line.append(.init(" by "))
      line.append(.init(Untrusted(open.joined(separator: ", "))))
    }
    line.append(.init(" (\(row.judged) of \(row.total) controls judged)", .faint))
    return line
  }

  // MARK: - Choices

  private func choices(_ document: inout Document) {
    document.table(
      [
        Document.Column("id"), Document.Column("severity"),
        Document.Column("finding", isFlexible: true), Document.Column("why", isFlexible: true),
      ],
      selection.choices.map { choice in
        let candidate = choice.candidate
        return [
          [.init(Untrusted(candidate.finding.checkID), .strong)],
          [TrendReport.severity(candidate.severity)],
          [
            .init(Untrusted(candidate.finding.title)),
            .init(Untrusted(" " + candidate.control), .faint),
          ],
          [.init(Untrusted(why(choice)))],
        ]
      })
    let answered = selection.answered.count
    document.paragraph(
      .init(
        "Together they answer \(answered) of \(TrendReport.count(model.threats.count, "threat"))."))
    if selection.isAllExcluded {
      document.paragraph(
        .init("Every open finding is among the excluded ids, so none could be outside.", .bad))
    } else if !excluded.isEmpty {
      let outside = selection.choices.filter { !$0.candidate.isExcluded }
      document.paragraph(
        .init("Outside "), .init(Untrusted(excluded.joined(separator: ", "))), .init(": "),
        .init(Untrusted(outside.map(\.candidate.finding.checkID).joined(separator: ", ")), .strong))
    }
    guard !selection.passedOver.isEmpty else { return }
    document.heading(.init("Passed over"))
    document.table(
      [
        Document.Column("id"), Document.Column("severity"),
        Document.Column("finding", isFlexible: true), Document.Column("why not", isFlexible: true),
      ],
      selection.passedOver.prefix(Self.mostPassedOver).map { candidate in
        [
          [.init(Untrusted(candidate.finding.checkID))],
          [TrendReport.severity(candidate.severity)],
          [
            .init(Untrusted(candidate.finding.title)),
            .init(Untrusted(" " + candidate.control), .faint),
          ],
          [.init(whyNot(candidate), .faint)],
        ]
      })
    let more = selection.passedOver.count - Self.mostPassedOver
    if more > 0 { document.paragraph(.init("and \(more) more, all less urgent.", .faint)) }
  }

  private func titles(_ threats: [String]) -> String {
    threats.map { model[$0]?.title ?? $0 }.joined(separator: "; ")
  }

  private func why(_ choice: Selection.Choice) -> String {
    let score = Chart.Series.text(choice.candidate.score.rounded())
    switch choice.reason {
    case .answers(let threats):
      return "answers \(TrendReport.count(threats.count, "threat")) that none before it does: "
        + "\(titles(threats)) (priority \(score))"
    case .mostUrgent:
      return "the most urgent of those left (priority \(score))"
    case .outside(let threats):
      return "the best outside the excluded ids (priority \(score))"
        + (threats.isEmpty ? "" : "; answers \(titles(threats))")
    }
  }

  private func whyNot(_ candidate: Selection.Candidate) -> String {
    let score = "priority \(Chart.Series.text(candidate.score.rounded()))"
    let further = candidate.threats.count { !selection.answered.contains($0) }
    if candidate.threats.isEmpty { return "answers no threat of the model; \(score)" }
    if further == 0 { return "answers no further threat; \(score)" }
    return
      "answers \(TrendReport.count(further, "further threat")), no more than the chosen; \(score)"
  }

  // MARK: - One finding

  private func describe(
    _ choice: Selection.Choice, number: Int, _ document: inout Document
  ) {
    let candidate = choice.candidate
    let finding = candidate.finding
    document.section(
      .init("\(number). "),
      .init(Untrusted("[\(finding.printed.word)] \(finding.checkID) \(finding.title)")))
    document.bullet([
      .init("Control: ", .faint), .init(Untrusted(candidate.control), .strong),
      .init(", severity "), TrendReport.severity(candidate.severity),
    ])
    if let risk = catalog.risks[candidate.control] {
      document.bullet([
        .init("STRIDE: ", .faint),
        .init(risk.stride.map(\.stride.title).joined(separator: ", ")),
        .init(", attack surface \(risk.surface)", .faint),
      ])
    }
    document.heading(.init("Evidence"))
    evidence(candidate, &document)
    document.heading(.init("Threat"))
    for id in candidate.threats {
      guard let threat = model[id] else { continue }
      document.bullet([
        .init(Untrusted(threat.title), .strong), .init(" (\(threat.stride.title)): "),
        .init(Untrusted(threat.description)),
      ])
    }
    if candidate.threats.isEmpty {
      document.paragraph(
        .init(Untrusted(catalog.risks[candidate.control]?.reason ?? "None in the model.")))
    }
    guard let general = catalog.advice[candidate.control] else { return }
    let advice = catalog.distributions.advice(
      general, in: candidate.source?.release.edition, check: candidate.finding.checkID)
    document.heading(.init("Rationale"))
    document.paragraph(.init(Untrusted(advice.rationale)))
    document.heading(.init("Hardening"))
    if advice.fix.isUnfixable {
      document.paragraph(.init("There is nothing to change where this was found.", .notable))
    }
    document.paragraph(.init(Untrusted(advice.fix.title), .strong))
    if !advice.fix.note.isEmpty { document.paragraph(.init(Untrusted(advice.fix.note))) }
    document.bullet([.init("May break: ", .faint), .init(Untrusted(advice.impact))])
    document.bullet([
      .init("Restart: ", .faint), .init(advice.restart), .init("; effort: ", .faint),
      .init(advice.effort),
    ])
    for snippet in remedies.snippets(of: [advice.fix.id]) {
      ShortlistReport.snippet(snippet, &document)
    }
    document.heading(.init("Verification"))
    document.code(advice.verification + "\n", language: "sh")
    afterwards(candidate, &document)
  }

  private func evidence(_ candidate: Selection.Candidate, _ document: inout Document) {
    let finding = candidate.finding
    document.bullet([
      .init("On: ", .faint), .init(Untrusted(ShortlistReport.names(candidate.hosts))),
    ])
    if let source = candidate.source {
      document.bullet([
        .init("Printed: ", .faint), .init(Untrusted("\(source.path):\(finding.line)")),
        .init(" on \(CivilTime.short(source.startedAt)) UTC", .faint),
      ])
    }
    if !finding.items.isEmpty {
      document.bullet(
        [.init("Items: ", .faint)]
          + RunReport.items(finding.items, isTruncated: finding.itemsTruncated, most: 20))
    }
    for detail in finding.details.prefix(10) {
      document.bullet([.init("Output: ", .faint), .init(Untrusted(detail))])
    }
  }

  private func afterwards(_ candidate: Selection.Candidate, _ document: inout Document) {
    guard let after else { return }
    document.heading(.init("After hardening"))
    let found = after.findings[candidate.control]
    var line: Document.Line = [
      .init(CivilTime.short(after.run.startedAt) + " UTC: ", .faint),
      RunReport.outcome(found?.outcome),
    ]
    if let found {
      line.append(.init(Untrusted(" [\(found.printed.word)] \(found.checkID) \(found.title)")))
      line.append(.init(Untrusted("  \(after.run.path):\(found.line)"), .faint))
    } else {
      line.append(.init(": the later run did not evaluate it, so it is still open", .notable))
    }
    document.paragraph(line)
  }
}

extension Sequence where Element: Hashable {
  /// The elements, each once, in the order of their first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
