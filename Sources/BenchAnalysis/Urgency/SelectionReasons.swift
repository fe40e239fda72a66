import BenchModel

/// Why candidates were chosen or passed over.
struct SelectionReasons {
  /// In the order of the choices.
  private let chosen: [Selection.Candidate]
  /// Those that could have been chosen and were not.
  private let left: [Selection.Candidate]
  private let rule: Selection.Rule
  private let coverage: SelectionCoverage
  private let answered: Set<String>
  private let bySurface: [String: Int]
  /// Chosen ones whose places are kept for those outside: without that another one would have them.
  private var kept: [Selection.Candidate] = []

  /// Looks for reasons.
  ///
  /// - Parameters:
  ///   - chosen: The chosen ones, in their order.
  ///   - left: Those that could have been chosen and were not.
  ///   - rule: What was to be chosen.
  ///   - outsideNeeded: How many had to be outside.
  init(
    _ chosen: [Selection.Candidate], left: [Selection.Candidate], _ rule: Selection.Rule,
    outsideNeeded: Int
  ) {
    self.chosen = chosen
    self.left = left
    self.rule = rule
    coverage = SelectionCoverage(chosen, coversThreats: rule.coversThreats)
    answered = Set(chosen.flatMap(\.threats))
    bySurface = chosen.reduce(into: [:]) { $0[$1.surface, default: 0] += 1 }
    guard outsideNeeded > 0, chosen.count(where: \.isOutside) == outsideNeeded else { return }
    kept = chosen.filter { own in
      own.isOutside && left.contains { !$0.isOutside && couldReplace(own, $0) }
    }
  }

  /// Whether a candidate would have a chosen one's place if none were kept.
  private func couldReplace(_ old: Selection.Candidate, _ new: Selection.Candidate) -> Bool {
    (new.surface == old.surface || !isFull(new.surface))
      && coverage.isBetter(with: new, without: old)
  }

  private func isFull(_ surface: String) -> Bool {
    rule.perSurface.map { bySurface[surface, default: 0] >= $0 } ?? false
  }

  /// The choices with their reasons.
  func choices() -> [Selection.Choice] {
    let keptControls = Set(kept.map(\.control))
    var known: Set<String> = []
    return chosen.map { candidate in
      let new = rule.coversThreats ? candidate.threats.filter { !known.contains($0) } : []
      known.formUnion(candidate.threats)
      let isMostSevere = !left.contains { other in
        other.tier > candidate.tier && other.threats.contains(where: new.contains)
      }
      let reason: Selection.Reason =
        keptControls.contains(candidate.control)
        ? .outside(answers: new) : new.isEmpty ? .mostUrgent : .answers(new)
      return Selection.Choice(candidate: candidate, reason: reason, isMostSevere: isMostSevere)
    }
  }

  /// Why a candidate was passed over.
  func whyNot(_ candidate: Selection.Candidate) -> Selection.WhyNot {
    if candidate.isExcluded { return .excluded }
    if candidate.isUnfixable { return .unfixable }
    if isFull(candidate.surface) { return .surfaceFull }
    if !candidate.isOutside, kept.contains(where: { couldReplace($0, candidate) }) {
      return .keptForOutside
    }
    guard rule.coversThreats else { return .lessUrgent }
    let further = candidate.threats.filter { !answered.contains($0) }
    if further.isEmpty { return .answersNothingFurther }
    return chosen.allSatisfy { $0.tier > candidate.tier }
      ? .lessSevere(answers: further) : .answersFewer(answers: further)
  }
}
