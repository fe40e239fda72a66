package import BenchModel

/// A framework that auditors ask for, such as NIST SP 800-53.
package struct Framework: Hashable, Sendable {
  /// A requirement of a framework.
  package struct Requirement: Hashable, Sendable {
    /// The id that the framework has for it, such as `CM-6`.
    package var id: String
    /// What it asks for, in a few words; empty for one that the table of requirements does not have.
    package var name: String

    /// The id and the name.
    package var title: String { name.isEmpty ? id : id + " " + name }
  }

  /// The name that the tables and commands have for it, such as `nist-800-53`.
  package var id: String
  package var title: String
  package var version: String
  package var publisher: String
  package var url: String
  /// What the mapping is taken from, and on what terms.
  package var source: String

  /// The title with the version.
  package var name: String { title + " " + version }

  /// What stands for a requirement where a control has none.
  package var noRequirement: String { "no requirement of " + name }

  /// The id of NIST SP 800-53, from which formats of other programs take their tags.
  package static let nist = "nist-800-53"
}

/// Which requirements of frameworks the controls serve, from the tables of `frameworks/`.
///
/// A mapping says that a control serves a requirement. It does not say that the requirement is met where the control
/// holds: what one asks for beyond the checks of the tools is not looked at.
package struct Frameworks: Sendable {
  /// The requirements of one framework that a control serves.
  package struct Mapping: Hashable, Sendable {
    package var framework: Framework
    package var requirements: [Framework.Requirement]
    /// Who says so: names of published mappings, and `judgement` for ours.
    package var basis: [String]
  }

  /// A row of the table of controls; the framework by its place.
  private struct Row: Sendable {
    var framework: Int
    var requirements: [Framework.Requirement]
    var basis: [String]
  }

  /// In the order of the table.
  package let all: [Framework]
  private let rows: [ControlID: [Row]]

  /// Reads the tables `frameworks.tsv`, `requirements.tsv` and `controls.tsv` of the folder.
  init(_ frameworks: Table, requirements: Table, controls: Table) {
    let all = frameworks.body.map { fields in
      Framework(
        id: String(fields[0]), title: String(fields[1]), version: String(fields[2]),
        publisher: String(fields[3]), url: String(fields[4]), source: String(fields[5]))
    }
    let places = Dictionary(zip(all.map(\.id), all.indices)) { first, _ in first }
    var names: [Int: [Substring: String]] = [:]
    for fields in requirements.body {
      guard let framework = places[String(fields[0])] else { continue }
      names[framework, default: [:]][fields[1]] = String(fields[2])
    }
    var rows: [ControlID: [Row]] = [:]
    for fields in controls.body {
      guard let framework = places[String(fields[1])] else { continue }
      let own = names[framework] ?? [:]
      let requirements = fields[2].split(separator: ",").map { id in
        Framework.Requirement(id: String(id), name: own[id] ?? "")
      }
      rows[String(fields[0]), default: []].append(
        Row(
          framework: framework, requirements: requirements,
          basis: fields[3].split(separator: ",").map(String.init)))
    }
    self.all = all
    self.rows = rows.mapValues { $0.sorted { $0.framework < $1.framework } }
  }

  /// The framework with an id; nil for one that is not in the table.
  package func framework(_ id: String) -> Framework? { all.first { $0.id == id } }

  /// What a control serves, in the order of the frameworks; none of those in which it has no requirement.
  package func mappings(of control: ControlID) -> [Mapping] {
    (rows[control] ?? []).map { row in
      Mapping(framework: all[row.framework], requirements: row.requirements, basis: row.basis)
    }
  }

  /// The ids of a framework's requirements that some control serves.
  package func requirements(of framework: String) -> Set<String> {
    guard let place = all.firstIndex(where: { $0.id == framework }) else { return [] }
    return Set(
      rows.values.joined().filter { $0.framework == place }.flatMap { $0.requirements.map(\.id) })
  }

  /// The requirements of a framework that a control serves.
  ///
  /// - Parameters:
  ///   - control: The control; nil for a check that no edition knows, which serves none.
  ///   - framework: The framework's id.
  /// - Returns: The requirements, in the order of the table.
  package func requirements(
    of control: ControlID?, in framework: String
  ) -> [Framework.Requirement] {
    guard let control, let place = all.firstIndex(where: { $0.id == framework }) else { return [] }
    return rows[control]?.first { $0.framework == place }?.requirements ?? []
  }
}
