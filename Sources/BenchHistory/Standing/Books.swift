/// Open failures before and after, with all that makes the difference.
///
/// The books balance: before + regressed + newly seen + first seen + reopened + begun because the check's logic changed = after + fixed +
/// retired + ended because the check's logic changed + without a verdict.
package struct Books: Hashable, Sendable {
  /// The open failures before.
  package var before: Int
  /// By the places of the movements; in place of a list, which would be made anew for every run.
  private var counts = SIMD16<Int>()

  /// Creates books in which nothing has happened.
  package init(before: Int = 0) {
    self.before = before
  }

  /// How many failures moved so.
  package subscript(movement: Movement) -> Int {
    get { counts[movement.place] }
    set { counts[movement.place] = newValue }
  }

  /// The failures that began for certain: regressed, or newly seen.
  package var worse: Int { self[.regressed] + self[.newlySeen] }

  /// The open failures after.
  package var after: Int {
    isQuiet
      ? before : Movement.allCases.reduce(before) { $1.isOpening ? $0 + self[$1] : $0 - self[$1] }
  }

  /// Whether nothing moved.
  package var isQuiet: Bool { counts == .zero }

  /// Adds the books of another host or system, over the same time.
  package static func += (lhs: inout Books, rhs: Books) {
    lhs.before += rhs.before
    lhs.counts &+= rhs.counts
  }
}

extension Movement {
  /// The movement of a number in a database; nil if there is none.
  package init?(place: Int) {
    guard let movement = Self.allCases.first(where: { $0.place == place }) else { return nil }
    self = movement
  }

  /// Its place among all, and its number in a database.
  package var place: Int {
    switch self {
    case .regressed: 0
    case .newlySeen: 1
    case .firstSeen: 2
    case .reopened: 3
    case .begunByCriterion: 4
    case .fixed: 5
    case .retired: 6
    case .endedByCriterion: 7
    case .withoutVerdict: 8
    }
  }
}
