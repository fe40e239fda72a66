import BenchCatalog
import BenchModel

/// What was perhaps meant by a name that does not exist.
enum Spelling {
  /// Names longer than this are not compared.
  private static let limit = 80

  /// The known names that a few keystrokes make of a name, the nearest first.
  static func nearest(to name: String, in known: [String]) -> [String] {
    let name = Array(name.lowercased().unicodeScalars)
    guard name.count <= limit else { return [] }
    let allowed = max(name.count / 4, name.count > 2 ? 2 : 1)
    return known.map { ($0, distance(name, Array($0.unicodeScalars))) }
      .filter { $0.1 <= allowed }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }

  /// How many characters must be put in, left out or changed to make one text of the other.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var row = Array(0...other.count)
    for (line, scalar) in one.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in other.indices {
        let cost = min(
          diagonal + (other[column] == scalar ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[other.count]
  }
}

extension PolicyError.UnknownControl {
  /// How many controls are proposed.
  private static let limit = 3

  /// Looks up what was perhaps meant by a name: controls that are spelt nearly so, else those that share most of its
  /// words; and what it means as a check's id.
  init(name: String, _ catalog: Catalog) {
    self.name = name
    var meanings: [PolicyError.Meaning] = []
    for entry in catalog.editions.meanings(of: name) {
      if let known = meanings.firstIndex(where: { $0.control == entry.control.id }) {
        meanings[known].editions.append(entry.edition)
      } else {
        meanings.append(PolicyError.Meaning(control: entry.control.id, editions: [entry.edition]))
      }
    }
    self.meanings = meanings
    guard meanings.isEmpty else {
      near = []
      return
    }
    let known = catalog.controls.all.map(\.id)
    let spelt = Spelling.nearest(to: name, in: known)
    near = Array((spelt.isEmpty ? Self.sharing(name, in: known) : spelt).prefix(Self.limit))
  }

  /// The names that share at least two words with a name, or its only one, those with most first.
  private static func sharing(_ name: String, in known: [ControlID]) -> [ControlID] {
    let words = Set(name.lowercased().prefix(200).split { !$0.isLetter && !$0.isNumber })
    return known.map { id in (id, words.intersection(id.split(separator: "-")).count) }
      .filter { $0.1 > 0 && $0.1 >= min(2, words.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }
}
