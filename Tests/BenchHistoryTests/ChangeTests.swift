import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A change` {
  private static let order: [Outcome?] = [nil, .pass, .fail, .manual, .info, .notApplicable]

  /// For each outcome before, in the order above, what it is with each outcome now.
  private static let table: [[Change?]] = [
    [nil, .other, .newlySeen, .other, .other, .other],
    [.notEvaluated, nil, .regressed, .other, .other, .other],
    [.notEvaluated, .fixed, .stillFailing, .other, .other, .noLongerApplicable],
    [.notEvaluated, .other, .regressed, nil, .other, .other],
    [.notEvaluated, .other, .regressed, .other, nil, .other],
    [.notEvaluated, .other, .regressed, .other, .other, nil],
  ]

  @Test(arguments: 0..<6, 0..<6)
  func `is told by the outcomes before and now`(base: Int, head: Int) {
    #expect(Change(from: Self.order[base], to: Self.order[head]) == Self.table[base][head])
  }

  @Test func `is never a fix where nothing was evaluated`() {
    for outcome in Self.order { #expect(Change(from: outcome, to: nil) != .fixed) }
  }

  @Test func `has the names that programs read`() {
    #expect(
      Change.allCases.map(\.rawValue) == [
        "regressed", "newlySeen", "fixed", "stillFailing", "notEvaluated", "noLongerApplicable",
        "other",
      ])
  }
}
