package import BenchCatalog
package import BenchModel

/// A control whose finding differs between two runs, or fails in both.
package struct ControlChange: Sendable {
  /// The control; nil for a check that no edition knows.
  package var control: ControlID?
  package var change: Change
  /// The finding before; nil if the control was not evaluated.
  package var base: Finding?
  /// The finding now.
  package var head: Finding?
  package var itemsAdded: [Item]
  package var itemsRemoved: [Item]
  /// What the tool judged by in each run, if its logic may have changed between them.
  package var criteria: Criteria.Difference?
  /// Why the head has no finding.
  package var absence: Absence?

  /// Whether the tool may have judged by another criterion.
  package var isCriterionChanged: Bool { criteria != nil }

  /// Whether the outcome, or the items of a failure, differ and another criterion may be why, so that it says little of
  /// the host.
  package var isDoubtful: Bool {
    guard isCriterionChanged else { return false }
    return base?.outcome != head?.outcome
      || (change == .stillFailing && !(itemsAdded.isEmpty && itemsRemoved.isEmpty))
  }

  /// By what its check is known; nil only for a change without a finding, which no comparison makes.
  package var key: FindingKey? { (head ?? base)?.key }

  /// Whether a failure began, for certain: regressed, or newly seen.
  package var isWorse: Bool {
    !isDoubtful && (change == .regressed || change == .newlySeen)
  }

  /// Whether a failure that stayed is, for certain, one of items too that it was not of before.
  package var hasMoreItems: Bool {
    !isDoubtful && change == .stillFailing && !itemsAdded.isEmpty
  }

  /// Whether it is one that somebody should hear of: not a failure that stayed as it was.
  package var isNews: Bool {
    switch change {
    case .stillFailing: !itemsAdded.isEmpty || !itemsRemoved.isEmpty
    case .notEvaluated: base?.outcome == .fail
    case .other: false
    case .regressed, .newlySeen, .fixed, .noLongerApplicable: true
    }
  }

  /// What it does to the number of open failures; nil where that stays, also of a failure that the head left out.
  package var movement: Movement? {
    switch (base?.outcome == .fail, head?.outcome == .fail) {
    case (false, true):
      isDoubtful ? .begunByCriterion : change == .regressed ? .regressed : .newlySeen
    case (true, false):
      change == .notEvaluated
        ? nil : isDoubtful ? .endedByCriterion : change == .fixed ? .fixed : .withoutVerdict
    default: nil
    }
  }
}
