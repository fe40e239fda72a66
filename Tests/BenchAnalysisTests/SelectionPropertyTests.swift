import BenchModel
import BenchTestSupport
import Testing

@testable import BenchAnalysis

struct `A selection of anything` {
  /// Candidates with few scores, threats and surfaces, so that there are many ties.
  private static func candidates(
    _ generator: inout SeededGenerator, most: Int = 9
  ) -> [Selection.Candidate] {
    let threats = (0..<Int.random(in: 1...9, using: &generator)).map { "t\($0)" }
    let share = Int.random(in: 1...4, using: &generator)
    let inside = Int.random(in: 0...4, using: &generator)
    let surfaces = Int.random(in: 1...4, using: &generator)
    let severities: [Severity?] = [.critical, .high, .medium, .low, nil]
    return (0..<Int.random(in: 1...most, using: &generator)).map { number in
      let control = "c\(number)"
      return Selection.Candidate(
        control: control, finding: Example.finding(control, .fail), hosts: ["web-1"],
        severity: severities[Int.random(in: 0..<5, using: &generator)],
        score: Double(Int.random(in: 1...6, using: &generator) * 10),
        threats: threats.filter { _ in Int.random(in: 0..<6, using: &generator) < share },
        surface: "s\(Int.random(in: 0..<surfaces, using: &generator))",
        isExcluded: Int.random(in: 0..<8, using: &generator) == 0,
        isOutside: Int.random(in: 0..<4, using: &generator) >= inside,
        isUnfixable: Int.random(in: 0..<8, using: &generator) == 0)
    }
  }

  private static func rule(_ generator: inout SeededGenerator) -> Selection.Rule {
    let perSurface = [nil, nil, 1, 2][Int.random(in: 0..<4, using: &generator)]
    let hasCount = perSurface == nil || Bool.random(using: &generator)
    return Selection.Rule(
      count: hasCount ? Int.random(in: 1...5, using: &generator) : nil, perSurface: perSurface,
      coversThreats: true, outside: Int.random(in: 0...3, using: &generator))
  }

  // MARK: Against all there is

  /// What sets are compared by: threats answered by the critical members, by these and the high ones, and so on, and the sum
  /// of scores.
  private static func value(_ members: [Selection.Candidate]) -> [Double] {
    let tiers: [[Severity?]] = [
      [.critical], [.critical, .high], [.critical, .high, .medium, nil],
      [.critical, .high, .medium, nil, .low],
    ]
    let covered = tiers.map { tier in
      Double(Set(members.filter { tier.contains($0.severity) }.flatMap(\.threats)).count)
    }
    return covered + [members.map(\.score).reduce(0, +)]
  }

  /// All sets that the rule allows: of the greatest size, and with as many outside as are asked for, or as there can be.
  private static func allowed(
    _ candidates: [Selection.Candidate], _ rule: Selection.Rule
  ) -> [[Selection.Candidate]] {
    let free = candidates.filter { !$0.isExcluded && !$0.isUnfixable }
    let sets = (0..<(1 << free.count)).map { bits in
      free.indices.filter { bits >> $0 & 1 == 1 }.map { free[$0] }
    }.filter { own in
      let surfaces = Dictionary(grouping: own, by: \.surface).values.map(\.count)
      return own.count <= rule.count ?? .max
        && surfaces.allSatisfy { $0 <= rule.perSurface ?? .max }
    }
    let size = sets.map(\.count).max() ?? 0
    let largest = sets.filter { $0.count == size }
    let outside = largest.map { own in own.filter(\.isOutside).count }.max() ?? 0
    return largest.filter { $0.filter(\.isOutside).count >= min(rule.outside, outside) }
  }

  @Test(arguments: 0..<400)
  func `is the best of all sets that are allowed`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let candidates = Self.candidates(&generator)
    let rule = Self.rule(&generator)
    let selection = Selection(candidates, rule)
    let own = selection.choices.map(\.candidate)
    let controls = Set(own.map(\.control))
    let sets = Self.allowed(candidates, rule)
    #expect(sets.contains { Set($0.map(\.control)) == controls })
    #expect(controls.count == own.count)
    let best = sets.map(Self.value).max { $0.lexicographicallyPrecedes($1) }
    #expect(Self.value(own) == best)
    #expect(selection.answered == Set(own.flatMap(\.threats)))
    #expect(selection.passedOver.count == candidates.count - own.count)
    #expect(selection.missingOutside == max(rule.outside - own.filter(\.isOutside).count, 0))
  }

  // MARK: Reasons

  private static func tier(_ candidate: Selection.Candidate) -> Int {
    Int((candidate.severity ?? .medium).rawValue)
  }

  @Test(arguments: 0..<400)
  func `has reasons that are true`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let candidates = Self.candidates(&generator)
    let rule = Self.rule(&generator)
    let selection = Selection(candidates, rule)
    let own = selection.choices.map(\.candidate)
    #expect(zip(own, own.dropFirst()).allSatisfy { Self.tier($0) >= Self.tier($1) })
    let left = selection.passedOver.map(\.candidate).filter { !$0.isExcluded && !$0.isUnfixable }
    var answered: Set<String> = []
    for choice in selection.choices {
      let new = choice.candidate.threats.filter { !answered.contains($0) }
      switch choice.reason {
      case .answers(let threats):
        #expect(threats == new && !new.isEmpty)
        let better = left.filter { other in
          Self.tier(other) > Self.tier(choice.candidate)
            && !Set(new).isDisjoint(with: other.threats)
        }
        #expect(choice.isMostSevere == better.isEmpty)
      case .mostUrgent: #expect(new.isEmpty)
      case .outside(let threats):
        #expect(threats == new)
        #expect(choice.candidate.isOutside)
        #expect(own.filter(\.isOutside).count <= rule.outside)
      case .named: Issue.record("nothing was named")
      }
      answered.formUnion(new)
    }
    for passed in selection.passedOver {
      let candidate = passed.candidate
      let further = candidate.threats.filter { !selection.answered.contains($0) }
      let onSurface = own.filter { $0.surface == candidate.surface }.count
      let isFull = rule.perSurface.map { onSurface >= $0 } ?? false
      switch passed.reason {
      case .excluded: #expect(candidate.isExcluded)
      case .unfixable: #expect(candidate.isUnfixable && !candidate.isExcluded)
      case .surfaceFull: #expect(isFull)
      case .keptForOutside:
        #expect(!candidate.isOutside && !isFull)
        #expect(own.contains { $0.isOutside })
      case .lessSevere(let threats):
        #expect(threats == further && !further.isEmpty)
        #expect(own.allSatisfy { Self.tier($0) > Self.tier(candidate) })
      case .answersFewer(let threats): #expect(threats == further && !further.isEmpty)
      case .answersNothingFurther: #expect(further.isEmpty)
      case .lessUrgent: Issue.record("threats count")
      }
    }
  }

  /// Where only the number is given, none is passed over for a less severe one without having nothing to add.
  @Test(arguments: 0..<212)
  func `has none that is less severe than one that adds a threat`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // Of so many not all sets are tried.
    let candidates = Self.candidates(&generator, most: seed < 200 ? 9 : 120)
    let count = Int.random(in: 1...12, using: &generator)
    let selection = Selection(candidates, Selection.Rule(count: count, coversThreats: true))
    let own = selection.choices.map(\.candidate)
    for passed in selection.passedOver.map(\.candidate)
    where !passed.isExcluded && !passed.isUnfixable {
      let severe = own.filter { Self.tier($0) >= Self.tier(passed) }
      let adds = !Set(passed.threats).subtracting(severe.flatMap(\.threats)).isEmpty
      #expect(!adds || severe.count == own.count, "\(passed.control)")
    }
  }

  @Test(arguments: 0..<50)
  func `is the same whatever the order of the candidates`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let candidates = Self.candidates(&generator)
    let rule = Self.rule(&generator)
    let first = Selection(candidates, rule)
    for _ in 0..<3 {
      let again = Selection(candidates.shuffled(using: &generator), rule)
      #expect(again.choices.map(\.candidate.control) == first.choices.map(\.candidate.control))
      #expect(again.choices.map(\.reason) == first.choices.map(\.reason))
      #expect(
        again.passedOver.map(\.candidate.control) == first.passedOver.map(\.candidate.control))
      #expect(again.passedOver.map(\.reason) == first.passedOver.map(\.reason))
    }
  }

  // MARK: Sizes

  @Test(arguments: [3, 20])
  func `of many is still a choice`(count: Int) {
    var generator = SeededGenerator(seed: 1)
    let candidates = (0..<150).map { number in
      Selection.Candidate(
        control: "c\(number)", finding: Example.finding("c\(number)", .fail), hosts: ["web-1"],
        severity: number % 3 == 0 ? .critical : .medium,
        score: Double.random(in: 1...1_000, using: &generator),
        threats: (0..<60).filter { _ in Int.random(in: 0..<12, using: &generator) == 0 }
          .map { "t\($0)" }, isOutside: number == 149)
    }
    let selection = Selection(
      candidates, Selection.Rule(count: count, coversThreats: true, outside: 1))
    let controls = selection.choices.map(\.candidate.control)
    #expect(controls.count == count)
    #expect(controls.contains("c149"))
    #expect(Set(controls).count == count)
  }
}
