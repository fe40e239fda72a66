package import BenchModel

/// Which id means which control in which edition, over all tools.
package struct EditionIndex: Sendable {
  let catalog: Catalog

  /// An edition that has a control, or an id.
  package struct Entry: Sendable {
    package var tool: Tool
    package var edition: String
    /// The editions that it follows or is followed by, such as `cis` or `rke2`; empty for those of docker-bench-security,
    /// which are all of one line.
    package var line: String
    package var control: Control
    /// The ids that the control has in the edition, each once.
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
        ? nil
        : Entry(
          tool: .dockerBenchSecurity, edition: edition.name, line: "", control: known, ids: ids)
    }
    return own
      + catalog.benchmarks.flatMap { benchmarks in
        benchmarks.editions.indices.compactMap { edition -> Entry? in
          let ids = Self.once(benchmarks.ids(of: position, in: edition))
          return ids.isEmpty
            ? nil
            : Entry(
              tool: benchmarks.tool, edition: benchmarks.editions[edition].name,
              line: benchmarks.editions[edition].line, control: known, ids: ids)
        }
      }
  }

  /// Ids, each once: an edition may have had a check under two titles.
  private static func once(_ ids: [String]) -> [String] {
    var known: [String] = []
    for id in ids where !known.contains(id) { known.append(id) }
    return known
  }

  /// The tools that have a control in some edition, in the order in which tools are known.
  package var tools: [ControlID: [Tool]] {
    let controls = catalog.controls.all
    var tools: [ControlID: [Tool]] = [:]
    for position in Set(catalog.scripts.editions.flatMap { $0.checks.map(\.control) }) {
      tools[controls[position].id] = [.dockerBenchSecurity]
    }
    for benchmarks in catalog.benchmarks {
      for position in Set(benchmarks.rows.compactMap(\.control)) {
        tools[controls[position].id, default: []].append(benchmarks.tool)
      }
    }
    return tools
  }

  /// What an id means in each edition that has it, in the same order.
  package func meanings(of id: String) -> [Entry] {
    let own = catalog.scripts.editions.compactMap { edition in
      edition.checks.first { $0.id == id }.map {
        Entry(
          tool: .dockerBenchSecurity, edition: edition.name, line: "",
          control: catalog.controls.all[$0.control], ids: [id])
      }
    }
    return own
      + catalog.benchmarks.flatMap { benchmarks in
        benchmarks.editions.indices.flatMap { edition in
          benchmarks.controls(of: id, in: edition).map {
            Entry(
              tool: benchmarks.tool, edition: benchmarks.editions[edition].name,
              line: benchmarks.editions[edition].line, control: catalog.controls.all[$0], ids: [id])
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
