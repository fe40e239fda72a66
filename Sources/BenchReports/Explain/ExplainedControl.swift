package import BenchAnalysis
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
  /// What it serves of the frameworks that auditors ask for.
  package var frameworks: [Frameworks.Mapping]
  /// How many other controls its fix closes.
  package var othersOfFix: Int
  package var severity: ControlSeverity
  /// The threats that it answers.
  package var threats: [Threat]
  /// What the hosts of the database say of it; nil without a database.
  package var hosts: OpenControls.State?

  /// Collects what is known of a control.
  ///
  /// - Parameters:
  ///   - control: The control.
  ///   - policy: What the team decides upon it, with the catalogue.
  ///   - model: The threats that are reckoned with.
  ///   - hosts: What the hosts of the database say of it.
  package init(
    _ control: Control, _ policy: Policy, _ model: ThreatModel = ThreatModel(),
    hosts: OpenControls.State? = nil
  ) {
    let catalog = policy.catalog
    self.control = control
    self.hosts = hosts
    severity = ControlSeverity(of: control.id, policy)
    threats = model.threats.filter { $0.controls.contains(control.id) }
    let entries = catalog.editions.entries(of: control.id)
    self.entries = entries
    var tools: [Tool] = []
    for entry in entries where !tools.contains(entry.tool) { tools.append(entry.tool) }
    let newest = tools.compactMap { tool in entries.last { $0.tool == tool } }
    printedTitles = newest.map(catalog.editions.title)
    let criteria = catalog.criteria
    self.criteria = tools.map { ($0, criteria.history(of: control.id, by: $0)) }
    risk = catalog.risks[control.id]
    frameworks = catalog.frameworks.mappings(of: control.id)
    let book = catalog.advice
    let advice = book[control.id]
    self.advice = advice
    othersOfFix = catalog.controls.all.count {
      $0.id != control.id && advice != nil && book[$0.id]?.fix.id == advice?.fix.id
    }
  }
}
