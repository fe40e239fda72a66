package import BenchModel

/// A finding as the team's policy has it.
package struct JudgedFinding: Sendable {
  package var finding: Finding
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

  /// The items that nobody has accepted.
  package var openItems: [Item] {
    waivedItems.isEmpty ? finding.items : finding.items.filter { !waivedItems.contains($0) }
  }

  /// Whether it is a failure that nobody has accepted.
  package var isOpen: Bool { outcome == .fail && !isWaived }
}

/// Applies a policy to findings as of a time.
package struct Judgement: Sendable {
  package let policy: Policy
  /// Seconds since 1970, in UTC.
  package let time: Int64

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
    var judged = JudgedFinding(
      finding: finding, outcome: finding.outcome, severity: policy.severity(of: finding.control),
      isWaived: false, waivedItems: [], waivers: [], attestation: nil, isLapsed: false)
    if finding.outcome == .manual { attest(&judged, host) }
    if judged.outcome == .fail { waive(&judged, host) }
    return judged
  }

  /// The waivers that hold for a control on a host, be it for some of its items only.
  func waivers(of control: ControlID?, host: String) -> [Waiver] {
    policy.waivers.filter { $0.holds(at: time) && $0.coverage.covers(control, host: host, policy) }
  }

  private func attest(_ judged: inout JudgedFinding, _ host: String) {
    for (number, attestation) in policy.attestations.enumerated()
    where attestation.coverage.covers(judged.finding.control, host: host, policy) {
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

  private func waive(_ judged: inout JudgedFinding, _ host: String) {
    let finding = judged.finding
    var open = finding.items
    for (number, waiver) in policy.waivers.enumerated()
    where waiver.holds(at: time) && waiver.coverage.covers(finding.control, host: host, policy) {
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
