import BenchHistory
package import BenchModel

/// What a policy decides of one finding.
package struct Decision: Sendable {
  /// The outcome: the tool's, or that of an attestation.
  package var outcome: Outcome
  /// Whether the whole finding is an accepted risk.
  package var isWaived = false
  /// The items that are accepted, of a finding that is open for others.
  package var waivedItems: [Item] = []
  /// The positions in ``Policy/waivers`` of those that apply.
  package var waivers: [Int] = []
  /// The position in ``Policy/attestations`` of the one that decides.
  package var attestation: Int?
  /// Whether an attestation decided this once and holds no more.
  package var isLapsed = false

  /// Whether it says more than flags do.
  var isKept: Bool { !waivers.isEmpty || attestation != nil }
}

/// A finding as the team's policy has it.
package struct JudgedFinding: Sendable {
  /// Where the finding is from.
  enum Source: Sendable {
    case finding(Finding)
    /// What is known of a host, of which items and details are read when they are first asked for.
    case current(CurrentFinding)
  }

  private var source: Source
  package let control: ControlID?
  /// The outcome by the tool.
  package let printedOutcome: Outcome
  /// How bad a failure is; nil for a check without a control.
  package let severity: Severity?
  private let decision: Decision

  init(
    _ source: Source, control: ControlID?, printed: Outcome, severity: Severity?,
    _ decision: Decision
  ) {
    self.source = source
    self.control = control
    printedOutcome = printed
    self.severity = severity
    self.decision = decision
  }

  /// The outcome: the tool's, or that of an attestation.
  package var outcome: Outcome { decision.outcome }
  /// Whether the whole finding is an accepted risk.
  package var isWaived: Bool { decision.isWaived }
  /// The items that are accepted, of a finding that is open for others.
  package var waivedItems: [Item] { decision.waivedItems }
  /// The positions in ``Policy/waivers`` of those that apply.
  package var waivers: [Int] { decision.waivers }
  /// The position in ``Policy/attestations`` of the one that decides.
  package var attestation: Int? { decision.attestation }
  /// Whether an attestation decided this once and holds no more.
  package var isLapsed: Bool { decision.isLapsed }

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
    let rated = RatedControl(finding.control, self)
    return JudgedFinding(
      .finding(finding), control: finding.control, printed: finding.outcome,
      severity: rated.severity,
      decide(rated, printed: finding.outcome, host: host) { finding })
  }

  /// What the policy says of the checks of a history.
  func ratings(of checks: CheckKeys) -> RatedChecks { ratings.of(checks, self) }

  /// Decides on a finding.
  ///
  /// - Parameters:
  ///   - rated: What the policy says of its control.
  ///   - outcome: The outcome by the tool.
  ///   - host: The name that the host has now.
  ///   - finding: Returns the finding; is called only where a waiver is about items.
  /// - Returns: What the policy decides.
  func decide(
    _ rated: RatedControl, printed outcome: Outcome, host: String, finding: () -> Finding
  ) -> Decision {
    var decision = Decision(outcome: outcome)
    if outcome == .manual, !rated.attestations.isEmpty { attest(&decision, host, rated) }
    if decision.outcome == .fail, !rated.waivers.isEmpty {
      waive(&decision, host, rated, finding)
    }
    return decision
  }

  /// The waivers that hold for a control on a host, be it for some of its items only.
  func waivers(of control: ControlID?, host: String) -> [Waiver] {
    policy.waivers.filter { $0.holds(at: time) && $0.coverage.covers(control, host: host, policy) }
  }

  private func attest(_ decision: inout Decision, _ host: String, _ rated: RatedControl) {
    for number in rated.attestations where policy.attestations[number].coverage.covers(host: host) {
      let attestation = policy.attestations[number]
      // What is to be decided only later says nothing of today.
      guard attestation.isAccepted(at: time) else { continue }
      if attestation.holds(at: time) {
        // The last one in the file wins.
        decision.outcome = attestation.decision
        decision.attestation = number
        decision.isLapsed = false
      } else if decision.attestation == nil {
        decision.isLapsed = true
      }
    }
  }

  private func waive(
    _ decision: inout Decision, _ host: String, _ rated: RatedControl, _ finding: () -> Finding
  ) {
    let waivers = rated.waivers.filter { policy.waivers[$0].coverage.covers(host: host) }
    guard !waivers.isEmpty else { return }
    if waivers.allSatisfy({ policy.waivers[$0].items.isEmpty }) {
      decision.isWaived = true
      decision.waivers = waivers
      return
    }
    let finding = finding()
    var open = finding.items
    for number in waivers {
      let waiver = policy.waivers[number]
      if waiver.items.isEmpty {
        decision.isWaived = true
        decision.waivers.append(number)
        continue
      }
      let covered = finding.items.filter(waiver.covers)
      guard !covered.isEmpty else { continue }
      decision.waivers.append(number)
      open.removeAll { item in covered.contains(item) }
      for item in covered where !decision.waivedItems.contains(item) {
        decision.waivedItems.append(item)
      }
    }
    // A list that was cut short may have items that nobody accepted.
    if !finding.items.isEmpty, open.isEmpty, !finding.itemsTruncated { decision.isWaived = true }
  }
}
