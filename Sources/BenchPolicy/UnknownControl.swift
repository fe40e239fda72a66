package import BenchCatalog
import BenchModel

extension PolicyError.UnknownControl {
  /// How many controls are proposed.
  private static let limit = 3

  /// Looks up what was perhaps meant by a name: controls that are spelt nearly so, else those that share most of its
  /// words; and what it means as a check's id.
  package init(name: String, _ catalog: Catalog) {
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
    near = Array((spelt.isEmpty ? Spelling.sharing(name, in: known) : spelt).prefix(Self.limit))
  }
}
