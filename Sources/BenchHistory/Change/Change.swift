package import BenchModel

/// What happened to a control's finding between two runs.
///
/// Absent is not fixed: a control that the second run did not evaluate is still open if it failed.
package enum Change: String, Hashable, Sendable, CaseIterable {
  /// It was judged otherwise, and fails now.
  case regressed
  /// It was not evaluated before, and fails now.
  case newlySeen
  /// It failed, and passes now.
  case fixed
  case stillFailing
  /// It was evaluated before, and is not now.
  case notEvaluated
  /// It failed, and there is nothing left that it could be about.
  case noLongerApplicable
  /// Any other difference: between outcomes none of which is a failure, from a failure to no verdict, or in
  /// the items of an outcome that stayed.
  case other

  /// Tells what a pair of outcomes is; nil for a pair that is no change.
  ///
  /// - Parameters:
  ///   - base: The outcome before; nil if the control was not evaluated.
  ///   - head: The outcome now.
  package init?(from base: Outcome?, to head: Outcome?) {
    switch (base, head) {
    case (nil, nil): return nil
    case (.fail, .fail): self = .stillFailing
    case (nil, .fail): self = .newlySeen
    case (_, .fail): self = .regressed
    case (.fail, .pass): self = .fixed
    case (.fail, .notApplicable): self = .noLongerApplicable
    case (_, nil): self = .notEvaluated
    case (let base, let head) where base == head: return nil
    default: self = .other
    }
  }
}

/// Why a control that the base evaluated is not in the head.
package enum Absence: String, Hashable, Sendable {
  /// The head's edition has no such control.
  case notInEdition
  /// The head was cut off, or lacks its beginning.
  case incompleteRun
  /// The head was limited to other checks, or had nothing to run this one on.
  case notRun
  /// The head was told to leave out what failed: a container or an image.
  case outOfScope
}
