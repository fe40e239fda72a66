/// What was perhaps meant by a name that does not exist.
package enum Spelling {
  /// Names longer than this are not compared.
  private static let limit = 80
  /// A name of so many letters may stand for a longer one that begins with it.
  private static let shortestBeginning = 3

  /// Finds the known names that a few keystrokes make of a name.
  ///
  /// - Parameters:
  ///   - name: The name as it was typed.
  ///   - known: The names that there are.
  /// - Returns: Those that are spelt nearly so, or begin so, the nearest first.
  package static func nearest(to name: String, in known: [String]) -> [String] {
    ranked(name, known).map(\.name)
  }

  /// Finds the known names that are spelt most like a name.
  ///
  /// - Parameters:
  ///   - name: The name as it was typed.
  ///   - known: The names that there are.
  ///   - most: How many are proposed at most.
  /// - Returns: Those that are nearest, equally near all of them; none if no name is near.
  package static func closest(to name: String, in known: [String], most: Int = 3) -> [String] {
    let ranked = ranked(name, known)
    guard let least = ranked.first?.distance else { return [] }
    return ranked.prefix { $0.distance == least }.prefix(most).map(\.name)
  }

  /// Finds the known names that share at least two words with a name, or its only one.
  ///
  /// - Parameters:
  ///   - name: The name as it was typed.
  ///   - known: The names that there are, whose words have dashes between them.
  /// - Returns: Those that share most first.
  package static func sharing(_ name: String, in known: [String]) -> [String] {
    let words = Set(name.lowercased().prefix(200).split { !$0.isLetter && !$0.isNumber })
    return known.map { id in (id, words.intersection(id.split(separator: "-")).count) }
      .filter { $0.1 > 0 && $0.1 >= min(2, words.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  private static func ranked(
    _ name: String, _ known: [String]
  ) -> [(name: String, distance: Int)] {
    let typed = Array(name.lowercased().unicodeScalars)
    guard !typed.isEmpty, typed.count <= limit else { return [] }
    let allowed = max(typed.count / 4, typed.count > 3 ? 2 : 1)
    var near: [(name: String, distance: Int)] = []
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      let isBeginning = typed.count >= shortestBeginning && other.starts(with: typed)
      guard isBeginning || abs(other.count - typed.count) <= allowed else { continue }
      let distance = min(distance(typed, other), isBeginning ? 1 : .max)
      if distance <= allowed { near.append((candidate, distance)) }
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
  }

  /// How many characters must be put in, left out, changed or swapped with the next to make one text of the other.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var row = Array(0...other.count)
    for line in one.indices {
      var next = [line + 1]
      for column in other.indices {
        let isSame = one[line] == other[column]
        var cost = min(row[column] + (isSame ? 0 : 1), row[column + 1] + 1, next[column] + 1)
        if line > 0, column > 0, one[line] == other[column - 1], one[line - 1] == other[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        next.append(cost)
      }
      before = row
      row = next
    }
    return row[other.count]
  }
}
