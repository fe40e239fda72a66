package import BenchModel

/// A few findings chosen from many, so that they answer as many threats as they can.
///
/// Each step takes the control that answers most threats that no chosen one answers, and of equals the most urgent. At
/// least one is outside the excluded controls, if any open one is.
package struct Selection: Sendable {
  /// An open control that may be chosen.
  package struct Candidate: Sendable {
    package var control: ControlID
    /// The finding of the host on which it is most telling.
    package var finding: Finding
    package var hosts: [String]
    package var severity: Severity?
    package var score: Double
    /// The ids of the threats that it answers.
    package var threats: [String]
    package var isExcluded: Bool

    /// Creates a candidate.
    package init(
      control: ControlID, finding: Finding, hosts: [String], severity: Severity?, score: Double,
      threats: [String], isExcluded: Bool
    ) {
      self.control = control
      self.finding = finding
      self.hosts = hosts
      self.severity = severity
      self.score = score
      self.threats = threats
      self.isExcluded = isExcluded
    }
  }

  /// Why a candidate was chosen.
  package enum Reason: Hashable, Sendable {
    /// It answers these threats, which none before it does.
    case answers([String])
    /// It is the most urgent of those left; no threat was left that one could answer, or none was asked for.
    case mostUrgent
    /// It is the first that is not excluded.
    case outside(answers: [String])
  }

  /// A chosen candidate.
  package struct Choice: Sendable {
    package var candidate: Candidate
    package var reason: Reason
  }

  package private(set) var choices: [Choice] = []
  /// The candidates that were not chosen, the most urgent first.
  package private(set) var passedOver: [Candidate]
  /// The threats that a chosen one answers.
  package private(set) var answered: Set<String> = []
  /// Whether all that is open is excluded, so that none could be outside.
  package let isAllExcluded: Bool

  /// Chooses candidates.
  ///
  /// - Parameters:
  ///   - candidates: The open controls, each once.
  ///   - count: How many to choose.
  ///   - coversThreats: Whether threats count, or urgency alone.
  package init(_ candidates: [Candidate], count: Int, coversThreats: Bool) {
    passedOver = candidates.sorted { ($1.score, $0.control) < ($0.score, $1.control) }
    isAllExcluded = !candidates.isEmpty && candidates.allSatisfy(\.isExcluded)
    while choices.count < count, !passedOver.isEmpty {
      // The last place is kept for one that is not excluded.
      let mustBeOutside =
        !isAllExcluded && choices.count == count - 1
        && choices.allSatisfy(\.candidate.isExcluded)
      choose(mustBeOutside: mustBeOutside, coversThreats: coversThreats)
    }
  }

  private mutating func choose(mustBeOutside: Bool, coversThreats: Bool) {
    func gain(_ candidate: Candidate) -> Int {
      coversThreats ? candidate.threats.count { !answered.contains($0) } : 0
    }
    var best: Int?
    for (index, candidate) in passedOver.enumerated()
    where !mustBeOutside || !candidate.isExcluded {
      // The list is in the order of urgency, so the first of equals stays.
      if best.map({ gain(candidate) > gain(passedOver[$0]) }) ?? true { best = index }
    }
    guard let best else { return }
    let candidate = passedOver.remove(at: best)
    let new = candidate.threats.filter { !answered.contains($0) }
    answered.formUnion(candidate.threats)
    let isOnlyOutside = mustBeOutside && choices.contains { $0.candidate.isExcluded }
    let reason: Reason =
      isOnlyOutside
      ? .outside(answers: new) : coversThreats && !new.isEmpty ? .answers(new) : .mostUrgent
    choices.append(Choice(candidate: candidate, reason: reason))
  }
}
