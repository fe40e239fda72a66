import BenchModel

/// One title under which an edition printed a check, and in which versions.
struct CheckRow: Sendable {
  /// What a check adds to the score, by its result.
  struct Points: Hashable, Sendable {
    var pass: Int
    var warn: Int
  }

  /// The words that the tool prints for the check in text.
  struct Results: OptionSet, Sendable {
    let rawValue: UInt8
    static let pass = Results(rawValue: 1)
    static let warn = Results(rawValue: 2)
    static let info = Results(rawValue: 4)
    static let note = Results(rawValue: 8)
  }

  var edition: Int
  var id: String
  var control: Int
  var title: Title
  var printedTitle: String
  var versions: VersionSet
  var results: Results
  /// What the check adds to the score; several where the edition's versions differ.
  var points: [Points]
}

/// One numbering of a tool's checks.
package struct Edition: Sendable {
  /// The name, such as `e11-cis1.6.0b`.
  package var name: String
  /// The versions that use it.
  package var versions: VersionSet
  /// The ids of its checks with the controls that they mean, in the order of the tables.
  package var checks: [(id: String, control: Int)]
}

/// One version of a tool, as far as its logs can tell it from its neighbours.
package struct Version: Hashable, Sendable {
  /// The tag, or the printed version and the commit, as in `1.3.5@1aa919e`, or the name of a proposed change.
  package var label: String
  /// When it was committed, as `YYYY-MM-DD`.
  package var date: String
  /// The version that its banner prints.
  package var printed: String
  package var isTagged: Bool
  package var edition: String
}
