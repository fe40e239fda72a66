package import BenchModel

/// What is known of the checks of a tool such as Aqua docker-bench or kube-bench: which id and title mean which control
/// in which benchmark, from the tables of the tool's folder in `catalog/`.
///
/// Each benchmark is an edition, and belongs to a line: CIS's own, or that of a distribution or a cloud.
package final class BenchmarkCatalog: Sendable {
  /// A benchmark.
  package struct Edition: Sendable {
    /// The name of its folder in the tool's repository, such as `cis-1.6`.
    package var name: String
    /// The benchmarks that it follows or is followed by: `cis`, or one for a distribution, such as `rke2`.
    package var line: String
    /// What the tool prints for it, where ``Tool/BenchmarkName`` says.
    package var printed: [String]
    /// Whether it is CIS's own, and not what a distribution or a cloud made of it.
    var isCIS: Bool { line == "cis" }
    /// What it checks, by the first part of the ids: controls, or the ids of checks without one.
    ///
    /// An edition may have had a check under two ids.
    var checks: [String: Set<String>] = [:]
    /// The marks behind titles, such as `(Manual)`, by id: often nothing else tells the edition from another.
    var marks: [String: String] = [:]

    /// Whether one of several names is the edition's.
    func isCalled(_ names: [String]) -> Bool {
      names.contains { $0 == name || printed.contains($0) }
    }
  }

  /// An id and a title that editions have in common.
  struct Row: Sendable {
    var id: String
    var title: String
    var control: Int?
    var editions: VersionSet
  }

  package let tool: Tool
  /// Oldest first.
  package let editions: [Edition]
  let rows: [Row]
  let controls: Controls
  private let rowsByKey: [[UInt8]: [Int]]
  /// The rows of each control, in their order, by its place in the catalogue.
  private let rowsByControl: [Int: [Int]]
  private let parts: [Int: [Int: PartRule]]

  /// Reads the tables of a tool; those that are not there are empty.
  init(_ tool: Tool, _ catalog: Catalog) {
    let folder = tool.name + "/"
    let controls = catalog.controls
    var editions = catalog.table(folder + "editions.tsv").body.map { fields in
      Edition(
        name: String(fields[0]), line: String(fields[1]),
        printed: fields[2].split(separator: ",").map(String.init))
    }
    let positions = Dictionary(zip(editions.map(\.name), editions.indices)) { first, _ in first }
    for fields in catalog.table(folder + "marks.tsv").body {
      guard let position = positions[String(fields[0])] else { continue }
      for id in fields[2].split(separator: ",") {
        editions[position].marks[String(id)] = String(fields[1])
      }
    }
    var rows: [Row] = []
    var rowsByKey: [[UInt8]: [Int]] = [:]
    for fields in catalog.table(folder + "checks.tsv").body {
      var own = VersionSet()
      let section = String(fields[0].prefix { $0 != "." && $0 != "-" })
      for name in fields[3].split(separator: ",") {
        guard let position = positions[String(name)] else { continue }
        own.insert(position)
        let identity = fields[2].isEmpty ? fields[0] : fields[2]
        editions[position].checks[section, default: []].insert(String(identity))
      }
      let key = ScriptCatalog.key(Array(fields[0].utf8)[...], Title(fields[1]).core)
      rowsByKey[key, default: []].append(rows.count)
      rows.append(
        Row(
          id: String(fields[0]), title: String(fields[1]),
          control: controls.position(fields[2]), editions: own))
    }
    var parts: [Int: [Int: PartRule]] = [:]
    for fields in catalog.table(folder + "parts.tsv").body {
      guard let control = controls.position(fields[0]),
        let edition = positions[String(fields[1])]
      else { continue }
      parts[edition, default: [:]][control] = PartRule(fields[2])
    }
    self.tool = tool
    self.controls = controls
    self.editions = editions
    self.rows = rows
    self.rowsByKey = rowsByKey
    rowsByControl = Dictionary(grouping: rows.indices.filter { rows[$0].control != nil }) {
      rows[$0].control ?? 0
    }
    self.parts = parts
  }

  /// The names of some editions, the newest first.
  func names(of editions: VersionSet) -> [String] {
    self.editions.indices.reversed().filter(editions.contains).map { self.editions[$0].name }
  }

  /// The control that all rows mean that have one; nil where they mean none or several.
  func onlyControl(_ numbers: [Int]) -> Int? {
    let controls = Set(numbers.compactMap { rows[$0].control })
    return controls.count == 1 ? controls.first : nil
  }

  /// The rows of an id and a title.
  func rows(id: String, title: Title) -> [Int] {
    rowsByKey[ScriptCatalog.key(Array(id.utf8)[...], title.core)] ?? []
  }

  /// The row of an edition among several.
  func row(_ numbers: [Int], in edition: Int) -> Row? {
    numbers.first { rows[$0].editions.contains(edition) }.map { rows[$0] }
  }

  /// How the parts of a control make its outcome; nil for a control that an edition checks as one.
  func rule(_ control: Int, in edition: Int) -> PartRule? { parts[edition]?[control] }

  /// How many parts an edition checks a control in.
  func partCount(_ control: Int, in edition: Int) -> Int {
    ids(of: control, in: edition).count { PartRule.split($0) != nil }
  }

  func ids(of control: Int, in edition: Int) -> [String] {
    (rowsByControl[control] ?? []).filter { rows[$0].editions.contains(edition) }
      .map { rows[$0].id }
  }

  func controls(of id: String, in edition: Int) -> [Int] {
    rows.filter { $0.id == id && $0.editions.contains(edition) }.compactMap(\.control)
  }

  func title(of id: String, control: ControlID) -> String {
    let position = controls.position(control)
    return rows.last { $0.id == id && $0.control == position }?.title ?? ""
  }
}
