package import BenchAnalysis
import BenchCatalog
package import BenchModel

/// How bad an open failure of a control is.
package struct ControlSeverity: Hashable, Sendable {
  /// By the catalogue; nil for a control without a risk.
  package var known: Severity?
  /// Under the policy, where that differs.
  package var own: Severity?

  /// Looks a control up.
  package init(of control: ControlID, _ policy: Policy) {
    known = policy.catalog.risks[control]?.severity
    let counting = policy.severity(of: control)
    own = counting == known ? nil : counting
  }

  /// Both in words, as in `high; critical under the policy`.
  var line: Document.Line {
    var line: Document.Line = []
    if let known { line.append(.init(known.name, .notable)) }
    if let own {
      line.append(.init(known == nil ? "" : "; "))
      line.append(.init(own.name, .notable))
      line.append(.init(" under the policy"))
    }
    return line.isEmpty ? [.init("none")] : line
  }
}

/// A control among those that a fix closes, or that answer a threat.
package struct NamedControl: Hashable, Sendable {
  package var id: ControlID
  /// Empty for one that is not in the catalogue.
  package var title: String
  package var severity: ControlSeverity

  /// Looks a control up.
  package init(_ id: ControlID, _ policy: Policy) {
    self.id = id
    title = policy.catalog.controls.control(id)?.title ?? ""
    severity = ControlSeverity(of: id, policy)
  }

  /// Adds a table of controls.
  static func table(_ controls: [NamedControl], _ document: inout Document) {
    document.table(
      [
        Document.Column("control"), Document.Column("severity"),
        Document.Column("title", isFlexible: true),
      ],
      controls.map {
        [[.init(Untrusted($0.id), .notable)], $0.severity.line, [.init($0.title)]]
      })
  }
}

/// A control as the documents for programs name it.
struct NamedControlJSON: Encodable {
  let control: String
  let title: String
  let severity: String?
  let policySeverity: String?

  init(_ control: NamedControl) {
    self.control = control.id
    title = control.title
    severity = control.severity.known?.name
    policySeverity = control.severity.own?.name
  }
}
