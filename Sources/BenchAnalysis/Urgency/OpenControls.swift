import BenchHistory
package import BenchModel

/// Where some controls are open: on which hosts, and since when.
package struct OpenControls: Sendable {
  /// A host on which a control is open.
  package struct Host: Hashable, Sendable {
    package var name: String
    /// Since when it fails, in seconds since 1970.
    package var since: Int64
  }

  /// What the hosts say of a control.
  package struct State: Hashable, Sendable {
    /// Those on which it fails and nobody has accepted that, in the order in which they were added.
    package var open: [Host] = []
    /// On how many it fails and the policy accepts that.
    package var accepted = 0
    /// On how many it passes.
    package var passing = 0
    /// How many hosts there are.
    package var hosts = 0

    /// Since when the oldest failure is open; nil where none is.
    package var since: Int64? { open.map(\.since).min() }
  }

  private var states: [ControlID: State]
  private var hosts = 0

  /// Creates a value without hosts.
  ///
  /// - Parameter controls: The controls that are asked about.
  package init(_ controls: [ControlID]) {
    states = Dictionary(controls.map { ($0, State()) }) { first, _ in first }
  }

  /// Adds what is known of a host.
  package mutating func add(_ host: JudgedHost) {
    hosts += 1
    let checks = host.findings.known.checks
    for verdict in host.verdicts {
      guard let control = checks.control(verdict.key), states[control] != nil else { continue }
      if verdict.isOpen {
        states[control]?.open.append(Host(name: host.name, since: verdict.since))
      } else if verdict.outcome == .fail {
        states[control]?.accepted += 1
      } else if verdict.outcome == .pass {
        states[control]?.passing += 1
      }
    }
  }

  /// What the hosts say of a control; nil for one that was not asked about.
  package subscript(control: ControlID) -> State? {
    guard var state = states[control] else { return nil }
    state.hosts = hosts
    return state
  }
}
