package import BenchCatalog
package import BenchModel

/// One side of a comparison.
package struct ComparedRun: Sendable {
  package var release: Release
  package var isComplete: Bool
  package var findings: [Finding]

  /// Creates a side.
  package init(release: Release, isComplete: Bool, findings: [Finding]) {
    self.release = release
    self.isComplete = isComplete
    self.findings = findings
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

  /// How many changes there are of a kind, leaving out those that another criterion may explain.
  package func count(_ change: Change) -> Int {
    changes.count { $0.change == change && !$0.isDoubtful }
  }

  /// How many differences of outcome may come from another criterion.
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
    isKnown: (ControlID, String) -> Bool
  ) {
    let (left, right) = (Self.merge(base.findings), Self.merge(head.findings))
    var changes: [ControlChange] = []
    var unchanged = 0
    let order = right.order + left.order.filter { right.findings[$0] == nil }
    for key in order {
      let (before, after) = (left.findings[key], right.findings[key])
      let items = ItemDifference(from: before, to: after)
      var change = Change(from: before?.outcome, to: after?.outcome)
      if change == nil, !items.isEmpty { change = .other }
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
            ? nil : control.flatMap { criteria.difference($0, base.release, head.release) },
          absence: change == .notEvaluated ? Self.absence(of: control, in: head, isKnown) : nil))
    }
    self.changes = changes
    self.unchanged = unchanged
  }

  private static func absence(
    of control: ControlID?, in head: ComparedRun, _ isKnown: (ControlID, String) -> Bool
  ) -> Absence {
    if let control, let edition = head.release.edition, !isKnown(control, edition) {
      return .notInEdition
    }
    return head.isComplete ? .notRun : .incompleteRun
  }

  /// Brings findings of one control together: an edition may have it under two ids.
  private static func merge(
    _ findings: [Finding]
  ) -> (findings: [String: Finding], order: [String]) {
    var merged: [String: Finding] = [:]
    var order: [String] = []
    var known: [String: Set<Item>] = [:]
    for finding in findings {
      let key = finding.control ?? "\(finding.checkID) \(finding.title)"
      guard let other = merged[key] else {
        merged[key] = finding
        order.append(key)
        continue
      }
      if known[key] == nil { known[key] = Set(other.items) }
      for item in finding.items where known[key]?.insert(item).inserted == true {
        merged[key]?.items.append(item)
      }
      if finding.outcome == .fail { merged[key]?.outcome = .fail }
      if finding.itemsTruncated { merged[key]?.itemsTruncated = true }
    }
    return (merged, order)
  }
}

/// The items that came and went between two findings of a control.
struct ItemDifference {
  private(set) var added: [Item] = []
  private(set) var removed: [Item] = []

  var isEmpty: Bool { added.isEmpty && removed.isEmpty }

  /// Compares by stable name, so that a restarted container is not another one, and by what is at fault,
  /// unless one side's form or version does not tell it.
  init(from base: Finding?, to head: Finding?) {
    // What was not evaluated, or has been cut short, says nothing of what is missing in it.
    guard let base, let head else {
      if base == nil, let head { added = head.items }
      return
    }
    let isByValue = [base, head].allSatisfy { finding in
      finding.items.isEmpty || finding.items.contains { !$0.value.isEmpty }
    }
    let (before, after) = (Self.keys(base, isByValue), Self.keys(head, isByValue))
    if !base.itemsTruncated { added = Self.without(head.items, before, isByValue) }
    if !head.itemsTruncated { removed = Self.without(base.items, after, isByValue) }
  }

  private struct Key: Hashable {
    var kind: ItemKind
    var name: String
    var value: String

    init(_ item: Item, _ isByValue: Bool) {
      (kind, name, value) = (item.kind, item.stableName, isByValue ? item.value : "")
    }
  }

  private static func keys(_ finding: Finding, _ isByValue: Bool) -> Set<Key> {
    Set(finding.items.map { Key($0, isByValue) })
  }

  private static func without(_ items: [Item], _ keys: Set<Key>, _ isByValue: Bool) -> [Item] {
    var seen = keys
    return items.filter { seen.insert(Key($0, isByValue)).inserted }
  }
}
