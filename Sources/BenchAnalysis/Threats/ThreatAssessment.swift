package import BenchCatalog
package import BenchHistory
package import BenchModel

/// A threat model against what is known of hosts.
///
/// Says also how much of a model was judged: a reader must see which controls were not.
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
    /// The benchmark of a run has such a check.
    static let asked = Mark(rawValue: 64)

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
    /// Whether it was found to hold, and by no check to fail.
    var holds: Bool { !isFailing && contains(.passing) }
    /// Whether all that was said of it is that there is nothing it could be about.
    var isNotApplicable: Bool { subtracting(.asked) == .notApplicable }

    /// Whether a deciding control has no verdict and should have one.
    func isMissing(_ role: Threat.Role) -> Bool {
      if isJudged || isNotApplicable { return false }
      return role == .deciding || (role == .decidingWhereChecked && rawValue != 0)
    }

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
  package var rows: [Row] { list.map(filled) }

  /// The row of a threat.
  package subscript(id: String) -> Row? {
    list.first { $0.threat.id == id }.map(filled)
  }

  /// A row with what was found on the hosts.
  private func filled(_ row: Row) -> Row {
    var row = row
    (row.names, row.marks, row.markCount) = (names, marks, markCount)
    return row
  }

  /// How many threats have a state.
  package func count(_ state: ThreatState) -> Int { list.count { $0.state == state } }

  /// A control of the model: its threat's row, and its place among the marks of a host.
  private struct Place {
    var row: Int
    var mark: Int
    /// The place in ``tools`` of the tool whose verdict counts; -1 for any.
    var tool: Int
  }

  /// The tools whose verdict on some control counts alone.
  private var tools: [Tool] = []

  /// What an outcome of a control says of a threat's condition.
  private struct Sign {
    var row: Int
    var outcome: Outcome
    var says: ConditionState
    var tool: Tool?
  }

  /// What counts of a check of a history.
  private struct Known {
    var system: Threat.System?
    var places: [Place] = []
    var signs: [Sign] = []
  }

  private let catalog: Catalog
  /// What is known of each threat's condition before any run is read.
  private let unconditioned: [ConditionState]
  private var places: [ControlID: [Place]] = [:]
  private var signs: [ControlID: [Sign]] = [:]
  /// The controls by their marks, and whether each decides only where it is checked.
  private var marked: [(control: ControlID, isWhereChecked: Bool)] = []
  /// What counts of the checks of a history, by their numbers, and the marks of what its releases ask.
  private var numbered: (checks: CheckKeys.Token, known: [Known], asked: [Int: [UInt8]])?

  /// Creates an assessment of no host.
  ///
  /// - Parameters:
  ///   - model: The threats.
  ///   - catalog: What tells which benchmark has which checks.
  package init(_ model: ThreatModel, _ catalog: Catalog) {
    self.catalog = catalog
    unconditioned = model.threats.map { $0.condition == nil ? .holds : .unknown }
    for (row, threat) in model.threats.enumerated() {
      list.append(Row(threat, start: markCount))
      for (control, role) in zip(threat.controls, threat.evidence.roles) {
        var tool = -1
        if let only = threat.evidence.tools[control] {
          tool = tools.firstIndex(of: only) ?? tools.count
          if tool == tools.count { tools.append(only) }
        }
        places[control, default: []].append(Place(row: row, mark: markCount, tool: tool))
        marked.append((control, role == .decidingWhereChecked))
        markCount += 1
      }
      guard let condition = threat.condition else { continue }
      for (list, says) in [(condition.shown, ConditionState.holds), (condition.refuted, .refuted)] {
        for sign in list {
          signs[sign.control, default: []].append(
            Sign(row: row, outcome: sign.outcome, says: says, tool: sign.tool))
        }
      }
    }
  }

  /// Adds a host.
  ///
  /// What its tools check counts too, where checks without a control would not tell.
  package mutating func add(_ host: JudgedHost) {
    let checks = host.findings.known.checks
    if numbered?.checks !== checks.token {
      let known = checks.checks.map { check in
        check.control.map { control in
          Known(
            system: Threat.System(of: control), places: places[control] ?? [],
            signs: signs[control] ?? [])
        } ?? Known()
      }
      numbered = (checks.token, known, [:])
    }
    let known = numbered?.known ?? []
    var isChecked = Array(repeating: false, count: Threat.System.allCases.count)
    for system in host.findings.systems.compactMap({ Threat.System($0) }) {
      isChecked[Int(system.rawValue)] = true
    }
    var own = asked(by: host, checks)
    var isKnown = Array(repeating: false, count: list.count)
    var conditions = unconditioned
    // A fleet has a million verdicts: what is known of a check is read in place, as a copy would be counted.
    for verdict in host.verdicts {
      let key = verdict.key
      if let system = known[key].system { isChecked[Int(system.rawValue)] = true }
      let mark = Mark(verdict)
      for index in known[key].places.indices {
        let place = known[key].places[index]
        let counts =
          place.tool < 0 || verdict.isAttested
          || checks.release(host.source(verdict)).tool == tools[place.tool]
        own[place.mark] |= counts ? mark.rawValue : Mark.info.rawValue
        isKnown[place.row] = true
      }
      if !known[key].signs.isEmpty { read(known[key].signs, verdict, of: host, into: &conditions) }
    }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(host.name)
    marks += own
    for index in list.indices {
      // A team may answer a threat to one system with controls of the other.
      if isChecked[Int(list[index].system.rawValue)] || isKnown[index] {
        let isDescribed = list[index].members.count < Row.mostDescribed
        let open =
          isDescribed ? Self.failures(host, known, of: list[index].threat, index) : []
        list[index].add(own, host: number, conditions[index], open)
      } else {
        list[index].absent.append(number)
      }
    }
  }

  /// Reads what an outcome says of the conditions of threats.
  ///
  /// What a person decided says more than what the tool printed, where it says anything of the condition. That a condition
  /// holds somewhere outweighs that it does not elsewhere.
  private func read(
    _ signs: [Sign], _ verdict: JudgedHost.Verdict, of host: JudgedHost,
    into conditions: inout [ConditionState]
  ) {
    let isDecided = signs.contains { $0.outcome == verdict.outcome }
    let outcome = isDecided ? verdict.outcome : verdict.printedOutcome
    for sign in signs where sign.outcome == outcome && conditions[sign.row] != .holds {
      if let tool = sign.tool, !(isDecided && verdict.isAttested),
        host.findings.known.checks.release(host.source(verdict)).tool != tool
      {
        continue
      }
      conditions[sign.row] = sign.says
    }
  }

  /// The marks of a host before its findings are read: which controls the benchmarks of its newest runs have a check of.
  private mutating func asked(by host: JudgedHost, _ checks: CheckKeys) -> [UInt8] {
    var all: [UInt8] = []
    for run in host.findings.runs {
      let own = asked(by: run.release, checks)
      all = all.isEmpty ? own : zip(all, own).map { $0 | $1 }
    }
    return all.isEmpty ? [UInt8](repeating: 0, count: markCount) : all
  }

  private mutating func asked(by number: Int, _ checks: CheckKeys) -> [UInt8] {
    if let known = numbered?.asked[number] { return known }
    let release = checks.release(number)
    let asked = marked.map { control, isWhereChecked in
      // Of a benchmark that nobody knows nothing says what it leaves out.
      let isAsked =
        release.edition == nil ? !isWhereChecked : catalog.editions.has(control, release)
      return isAsked ? Mark.asked.rawValue : 0
    }
    numbered?.asked[number] = asked
    return asked
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
