package import BenchModel

/// All controls, whatever tools report them.
package struct Controls: Sendable {
  package let all: [Control]
  private let index: [ControlID: Int]

  /// Reads the table `controls.tsv`.
  init(_ table: Table) {
    all = table.body.map { Control(fields: $0) }
    index = Dictionary(zip(all.map(\.id), all.indices)) { first, _ in first }
  }

  /// The position of a control.
  func position(_ id: some StringProtocol) -> Int? { index[String(id)] }

  /// The sections that have controls, in the order of the catalogue.
  package var sections: [String] {
    var sections: [String] = []
    for control in all where !sections.contains(control.section) {
      sections.append(control.section)
    }
    return sections
  }

  /// The control with a slug.
  package func control(_ id: ControlID) -> Control? { index[id].map { all[$0] } }
}

extension Control {
  fileprivate init(fields: [Substring]) {
    self.init(
      id: String(fields[0]), section: String(fields[1]),
      kind: Kind(rawValue: String(fields[2])) ?? .automated, isScored: fields[3] == "yes",
      itemKinds: fields[4].split(separator: ",").compactMap { ItemKind(name: $0) },
      infoOutcome: fields[5] == "notApplicable" ? .notApplicable : .info, title: String(fields[6]))
  }
}
