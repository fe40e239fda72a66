import BenchHistory
package import BenchModel

/// A finding as the team's policy has it.
package struct JudgedFinding: Sendable {
  /// Where the finding is from.
  fileprivate enum Source: Sendable {
    case finding(Finding)
    /// What is known of a host, of which items and details are read when they are first asked for.
    case current(CurrentFinding)
  }

  fileprivate var source: Source
  package let control: ControlID?
  /// The outcome by the tool.
  package let printedOutcome: Outcome
  /// The outcome: the tool's, or that of an attestation.
  package var outcome: Outcome
  /// How bad a failure is; nil for a check without a control.
  package var severity: Severity?
  /// Whether the whole finding is an accepted risk.
  package var isWaived: Bool
  /// The items that are accepted, of a finding that is open for others.
  package var waivedItems: [Item]
  /// The positions in ``Policy/waivers`` of those that apply.
  package var waivers: [Int]
  /// The position in ``Policy/attestations`` of the one that decides.
  package var attestation: Int?
  /// Whether an attestation decided this once and holds no more.
  package var isLapsed: Bool

  /// The finding, with its items and details.
  package var finding: Finding {
    get {
      switch source {
      case .finding(let finding): finding
      case .current(let current): current.finding
      }
    }
    set { source = .finding(newValue) }
  }

  /// The items that nobody has accepted.
  package var openItems: [Item] {
    waivedItems.isEmpty ? finding.items : finding.items.filter { !waivedItems.contains($0) }
  }

  /// How many different items nobody has accepted, by their kinds and stable names.
  package var openItemCount: Int {
    guard waivedItems.isEmpty, case .current(let current) = source else {
      return Finding.count(openItems)
    }
    return current.itemCount
  }

  /// Whether it is a failure that nobody has accepted.
  package var isOpen: Bool { outcome == .fail && !isWaived }
}

/// Applies a policy to findings as of a time.
package struct Judgement: Sendable {
  package let policy: Policy
  /// Seconds since 1970, in UTC.
  package let time: Int64
  /// What the policy says of controls, worked out once for each.
  private let ratings = RatedControls()

  /// Creates a judgement.
  package init(_ policy: Policy, at time: Int64) {
    self.policy = policy
    self.time = time
  }

  /// Judges a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - host: The name that its host has now.
  /// - Returns: The finding with what the policy says of it.
  package func judge(_ finding: Finding, host: String) -> JudgedFinding {
    judge(
      .finding(finding), finding.control, finding.outcome, host, RatedControl(finding.control, self)
    )
  }

  /// Judges findings of one host.
  ///
  /// - Parameters:
  ///   - findings: The findings.
  ///   - host: The name that the host has now.
  /// - Returns: Each with what the policy says of it.
  func judge(_ findings: [CurrentFinding], host: String) -> [JudgedFinding] {
    guard let checks = findings.first?.known.checks else { return [] }
    return ratings.withTable(of: checks) { table in
      findings.map { current in
        let control = current.control
        guard current.known.checks.token === checks.token else {
          return judge(
            .current(current), control, current.outcome, host, RatedControl(control, self))
        }
        let key = current.key
        let rated = table[key] ?? RatedControl(control, self)
        table[key] = rated
        return judge(.current(current), control, current.outcome, host, rated)
      }
    }
  }

  private func judge(
    _ source: JudgedFinding.Source, _ control: ControlID?, _ outcome: Outcome, _ host: String,
    _ rated: RatedControl
  ) -> JudgedFinding {
    var judged = JudgedFinding(
      source: source, control: control, printedOutcome: outcome, outcome: outcome,
      severity: rated.severity, isWaived: false, waivedItems: [], waivers: [], attestation: nil,
      isLapsed: false)
    if outcome == .manual, !rated.attestations.isEmpty { attest(&judged, host, rated) }
    if judged.outcome == .fail, !rated.waivers.isEmpty { waive(&judged, host, rated) }
    return judged
  }

  /// The waivers that hold for a control on a host, be it for some of its items only.
  func waivers(of control: ControlID?, host: String) -> [Waiver] {
    policy.waivers.filter { $0.holds(at: time) && $0.coverage.covers(control, host: host, policy) }
  }

  private func attest(_ judged: inout JudgedFinding, _ host: String, _ rated: RatedControl) {
    for number in rated.attestations where policy.attestations[number].coverage.covers(host: host) {
      let attestation = policy.attestations[number]
      if attestation.holds(at: time) {
        // The last one in the file wins.
        judged.outcome = attestation.decision
        judged.attestation = number
        judged.isLapsed = false
      } else if judged.attestation == nil {
        judged.isLapsed = true
      }
    }
  }

  private func waive(_ judged: inout JudgedFinding, _ host: String, _ rated: RatedControl) {
    let waivers = rated.waivers.filter { policy.waivers[$0].coverage.covers(host: host) }
    guard !waivers.isEmpty else { return }
    if waivers.allSatisfy({ policy.waivers[$0].items.isEmpty }) {
      judged.isWaived = true
      judged.waivers = waivers
      return
    }
    let finding = judged.finding
    var open = finding.items
    for number in waivers {
      let waiver = policy.waivers[number]
      if waiver.items.isEmpty {
        judged.isWaived = true
        judged.waivers.append(number)
        continue
      }
      let covered = finding.items.filter(waiver.covers)
      guard !covered.isEmpty else { continue }
      judged.waivers.append(number)
      open.removeAll { item in covered.contains(item) }
      for item in covered where !judged.waivedItems.contains(item) {
        judged.waivedItems.append(item)
      }
    }
    // A list that was cut short may have items that nobody accepted.
    if !finding.items.isEmpty, open.isEmpty, !finding.itemsTruncated { judged.isWaived = true }
  }
}
