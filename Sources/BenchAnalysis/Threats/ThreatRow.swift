package import BenchModel

extension ThreatAssessment {
  /// A threat on one host.
  package struct OnHost: Sendable {
    package let host: String
    private let controls: [ControlID]
    /// What was found of each control.
    private let marks: [UInt8]
    /// Failures that nobody has accepted; of the first hosts of a threat alone.
    package let open: [Failure]
    package let state: ThreatState
    /// How many of the threat's controls were judged.
    package let judged: Int

    init(
      _ host: String, _ controls: [ControlID], _ marks: [UInt8], _ member: Row.Member,
      open: [Failure]
    ) {
      self.host = host
      self.controls = controls
      self.marks = marks
      self.open = open
      (state, judged) = (member.state, Int(member.judged))
    }

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
        return mark.isJudged ? nil : Unjudged(control: control, reason: mark.unjudged)
      }
    }
  }

  /// A threat on all hosts.
  package struct Row: Sendable {
    /// A host with a run of the threat's system: a fleet has a hundred thousand of them.
    struct Member: Sendable {
      var host: Int32
      var judged: Int32
      var state: ThreatState
    }

    /// On how many hosts a control stands so.
    struct Tally: Sendable {
      var failing = 0
      var accepted = 0
      var unjudged = 0
    }

    package let threat: Threat
    /// Where the threat's controls begin among the marks of a host.
    let start: Int
    var members: [Member] = []
    var absent: [Int32] = []
    var tallies: [Tally]
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
      self.start = start
      tallies = Array(repeating: Tally(), count: threat.controls.count)
    }

    /// How many hosts have a run of the threat's system.
    package var hostCount: Int { members.count }

    /// The hosts with a run of the threat's system, in the order in which they were added.
    package var hosts: [OnHost] { hosts { _ in true } }
    /// The hosts without one, on which nothing is known.
    package var withoutRun: [String] { absent.map { names[Int($0)] } }

    /// Open on one host is open; to be mitigated it must be so on all hosts of which anything is known.
    package var state: ThreatState {
      func count(_ state: ThreatState) -> Int { states[Int(state.rawValue)] }
      return ThreatState(
        open: count(.exposed), accepted: count(.accepted), passing: count(.mitigated))
    }
    /// Of so many hosts the failures are kept with their items.
    package static let mostDescribed = 20
    /// How many controls there are to judge, counted in the same way as those that were.
    package var total: Int { members.count * threat.controls.count }

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
        names[Int(member.host)], threat.controls,
        Array(marks[first..<first + threat.controls.count]), member, open: open)
    }

    /// The controls that fail on some host, which nobody has accepted, with the number of such hosts.
    package var failing: [(control: ControlID, hosts: Int)] { controls(\.failing) }
    /// The controls that fail on some host, which is accepted.
    package var accepted: [(control: ControlID, hosts: Int)] { controls(\.accepted) }
    /// The controls that were not judged on some host.
    package var unjudged: [(control: ControlID, hosts: Int)] { controls(\.unjudged) }

    private func controls(_ count: (Tally) -> Int) -> [(control: ControlID, hosts: Int)] {
      zip(threat.controls, tallies).map { (control: $0, hosts: count($1)) }.filter { $0.hosts > 0 }
    }

    /// Counts what was found on a host, of which all marks are given.
    mutating func add(
      _ own: [UInt8], host: Int32, _ open: [Failure]
    ) {
      var (failing, accepted, passing, judged) = (0, 0, 0, 0)
      for control in tallies.indices {
        let mark = Mark(rawValue: own[start + control])
        if mark.contains(.open) {
          failing += 1
          tallies[control].failing += 1
        }
        if mark.contains(.accepted) {
          accepted += 1
          tallies[control].accepted += 1
        }
        if mark.isJudged { judged += 1 } else { tallies[control].unjudged += 1 }
        if mark.isJudged, !mark.isFailing { passing += 1 }
      }
      let state = ThreatState(open: failing, accepted: accepted, passing: passing)
      states[Int(state.rawValue)] += 1
      self.judged += judged
      if !open.isEmpty { described[members.count] = open }
      members.append(
        Member(host: host, judged: Int32(truncatingIfNeeded: judged), state: state))
    }
  }
}
