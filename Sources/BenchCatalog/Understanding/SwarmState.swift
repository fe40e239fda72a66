import BenchModel

/// Whether the host was in a swarm, which decides what a PASS of some controls is worth.
///
/// Outside a swarm every swarm check passes, with "(Swarm mode not enabled)" behind its title in text
/// and with nothing in JSON: it does not apply. Inside one, live restore passes because it can't be
/// switched on. In JSON the check that asks for the swarm itself tells which it is.
struct SwarmState {
  /// What a finding has to do with the swarm.
  struct Mark {
    fileprivate enum Role {
      case asksForSwarm
      case isOfSwarm
      case isOfLiveRestore
      case none
    }

    fileprivate let role: Role
    /// Whether the run says itself that the control does not apply.
    fileprivate let isExcluded: Bool

    /// Tells what a finding has to do with the swarm.
    ///
    /// - Parameters:
    ///   - finding: The finding; nil for what is none.
    ///   - condition: What the run added to its title.
    init(_ finding: Finding?, _ condition: Title.Condition?) {
      isExcluded = condition == .swarmOff || condition == .incompatibleWithSwarm
      switch finding?.control {
      case "swarm-disabled-if-unused": role = .asksForSwarm
      case "daemon-live-restore": role = .isOfLiveRestore
      default: role = finding?.section == "swarm" ? .isOfSwarm : .none
      }
    }
  }

  private let isOff: Bool
  private let isOn: Bool

  /// Tells the state by a run's findings and the marks of each.
  init(_ findings: [Finding], _ marks: [Mark]) {
    let own = zip(findings, marks).first { $1.role == .asksForSwarm }?.0
    isOff = own?.outcome == .pass
    isOn = own?.outcome == .fail
  }

  /// Corrects the outcomes that the swarm decides.
  ///
  /// - Parameters:
  ///   - findings: The findings of the run.
  ///   - marks: The marks of each.
  func apply(to findings: inout [Finding], _ marks: [Mark]) {
    for (index, mark) in marks.enumerated() {
      let applies =
        switch mark.role {
        case .isOfSwarm: !isOff
        case .isOfLiveRestore: !isOn
        case .asksForSwarm, .none: true
        }
      if mark.isExcluded || !applies, findings[index].outcome == .pass {
        findings[index].outcome = .notApplicable
      }
    }
  }
}
