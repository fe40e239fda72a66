import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

/// What holds of every pair of runs, tried on many that chance makes.
struct `Any comparison` {
  private static let controls = [
    "container-no-privileged", "image-healthcheck", "daemon-live-restore", "a", "b", "c", nil,
  ]
  private static let scopes = ["", "", "", "include=web", "exclude=db", "labels=web"]

  /// A run of chance: of each control an outcome or nothing, with items of a few names.
  private static func run(_ generator: inout SeededGenerator) -> ComparedRun {
    var findings: [Finding] = []
    for (number, control) in controls.enumerated() {
      guard let outcome = Outcome(rawValue: UInt8.random(in: 0...5, using: &generator)) else {
        continue
      }
      var items: [Item] = []
      for name in ["web", "web-2", "db", "api"] where Bool.random(using: &generator) {
        let value = ["", "80", "443"].randomElement(using: &generator) ?? ""
        items.append(Example.container(name, value: value))
      }
      let isFailure = outcome == .fail
      findings.append(
        Example.finding(
          control, outcome, id: "1.\(number)", items: isFailure ? items : [],
          isTruncated: isFailure && Int.random(in: 0...4, using: &generator) == 0))
    }
    return Example.run(
      findings, isComplete: Int.random(in: 0...3, using: &generator) > 0,
      scope: Example.scope(scopes.randomElement(using: &generator) ?? ""))
  }

  private static func name(_ change: ControlChange) -> String {
    change.control ?? change.head?.checkID ?? change.base?.checkID ?? ""
  }

  private static func byName(_ comparison: Comparison) -> [String: ControlChange] {
    Dictionary(comparison.changes.map { (name($0), $0) }) { first, _ in first }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `of a run with itself has no change`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let run = Self.run(&generator)
      let comparison = Example.compare(run, run)
      #expect(comparison.changes.allSatisfy { $0.change == .stillFailing })
      #expect(comparison.changes.allSatisfy { $0.itemsAdded.isEmpty && $0.itemsRemoved.isEmpty })
      #expect(comparison.changes.count == run.findings.count { $0.outcome == .fail })
      #expect(comparison.changes.count + comparison.unchanged == run.findings.count)
    }
  }

  /// What a change is when the runs are swapped.
  private static func mirrored(_ change: ControlChange) -> Change? {
    switch (change.change, change.base?.outcome, change.head?.outcome) {
    case (.notEvaluated, .fail, _): .newlySeen
    case (.newlySeen, _, _): .notEvaluated
    // What comes without a failure is only named where it goes.
    case (.notEvaluated, _, _): .other
    case (.other, nil, _): .notEvaluated
    case (.regressed, .pass, _): .fixed
    case (.regressed, .notApplicable, _): .noLongerApplicable
    case (.regressed, _, _): .other
    case (.fixed, _, _), (.noLongerApplicable, _, _): .regressed
    case (.other, .fail, _): .regressed
    case (.other, _, _): .other
    case (.stillFailing, _, _): .stillFailing
    }
  }

  @Test(arguments: 100..<120 as Range<UInt64>)
  func `is mirrored where the runs are swapped`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let (one, two) = (Self.run(&generator), Self.run(&generator))
      let (there, back) = (Example.compare(one, two), Example.compare(two, one))
      #expect(there.unchanged == back.unchanged)
      #expect(there.changes.count == back.changes.count)
      let others = Self.byName(back)
      for change in there.changes {
        let other = try #require(others[Self.name(change)])
        #expect(other.change == Self.mirrored(change), "\(Self.name(change)) \(change.change)")
        guard change.base != nil, change.head != nil else { continue }
        #expect(Set(change.itemsAdded) == Set(other.itemsRemoved))
        #expect(Set(change.itemsRemoved) == Set(other.itemsAdded))
      }
    }
  }

  @Test(arguments: 200..<220 as Range<UInt64>)
  func `says fixed only of what the head judged whole`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let (base, head) = (Self.run(&generator), Self.run(&generator))
      for change in Example.compare(base, head).changes where change.change == .fixed {
        #expect(change.head?.outcome == .pass)
        guard change.control == "container-no-privileged", base.scope != head.scope,
          head.scope.limits(.container)
        else { continue }
        #expect(change.base?.itemsTruncated == false)
        #expect(change.base?.items.isEmpty == false)
        #expect(change.base?.items.allSatisfy(head.scope.covers) == true)
      }
    }
  }

  /// What is known of a control after some outcomes, as the simplest model has it.
  private struct Model {
    var outcome: Outcome?
    var openSince: Int64?
    var turns = 0

    init(_ outcomes: [Outcome?]) {
      for (day, outcome) in outcomes.enumerated() {
        guard let outcome else { continue }
        let (was, isOpen) = (self.outcome, outcome == .fail)
        if let was, (was == .fail) != isOpen { turns += 1 }
        openSince = isOpen ? openSince ?? Past.day(Int64(day)) : nil
        self.outcome = outcome
      }
    }
  }

  @Test(arguments: 300..<320 as Range<UInt64>)
  func `adds up over many runs to what the last ones say`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let controls = ["a", "b", "c", "d", "e"]
    for _ in 0..<20 {
      var past = Past()
      var outcomes: [String: [Outcome?]] = [:]
      var sides: [ComparedRun] = []
      for day in 0..<Int64.random(in: 1...8, using: &generator) {
        var findings: [Finding] = []
        for control in controls {
          let outcome = Outcome(rawValue: UInt8.random(in: 0...6, using: &generator))
          outcomes[control, default: []].append(outcome)
          if let outcome { findings.append(Example.finding(control, outcome)) }
        }
        past.add(day: day, findings: findings)
        sides.append(Example.run(findings))
      }
      let first = try #require(sides.first)
      let last = try #require(sides.last)
      let net = Self.byName(Example.compare(first, last))
      for control in controls {
        let model = Model(outcomes[control] ?? [])
        let known = past.known(control)
        #expect(known?.outcome == model.outcome)
        #expect(known?.openSince == model.openSince)
        #expect((known?.turns.count ?? 0) == model.turns)
        guard outcomes[control]?.allSatisfy({ $0 != nil }) == true else { continue }
        let before = first.findings.first { $0.control == control }?.outcome
        #expect(known?.outcome == net[control]?.head?.outcome ?? before)
        #expect(known?.isOpen == (net[control]?.head?.outcome == .fail))
      }
    }
  }
}
