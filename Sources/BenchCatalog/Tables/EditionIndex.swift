package import BenchModel

/// Which id means which control in which edition, over all tools.
package struct EditionIndex: Sendable {
  let catalog: Catalog

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
  package func entries(of control: ControlID) -> [Entry] {
    guard let position = catalog.controls.position(control) else { return [] }
    let known = catalog.controls.all[position]
    let own = catalog.scripts.editions.compactMap { edition -> Entry? in
      let ids = edition.checks.filter { $0.control == position }.map(\.id)
      return ids.isEmpty
        ? nil : Entry(tool: .dockerBenchSecurity, edition: edition.name, control: known, ids: ids)
    }
    return own
      + catalog.benchmarks.flatMap { benchmarks in
        benchmarks.editions.indices.compactMap { edition -> Entry? in
          let ids = benchmarks.ids(of: position, in: edition)
          return ids.isEmpty
            ? nil
            : Entry(
              tool: benchmarks.tool, edition: benchmarks.editions[edition].name, control: known,
              ids: ids)
        }
      }
  }

  /// What an id means in each edition that has it, in the same order.
  package func meanings(of id: String) -> [Entry] {
    let own = catalog.scripts.editions.compactMap { edition in
      edition.checks.first { $0.id == id }.map {
        Entry(
          tool: .dockerBenchSecurity, edition: edition.name,
          control: catalog.controls.all[$0.control], ids: [id])
      }
    }
    return own
      + catalog.benchmarks.flatMap { benchmarks in
        benchmarks.editions.indices.flatMap { edition in
          benchmarks.controls(of: id, in: edition).map {
            Entry(
              tool: benchmarks.tool, edition: benchmarks.editions[edition].name,
              control: catalog.controls.all[$0], ids: [id])
          }
        }
      }
  }

  /// Whether the edition of a release has a control.
  package func has(_ control: ControlID, _ release: Release) -> Bool {
    guard let position = catalog.controls.position(control), let name = release.edition else {
      return false
    }
    if let benchmarks = catalog.benchmarks(of: release.tool) {
      guard let edition = benchmarks.editions.firstIndex(where: { $0.name == name }) else {
        return false
      }
      return !benchmarks.ids(of: position, in: edition).isEmpty
    }
    guard let edition = catalog.scripts.editions.first(where: { $0.name == name }) else {
      return false
    }
    return edition.checks.contains { $0.control == position }
  }

  /// The title that an edition prints for an id.
  package func title(of entry: Entry) -> String {
    guard let id = entry.ids.first else { return "" }
    if let benchmarks = catalog.benchmarks(of: entry.tool) {
      return benchmarks.title(of: id, control: entry.control.id)
    }
    return catalog.scripts.titles(of: id, in: entry.edition).last ?? ""
  }
}
