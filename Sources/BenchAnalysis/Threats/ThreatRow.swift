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

      /// Counts a host, whose state counts for the threat or not.
      mutating func add(_ mark: Mark, _ role: Threat.Role, counts: Bool) {
        if mark != [] { asked += 1 }
        if !mark.isJudged { unjudged += 1 }
        guard counts else { return }
        if mark.contains(.open) { failing += 1 }
        if mark.contains(.accepted) { accepted += 1 }
        if mark.holds { passing += 1 }
        if role.isDeciding, mark.isMissing(role) { missing += 1 }
      }
    }

    package let threat: Threat
    /// The threat's, which is asked for each host.
    let system: Threat.System
    private let roles: [Threat.Role]
    /// Where the threat's controls begin among the marks of a host.
    let start: Int
    var members: [Member] = []
    var absent: [Int32] = []
    /// On how many hosts of a state the controls stand how: those of the first state, then those of the next.
    var tallies: [Tally]
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
      system = threat.system
      roles = threat.evidence.roles
      self.start = start
      tallies = Array(
        repeating: Tally(), count: threat.controls.count * ThreatState.allCases.count)
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
      members.isEmpty ? threat.controls : controls(\.asked, of: ThreatState.allCases).map(\.control)
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

    /// The controls whose failure opens the threat and that fail unaccepted, on the hosts that have its state.
    package var decidingFailing: [Count] { controls(\.failing, of: [state], where: \.isDeciding) }
    /// Those that weaken its answer there.
    package var supportingFailing: [Count] {
      controls(\.failing, of: [state]) { $0 == .supporting }
    }
    /// The deciding controls that fail and are accepted there.
    package var decidingAccepted: [Count] { controls(\.accepted, of: [state], where: \.isDeciding) }
    /// The deciding controls that hold there.
    package var decidingHolding: [Count] { controls(\.passing, of: [state], where: \.isDeciding) }
    /// The controls that stand in for deciding ones there, and hold.
    package var standingIn: [Count] { controls(\.passing, of: [state]) { $0 == .mitigating } }
    /// The deciding controls that keep the state from being known there.
    package var missing: [Count] { controls(\.missing, of: [state], where: \.isDeciding) }
    /// The controls that were not judged on some host, whatever the state.
    package var unjudged: [Count] { controls(\.unjudged, of: ThreatState.allCases) }

    private func controls(
      _ count: (Tally) -> Int, of states: [ThreatState],
      where isMeant: (Threat.Role) -> Bool = { _ in true }
    ) -> [Count] {
      threat.controls.enumerated().compactMap { place, control in
        let hosts = states.reduce(0) {
          $0 + count(tallies[Int($1.rawValue) * roles.count + place])
        }
        return isMeant(roles[place]) && hosts > 0 ? (control, hosts) : nil
      }
    }

    /// Counts what was found on a host, of which all marks are given.
    mutating func add(
      _ own: [UInt8], host: Int32, _ condition: ConditionState, _ open: [Failure]
    ) {
      let state = ThreatState(
        roles, own[start..<start + roles.count].lazy.map { Mark(rawValue: $0) }, condition)
      let first = Int(state.rawValue) * roles.count
      let isAsked =
        system == .docker
        || roles.indices.contains {
          roles[$0].isDeciding && Mark(rawValue: own[start + $0]).subtracting(.asked) != []
        }
      var judged = 0
      for control in roles.indices {
        let mark = Mark(rawValue: own[start + control])
        tallies[first + control].add(mark, roles[control], counts: isAsked)
        if mark != [] { total += 1 }
        if mark.isJudged || mark.isNotApplicable { judged += 1 }
      }
      if isAsked { states[Int(state.rawValue)] += 1 }
      self.judged += judged
      if !open.isEmpty { described[members.count] = open }
      members.append(
        Member(
          host: host, judged: Int32(truncatingIfNeeded: judged), state: state,
          condition: condition))
    }
  }
}
