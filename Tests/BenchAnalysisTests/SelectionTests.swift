import BenchModel
import BenchTestSupport
import Testing

@testable import BenchAnalysis

struct `A selection` {
  private static func candidate(
    _ control: ControlID, _ score: Double, _ threats: [String], isExcluded: Bool = false
  ) -> Selection.Candidate {
    Selection.Candidate(
      control: control, finding: Example.finding(control, .fail), hosts: ["web-1"],
      severity: .high, score: score, threats: threats, isExcluded: isExcluded)
  }

  private static func chosen(_ selection: Selection) -> [ControlID] {
    selection.choices.map(\.candidate.control)
  }

  // MARK: Against all there is

  /// Candidates with few scores and threats, so that there are many ties.
  private static func candidates(_ generator: inout SeededGenerator) -> [Selection.Candidate] {
    let threats = (0..<Int.random(in: 1...9, using: &generator)).map { "t\($0)" }
    let share = Int.random(in: 1...4, using: &generator)
    let excluded = Int.random(in: 0...4, using: &generator)
    return (0..<Int.random(in: 1...9, using: &generator)).map { number in
      candidate(
        "c\(number)", Double(Int.random(in: 1...6, using: &generator) * 10),
        threats.filter { _ in Int.random(in: 0..<6, using: &generator) < share },
        isExcluded: Int.random(in: 0..<4, using: &generator) < excluded)
    }
  }

  /// The most threats that so many can answer, and the highest score with which, by trying all.
  private static func best(
    of candidates: [Selection.Candidate], count: Int
  ) -> (covered: Int, score: Double) {
    let size = min(count, candidates.count)
    let hasOutside = candidates.contains { !$0.isExcluded }
    var best = (covered: -1, score: -1.0)
    for bits in 0..<(1 << candidates.count) where bits.nonzeroBitCount == size {
      let own = candidates.indices.filter { bits >> $0 & 1 == 1 }.map { candidates[$0] }
      if hasOutside, own.allSatisfy(\.isExcluded) { continue }
      let found = (Set(own.flatMap(\.threats)).count, own.reduce(0) { $0 + $1.score })
      best = max(best, found) { $0 < $1 }
    }
    return best
  }

  private static func max(
    _ one: (covered: Int, score: Double), _ other: (Int, Double),
    by isLess: ((Int, Double), (Int, Double)) -> Bool
  ) -> (covered: Int, score: Double) {
    isLess(one, other) ? other : one
  }

  @Test(arguments: 0..<400)
  func `answers as many threats as so many can, and of these is the most urgent`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let candidates = Self.candidates(&generator)
    let count = Int.random(in: 1...5, using: &generator)
    let selection = Selection(candidates, count: count, coversThreats: true)
    let own = selection.choices.map(\.candidate)
    let best = Self.best(of: candidates, count: count)
    #expect(own.count == min(count, candidates.count))
    #expect(Set(own.map(\.control)).count == own.count)
    #expect(Set(own.flatMap(\.threats)).count == best.covered)
    #expect(own.reduce(0) { $0 + $1.score } == best.score)
    #expect(selection.answered == Set(own.flatMap(\.threats)))
    #expect(selection.passedOver.count == candidates.count - own.count)
    #expect(own.contains { !$0.isExcluded } || candidates.allSatisfy(\.isExcluded))
    // The reasons are true.
    var answered: Set<String> = []
    for choice in selection.choices {
      let new = choice.candidate.threats.filter { !answered.contains($0) }
      switch choice.reason {
      case .answers(let threats): #expect(threats == new && !new.isEmpty)
      case .mostUrgent: #expect(new.isEmpty)
      case .outside(let threats):
        #expect(threats == new)
        #expect(!choice.candidate.isExcluded)
        #expect(own.count { !$0.isExcluded } == 1)
      }
      answered.formUnion(new)
    }
  }

  @Test(arguments: 0..<50)
  func `is the same whatever the order of the candidates`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let candidates = Self.candidates(&generator)
    let first = Selection(candidates, count: 3, coversThreats: true)
    for _ in 0..<3 {
      let again = Selection(
        candidates.shuffled(using: &generator), count: 3, coversThreats: true)
      #expect(Self.chosen(again) == Self.chosen(first))
      #expect(again.choices.map(\.reason) == first.choices.map(\.reason))
      #expect(again.passedOver.map(\.control) == first.passedOver.map(\.control))
    }
  }

  // MARK: Urgency

  @Test func `is the most urgent where threats don't count`() {
    let candidates = [
      Self.candidate("b", 10, ["t1", "t2"]), Self.candidate("a", 10, []),
      Self.candidate("c", 30, []),
    ]
    let selection = Selection(candidates, count: 2, coversThreats: false)
    #expect(Self.chosen(selection) == ["c", "a"])
    #expect(selection.choices.map(\.reason) == [.mostUrgent, .mostUrgent])
    #expect(selection.passedOver.map(\.control) == ["b"])
  }

  @Test func `settles ties by urgency, then by name`() {
    let candidates = [
      Self.candidate("z", 10, ["t1"]), Self.candidate("y", 20, ["t2"]),
      Self.candidate("b", 20, ["t1"]), Self.candidate("a", 20, ["t1"]),
    ]
    let selection = Selection(candidates, count: 1, coversThreats: true)
    #expect(Self.chosen(selection) == ["a"])
    let two = Selection(candidates, count: 2, coversThreats: true)
    #expect(Self.chosen(two) == ["a", "y"])
    #expect(two.choices.map(\.reason) == [.answers(["t1"]), .answers(["t2"])])
  }

  @Test func `begins with what answers most`() {
    let candidates = [
      Self.candidate("a", 100, ["t1"]), Self.candidate("b", 1, ["t2", "t3"]),
      Self.candidate("c", 50, []),
    ]
    let selection = Selection(candidates, count: 3, coversThreats: true)
    #expect(Self.chosen(selection) == ["b", "a", "c"])
    #expect(selection.choices.last?.reason == .mostUrgent)
  }

  // MARK: What is excluded

  @Test func `has one outside the excluded, at the price of a threat`() {
    let candidates = [
      Self.candidate("a", 100, ["t1", "t2"], isExcluded: true),
      Self.candidate("b", 90, ["t3"], isExcluded: true), Self.candidate("c", 1, []),
    ]
    for coversThreats in [true, false] {
      let selection = Selection(candidates, count: 2, coversThreats: coversThreats)
      #expect(Self.chosen(selection) == ["a", "c"])
      #expect(selection.choices.last?.reason == .outside(answers: []))
      #expect(!selection.isAllExcluded)
    }
    #expect(Self.chosen(Selection(candidates, count: 1, coversThreats: true)) == ["c"])
  }

  @Test func `has none outside where all are excluded, and says so`() {
    let candidates = [
      Self.candidate("a", 10, ["t1"], isExcluded: true),
      Self.candidate("b", 20, ["t1"], isExcluded: true),
    ]
    let selection = Selection(candidates, count: 1, coversThreats: true)
    #expect(Self.chosen(selection) == ["b"])
    #expect(selection.isAllExcluded)
    #expect(selection.choices.map(\.reason) == [.answers(["t1"])])
  }

  // MARK: Sizes

  @Test func `of more than there are is all`() {
    let candidates = [Self.candidate("a", 10, ["t1"]), Self.candidate("b", 20, [])]
    let selection = Selection(candidates, count: 1_000, coversThreats: true)
    #expect(Self.chosen(selection) == ["a", "b"])
    #expect(selection.passedOver.isEmpty)
    let none = Selection([], count: 3, coversThreats: true)
    #expect(none.choices.isEmpty && none.passedOver.isEmpty && !none.isAllExcluded)
  }

  @Test(arguments: [3, 20])
  func `of many is still a choice`(count: Int) {
    var generator = SeededGenerator(seed: 1)
    let candidates = (0..<150).map { number in
      Self.candidate(
        "c\(number)", Double.random(in: 1...1_000, using: &generator),
        (0..<60).filter { _ in Int.random(in: 0..<12, using: &generator) == 0 }.map { "t\($0)" },
        isExcluded: number != 149)
    }
    let selection = Selection(candidates, count: count, coversThreats: true)
    #expect(selection.choices.count == count)
    #expect(Self.chosen(selection).contains("c149"))
    #expect(Set(Self.chosen(selection)).count == count)
  }

  @Test func `can have more threats than a word has bits`() {
    let candidates = (0..<100).map { Self.candidate("c\($0)", Double($0), ["t\($0)", "t"]) }
    let selection = Selection(candidates, count: 3, coversThreats: true)
    #expect(Self.chosen(selection) == ["c99", "c98", "c97"])
    #expect(selection.answered.count == 4)
  }
}
