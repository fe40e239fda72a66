import BenchCatalog
package import BenchHistory
package import BenchModel

/// Which findings are meant: those that fit every kind of condition that is given.
///
/// Conditions of one kind are alternatives. A check without a control has neither section nor surface nor STRIDE
/// category, so it fits none of these.
package struct FindingFilter: Sendable {
  /// Controls, and ``checkIDs`` as alternatives to them.
  package var controls: Set<ControlID> = []
  /// Checks by their ids, as the run printed them.
  package var checkIDs: Set<String> = []
  /// Parts of the host, as the catalogue names them.
  package var sections: Set<String> = []
  /// Attack surfaces, as the catalogue names them.
  package var surfaces: Set<String> = []
  /// By the policy.
  package var severities: Set<Severity> = []
  /// By the policy; a finding fits if one of its categories does.
  package var stride: Set<Stride> = []
  /// Patterns over items; a finding fits if one of its items does, by the printed or the stable name.
  package var items: [Glob] = []
  package var tools: Set<Tool> = []

  /// Creates a filter that every finding fits.
  package init() {}

  /// Whether every finding fits.
  package var isEmpty: Bool {
    isOfControls && items.isEmpty && tools.isEmpty
  }

  /// Whether no condition is about controls.
  private var isOfControls: Bool {
    controls.isEmpty && checkIDs.isEmpty && sections.isEmpty && surfaces.isEmpty
      && severities.isEmpty && stride.isEmpty
  }

  /// Whether a check fits, whatever its finding.
  ///
  /// - Parameters:
  ///   - control: The control; nil for a check that no edition knows.
  ///   - checkID: The id, as the run printed it.
  ///   - policy: Has the severity and the categories of the control.
  /// - Returns: Whether it fits.
  func matches(_ control: ControlID?, checkID: String, _ policy: Policy) -> Bool {
    if isOfControls { return true }
    let isNamed =
      controls.isEmpty && checkIDs.isEmpty || checkIDs.contains(checkID)
      || control.map(controls.contains) ?? false
    guard isNamed else { return false }
    return matches(control, policy)
  }

  /// Whether a control has what is asked for beside its name.
  private func matches(_ control: ControlID?, _ policy: Policy) -> Bool {
    if sections.isEmpty, surfaces.isEmpty, severities.isEmpty, stride.isEmpty { return true }
    guard let control else { return false }
    return fits(policy.catalog.controls.control(control)?.section, sections)
      && fits(policy.catalog.risks[control]?.surface, surfaces)
      && fits(policy.severity(of: control), severities)
      && (stride.isEmpty || policy.stride(of: control).contains(where: stride.contains))
  }

  /// Whether a finding fits.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - tool: The tool that printed it.
  ///   - policy: Has the severity and the categories of its control.
  /// - Returns: Whether it fits.
  package func matches(_ finding: Finding, of tool: Tool, _ policy: Policy) -> Bool {
    fits(tool, tools)
      && matches(finding.control, checkID: finding.checkID, policy) && matches(finding.items)
  }

  /// Whether one of some items fits.
  package func matches(_ list: [Item]) -> Bool {
    items.isEmpty || list.contains { item in items.contains { $0.matches(item) } }
  }

  private func fits<Value: Hashable>(_ value: Value?, _ wanted: Set<Value>) -> Bool {
    wanted.isEmpty || value.map(wanted.contains) ?? false
  }
}

extension Glob {
  /// Whether the pattern is that of an item, by its printed or its stable name.
  package func matches(_ item: Item) -> Bool { matches(item.name) || matches(item.stableName) }
}

extension JudgedHost {
  /// What is known of the host, with the findings that fit a filter alone.
  ///
  /// - Parameters:
  ///   - filter: The filter.
  ///   - policy: Has the severities and the categories of controls.
  /// - Returns: The host; its compliance is that of the findings that are left.
  package func only(_ filter: FindingFilter, _ policy: Policy) -> JudgedHost {
    if filter.isEmpty { return self }
    // What the catalogue and the policy say of a check is asked once.
    var fitting: [CheckKeys.Check: Bool] = [:]
    return only { verdict in
      let check = check(verdict)
      let fits =
        fitting[check] ?? filter.matches(check.control, checkID: check.checkID, policy)
      fitting[check] = fits
      guard fits else { return false }
      if !filter.tools.isEmpty,
        !filter.tools.contains(findings.known.checks.release(source(verdict)).tool)
      {
        return false
      }
      return filter.items.isEmpty || filter.matches(self[verdict].finding.items)
    }
  }
}

extension Comparison {
  /// What changed, of the findings that fit a filter alone.
  ///
  /// - Parameters:
  ///   - filter: The filter; a check fits if its finding in either run does.
  ///   - base: The run before.
  ///   - head: The run after.
  ///   - policy: Has the severities and the categories of controls.
  /// - Returns: The comparison.
  package func only(
    _ filter: FindingFilter, from base: StoredRun, to head: StoredRun, _ policy: Policy
  ) -> Comparison {
    if filter.isEmpty { return self }
    var keys: Set<FindingKey> = []
    for run in [base, head] {
      let tool = run.summary.release.tool
      for finding in run.findings where filter.matches(finding, of: tool, policy) {
        keys.insert(finding.key)
      }
    }
    return only(of: keys) { change in
      [change.base?.key, change.head?.key].contains { $0.map(keys.contains) ?? false }
    }
  }
}
