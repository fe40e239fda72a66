package import BenchAnalysis
import BenchModel

/// A threat with the controls that answer it.
package struct ExplainedThreat: Sendable {
  package var threat: Threat
  /// In the order of the model.
  package var controls: [NamedControl]

  /// Collects what is known of a threat.
  package init(_ threat: Threat, _ policy: Policy) {
    self.threat = threat
    controls = threat.controls.map { NamedControl($0, policy) }
  }
}

extension ExplainReport {
  /// Describes a threat for people.
  package static func document(_ explained: ExplainedThreat) -> Document {
    let threat = explained.threat
    var document = Document()
    document.heading(.init(Untrusted(threat.title)), .init(Untrusted("  \(threat.id)"), .faint))
    document.paragraph(.init("System: ", .faint), .init(threat.system.title))
    document.paragraph(.init("STRIDE: ", .faint), .init(threat.stride.title))
    document.paragraph(.init(Untrusted(threat.description)))
    ThreatsReport.facts(threat, &document)
    document.paragraph(.init("Its controls, those that decide it first:"))
    NamedControl.table(explained.controls, &document)
    return document
  }
}

/// `benchtrail.threat.v1`: what a threat is, and what answers it.
package struct ExplainedThreatJSON: Encodable {
  let schema = "benchtrail.threat.v1"
  let id: String
  let system: String
  let stride: String
  let title: String
  let description: String
  let components: [String]
  let note: String?
  let controls: [NamedControlJSON]

  /// Describes a threat.
  package init(_ explained: ExplainedThreat) {
    let threat = explained.threat
    id = threat.id
    system = threat.system.name
    stride = threat.stride.name
    title = threat.title
    description = threat.description
    components = threat.components
    note = threat.note
    controls = explained.controls.map(NamedControlJSON.init)
  }
}
