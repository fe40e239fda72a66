import BenchModel
import BenchTestSupport
import Testing

@testable import BenchAnalysis

struct `A selection` {
  private static func candidate(
    _ control: ControlID, _ score: Double, _ threats: [String], severity: Severity? = .high,
    surface: String = "", isExcluded: Bool = false, isOutside: Bool = true,
    isUnfixable: Bool = false
  ) -> Selection.Candidate {
    Selection.Candidate(
      control: control, finding: Example.finding(control, .fail), hosts: ["web-1"],
      severity: severity, score: score, threats: threats, surface: surface,
      isExcluded: isExcluded, isOutside: isOutside, isUnfixable: isUnfixable)
  }

  private static func rule(
    _ count: Int?, perSurface: Int? = nil, coversThreats: Bool = true, outside: Int = 0
  ) -> Selection.Rule {
    Selection.Rule(
      count: count, perSurface: perSurface, coversThreats: coversThreats, outside: outside)
  }

  private static func chosen(_ selection: Selection) -> [ControlID] {
    selection.choices.map(\.candidate.control)
  }

  private static func whyNot(_ selection: Selection) -> [ControlID: Selection.WhyNot] {
    Dictionary(
      selection.passedOver.map { ($0.candidate.control, $0.reason) }
    ) { first, _ in first }
  }

  // MARK: Urgency

  @Test func `is the most urgent where threats don't count`() {
    let candidates = [
      Self.candidate("b", 10, ["t1", "t2"]), Self.candidate("a", 10, []),
      Self.candidate("c", 30, []),
    ]
    let selection = Selection(candidates, Self.rule(2, coversThreats: false))
    #expect(Self.chosen(selection) == ["c", "a"])
    #expect(selection.choices.map(\.reason) == [.mostUrgent, .mostUrgent])
    #expect(Self.whyNot(selection) == ["b": .lessUrgent])
  }

  @Test func `settles ties by urgency, then by name`() {
    let candidates = [
      Self.candidate("z", 10, ["t1"]), Self.candidate("y", 20, ["t2"]),
      Self.candidate("b", 20, ["t1"]), Self.candidate("a", 20, ["t1"]),
    ]
    let selection = Selection(candidates, Self.rule(1))
    #expect(Self.chosen(selection) == ["a"])
    let two = Selection(candidates, Self.rule(2))
    #expect(Self.chosen(two) == ["a", "y"])
    #expect(two.choices.map(\.reason) == [.answers(["t1"]), .answers(["t2"])])
    #expect(two.choices.map(\.isMostSevere) == [true, true])
  }

  // MARK: Severity

  @Test func `goes by severity before the number of threats`() {
    let candidates = [
      Self.candidate("many", 50, ["t1", "t2", "t3"], severity: .medium),
      Self.candidate("socket", 9_000, ["t1"], severity: .critical),
      Self.candidate("privileged", 8_000, ["t4"], severity: .critical),
      Self.candidate("high", 900, ["t2"]), Self.candidate("same", 800, ["t1"]),
    ]
    let selection = Selection(candidates, Self.rule(3))
    #expect(Self.chosen(selection) == ["socket", "privileged", "high"])
    #expect(
      selection.choices.map(\.reason)
        == [.answers(["t1"]), .answers(["t4"]), .answers(["t2"])])
    #expect(
      Self.whyNot(selection)
        == ["many": .lessSevere(answers: ["t3"]), "same": .answersNothingFurther])
  }

  @Test func `stands tier by tier, in a tier by what each adds`() {
    let candidates = [
      Self.candidate("a", 100, ["t1"]), Self.candidate("b", 90, ["t2", "t3"]),
      Self.candidate("c", 50, []), Self.candidate("d", 5, ["t4"], severity: .low),
    ]
    let selection = Selection(candidates, Self.rule(4))
    #expect(Self.chosen(selection) == ["b", "a", "c", "d"])
    #expect(
      selection.choices.map(\.reason)
        == [.answers(["t2", "t3"]), .answers(["t1"]), .mostUrgent, .answers(["t4"])])
  }

  @Test func `takes a check without a severity for a medium one`() {
    let candidates = [
      Self.candidate("none", 10, ["t1"], severity: nil),
      Self.candidate("medium", 20, ["t2"], severity: .medium),
      Self.candidate("low", 30, ["t3"], severity: .low),
    ]
    let selection = Selection(candidates, Self.rule(2))
    #expect(Self.chosen(selection) == ["medium", "none"])
    #expect(Self.whyNot(selection) == ["low": .lessSevere(answers: ["t3"])])
  }

  @Test func `says where one as severe would add no more than is lost`() {
    let candidates = [
      Self.candidate("a", 10, ["t1", "t2"]), Self.candidate("b", 20, ["t3"]),
    ]
    let selection = Selection(candidates, Self.rule(1))
    #expect(Self.chosen(selection) == ["a"])
    #expect(Self.whyNot(selection) == ["b": .answersFewer(answers: ["t3"])])
  }

  // MARK: What is left out

  @Test(arguments: [true, false])
  func `has nothing that is excluded or can't be changed`(coversThreats: Bool) {
    let candidates = [
      Self.candidate("a", 100, ["t1", "t2"], isExcluded: true),
      Self.candidate("b", 90, ["t3"], isUnfixable: true), Self.candidate("c", 1, []),
    ]
    let selection = Selection(candidates, Self.rule(3, coversThreats: coversThreats))
    #expect(Self.chosen(selection) == ["c"])
    #expect(Self.whyNot(selection) == ["a": .excluded, "b": .unfixable])
    #expect(selection.passedOver.map(\.candidate.control) == ["a", "b"])
    #expect(!selection.isAllExcluded)
  }

  @Test func `is empty where all are excluded, and says so`() {
    let candidates = [
      Self.candidate("a", 10, ["t1"], isExcluded: true),
      Self.candidate("b", 20, ["t1"], isExcluded: true),
    ]
    let selection = Selection(candidates, Self.rule(1))
    #expect(selection.choices.isEmpty)
    #expect(selection.isAllExcluded)
    #expect(selection.passedOver.map(\.reason) == [.excluded, .excluded])
  }

  // MARK: What is outside

  @Test func `has one outside, at the price of a threat`() {
    let candidates = [
      Self.candidate("a", 100, ["t1", "t2"], isOutside: false),
      Self.candidate("b", 90, ["t3"], isOutside: false), Self.candidate("c", 1, []),
    ]
    for coversThreats in [true, false] {
      let selection = Selection(candidates, Self.rule(2, coversThreats: coversThreats, outside: 1))
      #expect(Self.chosen(selection) == ["a", "c"])
      #expect(selection.choices.last?.reason == .outside(answers: []))
      #expect(Self.whyNot(selection) == ["b": .keptForOutside])
      #expect(selection.missingOutside == 0)
    }
    #expect(Self.chosen(Selection(candidates, Self.rule(1, outside: 1))) == ["c"])
    #expect(Self.chosen(Selection(candidates, Self.rule(2))) == ["a", "b"])
  }

  @Test func `has all that are outside where these are fewer, and says so`() {
    let candidates = [
      Self.candidate("a", 100, ["t1"], isOutside: false),
      Self.candidate("b", 90, ["t2"], isOutside: false), Self.candidate("c", 1, []),
      Self.candidate("d", 80, ["t3"], isExcluded: true),
    ]
    let selection = Selection(candidates, Self.rule(3, outside: 2))
    #expect(Set(Self.chosen(selection)) == ["a", "b", "c"])
    #expect(selection.missingOutside == 1)
    let none = Selection(candidates.filter { !$0.isOutside }, Self.rule(1, outside: 1))
    #expect(Self.chosen(none) == ["a"])
    #expect(none.missingOutside == 1)
  }

  // MARK: Surfaces

  @Test func `has no more of a surface than it may`() {
    let candidates = [
      Self.candidate("a", 100, ["t1"], surface: "runtime"),
      Self.candidate("b", 90, ["t2"], surface: "runtime"),
      Self.candidate("c", 10, [], surface: "daemon"),
      Self.candidate("d", 95, ["t3"], surface: "network", isUnfixable: true),
    ]
    let one = Selection(candidates, Self.rule(2, perSurface: 1))
    #expect(Self.chosen(one) == ["a", "c"])
    #expect(Self.whyNot(one) == ["b": .surfaceFull, "d": .unfixable])
    let each = Selection(candidates, Self.rule(nil, perSurface: 1, coversThreats: false))
    #expect(Self.chosen(each) == ["a", "c"])
    let all = Selection(candidates, Self.rule(nil, perSurface: 9))
    #expect(Self.chosen(all) == ["a", "b", "c"])
  }

  @Test func `keeps a place on a surface for one outside`() {
    let candidates = [
      Self.candidate("a", 100, ["t1"], surface: "runtime", isOutside: false),
      Self.candidate("b", 90, ["t2"], surface: "runtime"),
      Self.candidate("c", 10, [], surface: "daemon", isOutside: false),
    ]
    for coversThreats in [true, false] {
      let selection = Selection(
        candidates, Self.rule(2, perSurface: 1, coversThreats: coversThreats, outside: 1))
      #expect(Self.chosen(selection) == ["b", "c"])
    }
  }

  // MARK: Names

  @Test func `has what is named, in its order and whatever it is`() {
    let candidates = [
      Self.candidate("b", 0, ["t1"], isUnfixable: true), Self.candidate("a", 10, ["t1", "t2"]),
    ]
    let selection = Selection(named: candidates)
    #expect(Self.chosen(selection) == ["b", "a"])
    #expect(selection.choices.map(\.reason) == [.named, .named])
    #expect(selection.answered == ["t1", "t2"])
    #expect(selection.passedOver.isEmpty && selection.missingOutside == 0)
  }

  // MARK: Sizes

  @Test func `of more than there are is all`() {
    let candidates = [Self.candidate("a", 10, ["t1"]), Self.candidate("b", 20, [])]
    let selection = Selection(candidates, Self.rule(1_000))
    #expect(Self.chosen(selection) == ["a", "b"])
    #expect(selection.passedOver.isEmpty)
    let none = Selection([], Self.rule(3, outside: 1))
    #expect(none.choices.isEmpty && none.passedOver.isEmpty && !none.isAllExcluded)
    #expect(none.missingOutside == 1)
  }

  @Test func `can have more threats than are counted at once`() {
    let candidates = (0..<200).map { Self.candidate("c\($0)", Double($0), ["t\($0)", "t"]) }
    let selection = Selection(candidates, Self.rule(3))
    #expect(Self.chosen(selection) == ["c199", "c198", "c197"])
    #expect(selection.answered.count == 4)
  }
}
