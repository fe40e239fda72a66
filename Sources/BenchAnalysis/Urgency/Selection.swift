import BenchModel

/// A few findings chosen from many, or named, with the reason for each.
///
/// Where threats count, the chosen are, of all sets that the rule allows, the one whose critical members answer most
/// threats; of these the one whose critical and high members do, and so on down to all members; and of sets that are equal
/// in all of that the most urgent. So no chosen finding is less severe than one passed over that answers a threat which
/// no chosen one that is at least as severe answers. They stand tier by tier, and in a tier in the order of what each adds.
package struct Selection: Sendable {
  /// Why a candidate was chosen.
  package enum Reason: Hashable, Sendable {
    /// It answers these threats, which none before it does.
    case answers([String])
    /// It is the most urgent of those left; no threat was left that one could answer, or none was asked for.
    case mostUrgent
    /// It has a place that is kept for those outside, and answers these threats, which none before it does.
    case outside(answers: [String])
    /// The analyst named it.
    case named
  }

  /// Why a candidate was passed over.
  package enum WhyNot: Hashable, Sendable {
    /// It was excluded.
    case excluded
    /// There is nothing to change where it was found.
    case unfixable
    /// So many are chosen of its surface as may be.
    case surfaceFull
    /// The place that it would have got is kept for one outside.
    case keptForOutside
    /// It answers these threats, which no chosen one does, and is less severe than all chosen ones.
    case lessSevere(answers: [String])
    /// It answers these threats, which no chosen one does, and would add no more than is lost in place of a chosen one.
    case answersFewer(answers: [String])
    /// It answers no threat that the chosen do not answer.
    case answersNothingFurther
    /// Threats do not count, and it is less urgent than the chosen.
    case lessUrgent
  }

  /// A chosen candidate.
  package struct Choice: Sendable {
    package var candidate: Candidate
    package var reason: Reason
    /// Whether none that was passed over and could be chosen is more severe and answers one of the threats of the reason.
    package var isMostSevere: Bool
  }

  /// A candidate that was not chosen.
  package struct PassedOver: Sendable {
    package var candidate: Candidate
    package var reason: WhyNot
  }

  package let choices: [Choice]
  /// The candidates that were not chosen, the most urgent first.
  package let passedOver: [PassedOver]
  /// The threats that a chosen one answers.
  package let answered: Set<String>
  /// How many of the chosen are outside less than was asked for, because there are no more.
  package let missingOutside: Int

  /// Whether all that is open is excluded, so that none could be chosen.
  package var isAllExcluded: Bool {
    choices.isEmpty && !passedOver.isEmpty && passedOver.allSatisfy { $0.reason == .excluded }
  }

  /// Chooses candidates.
  ///
  /// - Parameters:
  ///   - candidates: The open controls, each once.
  ///   - rule: What is chosen.
  package init(_ candidates: [Candidate], _ rule: Rule) {
    let sorted = candidates.sorted { ($1.score, $0.control) < ($0.score, $1.control) }
    let possible = sorted.filter { !$0.isExcluded && !$0.isUnfixable }
    let search = SelectionSearch(possible, rule)
    let chosen = search.chosen().map { possible[$0] }
    let controls = Set(chosen.map(\.control))
    let reasons = SelectionReasons(
      chosen, left: possible.filter { !controls.contains($0.control) }, rule,
      outsideNeeded: search.outsideNeeded)
    choices = reasons.choices()
    passedOver = sorted.filter { !controls.contains($0.control) }.map {
      PassedOver(candidate: $0, reason: reasons.whyNot($0))
    }
    answered = Set(chosen.flatMap(\.threats))
    missingOutside = max(rule.outside - chosen.count(where: \.isOutside), 0)
  }

  /// Takes candidates that an analyst named, in their order and whatever their state.
  package init(named candidates: [Candidate]) {
    choices = candidates.map { Choice(candidate: $0, reason: .named, isMostSevere: false) }
    passedOver = []
    answered = Set(candidates.flatMap(\.threats))
    missingOutside = 0
  }
}
