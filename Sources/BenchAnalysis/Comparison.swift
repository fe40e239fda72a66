package import BenchCatalog
package import BenchModel

/// One side of a comparison.
package struct ComparedRun: Sendable {
  package var release: Release
  package var isComplete: Bool
  /// What the run was limited to, by what a person says.
  package var scope: RunScope
  package var findings: [Finding]

  /// Creates a side.
  package init(
    release: Release, isComplete: Bool, scope: RunScope = .whole, findings: [Finding]
  ) {
    self.release = release
    self.isComplete = isComplete
    self.scope = scope
    self.findings = findings
  }

  /// Creates a side of a run of the database.
  package init(_ run: StoredRun) {
    self.init(
      release: run.summary.release, isComplete: run.summary.isComplete, scope: run.summary.scope,
      findings: run.findings)
  }
}

/// What changed from one run to another, control by control.
///
/// Findings are matched by control, so runs of two editions compare; a check without a control is
/// matched by its id and title. Changes that may come from the tool judging by another criterion are
/// marked, and counted apart.
package struct Comparison: Sendable {
  /// In the order of the head's log, then what only the base has.
  package let changes: [ControlChange]
  /// How many controls have the same outcome and the same items in both.
  package let unchanged: Int
  /// Whether the runs have anything in common: two editions whose checks have no controls may not.
  package let isMeaningful: Bool

  /// How many changes there are of a kind, leaving out those that another criterion may explain.
  package func count(_ change: Change) -> Int {
    // What fails in both still fails, whatever it fails for.
    changes.count { $0.change == change && (!$0.isDoubtful || change == .stillFailing) }
  }

  /// How many differences of outcome, or of what fails, may come from another criterion.
  package var criterionChanged: Int {
    changes.count(where: \.isDoubtful)
  }

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - base: The run before.
  ///   - head: The run after.
  ///   - criteria: When the tool's logic changed.
  ///   - isKnown: Whether an edition has a control.
  package init(
    from base: ComparedRun, to head: ComparedRun, criteria: Criteria,
    isKnown: (ControlID, Release) -> Bool
  ) {
    let isOneEdition = base.release.edition == head.release.edition
    let identity = CheckIdentity(base.findings, head.findings, isOneEdition: isOneEdition)
    let (left, right) = (
      Finding.merged(base.findings, by: identity.key),
      Finding.merged(head.findings, by: identity.key)
    )
    let areReleasesEqual = CheckIdentity.areTitlesEqual(base.findings, head.findings)
    let isOneVersion =
      base.release.earliest == head.release.earliest && base.release.latest == head.release.latest
    let isOneTool = base.release.tool == head.release.tool
    var changes: [ControlChange] = []
    var unchanged = 0
    let order = right.order + left.order.filter { right.findings[$0] == nil }
    for key in order {
      let (before, after) = (left.findings[key], right.findings[key])
      // docker-bench-security names items, and the other tools don't.
      var items =
        isOneTool
        ? ItemDifference(
          from: before, to: after, baseScope: base.scope, headScope: head.scope)
        : ItemDifference()
      if !isOneVersion { items.leaveOutUntagged() }
      var change = Change(from: before?.outcome, to: after?.outcome)
      if change == nil, !items.isEmpty { change = .other }
      // What a run was told to leave out may be what failed in the other one.
      let isLeftOut = Self.isLeftOut(before, after, from: base.scope, to: head.scope)
      if isLeftOut { change = .notEvaluated }
      if Self.isLeftOut(after, before, from: head.scope, to: base.scope) { change = .newlySeen }
      guard let change else {
        unchanged += 1
        continue
      }
      let control = after?.control ?? before?.control
      changes.append(
        ControlChange(
          control: control, change: change, base: before, head: after, itemsAdded: items.added,
          itemsRemoved: items.removed,
          criteria: before == nil || after == nil
            ? nil
            : control.flatMap {
              criteria.difference(
                $0, base.release, head.release, areReleasesEqual: areReleasesEqual)
            },
          absence: isLeftOut
            ? .outOfScope
            : change == .notEvaluated
              ? Self.absence(of: control, from: base, to: head, isKnown) : nil))
    }
    self.changes = changes
    self.unchanged = unchanged
    let isDisjoint = !left.order.contains { right.findings[$0] != nil }
    isMeaningful = isOneEdition || left.order.isEmpty || right.order.isEmpty || !isDisjoint
  }

  /// Whether a failure is only gone because the other run was told to leave out what failed.
  private static func isLeftOut(
    _ failure: Finding?, _ other: Finding?, from scope: RunScope, to otherScope: RunScope
  ) -> Bool {
    guard scope != otherScope, let failure, failure.outcome == .fail, let other,
      other.outcome != .fail,
      let kinds = failure.control.flatMap(Controls.embedded.control)?.itemKinds,
      kinds.contains(where: otherScope.limits)
    else { return false }
    return failure.items.isEmpty || failure.itemsTruncated
      || !failure.items.allSatisfy(otherScope.covers)
  }

  private static func absence(
    of control: ControlID?, from base: ComparedRun, to head: ComparedRun,
    _ isKnown: (ControlID, Release) -> Bool
  ) -> Absence {
    if let control, head.release.edition != nil, !isKnown(control, head.release) {
      return .notInEdition
    }
    guard head.isComplete else { return .incompleteRun }
    return control == nil && base.release.edition != head.release.edition ? .notInEdition : .notRun
  }
}
