package import BenchModel

/// What a verdict was judged by: the logic of a control's check, which the tool changed over time.
package struct Criterion: Hashable, Sendable {
  /// The logic in our own words.
  package var says: String
  /// The version that it began with.
  package var since: String
}

/// When the logic behind each control's verdict changed, from `criteria.tsv`.
///
/// Kept apart from ``Catalog``, so that a comparison can ask for it without loading the rest.
package struct Criteria: Sendable {
  private let steps: [ControlID: [(position: Int, criterion: Criterion)]]
  private let positions: [String: Int]
  private let released: [Int]

  /// The criteria of docker-bench-security that are compiled in.
  package static let embedded = Criteria()

  private init() {
    let folder = "catalog/docker-bench-security/"
    let versions = Table(folder + "versions.tsv").body
    var positions: [String: Int] = [:]
    var released: [Int] = []
    for (position, fields) in versions.enumerated() {
      positions[String(fields[0])] = position
      if !fields[4].isEmpty || position == versions.count - 1 { released.append(position) }
    }
    var steps: [ControlID: [(Int, Criterion)]] = [:]
    for fields in Table(folder + "criteria.tsv").body {
      guard let position = positions[String(fields[1])] else { continue }
      steps[String(fields[0]), default: []].append(
        (position, Criterion(says: String(fields[2]), since: String(fields[1]))))
    }
    self.steps = steps
    self.positions = positions
    self.released = released
  }

  /// The criteria that a control can have been judged by in a run of a release.
  package func criteria(of control: ControlID, in release: Release) -> [Criterion] {
    guard let steps = steps[control], let first = positions[release.earliest],
      let last = positions[release.latest], first <= last
    else { return [] }
    // Where a release fits, only releases count, as when the range was made.
    let fitting = released.filter { (first...last).contains($0) }
    let possible = fitting.isEmpty ? Array(first...last) : fitting
    var found: [Criterion] = []
    for position in possible {
      guard let step = steps.last(where: { $0.position <= position }) ?? steps.first else {
        continue
      }
      if !found.contains(where: { $0.says == step.criterion.says }) { found.append(step.criterion) }
    }
    return found
  }

  /// What a control has been judged by since its first edition, oldest first.
  package func history(of control: ControlID) -> [Criterion] {
    steps[control]?.map(\.criterion) ?? []
  }

  /// What two releases may have judged a control by.
  package struct Difference: Hashable, Sendable {
    package var base: [Criterion]
    package var head: [Criterion]
  }

  /// Tells whether two releases can have judged a control by different logic.
  ///
  /// - Returns: The criteria of both, or nil if every version that the runs can be from judges alike.
  package func difference(
    _ control: ControlID, _ base: Release, _ head: Release
  ) -> Difference? {
    let difference = Difference(
      base: criteria(of: control, in: base), head: criteria(of: control, in: head))
    guard !difference.base.isEmpty, !difference.head.isEmpty else { return nil }
    let all = Set((difference.base + difference.head).map(\.says))
    return all.count > 1 ? difference : nil
  }
}
