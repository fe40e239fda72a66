package import BenchAnalysis
import BenchCatalog
package import BenchModel
package import BenchRemedy

/// The report on a few chosen findings, and what ``AnalystDocument`` writes them up from.
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

  let selection: Selection
  let model: ThreatModel
  let assessment: ThreatAssessment
  let runs: [RunSummary]
  let remedies: Remedies
  var catalog: Catalog { remedies.catalog }
  let outside: [String]
  let meanings: [Selection.Meaning]
  let after: After?
  /// A `daemon.json` to merge keys into.
  let own: OwnDaemonJSON?
  /// The most texts of a kind in a document.
  let mostTexts: Int

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - selection: The chosen findings.
  ///   - assessment: The threat model against the evidence.
  ///   - model: The threat model.
  ///   - runs: The runs that the findings are from.
  ///   - remedies: The open failures by fix.
  ///   - outside: The ids of which some of the chosen must be none, as given.
  ///   - meanings: What the names of the analyst mean; empty where the program chose.
  ///   - after: A later run, if there is one.
  ///   - own: A `daemon.json` to merge keys into.
  ///   - mostTexts: The most texts of a kind in a document: those for most hosts.
  package init(
    _ selection: Selection, _ assessment: ThreatAssessment, model: ThreatModel,
    runs: [RunSummary], remedies: Remedies, outside: [String] = [],
    meanings: [Selection.Meaning] = [], after: After?, merging own: OwnDaemonJSON? = nil,
    mostTexts: Int = ShortlistReport.mostTexts
  ) {
    self.selection = selection
    self.assessment = assessment
    self.model = model
    self.runs = runs
    self.remedies = remedies
    self.outside = outside
    self.meanings = meanings
    self.after = after
    self.own = own
    self.mostTexts = mostTexts
  }
}

extension Sequence where Element: Hashable {
  /// The elements, each once, in the order of their first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
