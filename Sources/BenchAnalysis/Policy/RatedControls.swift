import BenchHistory
import BenchModel
private import Synchronization

/// What a policy says of a control, whatever the host.
struct RatedControl: Sendable {
  var severity: Severity?
  /// The positions of the waivers that hold for the control on some host.
  var waivers: [Int]
  /// The positions of its attestations.
  var attestations: [Int]

  init(_ control: ControlID?, _ judgement: Judgement) {
    let policy = judgement.policy
    severity = policy.severity(of: control)
    waivers = policy.waivers.indices.filter {
      policy.waivers[$0].holds(at: judgement.time)
        && policy.waivers[$0].coverage.covers(control, policy)
    }
    attestations = policy.attestations.indices.filter {
      policy.attestations[$0].coverage.covers(control, policy)
    }
  }
}

/// What a policy says of the checks of a history, by their numbers.
struct RatedChecks: Sendable {
  /// What is asked of every finding.
  struct Rating: Sendable {
    let severity: Severity?
    let hasWaivers: Bool
    let hasAttestations: Bool

    /// Whether the policy may decide something of a finding.
    func mayDecide(_ outcome: Outcome) -> Bool {
      hasAttestations && outcome == .manual || hasWaivers && outcome == .fail
    }
  }

  let checks: CheckKeys.Token
  private let ratings: [Rating]
  private let controls: [RatedControl]

  init(_ checks: CheckKeys, _ judgement: Judgement) {
    self.checks = checks.token
    controls = checks.checks.map { RatedControl($0.control, judgement) }
    ratings = controls.map {
      Rating(
        severity: $0.severity, hasWaivers: !$0.waivers.isEmpty,
        // What an attestation decides may be waived.
        hasAttestations: !$0.attestations.isEmpty)
    }
  }

  subscript(key: Int) -> Rating { ratings[key] }

  func control(_ key: Int) -> RatedControl { controls[key] }
}

/// The ratings of the history that was asked about last.
final class RatedControls: Sendable {
  private let known = Mutex<RatedChecks?>(nil)

  /// The ratings of the checks of a history, which are made once.
  func of(_ checks: CheckKeys, _ judgement: Judgement) -> RatedChecks {
    known.withLock { known in
      if let known, known.checks === checks.token { return known }
      let made = RatedChecks(checks, judgement)
      known = made
      return made
    }
  }
}
