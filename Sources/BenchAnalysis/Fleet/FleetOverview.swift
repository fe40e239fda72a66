/// All hosts at a glance.
package struct FleetOverview: Sendable {
  /// Which hosts are listed, and in what order.
  package struct Choice: Hashable, Sendable {
    /// Nil for the worst first.
    package var order: HostOrder?
    /// Whether only silent hosts are listed.
    package var isSilent: Bool
    /// Whether only hosts are listed on which something got worse.
    package var isWorse: Bool

    /// Creates a choice.
    package init(order: HostOrder? = nil, isSilent: Bool = false, isWorse: Bool = false) {
      self.order = order
      self.isSilent = isSilent
      self.isWorse = isWorse
    }

    /// Whether a host may be left out.
    package var isLimited: Bool { isSilent || isWorse }

    /// Whether a host is listed.
    package func includes(_ host: HostOverview) -> Bool {
      (!isSilent || host.isSilent) && (!isWorse || host.worse > 0)
    }
  }

  /// The time to which ages are counted, in seconds since 1970.
  package let time: Int64
  /// A host is silent if its newest run is more whole days old.
  package let silentAfter: Int
  /// Whether the policy has thresholds.
  package let hasGate: Bool
  /// In the order in which they were added.
  package private(set) var hosts: [HostOverview] = []
  /// What is open on all hosts.
  package private(set) var open = OpenTally()
  /// Failures that are accepted.
  package private(set) var waived = 0
  /// The open failures of each host after each of its last runs, the oldest first, accepted ones among them; see
  /// ``RecentOpen``.
  package var recentOpen: [String: [Int]] = [:]

  /// Creates an overview of no hosts.
  package init(time: Int64, silentAfter: Int, hasGate: Bool) {
    self.time = time
    self.silentAfter = silentAfter
    self.hasGate = hasGate
  }

  /// Adds a host.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - gate: How it comes through the policy's gate; nil where there is none.
  package mutating func add(_ host: JudgedHost, gate: Gate.HostResult.State? = nil) {
    let overview = HostOverview(host, gate: gate, time: time, silentAfter: silentAfter)
    guard let overview else { return }
    hosts.append(overview)
    open += overview.open
    waived += overview.waived
  }

  /// On how many hosts something got worse.
  package var worse: Int { hosts.count { $0.worse > 0 } }

  /// How many hosts are silent.
  package var silent: Int { hosts.count(where: \.isSilent) }

  /// How many hosts come through the gate so.
  package func count(_ state: Gate.HostResult.State) -> Int { hosts.count { $0.gate == state } }

  /// The hosts that are listed, in their order.
  package func listed(_ choice: Choice) -> [HostOverview] {
    hosts.filter(choice.includes).sorted { $0.precedes($1, by: choice.order) }
  }
}
