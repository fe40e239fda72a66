package import BenchCatalog
package import BenchModel

/// Every host's newest run against the one before it.
package struct FleetComparison: Sendable {
  /// A host of which something changed.
  package struct HostChange: Sendable {
    package var base: RunSummary
    package var head: RunSummary
    package var comparison: Comparison

    /// Creates a change.
    package init(base: RunSummary, head: RunSummary, comparison: Comparison) {
      self.base = base
      self.head = head
      self.comparison = comparison
    }
  }

  /// What happened to one control over all hosts.
  package struct ControlTally: Sendable {
    package var control: ControlID?
    package var checkID: String
    package var title: String
    package var change: Change
    package var hosts = 0
    /// The first hosts, by name.
    package var examples: [String] = []
  }

  /// How a host came out; of a host with several systems the one that tells most.
  private enum State: Int {
    /// It has nothing to compare with.
    case single = 0
    case unchanged = 1
    /// Its two runs have nothing in common.
    case incomparable = 2
    case changed = 3
  }

  /// The changed systems of hosts, the most regressed first.
  package private(set) var changed: [HostChange] = []
  private var states: [String: State] = [:]
  private struct TallyKey: Hashable {
    var change: Change
    var check: FindingKey
  }

  private var tallies: [TallyKey: ControlTally] = [:]
  private static let mostExamples = 5

  /// What the runs are compared by.
  package let catalog: Catalog

  /// Creates a comparison of no hosts.
  package init(_ catalog: Catalog) { self.catalog = catalog }

  private mutating func note(_ host: String, _ state: State) {
    if (states[host]?.rawValue ?? -1) < state.rawValue { states[host] = state }
  }

  private func hosts(_ state: State) -> [String] {
    states.filter { $0.value == state }.keys.sorted()
  }

  /// How many hosts changed.
  package var changedHosts: Int { states.count { $0.value == .changed } }
  /// How many hosts found what they found before.
  package var unchanged: Int { states.count { $0.value == .unchanged } }
  /// How many hosts got worse.
  package var worse: Int { Set(changed.filter { $0.comparison.worse > 0 }.map(\.head.host)).count }
  /// Hosts that have nothing to compare with, by name.
  package var single: [String] { hosts(.single) }
  /// Hosts whose two runs have nothing in common, by name.
  package var incomparable: [String] { hosts(.incomparable) }

  /// Adds a host whose newest run of a system found what the one before found.
  package mutating func addUnchanged(_ host: String) { note(host, .unchanged) }

  /// Adds a host that has one run of a system only.
  package mutating func addSingle(_ host: String) { note(host, .single) }

  /// Adds a system of a host.
  package mutating func add(_ change: HostChange) {
    let host = change.head.host
    guard change.comparison.isMeaningful else { return note(host, .incomparable) }
    guard change.comparison.changes.contains(where: { $0.isNews }) else {
      return note(host, .unchanged)
    }
    note(host, .changed)
    changed.append(change)
    for item in change.comparison.changes where item.isNews && !item.isDoubtful {
      guard let finding = item.head ?? item.base else { continue }
      let key = TallyKey(change: item.change, check: finding.key)
      var tally =
        tallies[key]
        ?? ControlTally(
          control: item.control, checkID: finding.checkID, title: finding.title,
          change: item.change)
      tally.hosts += 1
      if tally.examples.count < Self.mostExamples { tally.examples.append(change.head.host) }
      tallies[key] = tally
    }
  }

  /// The comparison with its hosts in order.
  package func sorted() -> FleetComparison {
    // By their places: to move what changed on thousands of hosts about would take longer than to compare it.
    let ranks = changed.map { change in
      let comparison = change.comparison
      return (
        [-comparison.worse, -comparison.withMoreItems, -comparison.count(.fixed)], change.head
      )
    }
    let places = changed.indices.sorted {
      let (one, other) = (ranks[$0], ranks[$1])
      if one.0 != other.0 { return one.0.lexicographicallyPrecedes(other.0) }
      return (one.1.host, one.1.order) < (other.1.host, other.1.order)
    }
    var copy = self
    copy.changed = places.map { changed[$0] }
    return copy
  }

  /// What happened to controls, what is on most hosts first.
  package var controls: [ControlTally] {
    let order: [Change] = [.regressed, .newlySeen, .stillFailing, .fixed]
    return tallies.sorted {
      (order.firstIndex(of: $0.key.change) ?? 9, -$0.value.hosts, $0.key.check)
        < (order.firstIndex(of: $1.key.change) ?? 9, -$1.value.hosts, $1.key.check)
    }.map(\.value)
  }
}
