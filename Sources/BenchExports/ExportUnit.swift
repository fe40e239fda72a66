import BenchAnalysis
import BenchHistory
import BenchModel

/// A thing at fault of which a consumer keeps an alert of its own: an item with all that is said of it, or a finding
/// that has no items.
struct ExportUnit {
  /// The item as printed; nil for the finding as a whole.
  var item: Item?
  /// Further items of its kind and stable name.
  var others: [Item] = []
  /// What about the item is at fault: ports, folders.
  var values: [String]
  var isWaived: Bool
  /// Whether the base did not have it.
  var isAdded: Bool
}

extension SharedFinding {
  /// Splits the finding into the things that can be fixed or accepted one by one.
  ///
  /// Items of one stable name are one unit: a container with two ports has one alert, and a restarted one keeps it.
  ///
  /// - Parameter items: The items, if not the finding's own.
  /// - Returns: One unit at least.
  func units(items: [Item]? = nil) -> [ExportUnit] {
    struct Key: Hashable {
      var kind: ItemKind
      var name: String
    }
    let waived = Set(judged.waivedItems)
    let added = Set(change?.change == .stillFailing ? change?.itemsAdded ?? [] : [])
    let items = items ?? finding.items
    // Most lists are short: to look through them takes less than to hash their names.
    var places: [Key: Int]? = items.count > 16 ? [:] : nil
    var units: [ExportUnit] = []
    units.reserveCapacity(items.count)
    for item in items {
      let key = Key(kind: item.kind, name: item.stableName)
      let isWaived = judged.isWaived || waived.contains(item)
      let place =
        places.map { $0[key] }
        ?? units.firstIndex { $0.item?.kind == key.kind && $0.item?.stableName == key.name }
      if let place {
        units[place].others.append(item)
        if !item.value.isEmpty { units[place].values.append(item.value) }
        if !isWaived { units[place].isWaived = false }
        continue
      }
      places?[key] = units.count
      units.append(
        ExportUnit(
          item: item, values: item.value.isEmpty ? [] : [item.value], isWaived: isWaived,
          isAdded: added.contains(item)))
    }
    // What a list that was cut short does not name is accepted by nobody.
    if units.isEmpty || (judged.isOpen && units.allSatisfy(\.isWaived)) {
      units.append(whole)
    }
    return units
  }

  /// The finding as one unit.
  var whole: ExportUnit {
    ExportUnit(item: nil, values: [], isWaived: judged.isWaived, isAdded: false)
  }
}
