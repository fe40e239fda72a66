private import BenchCatalog
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

  /// The most regressed first.
  package private(set) var changed: [HostChange] = []
  /// How many hosts found what they found before.
  package var unchanged = 0
  /// Hosts that have nothing to compare with.
  package var single: [String] = []
  /// Hosts whose two runs have nothing in common.
  package var incomparable: [String] = []
  private var tallies: [String: ControlTally] = [:]
  private static let mostExamples = 5

  /// Creates a comparison of no hosts.
  package init() {}

  /// Adds a host.
  package mutating func add(_ change: HostChange) {
    guard change.comparison.isMeaningful else {
      incomparable.append(change.head.host)
      return
    }
    guard change.comparison.changes.contains(where: Self.isNews) else {
      unchanged += 1
      return
    }
    changed.append(change)
    for item in change.comparison.changes where Self.isNews(item) && !item.isDoubtful {
      guard let finding = item.head ?? item.base else { continue }
      let name = item.control ?? finding.checkID + " " + finding.titleWithoutMarks
      let key = item.change.rawValue + " " + name
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
    var copy = self
    copy.changed.sort {
      (-$0.comparison.worse, -$0.comparison.count(.fixed), $0.head.host, $0.head.id)
        < (-$1.comparison.worse, -$1.comparison.count(.fixed), $1.head.host, $1.head.id)
    }
    return copy
  }

  /// What happened to controls, what is on most hosts first.
  package var controls: [ControlTally] {
    let order: [Change] = [.regressed, .newlySeen, .stillFailing, .fixed]
    return tallies.values.sorted {
      (order.firstIndex(of: $0.change) ?? 9, -$0.hosts, $0.control ?? $0.checkID, $0.title)
        < (order.firstIndex(of: $1.change) ?? 9, -$1.hosts, $1.control ?? $1.checkID, $1.title)
    }
  }

  /// Whether a change is one that somebody should hear of: not a failure that stayed as it was.
  package static func isNews(_ change: ControlChange) -> Bool {
    switch change.change {
    case .stillFailing: !change.itemsAdded.isEmpty || !change.itemsRemoved.isEmpty
    case .notEvaluated: change.base?.outcome == .fail
    case .other: false
    case .regressed, .newlySeen, .fixed, .noLongerApplicable: true
    }
  }
}

extension Comparison {
  /// How many controls fail that did not, or fail for more items than before.
  package var worse: Int {
    changes.count {
      guard !$0.isDoubtful else { return false }
      switch $0.change {
      case .regressed, .newlySeen: return true
      case .stillFailing: return !$0.itemsAdded.isEmpty
      default: return false
      }
    }
  }

  /// How many failures of the base the head did not judge.
  package var leftOpen: Int {
    changes.count { $0.change == .notEvaluated && $0.base?.outcome == .fail }
  }
}
