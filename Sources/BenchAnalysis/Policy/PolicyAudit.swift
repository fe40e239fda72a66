import BenchCatalog
package import BenchModel

/// What is to be tidied up in a policy, given the current findings of the hosts.
///
/// Every remark is about one entry. An entry that lists several controls makes a waiver of each, so that a line can have
/// several remarks.
package struct PolicyAudit: Sendable {
  /// An entry of a policy.
  package enum Entry: Hashable, Sendable {
    /// The position in ``Policy/waivers``.
    case waiver(Int)
    /// The position in ``Policy/attestations``.
    case attestation(Int)
    case severity(ControlID)
    case stride(ControlID)

    /// Waivers come first, and each kind in the order of the file, or by name.
    fileprivate var order: (Int, Int, String) {
      switch self {
      case .waiver(let number): (0, number, "")
      case .attestation(let number): (1, number, "")
      case .severity(let control): (2, 0, control)
      case .stride(let control): (3, 0, control)
      }
    }
  }

  /// What is the matter with an entry.
  package enum Problem: Hashable, Sendable {
    /// The catalogue has no such control.
    case unknownControl(ControlID)
    /// It holds no more, from this second on.
    case expired(Int64)
    /// It holds, and no more from this second on, which is within the days that were asked for.
    case expiring(Int64)
    /// It holds, its control exists, and there is nothing that it waives or decides.
    case unused
    /// Waivers before it, at these lines, cover a whole finding or an item that it covers too; all hold.
    case overlapping(lines: [Int])
    /// The attestation has expired, and no other one decides for the hosts, which are sorted.
    case lapsed(hosts: [String])
  }

  /// A problem with its entry.
  package struct Remark: Hashable, Sendable {
    package var entry: Entry
    /// The 1-based line of the policy's file; 0 for what has none.
    package var line: Int
    package var problem: Problem
  }

  /// By line, and by entry; of one entry in the order of the cases of ``Problem``.
  package let remarks: [Remark]

  /// The most days that can be looked ahead: more than any date has.
  private static let dayLimit = 4_000_000

  /// Looks for what is to be tidied up.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - hosts: What is known of the hosts, judged by the policy.
  ///   - time: Seconds since 1970, in UTC.
  ///   - days: How many days ahead an expiry is told.
  package init(
    _ policy: Policy, hosts: some Sequence<JudgedHost>, at time: Int64, days: Int
  ) {
    var use = Use(policy, at: time)
    for host in hosts {
      for verdict in host.verdicts
      where verdict.hasWaiver || verdict.isAttested || verdict.isLapsed {
        use.add(host[verdict].judged, host: host.name)
      }
    }
    let soon = time + Int64(min(max(days, 0), Self.dayLimit)) * 86_400
    var remarks: [Remark] = []
    let add = { (entry: Entry, line: Int, problem: Problem?) in
      if let problem { remarks.append(Remark(entry: entry, line: line, problem: problem)) }
    }
    for (number, waiver) in policy.waivers.enumerated() {
      let add = { add(.waiver(number), waiver.line, $0) }
      let unknown = Self.unknown(waiver.coverage, policy)
      add(unknown)
      add(Self.expiry(waiver.end, isAccepted: waiver.isAccepted(at: time), at: time, soon: soon))
      if unknown == nil, waiver.holds(at: time), !use.waivers.contains(number) { add(.unused) }
      if let others = use.overlaps[number] {
        add(.overlapping(lines: Set(others.map { policy.waivers[$0].line }).sorted()))
      }
    }
    for (number, attestation) in policy.attestations.enumerated() {
      let add = { add(.attestation(number), attestation.line, $0) }
      let unknown = Self.unknown(attestation.coverage, policy)
      add(unknown)
      add(
        Self.expiry(
          attestation.end, isAccepted: attestation.isAccepted(at: time), at: time, soon: soon))
      if unknown == nil, attestation.holds(at: time), !use.attestations.contains(number) {
        add(.unused)
      }
      if let hosts = use.lapsed[number] { add(.lapsed(hosts: hosts.sorted())) }
    }
    for control in policy.severities.keys {
      add(.severity(control), 0, Self.unknown(control, policy))
    }
    for control in policy.stride.keys { add(.stride(control), 0, Self.unknown(control, policy)) }
    // The sort must keep the order of an entry's problems.
    self.remarks = remarks.enumerated().sorted { one, other in
      let (first, second) = (one.element.entry.order, other.element.entry.order)
      return (one.element.line, first.0, first.1, first.2, one.offset)
        < (other.element.line, second.0, second.1, second.2, other.offset)
    }.map(\.element)
  }

  private static func unknown(_ coverage: Coverage, _ policy: Policy) -> Problem? {
    guard case .control(let control) = coverage.subject else { return nil }
    return unknown(control, policy)
  }

  private static func unknown(_ control: ControlID, _ policy: Policy) -> Problem? {
    policy.catalog.controls.control(control) == nil ? .unknownControl(control) : nil
  }

  /// What is to be said of an end; nothing of an entry that does not hold yet.
  private static func expiry(
    _ end: Int64?, isAccepted: Bool, at time: Int64, soon: Int64
  ) -> Problem? {
    guard let end, isAccepted else { return nil }
    if end <= time { return .expired(end) }
    return end <= soon ? .expiring(end) : nil
  }
}

/// What the entries of a policy are good for.
private struct Use {
  let policy: Policy
  let time: Int64
  /// The waivers that cover something, and the attestations that decide something.
  var waivers: Set<Int> = []
  var attestations: Set<Int> = []
  /// The first waiver before each that covers the same, for each finding that has one.
  var overlaps: [Int: Set<Int>] = [:]
  /// The hosts for which nothing decides any more, by the last attestation that did.
  var lapsed: [Int: Set<String>] = [:]

  init(_ policy: Policy, at time: Int64) {
    self.policy = policy
    self.time = time
  }

  mutating func add(_ judged: JudgedFinding, host: String) {
    let finding = judged.finding
    waivers.formUnion(judged.waivers)
    if let attestation = judged.attestation { attestations.insert(attestation) }
    if judged.isLapsed,
      let last = policy.attestations.lastIndex(where: {
        $0.isAccepted(at: time) && $0.coverage.covers(finding.control, host: host, policy)
      })
    {
      lapsed[last, default: []].insert(host)
    }
    guard judged.waivers.count > 1 else { return }
    for (position, number) in judged.waivers.enumerated() {
      let first = judged.waivers[..<position].first {
        overlap(policy.waivers[$0], policy.waivers[number], finding)
      }
      if let first { overlaps[number, default: []].insert(first) }
    }
  }

  /// Whether two waivers that apply to a finding cover the whole of it, or one of its items, both.
  private func overlap(_ one: Waiver, _ other: Waiver, _ finding: Finding) -> Bool {
    // Both apply, so one of the whole finding covers whatever the other does.
    one.items.isEmpty || other.items.isEmpty
      || finding.items.contains { one.covers($0) && other.covers($0) }
  }
}
