package import BenchModel

/// Which id means which control in which edition, over all tools.
package enum EditionIndex {
  /// An edition that has a control, or an id.
  package struct Entry: Sendable {
    package var tool: Tool
    package var edition: String
    package var control: Control
    /// The ids that the control has in the edition.
    package var ids: [String]
  }

  /// The ids that a control has in each edition that has it: docker-bench-security's first, and of each tool the
  /// oldest first.
  package static func entries(of control: ControlID) -> [Entry] {
    guard let position = Controls.embedded.position(control) else { return [] }
    let known = Controls.embedded.all[position]
    let own = Catalog.embedded.editions.compactMap { edition -> Entry? in
      let ids = edition.checks.filter { $0.control == position }.map(\.id)
      return ids.isEmpty
        ? nil : Entry(tool: .dockerBenchSecurity, edition: edition.name, control: known, ids: ids)
    }
    return own
      + BenchmarkCatalog.all.flatMap { catalog in
        catalog.mapped.compactMap { edition -> Entry? in
          let ids = catalog.ids(of: position, in: edition)
          return ids.isEmpty
            ? nil
            : Entry(
              tool: catalog.tool, edition: catalog.editions[edition].name, control: known, ids: ids)
        }
      }
  }

  /// What an id means in each edition that has it, in the same order.
  package static func meanings(of id: String) -> [Entry] {
    let own = Catalog.embedded.editions.compactMap { edition in
      edition.checks.first { $0.id == id }.map {
        Entry(
          tool: .dockerBenchSecurity, edition: edition.name,
          control: Controls.embedded.all[$0.control], ids: [id])
      }
    }
    return own
      + BenchmarkCatalog.all.flatMap { catalog in
        catalog.mapped.flatMap { edition in
          catalog.controls(of: id, in: edition).map {
            Entry(
              tool: catalog.tool, edition: catalog.editions[edition].name,
              control: Controls.embedded.all[$0], ids: [id])
          }
        }
      }
  }

  /// Whether the edition of a release has a control.
  package static func has(_ control: ControlID, _ release: Release) -> Bool {
    guard let position = Controls.embedded.position(control), let name = release.edition else {
      return false
    }
    if let catalog = BenchmarkCatalog.of(release.tool) {
      guard let edition = catalog.editions.firstIndex(where: { $0.name == name }) else {
        return false
      }
      return !catalog.ids(of: position, in: edition).isEmpty
    }
    guard let edition = Catalog.embedded.editions.first(where: { $0.name == name }) else {
      return false
    }
    return edition.checks.contains { $0.control == position }
  }

  /// The title that an edition prints for an id.
  package static func title(of entry: Entry) -> String {
    guard let id = entry.ids.first else { return "" }
    if let catalog = BenchmarkCatalog.of(entry.tool) {
      return catalog.title(of: id, control: entry.control.id)
    }
    return Catalog.embedded.titles(of: id, in: entry.edition).last ?? ""
  }
}
