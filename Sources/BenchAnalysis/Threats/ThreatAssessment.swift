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
  init(open: Int, accepted: Int, passing: Int) {
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
  struct Mark: OptionSet {
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

    var isFailing: Bool { rawValue & 3 != 0 }
    var isJudged: Bool { rawValue & 7 != 0 }

    /// What a person could still decide says more than that there is nothing to decide.
    var unjudged: Unjudged.Reason {
      contains(.manual)
        ? .manual
        : contains(.info) ? .info : contains(.notApplicable) ? .notApplicable : .notEvaluated
    }
  }

  private var list: [Row] = []
  private var names: [String] = []
  /// What was found of each control of each threat, host after host.
  private var marks: [UInt8] = []
  private var markCount = 0

  /// In the order of the model.
  package var rows: [Row] {
    list.map { row in
      var row = row
      (row.names, row.marks, row.markCount) = (names, marks, markCount)
      return row
    }
  }

  /// The row of a threat.
  package subscript(id: String) -> Row? { rows.first { $0.threat.id == id } }

  /// How many threats have a state.
  package func count(_ state: ThreatState) -> Int { list.count { $0.state == state } }

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

  private var places: [ControlID: [Place]] = [:]
  /// What counts of the checks of a history, by their numbers.
  private var numbered: (checks: CheckKeys.Token, known: [Known])?

  /// Creates an assessment of no host.
  package init(_ model: ThreatModel) {
    for (row, threat) in model.threats.enumerated() {
      list.append(Row(threat, start: markCount))
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
    var own = [UInt8](repeating: 0, count: markCount)
    var isKnown = Array(repeating: false, count: list.count)
    for verdict in host.verdicts {
      if let system = known[verdict.key].system { systems.insert(system) }
      let mark = Mark(verdict)
      for index in known[verdict.key].places.indices {
        let place = known[verdict.key].places[index]
        own[place.mark] |= mark.rawValue
        isKnown[place.row] = true
      }
    }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(host.name)
    marks += own
    for index in list.indices {
      // A team may answer a threat to one system with controls of the other.
      if systems.contains(list[index].threat.system) || isKnown[index] {
        let isDescribed = list[index].members.count < Row.mostDescribed
        let open =
          isDescribed ? Self.failures(host, known, of: list[index].threat, index) : []
        list[index].add(own, host: number, open)
      } else {
        list[index].absent.append(number)
      }
    }
  }

  /// Open failures in the order of a threat's controls.
  private static func failures(
    _ host: JudgedHost, _ known: [Known], of threat: Threat, _ row: Int
  ) -> [Failure] {
    let entries = host.verdicts.filter { verdict in
      verdict.isOpen && known[verdict.key].places.contains { $0.row == row }
    }.map { host[$0] }
    return threat.controls.flatMap { control in
      entries.filter { $0.judged.control == control }.map { entry in
        Failure(
          check: entry.current.check, control: control, openItems: entry.judged.openItems,
          isLeftOut: entry.current.isLeftOut, openSince: entry.current.openSince)
      }
    }
  }
}
