/// How an open failure began or ended: each one that did is counted in exactly one of these.
package enum Movement: String, Hashable, Sendable, CaseIterable {
  /// It was judged otherwise, and fails now.
  case regressed
  /// It was not evaluated before, and fails now.
  case newlySeen
  /// It failed in the first run of its host and system, or of its tool there, so it may be older.
  case firstSeen
  /// The tool's edition had dropped its check, and another run fails it again.
  case reopened
  /// It fails now, and another criterion of the tool may be why.
  case begunByCriterion
  /// It failed, and passes now.
  case fixed
  /// The newest edition of its tool does not have its check.
  case retired
  /// It does not fail any more, and another criterion of the tool may be why.
  case endedByCriterion
  /// It failed, and is not applicable, a person's to decide, or without a verdict now: not fixed.
  case withoutVerdict

  /// Whether it adds an open failure rather than taking one away.
  package var isOpening: Bool {
    switch self {
    case .regressed, .newlySeen, .firstSeen, .reopened, .begunByCriterion: true
    case .fixed, .retired, .endedByCriterion, .withoutVerdict: false
    }
  }
}
