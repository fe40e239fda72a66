import BenchModel

/// The items that came and went between two findings of a control.
struct ItemDifference {
  private(set) var added: [Item] = []
  private(set) var removed: [Item] = []

  /// Creates a difference of nothing.
  init() {}

  var isEmpty: Bool { added.isEmpty && removed.isEmpty }

  /// Compares by stable name, so that a restarted container is not another one, and by what is at fault,
  /// unless one side's form or version does not tell it.
  ///
  /// What a run was told to leave out has neither come nor gone.
  init(
    from base: Finding?, to head: Finding?, baseScope: RunScope = .whole,
    headScope: RunScope = .whole
  ) {
    // What was not evaluated, or has been cut short, says nothing of what is missing in it.
    guard let base, let head else {
      if base == nil, let head { added = head.items }
      return
    }
    if base.items == head.items { return }
    // The oldest versions print ids where later ones print names.
    guard Self.areIDs(base) == Self.areIDs(head) || base.items.isEmpty || head.items.isEmpty else {
      return
    }
    let isByValue = [base, head].allSatisfy { finding in
      finding.items.isEmpty || finding.items.contains { !$0.value.isEmpty }
    }
    let (before, after) = (Self.keys(base, isByValue), Self.keys(head, isByValue))
    if !base.itemsTruncated { added = Self.without(head.items, before, isByValue) }
    if !head.itemsTruncated { removed = Self.without(base.items, after, isByValue) }
    guard baseScope != headScope else { return }
    added = added.filter(baseScope.covers)
    removed = removed.filter(headScope.covers)
  }

  /// The stable name that `catalog/names.tsv` gives every image without a tag.
  private static let untagged = "<untagged>"

  /// Leaves out images without a tag, which versions since March 2021 list and older ones don't.
  mutating func leaveOutUntagged() {
    added.removeAll { $0.stableName == Self.untagged }
    removed.removeAll { $0.stableName == Self.untagged }
  }

  private struct Key: Hashable {
    var kind: ItemKind
    var name: String
    var value: String

    init(_ item: Item, _ isByValue: Bool) {
      (kind, name) = (item.kind, item.stableName)
      // Versions set other blanks between the parts of a value.
      guard isByValue else {
        value = ""
        return
      }
      // Most have none, and to look at each character is dear.
      value =
        item.value.utf8.contains(UInt8(ascii: " ")) ? item.value.filter { $0 != " " } : item.value
    }
  }

  /// Whether containers are listed by their ids.
  private static func areIDs(_ finding: Finding) -> Bool {
    finding.items.contains { item in
      item.kind == .container && item.name.utf8.count == 64
        && item.name.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
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
