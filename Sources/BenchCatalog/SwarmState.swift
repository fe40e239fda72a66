import BenchModel

/// Whether the host was in a swarm, which decides what a PASS of some controls is worth.
///
/// Outside a swarm every swarm check passes, with "(Swarm mode not enabled)" behind its title in text
/// and with nothing in JSON: it does not apply. Inside one, live restore passes because it can't be
/// switched on. In JSON the check that asks for the swarm itself tells which it is.
struct SwarmState {
  private let isOff: Bool
  private let isOn: Bool
  private let conditions: [Title.Condition?]
  private let lines: [Int]

  init(_ findings: [Finding], checks: [CheckReading]) {
    let own = findings.first { $0.control == "swarm-disabled-if-unused" }
    isOff = own?.outcome == .pass
    isOn = own?.outcome == .fail
    let marked = checks.filter { $0.condition != nil }
    conditions = marked.map(\.condition)
    lines = marked.map(\.line)
  }

  /// Corrects the outcomes that the swarm decides.
  func apply(to findings: inout [Finding]) {
    for index in findings.indices where findings[index].outcome == .pass {
      let finding = findings[index]
      let condition = lines.firstIndex(of: finding.line).flatMap { conditions[$0] }
      let isSwarm = finding.control?.hasPrefix("swarm-") == true
      if condition == .swarmOff || condition == .incompatibleWithSwarm
        || (isSwarm && isOff && finding.control != "swarm-disabled-if-unused")
        || (finding.control == "daemon-live-restore" && isOn)
      {
        findings[index].outcome = .notApplicable
      }
    }
  }
}
