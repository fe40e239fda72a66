import BenchHistory
package import BenchModel

/// What the evidence says of a threat.
package enum ThreatState: UInt8, Hashable, Sendable, CaseIterable {
  /// A control that answers it fails, and nobody has accepted that.
  case exposed = 0
  /// Controls that answer it fail, and all of that is accepted.
  case accepted = 1
  /// Every control that was judged holds, and at least one was.
  case mitigated = 2
  /// No control was judged.
  case unknown = 3

  /// The name used in every format.
  package var name: String {
    switch self {
    case .exposed: "exposed"
    case .accepted: "accepted"
    case .mitigated: "mitigated"
    case .unknown: "unknown"
    }
  }

  /// Creates a state from what was found of a threat's controls.
  fileprivate init(open: Int, accepted: Int, passing: Int) {
    self =
      if open > 0 { .exposed } else if accepted > 0 { .accepted } else if passing > 0 {
        .mitigated
      } else { .unknown }
  }
}

/// A threat model against what is known of hosts.
///
/// Says also how much of a model was judged: a threat counts as mitigated by the controls that were, and a reader must
/// see how many were not.
package struct ThreatAssessment: Sendable {
  /// A failure of a control that answers a threat.
  package struct Failure: Sendable {
    package var control: ControlID
    package var judged: JudgedFinding
    /// Whether the newest run of its tool left it out.
    package var isLeftOut: Bool
    /// Since when it fails, in seconds since 1970; nil if only an attestation says that it does.
    package var openSince: Int64?
  }

  /// A control of which nobody can tell whether it holds.
  package struct Unjudged: Hashable, Sendable {
    /// Why there is no verdict.
    package enum Reason: UInt8, Hashable, Sendable, CaseIterable {
      /// A person must decide, and none has, or no decision holds any more.
      case manual = 0
      /// The tool reports and gives no verdict.
      case info = 1
      /// There is nothing on the host that it could be about.
      case notApplicable = 2
      /// No run evaluated it.
      case notEvaluated = 3

      /// The name used in every format.
      package var name: String {
        switch self {
        case .manual: "manual"
        case .info: "info"
        case .notApplicable: "notApplicable"
        case .notEvaluated: "notEvaluated"
        }
      }
    }

    package var control: ControlID
    package var reason: Reason
  }

  /// A threat on one host.
  package struct OnHost: Sendable {
    package var host: String
    /// Failures that nobody has accepted.
    package var open: [Failure] = []
    package var accepted: [Failure] = []
    /// Controls that hold.
    package var passing: [ControlID] = []
    package var unjudged: [Unjudged] = []

    package var state: ThreatState {
      ThreatState(open: open.count, accepted: accepted.count, passing: passing.count)
    }
    /// How many of the threat's controls were judged.
    package fileprivate(set) var judged = 0
  }

  /// A threat on all hosts.
  package struct Row: Sendable {
    package let threat: Threat
    /// The hosts with a run of the threat's system, in the order in which they were added.
    package fileprivate(set) var hosts: [OnHost] = []
    /// The hosts without one, on which nothing is known.
    package fileprivate(set) var withoutRun: [String] = []

    /// Open on one host is open; to be mitigated it must be so on all hosts of which anything is known.
    package var state: ThreatState {
      ThreatState(
        open: hosts.count { $0.state == .exposed }, accepted: hosts.count { $0.state == .accepted },
        passing: hosts.count { $0.state == .mitigated })
    }
    /// How many controls were judged, counted on each host with a run.
    package var judged: Int { hosts.reduce(0) { $0 + $1.judged } }
    /// How many controls there are to judge, counted in the same way.
    package var total: Int { hosts.count * threat.controls.count }

    /// The hosts on which the threat has a state.
    package func hosts(_ state: ThreatState) -> [OnHost] { hosts.filter { $0.state == state } }
  }

  /// In the order of the model.
  package private(set) var rows: [Row]

  /// Creates an assessment of no host.
  package init(_ model: ThreatModel) { rows = model.threats.map { Row(threat: $0) } }

  /// The row of a threat.
  package subscript(id: String) -> Row? { rows.first { $0.threat.id == id } }

  /// How many threats have a state.
  package func count(_ state: ThreatState) -> Int { rows.count { $0.state == state } }

  /// Adds a host.
  ///
  /// What its tools check counts too, where checks without a control would not tell.
  package mutating func add(_ host: JudgedHost) {
    var systems = Set(host.findings.systems.compactMap { Threat.System($0) })
    var known: [ControlID: [Failure]] = [:]
    for entry in host.entries {
      guard let control = entry.judged.control else { continue }
      systems.insert(Threat.System(of: control))
      known[control, default: []].append(
        Failure(
          control: control, judged: entry.judged, isLeftOut: entry.current.isLeftOut,
          openSince: entry.current.openSince))
    }
    for index in rows.indices {
      let threat = rows[index].threat
      // A team may answer a threat to one system with controls of the other.
      if systems.contains(threat.system) || threat.controls.contains(where: { known[$0] != nil }) {
        rows[index].hosts.append(Self.assess(threat, known, host.name))
      } else {
        rows[index].withoutRun.append(host.name)
      }
    }
  }

  private static func assess(
    _ threat: Threat, _ known: [ControlID: [Failure]], _ host: String
  ) -> OnHost {
    var result = OnHost(host: host)
    for control in threat.controls {
      let evidence = known[control] ?? []
      let failures = evidence.filter { $0.judged.outcome == .fail }
      if !failures.isEmpty {
        result.judged += 1
        result.open += failures.filter { !$0.judged.isWaived }
        result.accepted += failures.filter(\.judged.isWaived)
      } else if evidence.contains(where: { $0.judged.outcome == .pass }) {
        result.judged += 1
        result.passing.append(control)
      } else {
        let reasons = evidence.compactMap { Self.reason(for: $0.judged.outcome) }
        // What a person could still decide says more than that there is nothing to decide.
        let reason = reasons.min { $0.rawValue < $1.rawValue } ?? .notEvaluated
        result.unjudged.append(Unjudged(control: control, reason: reason))
      }
    }
    return result
  }

  private static func reason(for outcome: Outcome) -> Unjudged.Reason? {
    switch outcome {
    case .manual: .manual
    case .info: .info
    case .notApplicable: .notApplicable
    case .pass, .fail: nil
    }
  }
}
