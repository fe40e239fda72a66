package import BenchModel

/// A few findings chosen from many, so that they answer as many threats as they can.
///
/// Together they answer the most threats that so many can; of sets that answer as many it is the most urgent. They stand in
/// the order of what each adds. At least one is outside the excluded controls, if any open one is.
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
    /// The run that the finding is from.
    package var source: RunSummary?

    /// Creates a candidate.
    package init(
      control: ControlID, finding: Finding, hosts: [String], severity: Severity?, score: Double,
      threats: [String], isExcluded: Bool, source: RunSummary? = nil
    ) {
      self.control = control
      self.finding = finding
      self.hosts = hosts
      self.severity = severity
      self.score = score
      self.threats = threats
      self.isExcluded = isExcluded
      self.source = source
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
    let sorted = candidates.sorted { ($1.score, $0.control) < ($0.score, $1.control) }
    passedOver = sorted
    isAllExcluded = !candidates.isEmpty && candidates.allSatisfy(\.isExcluded)
    let best = coversThreats ? Self.bestCover(of: sorted, count: count) : nil
    while choices.count < count, !passedOver.isEmpty {
      // The last place is kept for one that is not excluded.
      let mustBeOutside =
        !isAllExcluded && choices.count == count - 1
        && choices.allSatisfy(\.candidate.isExcluded)
      choose(among: best, mustBeOutside: mustBeOutside, coversThreats: coversThreats)
    }
  }

  /// Takes the best of those that are left.
  ///
  /// - Parameters:
  ///   - best: The controls that answer most threats together; nil where any may be taken.
  ///   - mustBeOutside: Whether it may not be excluded.
  ///   - coversThreats: Whether threats count.
  private mutating func choose(
    among best: Set<ControlID>?, mustBeOutside: Bool, coversThreats: Bool
  ) {
    func gain(_ candidate: Candidate) -> Int {
      coversThreats ? candidate.threats.count { !answered.contains($0) } : 0
    }
    let isLeft = passedOver.contains { best?.contains($0.control) ?? true }
    var found: Int?
    for (index, candidate) in passedOver.enumerated() {
      if isLeft, best?.contains(candidate.control) == false { continue }
      if best == nil, mustBeOutside, candidate.isExcluded { continue }
      // The list is in the order of urgency, so the first of equals stays.
      if found.map({ gain(candidate) > gain(passedOver[$0]) }) ?? true { found = index }
    }
    guard let found else { return }
    let candidate = passedOver.remove(at: found)
    let new = candidate.threats.filter { !answered.contains($0) }
    answered.formUnion(candidate.threats)
    let isOnlyOutside = mustBeOutside && choices.contains { $0.candidate.isExcluded }
    let reason: Reason =
      isOnlyOutside
      ? .outside(answers: new) : coversThreats && !new.isEmpty ? .answers(new) : .mostUrgent
    choices.append(Choice(candidate: candidate, reason: reason))
  }

  // MARK: - The best cover

  /// As many combinations are tried; of more candidates each is taken for itself, which may answer fewer.
  private static let mostCombinations = 3_000_000

  /// The controls that answer most threats together, and of equals the most urgent; nil where there are too many to try.
  private static func bestCover(of sorted: [Candidate], count: Int) -> Set<ControlID>? {
    let threats = Array(Set(sorted.flatMap(\.threats)))
    guard threats.count <= 64, count > 0 else { return nil }
    let bit = Dictionary(uniqueKeysWithValues: zip(threats, 0..<64))
    // Of those that answer the same threats only the most urgent can be in the best, and of these the most urgent
    // that is not excluded.
    func pooled(mostOfEach most: Int) -> [(mask: UInt64, candidate: Candidate)] {
      var counts: [UInt64: Int] = [:]
      var outside: Set<UInt64> = []
      return sorted.compactMap { candidate in
        let mask = candidate.threats.reduce(UInt64(0)) { $0 | UInt64(1) << UInt64(bit[$1] ?? 0) }
        counts[mask, default: 0] += 1
        let isFirstOutside = !candidate.isExcluded && outside.insert(mask).inserted
        return isFirstOutside || counts[mask, default: 0] <= most ? (mask, candidate) : nil
      }
    }
    func isSmall(_ pool: [(mask: UInt64, candidate: Candidate)]) -> Bool {
      combinations(pool.count, min(count, pool.count)) <= mostCombinations
    }
    // Of many candidates one of each kind must do, and the places that are left go to the most urgent.
    let all = pooled(mostOfEach: count)
    let pool = isSmall(all) ? all : pooled(mostOfEach: 1)
    let size = min(count, pool.count)
    guard size > 0, isSmall(pool) else { return nil }
    let needsOutside = pool.contains { !$0.candidate.isExcluded }
    var best: (covered: Int, score: Double, places: [Int])?
    var places: [Int] = []
    func extend(from start: Int, _ mask: UInt64, _ score: Double, hasOutside: Bool) {
      guard places.count < size else {
        guard hasOutside || !needsOutside else { return }
        let covered = mask.nonzeroBitCount
        if best.map({ ($0.covered, $0.score) < (covered, score) }) ?? true {
          best = (covered, score, places)
        }
        return
      }
      for index in start..<max(pool.count - (size - places.count) + 1, start) {
        let (own, candidate) = pool[index]
        places.append(index)
        extend(
          from: index + 1, mask | own, score + candidate.score,
          hasOutside: hasOutside || !candidate.isExcluded)
        places.removeLast()
      }
    }
    extend(from: 0, 0, 0, hasOutside: false)
    return best.map { Set($0.places.map { pool[$0].candidate.control }) }
  }

  private static func combinations(_ total: Int, _ size: Int) -> Int {
    var result = 1
    for index in 0..<size {
      let (product, isTooLarge) = result.multipliedReportingOverflow(by: total - index)
      if isTooLarge || product / (index + 1) > mostCombinations { return .max }
      result = product / (index + 1)
    }
    return result
  }
}
