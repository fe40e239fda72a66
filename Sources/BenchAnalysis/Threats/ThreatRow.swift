package import BenchModel

extension ThreatAssessment {
  /// A threat on one host.
  package struct OnHost: Sendable {
    package let host: String
    private let evidence: Threat.Evidence
    /// What was found of each control.
    private let marks: [Mark]
    /// Whether it is known that the threat's condition does not hold, and whether it is known at all.
    let condition: ConditionState
    /// Failures that nobody has accepted; of the first hosts of a threat alone.
    package let open: [Failure]
    package let state: ThreatState
    /// How many of the threat's controls were judged, or found to have nothing to judge.
    package let judged: Int

    init(
      _ host: String, _ evidence: Threat.Evidence, _ marks: [Mark], _ member: Row.Member,
      open: [Failure]
    ) {
      self.host = host
      self.evidence = evidence
      self.marks = marks
      self.open = open
      condition = member.condition
      (state, judged) = (member.state, Int(member.judged))
    }

    /// Whether it is known that the threat's condition does not hold.
    package var isRefuted: Bool { condition == .refuted }
    /// Whether no run tells if the threat's condition holds.
    package var isConditionUnknown: Bool { condition == .unknown }

    private func controls(where isMeant: (Threat.Role, Mark) -> Bool) -> [ControlID] {
      zip(zip(evidence.controls, evidence.roles), marks)
        .filter { isMeant($0.1, $1) }.map(\.0.0)
    }

    /// Controls that fail, which nobody has accepted.
    package var failing: [ControlID] { controls { $1.contains(.open) } }
    /// Controls that fail, which is accepted.
    package var accepted: [ControlID] { controls { $1.contains(.accepted) } }
    /// Controls that hold.
    package var passing: [ControlID] { controls { $1.holds } }
    /// The deciding controls without a verdict, where the state needs one.
    package var missing: [ControlID] { controls { $0.isDeciding && $1.isMissing($0) } }
    package var unjudged: [Unjudged] {
      zip(evidence.controls, marks).compactMap { control, mark in
        mark.isJudged ? nil : Unjudged(control: control, reason: mark.unjudged)
      }
    }
    /// Whether a run said anything of a deciding control.
    package var isAsked: Bool {
      !controls { $0.isDeciding && $1.subtracting(.asked) != [] }.isEmpty
    }
  }

  /// A threat on all hosts.
  package struct Row: Sendable {
    /// A host with a run of the threat's system: a fleet has a hundred thousand of them.
    struct Member: Sendable {
      var host: Int32
      var judged: Int32
      var state: ThreatState
      var condition: ConditionState
    }

    /// On how many hosts a control stands so.
    struct Tally: Sendable {
      var failing = 0
      var accepted = 0
      var passing = 0
      var unjudged = 0
      /// On how many hosts a benchmark has such a check, or a run said something of it.
      var asked = 0
      /// Of the deciding ones, those that keep a host's state from being known.
      var missing = 0

      mutating func add(_ mark: Mark, _ role: Threat.Role) {
        if mark != [] { asked += 1 }
        if mark.contains(.open) { failing += 1 }
        if mark.contains(.accepted) { accepted += 1 }
        if mark.holds { passing += 1 }
        if !mark.isJudged { unjudged += 1 }
        if role.isDeciding, mark.isMissing(role) { missing += 1 }
      }
    }

    package let threat: Threat
    private let roles: [Threat.Role]
    /// Where the threat's controls begin among the marks of a host.
    let start: Int
    var members: [Member] = []
    var absent: [Int32] = []
    var tallies: [Tally]
    /// The same of the hosts that have a state and count for it, by the states.
    var byState: [[Tally]]
    /// How many hosts have each state, of those whose runs tell something of it.
    var states: [Int] = Array(repeating: 0, count: ThreatState.allCases.count)
    /// The failures of the first hosts, by their places among the members.
    var described: [Int: [Failure]] = [:]
    /// How many controls were judged, counted on each host with a run.
    package internal(set) var judged = 0
    /// Of all hosts, whatever the threat.
    var names: [String] = []
    var marks: [UInt8] = []
    var markCount = 0

    init(_ threat: Threat, start: Int) {
      self.threat = threat
      roles = threat.evidence.roles
      self.start = start
      tallies = Array(repeating: Tally(), count: threat.controls.count)
      byState = Array(repeating: tallies, count: ThreatState.allCases.count)
    }

    /// How many hosts have a run of the threat's system.
    package var hostCount: Int { members.count }

    /// The hosts with a run of the threat's system, in the order in which they were added.
    package var hosts: [OnHost] { hosts { _ in true } }
    /// The hosts without one, on which nothing is known.
    package var withoutRun: [String] { absent.map { names[Int($0)] } }

    /// The worst state of a host.
    ///
    /// The parts of a cluster run on different nodes, so a node whose runs say nothing of what decides a threat to
    /// Kubernetes does not count; where none says anything, nothing is proven.
    package var state: ThreatState {
      ThreatState.allCases.first { states[Int($0.rawValue)] > 0 } ?? .unproven
    }

    /// On how many hosts it has a state, of those whose runs tell something of it.
    package func count(_ state: ThreatState) -> Int { states[Int(state.rawValue)] }
    /// Of so many hosts the failures are kept with their items.
    package static let mostDescribed = 20
    /// How many controls there were to judge, counted in the same way as those that were: what no benchmark of a host has
    /// does not count there.
    package internal(set) var total = 0
    /// The controls that a benchmark of some host has; all where there is no host.
    package var asked: [ControlID] {
      members.isEmpty
        ? threat.controls : zip(threat.controls, tallies).filter { $1.asked > 0 }.map(\.0)
    }

    /// The hosts on which the threat has a state.
    package func hosts(_ state: ThreatState) -> [OnHost] { hosts { $0.state == state } }

    /// The first hosts, of which the failures are kept.
    package var describedHosts: [OnHost] {
      described.keys.sorted().map { onHost(members[$0], open: described[$0] ?? []) }
    }

    private func hosts(where isMeant: (Member) -> Bool) -> [OnHost] {
      members.enumerated().filter { isMeant($0.element) }.map { place, member in
        onHost(member, open: described[place] ?? [])
      }
    }

    private func onHost(_ member: Member, open: [Failure]) -> OnHost {
      let first = Int(member.host) * markCount + start
      return OnHost(
        names[Int(member.host)], threat.evidence,
        marks[first..<first + roles.count].map { Mark(rawValue: $0) }, member, open: open)
    }

    /// A control, and on how many hosts it stands so.
    package typealias Count = (control: ControlID, hosts: Int)

    /// The controls that fail on some host, which nobody has accepted.
    package var failing: [Count] { controls(\.failing) { _ in true } }
    /// Those among them whose failure opens the threat, on the hosts that have its state.
    package var decidingFailing: [Count] { ofState(\.failing, where: \.isDeciding) }
    /// Those among them that weaken its answer, on the hosts that have its state.
    package var supportingFailing: [Count] { ofState(\.failing) { $0 == .supporting } }
    /// The controls that fail on some host, which is accepted.
    package var accepted: [Count] { controls(\.accepted) { _ in true } }
    /// Those among them whose failure opens the threat, on the hosts that have its state.
    package var decidingAccepted: [Count] { ofState(\.accepted, where: \.isDeciding) }
    /// The deciding controls that hold on the hosts that have the threat's state.
    package var decidingHolding: [Count] { ofState(\.passing, where: \.isDeciding) }
    /// The controls that stand in for deciding ones there, and hold.
    package var standingIn: [Count] { ofState(\.passing) { $0 == .mitigating } }
    /// The controls that were not judged on some host.
    package var unjudged: [Count] { controls(\.unjudged) { _ in true } }
    /// The deciding controls that keep the state from being known, on the hosts that have it.
    package var missing: [Count] { ofState(\.missing, where: \.isDeciding) }

    private func controls(
      _ count: (Tally) -> Int, where isMeant: (Threat.Role) -> Bool
    ) -> [Count] {
      Self.controls(threat, roles, tallies, count, where: isMeant)
    }

    /// What was found on the hosts that have the threat's state; on all where none counts for one.
    private func ofState(
      _ count: (Tally) -> Int, where isMeant: (Threat.Role) -> Bool
    ) -> [Count] {
      let own = states.contains { $0 > 0 } ? byState[Int(state.rawValue)] : tallies
      return Self.controls(threat, roles, own, count, where: isMeant)
    }

    private static func controls(
      _ threat: Threat, _ roles: [Threat.Role], _ tallies: [Tally], _ count: (Tally) -> Int,
      where isMeant: (Threat.Role) -> Bool
    ) -> [Count] {
      zip(zip(threat.controls, roles), tallies)
        .filter { isMeant($0.1) && count($1) > 0 }.map { (control: $0.0, hosts: count($1)) }
    }

    /// Counts what was found on a host, of which all marks are given.
    mutating func add(
      _ own: [UInt8], host: Int32, _ condition: ConditionState, _ open: [Failure]
    ) {
      let marks = own[start..<start + roles.count].lazy.map { Mark(rawValue: $0) }
      let state = ThreatState(roles, marks, condition)
      var (judged, isAsked) = (0, threat.system == .docker)
      for (control, mark) in marks.enumerated() {
        tallies[control].add(mark, roles[control])
        if mark != [] { total += 1 }
        if mark.isJudged || mark.isNotApplicable { judged += 1 }
        if roles[control].isDeciding, mark.subtracting(.asked) != [] { isAsked = true }
      }
      if isAsked {
        states[Int(state.rawValue)] += 1
        for (control, mark) in marks.enumerated() {
          byState[Int(state.rawValue)][control].add(mark, roles[control])
        }
      }
      self.judged += judged
      if !open.isEmpty { described[members.count] = open }
      members.append(
        Member(
          host: host, judged: Int32(truncatingIfNeeded: judged), state: state,
          condition: condition))
    }
  }
}
