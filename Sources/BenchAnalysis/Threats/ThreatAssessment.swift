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
    /// The tool whose verdict counts; nil for any.
    var tool: Tool?
  }

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
  private var places: [ControlID: [Place]] = [:]
  private var signs: [ControlID: [Sign]] = [:]
  /// The controls by their marks, and whether each decides only where it is checked.
  private var marked: [(control: ControlID, isWhereChecked: Bool)] = []
  /// What counts of the checks of a history, by their numbers, and the marks of what its releases ask.
  private var numbered: (checks: CheckKeys.Token, known: [Known], asked: [Int: [Int]])?

  /// Creates an assessment of no host.
  ///
  /// - Parameters:
  ///   - model: The threats.
  ///   - catalog: What tells which benchmark has which checks.
  package init(_ model: ThreatModel, _ catalog: Catalog) {
    self.catalog = catalog
    for (row, threat) in model.threats.enumerated() {
      list.append(Row(threat, start: markCount))
      for (control, role) in zip(threat.controls, threat.evidence.roles) {
        places[control, default: []].append(
          Place(row: row, mark: markCount, tool: threat.evidence.tools[control]))
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
    var systems = Set(host.findings.systems.compactMap { Threat.System($0) })
    var own = [UInt8](repeating: 0, count: markCount)
    var isKnown = Array(repeating: false, count: list.count)
    var conditions = list.map { $0.threat.condition == nil ? ConditionState.holds : .unknown }
    for verdict in host.verdicts {
      let entry = known[verdict.key]
      if let system = entry.system { systems.insert(system) }
      let mark = Mark(verdict)
      for place in entry.places {
        let counts =
          verdict.isAttested
          || place.tool.map { checks.release(host.source(verdict)).tool == $0 } ?? true
        own[place.mark] |= counts ? mark.rawValue : Mark.info.rawValue
        isKnown[place.row] = true
      }
      // What a person decided says more than what the tool printed, where it says anything of the condition.
      let isDecided = entry.signs.contains { $0.outcome == verdict.outcome }
      let outcome = isDecided ? verdict.outcome : verdict.printedOutcome
      for sign in entry.signs where sign.outcome == outcome {
        if let tool = sign.tool, !(isDecided && verdict.isAttested),
          checks.release(host.source(verdict)).tool != tool
        {
          continue
        }
        // That it holds somewhere outweighs that it does not elsewhere.
        if conditions[sign.row] != .holds { conditions[sign.row] = sign.says }
      }
    }
    for mark in asked(by: host, checks) { own[mark] |= Mark.asked.rawValue }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(host.name)
    marks += own
    for index in list.indices {
      // A team may answer a threat to one system with controls of the other.
      if systems.contains(list[index].threat.system) || isKnown[index] {
        let isDescribed = list[index].members.count < Row.mostDescribed
        let open =
          isDescribed ? Self.failures(host, known, of: list[index].threat, index) : []
        list[index].add(own, host: number, conditions[index], open)
      } else {
        list[index].absent.append(number)
      }
    }
  }

  /// The marks of the controls for which the benchmarks of a host's newest runs have a check.
  private mutating func asked(by host: JudgedHost, _ checks: CheckKeys) -> [Int] {
    host.findings.runs.flatMap { run in
      if let known = numbered?.asked[run.release] { return known }
      let release = checks.release(run.release)
      // Of a benchmark that nobody knows nothing says what it leaves out.
      let asked = marked.indices.filter { mark in
        release.edition == nil
          ? !marked[mark].isWhereChecked
          : catalog.editions.has(marked[mark].control, release)
      }
      numbered?.asked[run.release] = asked
      return asked
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
