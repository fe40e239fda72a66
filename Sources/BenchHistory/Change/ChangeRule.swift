package import BenchCatalog
package import BenchModel

/// A control as one run has it, or as it was last known.
package struct ControlView: Sendable {
  package var outcome: Outcome
  /// What the run was limited to.
  package var scope: RunScope
  /// The finding with its items; is only looked at where ``ChangeRule/needsItems(of:_:_:)`` says so.
  package var finding: Finding?

  /// Creates a view.
  package init(outcome: Outcome, scope: RunScope = .whole, finding: Finding? = nil) {
    self.outcome = outcome
    self.scope = scope
    self.finding = finding
  }
}

/// What happened to a control between two views of it: the one place that decides it.
///
/// A comparison of two runs, and the fold of a host's runs to what is known of it, both ask here. What a run was told to
/// leave out (`-i`, `-x`, `-t` of docker-bench-security) is neither fixed nor regressed by it.
package struct ChangeRule: Sendable {
  /// What is known of controls and of the tools' logic.
  package let catalog: Catalog

  /// Creates the rule.
  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// A change with what explains it.
  package struct Verdict: Sendable {
    /// Nil where nothing changed.
    package var change: Change?
    /// Whether the head passes only because it was told to leave out what failed.
    package var isLeftOut = false
  }

  /// Whether items decide what happened: the two were limited otherwise, and one of them fails.
  package func needsItems(
    of control: ControlID?, _ base: ControlView, _ head: ControlView
  ) -> Bool {
    guard base.scope != head.scope, (base.outcome == .fail) != (head.outcome == .fail) else {
      return false
    }
    return isLimited(control, by: base.outcome == .fail ? head.scope : base.scope)
  }

  /// Whether a run of a scope can have left out what a control is about.
  package func isLimited(_ control: ControlID?, by scope: RunScope) -> Bool {
    guard !scope.isWhole, let control = control.flatMap(catalog.controls.control) else {
      return false
    }
    return control.itemKinds.contains(where: scope.limits)
  }

  /// Tells what happened.
  ///
  /// - Parameters:
  ///   - control: The control; nil for a check that no edition knows.
  ///   - base: The view before; nil if the control was not evaluated.
  ///   - head: The view now.
  /// - Returns: The change.
  package func verdict(
    _ control: ControlID?, from base: ControlView?, to head: ControlView?
  ) -> Verdict {
    if let base, let head, needsItems(of: control, base, head) {
      if base.outcome == .fail, !Self.isSeen(base, by: head.scope) {
        return Verdict(change: .notEvaluated, isLeftOut: true)
      }
      if head.outcome == .fail, !Self.isSeen(head, by: base.scope) {
        return Verdict(change: .newlySeen)
      }
    }
    return Verdict(change: Change(from: base?.outcome, to: head?.outcome))
  }

  /// Whether a run of a scope certainly looked at all that fails.
  private static func isSeen(_ failure: ControlView, by scope: RunScope) -> Bool {
    guard let finding = failure.finding, !finding.items.isEmpty, !finding.itemsTruncated else {
      return false
    }
    return finding.items.allSatisfy(scope.covers)
  }

  /// What the tools may have judged a control by, where the two judged it and their logic may differ.
  ///
  /// - Parameters:
  ///   - control: The control; a check without one has no known criteria.
  ///   - base: The release before.
  ///   - head: The release now.
  ///   - areTitlesEqual: Whether the two runs print their common checks alike; see ``printAlike(_:_:)``.
  /// - Returns: The criteria of both, or nil where they judge alike.
  package func doubt(
    _ control: ControlID?, _ base: Release, _ head: Release,
    areTitlesEqual: @autoclosure () -> Bool
  ) -> Criteria.Difference? {
    guard let control else { return nil }
    // Only the runs of tools that print no version have to be told apart by their titles.
    let areReleasesEqual =
      head.tool.printsTime || base.tool != head.tool || areTitlesEqual()
    return catalog.criteria.difference(control, base, head, areReleasesEqual: areReleasesEqual)
  }

  /// Checks without a control that a release of one edition words otherwise: only one run has the old words, only the other
  /// has the new ones, and each has the id once.
  ///
  /// - Parameters:
  ///   - base: The checks without a control before, by what they are known by, with their ids.
  ///   - head: Those now; of a run of the same edition.
  /// - Returns: What each is known by now, by what it was known by before.
  package static func reworded<Key: Hashable>(
    from base: [(key: Key, id: String)], to head: [(key: Key, id: String)]
  ) -> [Key: Key] {
    guard !base.isEmpty, !head.isEmpty else { return [:] }
    let (before, now) = (Set(base.map(\.key)), Set(head.map(\.key)))
    let old = Dictionary(grouping: base, by: \.id)
    let new = Dictionary(grouping: head, by: \.id)
    var pairs: [Key: Key] = [:]
    for (id, checks) in new {
      guard checks.count == 1, let check = checks.first, !before.contains(check.key),
        let others = old[id], others.count == 1, let other = others.first, !now.contains(other.key)
      else { continue }
      pairs[other.key] = check.key
    }
    return pairs
  }

  /// Whether two runs of one edition print their common checks alike, to the letter: else they are of two releases of
  /// the tool.
  package static func printAlike(
    _ base: some Sequence<(id: String, title: String)>,
    _ head: some Sequence<(id: String, title: String)>
  ) -> Bool {
    var titles: [String: Set<String>] = [:]
    for check in base { titles[check.id, default: []].insert(check.title) }
    return head.allSatisfy { titles[$0.id]?.contains($0.title) ?? true }
  }
}
