package import BenchCatalog
package import BenchModel

/// A control with all that the catalogue has on it.
package struct ExplainedControl: Sendable {
  package var control: Control
  /// The ids in each edition that has it.
  package var entries: [EditionIndex.Entry]
  /// The title that the newest edition of each tool prints.
  package var printedTitles: [String]
  /// What each tool judged it by over time, oldest first.
  package var criteria: [(tool: Tool, criteria: [Criterion])]
  package var risk: Risk?
  package var advice: Advice?

  /// Collects what is known of a control.
  package init(_ control: Control, _ catalog: Catalog) {
    self.control = control
    let entries = catalog.editions.entries(of: control.id)
    self.entries = entries
    var tools: [Tool] = []
    for entry in entries where !tools.contains(entry.tool) { tools.append(entry.tool) }
    let newest = tools.compactMap { tool in entries.last { $0.tool == tool } }
    printedTitles = newest.map(catalog.editions.title)
    let criteria = catalog.criteria
    self.criteria = tools.map { ($0, criteria.history(of: control.id, by: $0)) }
    risk = catalog.risks[control.id]
    advice = catalog.advice[control.id]
  }
}

/// The report for people on what a control, or an id, is.
package enum ExplainReport {
  /// Describes controls, one after the other.
  package static func document(_ controls: [ExplainedControl]) -> Document {
    var document = Document()
    for explained in controls {
      let control = explained.control
      document.heading(.init(control.title), .init("  \(control.id)", .faint))
      let scored = control.isScored ? "scored" : "not scored"
      let items = control.itemKinds.map(\.name).joined(separator: ", ")
      document.paragraph(
        .init("\(control.section), \(control.kind.rawValue), \(scored)"),
        .init(items.isEmpty ? "" : "; reports \(items) items"))
      describe(explained, &document)
      var titles: [String] = []
      // The tools' titles differ in the mark of their kind, if at all.
      for title in explained.printedTitles where !titles.contains(where: { $0.hasPrefix(title) }) {
        titles.append(title)
      }
      for title in titles {
        document.paragraph(.init("Printed as: ", .faint), .init(title))
      }
      document.table(
        [Document.Column("tool"), Document.Column("edition"), Document.Column("id")],
        spans(explained.entries) { $0.ids == $1.ids }.map { editions, entry in
          [
            [.init(entry.tool.name)], [.init(editions)],
            [.init(entry.ids.joined(separator: ", "), .notable)],
          ]
        })
      document.paragraph(.init(""))
      document.table(
        [
          Document.Column("tool"), Document.Column("judged since"),
          Document.Column("by", isFlexible: true),
        ],
        explained.criteria.flatMap { tool, criteria in
          criteria.map { [[.init(tool.name)], [.init($0.since)], [.init($0.says)]] }
        })
    }
    return document
  }

  /// Tells why the control matters and how it is brought about.
  private static func describe(_ explained: ExplainedControl, _ document: inout Document) {
    if let risk = explained.risk {
      let stride = risk.stride.map { "\($0.stride.title) (\($0.source))" }.joined(separator: ", ")
      document.paragraph(
        .init("Severity: ", .faint), .init(risk.severity.name, .notable), .init(". " + risk.reason))
      document.paragraph(.init("STRIDE: ", .faint), .init(stride))
      let nist = risk.nist.isEmpty ? "" : ", NIST SP 800-190 \(risk.nist)"
      let techniques =
        risk.techniques.isEmpty ? "" : ", ATT&CK " + risk.techniques.joined(separator: ", ")
      document.paragraph(.init("Surface: ", .faint), .init(risk.surface + techniques + nist))
    }
    if let advice = explained.advice {
      document.paragraph(.init("Why: ", .faint), .init(advice.rationale))
      document.paragraph(
        .init("Fix: ", .faint), .init(advice.fix.title), .init(setting(advice.fix), .notable),
        .init(advice.fix.note))
      document.paragraph(.init("Impact: ", .faint), .init(advice.impact))
      document.paragraph(
        .init("Restart: ", .faint), .init("\(advice.restart); effort: \(advice.effort)"))
      document.paragraph(.init("Verify: ", .faint), .init(advice.verification, .notable))
    }
  }

  /// The target of a fix and its value, in brackets.
  private static func setting(_ fix: Fix) -> String {
    if fix.target.isEmpty { return ". " }
    return fix.value.isEmpty ? " (\(fix.target)). " : " (\(fix.target): \(fix.value)). "
  }

  /// Lists what an id means in each edition that has it.
  package static func document(id: String, _ meanings: [EditionIndex.Entry]) -> Document {
    var document = Document()
    document.heading(.init("What "), .init(Untrusted(id)), .init(" means"))
    document.table(
      [
        Document.Column("tool"), Document.Column("edition"),
        Document.Column("control", isFlexible: true),
      ],
      spans(meanings) { $0.control == $1.control }.map { editions, entry in
        [
          [.init(entry.tool.name)], [.init(editions)], [.init(entry.control.id, .notable)],
        ]
      })
    return document
  }

  /// Brings neighbouring editions of a tool together that say the same.
  private static func spans(
    _ entries: [EditionIndex.Entry], _ isSame: (EditionIndex.Entry, EditionIndex.Entry) -> Bool
  ) -> [(editions: String, entry: EditionIndex.Entry)] {
    var spans: [(first: EditionIndex.Entry, last: EditionIndex.Entry)] = []
    for entry in entries {
      if let span = spans.last, span.first.tool == entry.tool, isSame(span.first, entry) {
        spans[spans.count - 1].last = entry
      } else {
        spans.append((entry, entry))
      }
    }
    return spans.map { span in
      let isOne = span.first.edition == span.last.edition
      return (
        isOne ? span.first.edition : "\(span.first.edition) to \(span.last.edition)", span.first
      )
    }
  }
}

/// `benchtrail.control.v1`: what a control is.
package struct ExplainJSON: Encodable {
  struct ControlJSON: Encodable {
    let control: String
    let section: String
    let kind: String
    let scored: Bool
    let items: [String]
    let title: String
    let printedTitle: String
    let ids: [EditionJSON]
    let criteria: [CriterionJSON]
    let risk: RiskJSON?
    let advice: AdviceJSON?
  }

  struct RiskJSON: Encodable {
    let severity: String
    let reason: String
    let stride: [CategoryJSON]
    let surface: String
    let techniques: [String]
    let nist: String
  }

  struct CategoryJSON: Encodable {
    let category: String
    let source: String
  }

  struct AdviceJSON: Encodable {
    let rationale: String
    let fix: FixJSON
    let impact: String
    let restart: String
    let effort: String
    let verification: String
  }

  struct FixJSON: Encodable {
    let id: String
    let kind: String
    let title: String
    let target: String
    let value: String
    let note: String
  }

  struct EditionJSON: Encodable {
    let tool: String
    let edition: String
    let ids: [String]
  }

  struct CriterionJSON: Encodable {
    let tool: String
    let since: String
    let says: String
  }

  let schema = "benchtrail.control.v1"
  let controls: [ControlJSON]

  /// Describes controls.
  package init(_ controls: [ExplainedControl]) {
    self.controls = controls.map { explained in
      ControlJSON(
        control: explained.control.id, section: explained.control.section,
        kind: explained.control.kind.rawValue, scored: explained.control.isScored,
        items: explained.control.itemKinds.map(\.name), title: explained.control.title,
        printedTitle: explained.printedTitles.first ?? "",
        ids: explained.entries.map {
          EditionJSON(tool: $0.tool.name, edition: $0.edition, ids: $0.ids)
        },
        criteria: explained.criteria.flatMap { tool, criteria in
          criteria.map { CriterionJSON(tool: tool.name, since: $0.since, says: $0.says) }
        }, risk: explained.risk.map(RiskJSON.init), advice: explained.advice.map(AdviceJSON.init))
    }
  }
}

extension ExplainJSON.RiskJSON {
  fileprivate init(_ risk: Risk) {
    self.init(
      severity: risk.severity.name, reason: risk.reason,
      stride: risk.stride.map { .init(category: $0.stride.name, source: $0.source) },
      surface: risk.surface, techniques: risk.techniques, nist: risk.nist)
  }
}

extension ExplainJSON.AdviceJSON {
  fileprivate init(_ advice: Advice) {
    let fix = advice.fix
    self.init(
      rationale: advice.rationale,
      fix: .init(
        id: fix.id, kind: fix.kind, title: fix.title, target: fix.target, value: fix.value,
        note: fix.note),
      impact: advice.impact, restart: advice.restart, effort: advice.effort,
      verification: advice.verification)
  }
}
