/// How often chosen candidates answer each threat, by how severe they are.
struct SelectionCoverage {
  /// The critical ones, the critical and high ones, and so on down to all.
  private static let levels = 4
  private var counts: [[String: Int]] = Array(repeating: [:], count: levels)
  private let coversThreats: Bool

  /// Counts candidates.
  init(_ candidates: [Selection.Candidate], coversThreats: Bool) {
    self.coversThreats = coversThreats
    for candidate in candidates { count(candidate, 1) }
  }

  /// Counts one in the place of another.
  mutating func replace(_ old: Selection.Candidate, by new: Selection.Candidate) {
    count(old, -1)
    count(new, 1)
  }

  private mutating func count(_ candidate: Selection.Candidate, _ change: Int) {
    for level in 0..<Self.levels where Self.has(level, candidate) {
      for threat in candidate.threats { counts[level][threat, default: 0] += change }
    }
  }

  /// Whether a candidate is among those of a level.
  private static func has(_ level: Int, _ candidate: Selection.Candidate) -> Bool {
    level + candidate.tier >= levels - 1
  }

  /// Whether the candidates would be better with a new one in the place of one of them.
  func isBetter(
    with new: Selection.Candidate, without old: Selection.Candidate
  ) -> Bool {
    if coversThreats {
      for level in 0..<Self.levels {
        let lost = Self.has(level, old) ? old.threats : []
        let gained = Self.has(level, new) ? new.threats : []
        var change = 0
        for threat in gained {
          let own = lost.contains(threat) ? 1 : 0
          if counts[level][threat, default: 0] == own { change += 1 }
        }
        for threat in lost where counts[level][threat, default: 0] == 1 { change -= 1 }
        if change != 0 { return change > 0 }
      }
    }
    return new.score > old.score
  }
}
