package import BenchCatalog
private import BenchModel

/// A control with all that the catalogue has on it.
package struct ExplainedControl: Sendable {
  package var control: Control
  /// The ids in each edition that has it, oldest first.
  package var ids: [(edition: String, ids: [String])]
  /// The title that its newest edition prints.
  package var printedTitle: String
  /// What it was judged by over time, oldest first.
  package var criteria: [Criterion]

  /// Collects what is known of a control.
  package init(_ control: Control, _ catalog: Catalog, _ criteria: Criteria) {
    self.control = control
    ids = catalog.ids(of: control.id)
    printedTitle =
      ids.last.flatMap { last in
        last.ids.first.flatMap { catalog.titles(of: $0, in: last.edition).last }
      } ?? ""
    self.criteria = criteria.history(of: control.id)
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
      document.paragraph(.init("Printed as: ", .faint), .init(explained.printedTitle))
      document.table(
        [Document.Column("edition"), Document.Column("id")],
        explained.ids.map {
          [[.init($0.edition)], [.init($0.ids.joined(separator: ", "), .notable)]]
        })
      if explained.criteria.count > 1 {
        document.paragraph(.init(""))
        document.table(
          [Document.Column("judged since"), Document.Column("by", isFlexible: true)],
          explained.criteria.map { [[.init($0.since)], [.init($0.says)]] })
      } else if let criterion = explained.criteria.first {
        document.paragraph(.init("Judged by: ", .faint), .init(criterion.says))
      }
    }
    return document
  }

  /// Lists what an id means in each edition that has it.
  package static func document(id: String, _ meanings: [(edition: String, control: Control)])
    -> Document
  {
    var document = Document()
    document.heading(.init("What "), .init(Untrusted(id)), .init(" means"))
    document.table(
      [
        Document.Column("edition"), Document.Column("control"),
        Document.Column("", isFlexible: true),
      ],
      meanings.map {
        [[.init($0.edition)], [.init($0.control.id, .notable)], [.init($0.control.title)]]
      })
    return document
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
  }

  struct EditionJSON: Encodable {
    let edition: String
    let ids: [String]
  }

  struct CriterionJSON: Encodable {
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
        printedTitle: explained.printedTitle,
        ids: explained.ids.map { EditionJSON(edition: $0.edition, ids: $0.ids) },
        criteria: explained.criteria.map { CriterionJSON(since: $0.since, says: $0.says) })
    }
  }
}
