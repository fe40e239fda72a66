import BenchCatalog
import BenchModel

/// One fix as it is to be made on one host.
struct FixTask: Hashable, Sendable {
  var fix: Fix
  var value: String
  var badValue: String?
  /// What is at fault on the host, in order.
  var items: [Item]
  /// Whether the log lists only some of the items.
  var isTruncated: Bool

  /// The id tells the fix.
  func hash(into hasher: inout Hasher) {
    hasher.combine(fix.id)
    hasher.combine(value)
    hasher.combine(items)
  }

  /// The items of a kind, by name, each with its values.
  func named(_ kind: ItemKind) -> [(name: String, values: [String])] {
    var named: [(name: String, values: [String])] = []
    for item in items where item.kind == kind {
      if named.last?.name != item.name { named.append((item.name, [])) }
      let last = named.count - 1
      if !item.value.isEmpty, !named[last].values.contains(item.value) {
        named[last].values.append(item.value)
      }
    }
    return named
  }

  /// What is to be known of the fix whatever the snippet.
  var notes: [Note] {
    var notes: [Note] = []
    if let badValue { notes.append(.badValue(fix: fix.id, value: badValue)) }
    if !fix.note.isEmpty { notes.append(.remark(fix: fix.title, fix.note)) }
    if isTruncated { notes.append(.mayBeMore) }
    return notes
  }
}

/// What a maker of snippets needs to know of a host; hosts of which the same is known share a snippet.
struct HostTasks: Hashable, Sendable {
  /// In the catalogue's order.
  var tasks: [FixTask]
  var isSwarm: Bool

  /// The ids of the fixes.
  var fixes: Set<String> { Set(tasks.map(\.fix.id)) }

  /// What is to be known of the fixes, each note once.
  var notes: [Note] { Self.unique(tasks.flatMap(\.notes)) }

  /// Notes without repetition, in order.
  static func unique(_ notes: [Note]) -> [Note] {
    var seen: Set<Note> = []
    return notes.filter { seen.insert($0).inserted }
  }
}
