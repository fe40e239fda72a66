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
/// Findings are matched by ``FindingKey``, so runs of two editions compare. Changes that may come from the tool judging by another criterion are
/// marked, and counted apart.
package struct Comparison: Sendable {
  /// What the runs were compared by.
  package let catalog: Catalog
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

  /// How many failures began, for certain: regressed, or newly seen.
  package let worse: Int

  /// How many failures that stayed are of items too that they were not of before, for certain.
  package let withMoreItems: Int

  /// How many failures of the base the head did not judge.
  package var leftOpen: Int {
    changes.count { $0.change == .notEvaluated && $0.base?.outcome == .fail }
  }

  /// The failures of both runs and what makes the difference; what the head left out is still open in it.
  package var books: Books {
    var books = Books(before: changes.count { $0.base?.outcome == .fail })
    for movement in changes.lazy.compactMap(\.movement) { books[movement] += 1 }
    return books
  }

  /// The comparison with a part of its changes.
  ///
  /// - Parameters:
  ///   - keys: The checks that are meant, of both runs.
  ///   - fits: Whether a change is meant.
  /// - Returns: The comparison; of the checks that are meant, those that no change is of are unchanged.
  package func only(
    of keys: Set<FindingKey>, where fits: (ControlChange) -> Bool
  ) -> Comparison {
    var same = keys
    for change in changes { same.subtract([change.base?.key, change.head?.key].compactMap { $0 }) }
    return Comparison(
      catalog: catalog, changes: changes.filter(fits), unchanged: same.count,
      isMeaningful: isMeaningful)
  }

  private init(
    catalog: Catalog, changes: [ControlChange], unchanged: Int, isMeaningful: Bool
  ) {
    self.catalog = catalog
    self.changes = changes
    self.unchanged = unchanged
    self.isMeaningful = isMeaningful
    worse = changes.count { $0.isWorse }
    withMoreItems = changes.count { $0.hasMoreItems }
  }

  /// Compares two runs of the database.
  package init(from base: StoredRun, to head: StoredRun, _ catalog: Catalog) {
    self.init(from: ComparedRun(base), to: ComparedRun(head), catalog)
  }

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - base: The run before.
  ///   - head: The run after.
  ///   - catalog: What is known of controls, editions, and the tools' logic.
  package init(from base: ComparedRun, to head: ComparedRun, _ catalog: Catalog) {
    let rule = ChangeRule(catalog)
    let isOneEdition = base.release.edition == head.release.edition
    let right = Finding.merged(head.findings) { $0.key }
    var left = Finding.merged(base.findings) { $0.key }
    if isOneEdition {
      let unmapped = { (run: ComparedRun) in
        run.findings.filter { $0.control == nil }.map { (key: $0.key, id: $0.checkID) }
      }
      for (old, new) in ChangeRule.reworded(from: unmapped(base), to: unmapped(head)) {
        left.findings[new] = left.findings.removeValue(forKey: old)
        left.order = left.order.map { $0 == old ? new : $0 }
      }
    }
    let titles = { (run: ComparedRun) in run.findings.lazy.map { (id: $0.checkID, title: $0.title) }
    }
    // It is asked only of tools whose runs don't name their release.
    let areTitlesEqual =
      head.release.tool.printsTime || ChangeRule.printAlike(titles(base), titles(head))
    let isOneVersion =
      base.release.earliest == head.release.earliest && base.release.latest == head.release.latest
    let isOneTool = base.release.tool == head.release.tool
    var changes: [ControlChange] = []
    var unchanged = 0
    // Items decide only between runs that were limited otherwise.
    let isLimited = base.scope != head.scope
    let view = { (finding: Finding, scope: RunScope) in
      ControlView(outcome: finding.outcome, scope: scope, finding: isLimited ? finding : nil)
    }
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
      let control = after?.control ?? before?.control
      let verdict = rule.verdict(
        control, from: before.map { view($0, base.scope) }, to: after.map { view($0, head.scope) })
      guard let change = verdict.change ?? (items.isEmpty ? nil : .other) else {
        unchanged += 1
        continue
      }
      changes.append(
        ControlChange(
          control: control, change: change, base: before, head: after, itemsAdded: items.added,
          itemsRemoved: items.removed,
          criteria: before == nil || after == nil
            ? nil
            : rule.doubt(
              control, base.release, head.release, areTitlesEqual: areTitlesEqual),
          absence: verdict.isLeftOut
            ? .outOfScope
            : change == .notEvaluated
              ? Self.absence(of: control, from: base, to: head, catalog) : nil))
    }
    self.catalog = catalog
    self.changes = changes
    worse = changes.count { $0.isWorse }
    withMoreItems = changes.count { $0.hasMoreItems }
    self.unchanged = unchanged
    let isDisjoint = !left.order.contains { right.findings[$0] != nil }
    isMeaningful =
      isOneEdition || left.order.isEmpty || right.order.isEmpty || !isDisjoint
  }

  private static func absence(
    of control: ControlID?, from base: ComparedRun, to head: ComparedRun,
    _ catalog: Catalog
  ) -> Absence {
    if let control, head.release.edition != nil, !catalog.editions.has(control, head.release) {
      return .notInEdition
    }
    guard head.isComplete else { return .incompleteRun }
    return control == nil && base.release.edition != head.release.edition ? .notInEdition : .notRun
  }
}
