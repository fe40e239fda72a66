package import BenchAnalysis
package import BenchCatalog

/// A fix with the controls that it closes.
package struct ExplainedFix: Sendable {
  package var fix: Fix
  /// In the order of the catalogue.
  package var controls: [NamedControl]

  /// Collects what is known of a fix.
  package init(_ fix: Fix, _ policy: Policy) {
    self.fix = fix
    let catalog = policy.catalog
    controls = catalog.controls.all.filter { catalog.advice[$0.id]?.fix.id == fix.id }
      .map { NamedControl($0.id, policy) }
  }
}

extension ExplainReport {
  /// Describes a fix for people.
  package static func document(_ explained: ExplainedFix) -> Document {
    let fix = explained.fix
    var document = Document()
    document.heading(.init(fix.title), .init("  \(fix.id)", .faint))
    document.paragraph(.init("Kind: ", .faint), .init(fix.kind))
    if !fix.target.isEmpty {
      document.paragraph(.init("Target: ", .faint), .init(fix.target, .notable))
    }
    if !fix.value.isEmpty {
      document.paragraph(.init("Value: ", .faint), .init(fix.value, .notable))
    }
    if !fix.note.isEmpty { document.paragraph(.init("Note: ", .faint), .init(fix.note)) }
    let count = explained.controls.count
    document.paragraph(
      .init("It closes \(count) \(count == 1 ? "control" : "controls")\(count == 0 ? "" : ":")"))
    NamedControl.table(explained.controls, &document)
    return document
  }
}

/// `benchtrail.fix.v1`: what a fix is, and what it closes.
package struct ExplainedFixJSON: Encodable {
  let schema = "benchtrail.fix.v1"
  let id: String
  let kind: String
  let title: String
  let target: String
  let value: String
  let note: String
  let controls: [NamedControlJSON]

  /// Describes a fix.
  package init(_ explained: ExplainedFix) {
    let fix = explained.fix
    id = fix.id
    kind = fix.kind
    title = fix.title
    target = fix.target
    value = fix.value
    note = fix.note
    controls = explained.controls.map(NamedControlJSON.init)
  }
}
