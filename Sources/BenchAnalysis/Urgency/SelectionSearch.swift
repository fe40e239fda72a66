import BenchModel

/// Finds the candidates that a rule chooses: by trying all sets where these are few, else one after the other.
struct SelectionSearch {
  /// The most urgent first.
  private let candidates: [Selection.Candidate]
  private let rule: Selection.Rule
  /// The most of one surface.
  private let room: Int
  /// How many are chosen.
  private let size: Int
  /// How many of these must be outside: as many as are asked for, if there are so many.
  let outsideNeeded: Int

  /// As many sets are tried.
  private static let mostSets = 3_000_000
  /// As often a chosen one gives way to a better one, where not all sets were tried.
  private static let mostExchanges = 50

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - candidates: Those that may be chosen, the most urgent first.
  ///   - rule: What is chosen.
  init(_ candidates: [Selection.Candidate], _ rule: Selection.Rule) {
    self.candidates = candidates
    self.rule = rule
    let room = rule.perSurface ?? .max
    func most(_ own: [Selection.Candidate]) -> Int {
      Dictionary(grouping: own, by: \.surface).values.reduce(0) { $0 + min($1.count, room) }
    }
    self.room = room
    size = min(max(rule.count ?? .max, 0), most(candidates))
    outsideNeeded = min(max(rule.outside, 0), size, most(candidates.filter(\.isOutside)))
  }

  /// The places of the chosen ones among the candidates, in the order of the choices.
  func chosen() -> [Int] {
    guard size > 0 else { return [] }
    guard rule.coversThreats else { return oneByOne() }
    return ordered(ofAllSets() ?? exchanged(oneByOne()))
  }

  /// The order of the choices: tier by tier, in a tier by what each adds, then by urgency.
  private func ordered(_ places: [Int]) -> [Int] {
    var left = places.sorted()
    var answered: Set<String> = []
    var ordered: [Int] = []
    while let next = first(of: left, { (candidates[$0].tier, gain($0, answered)) }) {
      left.removeAll { $0 == next }
      answered.formUnion(candidates[next].threats)
      ordered.append(next)
    }
    return ordered
  }

  /// The first of the places with the highest rank.
  private func first(of places: [Int], _ rank: (Int) -> (Int, Int)) -> Int? {
    var found: (place: Int, rank: (Int, Int))?
    for place in places {
      let own = rank(place)
      if found.map({ $0.rank < own }) ?? true { found = (place, own) }
    }
    return found?.place
  }

  /// How many threats one answers that are not answered yet.
  private func gain(_ place: Int, _ answered: Set<String>) -> Int {
    candidates[place].threats.count { !answered.contains($0) }
  }

  // MARK: - One after the other

  /// Takes one after the other: what answers a further threat, of the highest tier that has such a one, and else the most
  /// urgent.
  private func oneByOne() -> [Int] {
    var places = SelectionPlaces(candidates, size: size, room: room, outsideNeeded: outsideNeeded)
    var left = Array(candidates.indices)
    var answered: Set<String> = []
    var chosen: [Int] = []
    while chosen.count < size {
      let possible = left.filter { places.allow(candidates[$0]) }
      let adding = rule.coversThreats ? possible.filter { gain($0, answered) > 0 } : []
      // The list is in the order of urgency, so the first of equals stays.
      let best = first(of: adding) { (candidates[$0].tier, gain($0, answered)) }
      guard let next = best ?? possible.first else { break }
      left.removeAll { $0 == next }
      places.take(candidates[next])
      answered.formUnion(candidates[next].threats)
      chosen.append(next)
    }
    return chosen
  }

  /// Puts better ones in the place of chosen ones, until no single exchange makes the set better.
  private func exchanged(_ places: [Int]) -> [Int] {
    var chosen = places
    var coverage = SelectionCoverage(chosen.map { candidates[$0] }, coversThreats: true)
    for _ in 0..<Self.mostExchanges {
      guard let (index, new) = exchange(chosen, coverage) else { break }
      coverage.replace(candidates[chosen[index]], by: candidates[new])
      chosen[index] = new
    }
    return chosen
  }

  /// An exchange that makes the chosen better: which of them, and what comes in its place.
  private func exchange(_ chosen: [Int], _ coverage: SelectionCoverage) -> (Int, Int)? {
    let isChosen = Set(chosen)
    var bySurface: [String: Int] = [:]
    for place in chosen { bySurface[candidates[place].surface, default: 0] += 1 }
    let outside = chosen.count { candidates[$0].isOutside }
    for new in candidates.indices where !isChosen.contains(new) {
      let own = candidates[new]
      for (index, place) in chosen.enumerated() {
        let old = candidates[place]
        let hasRoom = old.surface == own.surface || bySurface[own.surface, default: 0] < room
        let isKept = old.isOutside && !own.isOutside && outside <= outsideNeeded
        if hasRoom, !isKept, coverage.isBetter(with: own, without: old) { return (index, new) }
      }
    }
    return nil
  }

  // MARK: - All sets

  /// The best of all sets; nil where there are too many to try.
  private func ofAllSets() -> [Int]? {
    let threats = Array(Set(candidates.flatMap(\.threats)))
    guard threats.count <= SelectionMask.width else { return nil }
    let bits = Dictionary(uniqueKeysWithValues: zip(threats, 0...))
    let names = Array(Set(candidates.map(\.surface)))
    let surfaces = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    // Of those that are alike only the most urgent can be in the best set.
    var counts: [SelectionSets.Kind: Int] = [:]
    var pool: [SelectionSets.Member] = []
    for (place, candidate) in candidates.enumerated() {
      let kind = SelectionSets.Kind(
        mask: SelectionMask(candidate.threats.compactMap { bits[$0] }), tier: candidate.tier,
        surface: surfaces[candidate.surface] ?? 0, isOutside: candidate.isOutside)
      counts[kind, default: 0] += 1
      if counts[kind, default: 0] <= min(size, room) {
        pool.append(SelectionSets.Member(place: place, kind: kind, score: candidate.score))
      }
    }
    guard Self.combinations(pool.count, size) <= Self.mostSets else { return nil }
    var sets = SelectionSets(
      pool, size: size, room: room, surfaces: names.count, outsideNeeded: outsideNeeded)
    return sets.best()
  }

  /// How many sets of a size there are; the greatest number where they are too many to try.
  private static func combinations(_ total: Int, _ size: Int) -> Int {
    var result = 1
    for index in 0..<min(size, total) {
      let (product, isTooLarge) = result.multipliedReportingOverflow(by: total - index)
      if isTooLarge || product / (index + 1) > mostSets { return .max }
      result = product / (index + 1)
    }
    return result
  }
}

/// The places that are left while one candidate after the other is chosen.
private struct SelectionPlaces {
  private var left: Int
  private let room: Int
  private var outsideNeeded: Int
  private var bySurface: [String: Int] = [:]
  /// How many of each surface are outside and not chosen.
  private var outside: [String: Int] = [:]

  init(_ candidates: [Selection.Candidate], size: Int, room: Int, outsideNeeded: Int) {
    left = size
    self.room = room
    self.outsideNeeded = outsideNeeded
    for candidate in candidates where candidate.isOutside {
      outside[candidate.surface, default: 0] += 1
    }
  }

  /// Whether a candidate may be taken, so that as many outside as are needed still find a place.
  func allow(_ candidate: Selection.Candidate) -> Bool {
    guard bySurface[candidate.surface, default: 0] < room else { return false }
    if candidate.isOutside || outsideNeeded == 0 { return true }
    let possible = outside.reduce(0) { sum, own in
      let taken = bySurface[own.key, default: 0] + (own.key == candidate.surface ? 1 : 0)
      return sum + min(max(room - taken, 0), own.value)
    }
    return min(possible, left - 1) >= outsideNeeded
  }

  mutating func take(_ candidate: Selection.Candidate) {
    left -= 1
    bySurface[candidate.surface, default: 0] += 1
    guard candidate.isOutside else { return }
    outside[candidate.surface, default: 0] -= 1
    outsideNeeded = max(outsideNeeded - 1, 0)
  }
}
