package import BenchHistory
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
    /// The check as the run printed it.
    package var check: CheckKeys.Check
    package var control: ControlID
    /// The items that nobody has accepted, of the first hosts of a threat.
    package var openItems: [Item] = []
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

  /// What was found of a control on a host.
  private struct Mark: OptionSet {
    let rawValue: UInt8
    static let open = Mark(rawValue: 1)
    static let accepted = Mark(rawValue: 2)
    static let passing = Mark(rawValue: 4)
    static let manual = Mark(rawValue: 8)
    static let info = Mark(rawValue: 16)
    static let notApplicable = Mark(rawValue: 32)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ verdict: JudgedHost.Verdict) {
      switch verdict.outcome {
      case .fail: self = verdict.isWaived ? .accepted : .open
      case .pass: self = .passing
      case .manual: self = .manual
      case .info: self = .info
      case .notApplicable: self = .notApplicable
      }
    }

    var isFailing: Bool { !isDisjoint(with: [.open, .accepted]) }

    /// What a person could still decide says more than that there is nothing to decide.
    var unjudged: Unjudged.Reason {
      contains(.manual)
        ? .manual
        : contains(.info) ? .info : contains(.notApplicable) ? .notApplicable : .notEvaluated
    }
  }

  /// A threat on one host.
  package struct OnHost: Sendable {
    package let host: String
    private let controls: [ControlID]
    /// What was found of each control of each threat, and where this one's begin.
    private let allMarks: [UInt8]
    private let start: Int
    /// Failures that nobody has accepted; of the first hosts of a threat alone.
    package let open: [Failure]
    package let state: ThreatState
    /// How many of the threat's controls were judged.
    package let judged: Int

    fileprivate init(
      _ host: String, _ controls: [ControlID], _ marks: [UInt8], from start: Int, open: [Failure]
    ) {
      self.host = host
      self.controls = controls
      allMarks = marks
      self.start = start
      self.open = open
      var (failing, accepted, passing, judged) = (0, 0, 0, 0)
      for place in start..<start + controls.count {
        let mark = Mark(rawValue: marks[place])
        if mark.contains(.open) { failing += 1 }
        if mark.contains(.accepted) { accepted += 1 }
        if mark.isFailing || mark.contains(.passing) { judged += 1 }
        if !mark.isFailing, mark.contains(.passing) { passing += 1 }
      }
      state = ThreatState(open: failing, accepted: accepted, passing: passing)
      self.judged = judged
    }

    private var marks: ArraySlice<UInt8> { allMarks[start..<start + controls.count] }

    private func controls(where isMeant: (Mark) -> Bool) -> [ControlID] {
      zip(controls, marks).filter { isMeant(Mark(rawValue: $1)) }.map(\.0)
    }

    /// Controls that fail, which nobody has accepted.
    package var failing: [ControlID] { controls { $0.contains(.open) } }
    /// Controls that fail, which is accepted.
    package var accepted: [ControlID] { controls { $0.contains(.accepted) } }
    /// Controls that hold.
    package var passing: [ControlID] { controls { !$0.isFailing && $0.contains(.passing) } }
    package var unjudged: [Unjudged] {
      zip(controls, marks).compactMap { control, mark in
        let mark = Mark(rawValue: mark)
        guard !mark.isFailing, !mark.contains(.passing) else { return nil }
        return Unjudged(control: control, reason: mark.unjudged)
      }
    }
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
    /// Of so many hosts the failures are kept with their items.
    package static let mostDescribed = 20
    /// How many controls were judged, counted on each host with a run.
    package var judged: Int { hosts.reduce(0) { $0 + $1.judged } }
    /// How many controls there are to judge, counted in the same way.
    package var total: Int { hosts.count * threat.controls.count }

    /// The hosts on which the threat has a state.
    package func hosts(_ state: ThreatState) -> [OnHost] { hosts.filter { $0.state == state } }
  }

  /// In the order of the model.
  package private(set) var rows: [Row]

  /// The row of a threat.
  package subscript(id: String) -> Row? { rows.first { $0.threat.id == id } }

  /// How many threats have a state.
  package func count(_ state: ThreatState) -> Int { rows.count { $0.state == state } }

  /// A control of the model: its threat's row, and its place among the marks of a host.
  private struct Place {
    var row: Int
    var mark: Int
  }

  /// What counts of a check of a history.
  private struct Known {
    var system: Threat.System?
    var places: [Place]
  }

  /// Where the marks of each row begin, and how many there are.
  private var starts: [Int] = []
  private var markCount = 0
  private var places: [ControlID: [Place]] = [:]
  /// What counts of the checks of a history, by their numbers.
  private var numbered: (checks: CheckKeys.Token, known: [Known])?

  /// Creates an assessment of no host.
  package init(_ model: ThreatModel) {
    rows = model.threats.map { Row(threat: $0) }
    for (row, threat) in model.threats.enumerated() {
      starts.append(markCount)
      for control in threat.controls {
        places[control, default: []].append(Place(row: row, mark: markCount))
        markCount += 1
      }
    }
  }

  /// Adds a host.
  ///
  /// What its tools check counts too, where checks without a control would not tell.
  package mutating func add(_ host: JudgedHost) {
    let checks = host.findings.known.checks
    if numbered?.checks !== checks.token {
      numbered = (
        checks.token,
        checks.checks.map { check in
          Known(
            system: check.control.map { Threat.System(of: $0) },
            places: check.control.flatMap { places[$0] } ?? [])
        }
      )
    }
    let known = numbered?.known ?? []
    var systems = Set(host.findings.systems.compactMap { Threat.System($0) })
    var marks = [UInt8](repeating: 0, count: markCount)
    var isKnown = Array(repeating: false, count: rows.count)
    var open: [Int: [JudgedHost.Verdict]] = [:]
    for verdict in host.verdicts {
      if let system = known[verdict.key].system { systems.insert(system) }
      let mark = Mark(verdict)
      for index in known[verdict.key].places.indices {
        let place = known[verdict.key].places[index]
        marks[place.mark] |= mark.rawValue
        isKnown[place.row] = true
        if mark == .open, rows[place.row].hosts.count < Row.mostDescribed {
          open[place.row, default: []].append(verdict)
        }
      }
    }
    for index in rows.indices {
      let threat = rows[index].threat
      // A team may answer a threat to one system with controls of the other.
      if systems.contains(threat.system) || isKnown[index] {
        rows[index].hosts.append(
          OnHost(
            host.name, threat.controls, marks, from: starts[index],
            open: Self.failures(open[index] ?? [], host, of: threat)))
      } else {
        rows[index].withoutRun.append(host.name)
      }
    }
  }

  /// Failures in the order of a threat's controls.
  private static func failures(
    _ verdicts: [JudgedHost.Verdict], _ host: JudgedHost, of threat: Threat
  ) -> [Failure] {
    if verdicts.isEmpty { return [] }
    let entries = verdicts.map { host[$0] }
    return threat.controls.flatMap { control in
      entries.filter { $0.judged.control == control }.map { entry in
        Failure(
          check: entry.current.check, control: control, openItems: entry.judged.openItems,
          isLeftOut: entry.current.isLeftOut, openSince: entry.current.openSince)
      }
    }
  }
}
