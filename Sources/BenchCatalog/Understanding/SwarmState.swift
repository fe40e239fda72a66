import BenchModel

/// Whether the host was in a swarm, which decides what a PASS of some controls is worth.
///
/// Outside a swarm every swarm check passes, with "(Swarm mode not enabled)" behind its title in text
/// and with nothing in JSON: it does not apply. Inside one, live restore passes because it can't be
/// switched on. In JSON the check that asks for the swarm itself tells which it is.
struct SwarmState {
  private let isOff: Bool
  private let isOn: Bool

  init(_ findings: [Finding]) {
    let own = findings.first { $0.control == "swarm-disabled-if-unused" }
    isOff = own?.outcome == .pass
    isOn = own?.outcome == .fail
  }

  /// Corrects the outcomes that the swarm decides.
  ///
  /// - Parameters:
  ///   - findings: The findings of the run.
  ///   - conditions: What the run added to the title of each.
  func apply(to findings: inout [Finding], _ conditions: [Title.Condition?]) {
    for (index, condition) in conditions.enumerated() where findings[index].outcome == .pass {
      let control = findings[index].control
      let isSwarm = findings[index].section == "swarm" && control != "swarm-disabled-if-unused"
      if condition == .swarmOff || condition == .incompatibleWithSwarm || (isSwarm && isOff)
        || (control == "daemon-live-restore" && isOn)
      {
        findings[index].outcome = .notApplicable
      }
    }
  }
}
