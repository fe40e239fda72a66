package import BenchCatalog
import BenchHistory
import BenchModel

/// How the controls stand that serve the requirements of a framework, over all hosts.
///
/// A control counts once under each of its requirements, by the worst that a host has of it: it passes if it does wherever
/// it was judged. Checks without a control serve no requirement, and do not count.
package struct RequirementStandings: Sendable {
  /// How a control stands; a greater one is worse.
  package enum State: Int, Sendable, CaseIterable {
    /// No run has judged it, or it does not apply.
    case unjudged
    case passing
    /// It fails, and that is accepted wherever it does.
    case accepted
    case failing
  }

  /// A requirement with how many of its controls are in each state.
  package struct Row: Sendable {
    /// Nil for the controls that serve none.
    package var requirement: Framework.Requirement?
    package var counts: [State: Int] = [:]
  }

  package let framework: Framework
  private let frameworks: Frameworks
  private var controls: [ControlID] = []
  /// Of the controls at the same places.
  private var states: [State] = []
  private var places: [ControlID: Int] = [:]
  /// The places of the controls by the numbers of the checks of a history; -1 where none is known, and -2 for what has no
  /// control.
  private var numbered: (checks: CheckKeys.Token, places: [Int])?

  /// Creates standings of no host.
  ///
  /// - Parameters:
  ///   - framework: The framework.
  ///   - catalog: Knows which controls serve its requirements.
  package init(_ framework: Framework, _ catalog: Catalog) {
    self.framework = framework
    frameworks = catalog.frameworks
  }

  /// Adds what is known of a host.
  package mutating func add(_ host: JudgedHost) {
    let checks = host.findings.known.checks
    var own = numbered.flatMap { $0.checks === checks.token ? $0.places : nil } ?? []
    numbered = nil
    if own.isEmpty { own = Array(repeating: -1, count: checks.count) }
    for verdict in host.verdicts {
      if own[verdict.key] == -1 { own[verdict.key] = place(of: checks.control(verdict.key)) }
      let place = own[verdict.key]
      guard place >= 0 else { continue }
      let state = State(verdict)
      if state.rawValue > states[place].rawValue { states[place] = state }
    }
    numbered = (checks.token, own)
  }

  /// The place of a control, which is made if it is new; -2 for what has none.
  private mutating func place(of control: ControlID?) -> Int {
    guard let control else { return -2 }
    if let place = places[control] { return place }
    places[control] = controls.count
    controls.append(control)
    states.append(.unjudged)
    return controls.count - 1
  }

  /// The requirements that a control of the hosts serves, in natural order; the controls without one last.
  package var rows: [Row] {
    var rows: [String: Row] = [:]
    var without = Row(requirement: nil)
    for (control, state) in zip(controls, states) {
      let requirements = frameworks.requirements(of: control, in: framework.id)
      if requirements.isEmpty { without.counts[state, default: 0] += 1 }
      for requirement in requirements {
        rows[requirement.id, default: Row(requirement: requirement)].counts[state, default: 0] += 1
      }
    }
    let sorted = rows.sorted { NaturalOrder.precedes($0.key, $1.key) }.map { $0.value }
    return without.counts.isEmpty ? sorted : sorted + [without]
  }
}

extension RequirementStandings.State {
  fileprivate init(_ verdict: JudgedHost.Verdict) {
    switch verdict.outcome {
    case .fail: self = verdict.isWaived ? .accepted : .failing
    case .pass: self = .passing
    case .manual, .info, .notApplicable: self = .unjudged
    }
  }
}
