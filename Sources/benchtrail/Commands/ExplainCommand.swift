import ArgumentParser
import BenchCatalog
import BenchReports

/// Explains a control.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a control, or what an id means in each edition.",
    discussion: """
      Example:
        benchtrail explain daemon-icc-disabled
        benchtrail explain 5.1
        benchtrail explain 2.2.b --edition cis-1.2
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("A control's slug, or a check's id.", valueName: "control|id"))
  var name: String

  @Option(help: "The edition in which the id is meant.")
  var edition: String?

  func run() throws {
    let catalog = try catalog.load()
    if let control = catalog.controls.control(name) {
      return try write([ExplainedControl(control, catalog)])
    }
    let all = catalog.editions.meanings(of: name)
    guard !all.isEmpty else { throw Failure(unknown(catalog), code: 64) }
    var meanings = all
    if let edition {
      meanings = all.filter { $0.edition == edition }
      guard !meanings.isEmpty else {
        let known = all.map(\.edition).joined(separator: ", ")
        throw Failure(
          "'\(name)' is no id of the edition '\(edition)'; editions that have it: \(known)",
          code: 64)
      }
    }
    var controls: [ExplainedControl] = []
    for meaning in meanings where !controls.contains(where: { $0.control == meaning.control }) {
      controls.append(ExplainedControl(meaning.control, catalog))
    }
    if controls.count == 1 { return try write(controls) }
    try output.write {
      ExplainJSON(controls)
    } document: {
      ExplainReport.document(id: name, meanings)
    }
  }

  private func write(_ controls: [ExplainedControl]) throws {
    try output.write {
      ExplainJSON(controls)
    } document: {
      ExplainReport.document(controls)
    }
  }

  private func unknown(_ catalog: Catalog) -> String {
    let words = name.lowercased().split(separator: "-")
    let near = catalog.controls.all.map(\.id)
      .map { id in (id, words.count { id.contains($0) }) }
      .filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(3).map(\.0)
    let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?"
    return "'\(name)' is neither a control nor a check's id\(hint)"
  }
}
