package import BenchModel

/// Which controls of a catalogue are asked for; what is nil or empty is not asked for.
package struct ControlFilter: Hashable, Sendable {
  package var section: String?
  package var severity: Severity?
  /// One of the control's categories.
  package var stride: Stride?
  /// One of the tools that report the control.
  package var tool: Tool?
  /// The id of a framework in which the control serves a requirement.
  package var framework: String?
  /// The id of that requirement.
  package var requirement: String?
  /// What stands in its slug, its title, its rationale or the title of its fix, each of them and in any case.
  package var words: [String] = []

  /// Creates a filter that lets all controls pass.
  package init() {}

  /// Whether a control is one that is asked for.
  package func matches(_ listed: ListedControl) -> Bool {
    if let section, listed.control.section != section { return false }
    if let severity, listed.risk?.severity != severity { return false }
    if let stride, !listed.stride.contains(stride) { return false }
    if let tool, !listed.tools.contains(tool) { return false }
    if let framework {
      let served = listed.requirements(of: framework)
      if served.isEmpty { return false }
      if let requirement, !served.contains(where: { $0.id == requirement }) { return false }
    }
    return words.isEmpty || hasWords(listed)
  }

  private func hasWords(_ listed: ListedControl) -> Bool {
    let texts = [
      listed.control.id, listed.control.title, listed.advice?.rationale ?? "",
      listed.advice?.fix.title ?? "",
    ]
    let text = texts.joined(separator: "\n").lowercased()
    return words.allSatisfy { text.contains($0.lowercased()) }
  }
}

/// A control as a list of controls has it.
package struct ListedControl: Sendable {
  package var control: Control
  package var risk: Risk?
  package var advice: Advice?
  /// The tools that report it.
  package var tools: [Tool]
  /// What it serves of the frameworks that auditors ask for.
  package var frameworks: [Frameworks.Mapping] = []

  /// The requirements of a framework that it serves, by the framework's id.
  package func requirements(of framework: String) -> [Framework.Requirement] {
    frameworks.first { $0.framework.id == framework }?.requirements ?? []
  }

  /// The STRIDE categories, the primary one first.
  package var stride: [Stride] { risk?.stride.map(\.stride) ?? [] }
}

extension Catalog {
  /// The controls that a filter lets pass, in the order of the catalogue.
  package func list(_ filter: ControlFilter) -> [ListedControl] {
    let tools = editions.tools
    let frameworks = frameworks
    return controls.all.map { control in
      ListedControl(
        control: control, risk: risks[control.id], advice: advice[control.id],
        tools: tools[control.id] ?? [], frameworks: frameworks.mappings(of: control.id))
    }.filter { filter.matches($0) }
  }
}
