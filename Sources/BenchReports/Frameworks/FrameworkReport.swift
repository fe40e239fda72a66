package import BenchAnalysis
package import BenchCatalog

/// What reports say of the frameworks that auditors ask for.
package enum FrameworkReport {
  /// What nobody may take from a mapping.
  package static let caveat =
    "A mapping is no assessment of conformity. What a requirement asks for beyond these checks is not looked at."

  /// Tells which requirements a control serves, a paragraph for each framework.
  package static func document(_ mappings: [Frameworks.Mapping]) -> Document {
    var document = Document()
    for mapping in mappings {
      document.paragraph(
        .init(mapping.framework.name + ": ", .faint),
        .init(mapping.requirements.map(\.title).joined(separator: ", ")),
        .init(" (\(words(mapping.basis)))", .faint))
    }
    return document
  }

  /// Who says that the requirements are served.
  private static func words(_ basis: [String]) -> String {
    let published = basis.filter { $0 != "judgement" }
    if published.isEmpty { return "our judgement" }
    return "published by " + published.joined(separator: " and ")
      + (published.count < basis.count ? ", the rest is our judgement" : "")
  }

  /// Tells how the controls of each requirement stand.
  package static func document(_ standings: RequirementStandings) -> Document {
    var document = Document()
    document.heading(.init("By requirement of \(standings.framework.name)"))
    document.paragraph(
      .init(
        "A control counts once under each requirement that it serves, by the worst that a host has of it. "
          + caveat, .faint))
    let rows = standings.rows
    if rows.isEmpty { document.paragraph(.init("The runs have no control.", .notable)) }
    document.table(
      [
        Document.Column("requirement"), Document.Column("name", isFlexible: true),
        Document.Column("fail", isRightAligned: true),
        Document.Column("accepted", isRightAligned: true),
        Document.Column("pass", isRightAligned: true),
        Document.Column("not evaluated", isRightAligned: true),
      ],
      rows.map { row in
        [
          [.init(Untrusted(row.requirement?.id ?? "none"), .strong)],
          [.init(Untrusted(row.requirement?.name ?? standings.framework.noRequirement))],
          cell(row, .failing, .bad), cell(row, .accepted, .notable), cell(row, .passing, .good),
          cell(row, .unjudged, .plain),
        ]
      })
    return document
  }

  private static func cell(
    _ row: RequirementStandings.Row, _ state: RequirementStandings.State, _ style: Document.Style
  ) -> Document.Line {
    let count = row.counts[state] ?? 0
    return [.init("\(count)", count == 0 ? .faint : style)]
  }
}

/// The requirements of one framework that a control serves.
struct FrameworkJSON: Encodable {
  struct RequirementJSON: Encodable {
    let requirement: String
    let name: String
  }

  let framework: String
  let title: String
  let version: String
  let requirements: [RequirementJSON]
  let basis: [String]

  /// Describes a mapping.
  init(_ mapping: Frameworks.Mapping) {
    framework = mapping.framework.id
    title = mapping.framework.title
    version = mapping.framework.version
    requirements = mapping.requirements.map {
      RequirementJSON(requirement: $0.id, name: $0.name)
    }
    basis = mapping.basis
  }
}
