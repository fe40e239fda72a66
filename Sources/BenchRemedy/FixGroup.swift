package import BenchAnalysis
package import BenchCatalog
package import BenchModel

/// A failure that nobody has accepted, on the hosts that have it alike.
///
/// A fleet has few that differ: what is worked out of one counts for all its hosts.
package struct OpenFailure: Hashable, Sendable {
  /// Each once.
  package var hosts: [String]
  /// The finding, with the items that are open.
  package var finding: Finding
  /// The edition of the runs that found it; nil where it is not known.
  package var edition: String?

  /// Creates a failure.
  package init(hosts: [String], finding: Finding, edition: String? = nil) {
    self.hosts = hosts
    self.finding = finding
    self.edition = edition
  }
}

/// One fix with all that it closes.
package struct FixGroup: Hashable, Sendable {
  package var fix: Fix
  /// The value to set: the policy's, else the catalogue's.
  package var value: String
  /// The policy's value for the fix, where it can't be used; spelled out.
  package var badValue: String?
  /// The controls that it closes, in the catalogue's order.
  package var controls: [ControlID]
  /// The hosts that it concerns, in order.
  package var hosts: [String]
  /// What is at fault, each once, in order.
  package var items: [Item]
  /// The failures that it closes, by control and first host.
  package var failures: [OpenFailure]
  /// How many failures it closes, each counted on every host that has it.
  package var failureCount: Int { failures.reduce(0) { $0 + $1.hosts.count } }
  /// The worst severity among its controls.
  package var severity: Severity
  /// The heaviest restart among its controls.
  package var restart: Restart
  /// The highest effort among its controls.
  package var effort: Effort
  /// What it may break, each text once.
  package var impacts: [String]
  /// Commands that show whether it holds, each once.
  package var verifications: [String]
}

/// What must be restarted for a fix to take hold, from nothing to the whole host.
package enum Restart: String, Hashable, Sendable, CaseIterable, Comparable {
  case none
  case reload
  case container
  case workload
  case kubelet
  case staticPod = "static-pod"
  case daemon
  case node
  case host

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.weight < rhs.weight }

  private var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How much work a fix is.
package enum Effort: String, Hashable, Sendable, CaseIterable, Comparable {
  case low
  case medium
  case high

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.weight < rhs.weight }

  private var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Failures for which there is nothing to change where they were found, and why.
package struct UnfixableGroup: Hashable, Sendable {
  /// The distribution; nil for plain Kubernetes, where a version lacks what would be changed.
  package var distribution: Distribution?
  /// Whether a provider runs what would have to change.
  package var isProvided: Bool
  /// The controls that fail, in the catalogue's order, each with the reason.
  package var controls: [(id: ControlID, reason: String)]
  /// The hosts on which one does, in order.
  package var hosts: [String]

  package static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.distribution == rhs.distribution && lhs.isProvided == rhs.isProvided
      && lhs.hosts == rhs.hosts && lhs.controls.elementsEqual(rhs.controls, by: ==)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(distribution)
    hasher.combine(isProvided)
    hasher.combine(hosts)
  }
}

/// Open failures by the fix that closes them.
package struct Remedies: Sendable {
  /// The fixes, those of the worst severity first, then in the catalogue's order.
  package let groups: [FixGroup]
  /// Failures for which there is nothing to change, by distribution.
  package let unfixable: [UnfixableGroup]
  /// Failures of checks that no edition knows, for which there is no fix; by first host and id.
  package let unmapped: [OpenFailure]
  /// What is known of the controls.
  package let catalog: Catalog
  /// Hosts of which more is known than the failures say: they are nodes of a swarm.
  let swarmHosts: Set<String>

  /// Groups failures by fix.
  ///
  /// The order of the failures makes no difference.
  ///
  /// - Parameters:
  ///   - failures: The failures.
  ///   - policy: The team's severities and values.
  ///   - swarmHosts: Hosts that are nodes of a swarm, beside those of which a failure says so.
  package init(_ failures: [OpenFailure], policy: Policy, swarmHosts: Set<String> = []) {
    self.swarmHosts = swarmHosts
    let catalog = policy.catalog
    self.catalog = catalog
    let controls = catalog.controls.all.map(\.id)
    let position = Dictionary(zip(controls, controls.indices)) { first, _ in first }
    let distributions = catalog.distributions
    var own: [Place: Advice] = [:]
    func advice(on control: ControlID, _ failure: OpenFailure) -> Advice? {
      let place = Place(
        control: control, edition: failure.edition, check: failure.finding.checkID)
      if let advice = own[place] { return advice }
      guard let advice = catalog.advice[control] else { return nil }
      let known = distributions.advice(advice, in: place.edition, check: place.check)
      own[place] = known
      return known
    }
    var known: [Member] = []
    var unmapped: [(host: String, failure: OpenFailure)] = []
    for failure in failures {
      let host = failure.hosts.min() ?? ""
      if let control = failure.finding.control, let index = position[control],
        let advice = advice(on: control, failure)
      {
        known.append(Member(control: index, host: host, advice: advice, failure: failure))
      } else {
        unmapped.append((host, failure))
      }
    }
    known.sort {
      ($0.control, $0.host, $0.failure.finding.checkID, $0.failure.finding.line)
        < ($1.control, $1.host, $1.failure.finding.checkID, $1.failure.finding.line)
    }
    self.unmapped = unmapped.sorted { one, other in
      let (a, b) = (one.failure.finding, other.failure.finding)
      return (one.host, a.checkID, a.title, a.line) < (other.host, b.checkID, b.title, b.line)
    }.map(\.failure)
    let byFix = Dictionary(grouping: known) { $0.advice.fix }
    let order = catalog.advice.fixes.map(\.id)
    let places = Dictionary(zip(order, order.indices)) { first, _ in first }
    let others = [nil] + distributions.all.map(Optional.some)
    let groups = byFix.filter { !$0.key.isUnfixable }.map { fix, members in
      (
        [places[fix.id] ?? 0, others.firstIndex(of: fix.distribution) ?? 0], fix.note,
        Self.group(fix, members, policy)
      )
    }
    self.groups = groups.sorted { one, other in
      if one.2.severity != other.2.severity { return one.2.severity > other.2.severity }
      return one.0 == other.0 ? one.1 < other.1 : one.0.lexicographicallyPrecedes(other.0)
    }.map(\.2)
    unfixable = others.flatMap { distribution in
      ["provider", "none"].compactMap { kind in
        let members = known.filter {
          $0.advice.fix.kind == kind && $0.advice.fix.distribution == distribution
        }
        let reasons = Dictionary(members.map { ($0.control, $0.advice.fix.note) }) { first, _ in
          first
        }
        return members.isEmpty
          ? nil
          : UnfixableGroup(
            distribution: distribution, isProvided: kind == "provider",
            controls: reasons.keys.sorted().map { (controls[$0], reasons[$0] ?? "") },
            hosts: Self.hosts(of: members))
      }
    }
  }

  /// A failure with what brings it about to hold.
  private struct Member {
    /// The place of its control in the catalogue.
    var control: Int
    /// The first of its hosts.
    var host: String
    var advice: Advice
    var failure: OpenFailure
  }

  /// The hosts of some failures, each once and in order.
  private static func hosts(of members: [Member]) -> [String] {
    var hosts: Set<String> = []
    for member in members { hosts.formUnion(member.failure.hosts) }
    return hosts.sorted()
  }

  /// A control and where it failed.
  private struct Place: Hashable {
    var control: ControlID
    var edition: String?
    var check: String
  }

  private static func group(_ fix: Fix, _ members: [Member], _ policy: Policy) -> FixGroup {
    let chosen = FixValue(fix, policy.fixValues[fix.id])
    var items: Set<Item> = []
    var group = FixGroup(
      fix: fix, value: chosen.value, badValue: chosen.refused?.spelledOut, controls: [],
      hosts: hosts(of: members), items: [], failures: [], severity: .low, restart: .none,
      effort: .low, impacts: [], verifications: [])
    for member in members {
      let (advice, failure) = (member.advice, member.failure)
      items.formUnion(failure.finding.items)
      group.failures.append(failure)
      if let control = failure.finding.control, group.controls.last != control {
        group.controls.append(control)
      }
      let severity = policy.severity(of: failure.finding.control) ?? .low
      group.severity = max(group.severity, severity)
      group.restart = max(group.restart, Restart(rawValue: advice.restart) ?? .none)
      group.effort = max(group.effort, Effort(rawValue: advice.effort) ?? .low)
      if !group.impacts.contains(advice.impact) { group.impacts.append(advice.impact) }
      if !group.verifications.contains(advice.verification) {
        group.verifications.append(advice.verification)
      }
    }
    group.items = items.sorted(by: Item.inOrder)
    return group
  }
}

extension Item {
  /// The order of items in groups and snippets.
  static func inOrder(_ one: Item, _ other: Item) -> Bool {
    // Ports by number, and what is no number after them.
    (one.kind.rawValue, one.name, Int(one.value) ?? .max, one.value)
      < (other.kind.rawValue, other.name, Int(other.value) ?? .max, other.value)
  }
}
