import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchPolicy

/// Which findings a report is of.
struct FindingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only findings of this severity: critical, high, medium, low; may be repeated."),
    completion: .list(Severity.allValueStrings))
  var severity: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only findings of this control, by its name, a pattern such as 'daemon-*', or a check's id; may be repeated.",
      valueName: "control"), completion: .controls)
  var control: [String] = []

  @Option(
    help: "Only findings of this section, such as daemon; may be repeated.", completion: .sections)
  var section: [String] = []

  @Option(help: "Only findings on this attack surface, such as runtime; may be repeated.")
  var surface: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only findings of this STRIDE category, by its name or letter; may be repeated.",
      valueName: "category"), completion: .list(Stride.allCases.map(\.name)))
  var stride: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only findings with an item such as this container or image; a pattern; may be repeated.",
      valueName: "glob"))
  var item: [String] = []

  @Option(
    help: "Only findings of this tool, such as kube-bench; may be repeated.",
    completion: .list(Tool.known.map(\.tool.name)))
  var tool: [String] = []

  /// What is asked for, in words; nil for all findings.
  var words: String? {
    let given = [
      ("severity", severity), ("control", control), ("section", section), ("surface", surface),
      ("STRIDE", stride), ("item", item), ("tool", tool),
    ]
    let words = given.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: " or "))" }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// The filter that is asked for.
  ///
  /// - Parameter catalog: What the names are known by.
  /// - Returns: The filter.
  /// - Throws: ``Failure`` for a value that is not known, with those that are.
  func filter(_ catalog: Catalog) throws -> FindingFilter {
    var filter = FindingFilter()
    filter.severities = try KnownValue.findAll(
      severity, of: "severity", in: Severity.descending, names: { [$0.name] })
    filter.sections = try KnownValue.findAll(
      section, of: "section", in: catalog.controls.sections, names: { [$0] })
    filter.surfaces = try KnownValue.findAll(
      surface, of: "surface", in: Self.surfaces(catalog), names: { [$0] })
    filter.stride = try KnownValue.findAll(
      stride, of: "stride", in: Stride.allCases, names: { [$0.name, $0.letter, $0.title] })
    filter.tools = try KnownValue.findAll(
      tool, of: "tool", in: Tool.known.map(\.tool), names: { [$0.name] })
    filter.items = item.map { Glob($0) }
    for name in control.flatMap({ $0.split(separator: ",").map(\.trimmed) }) {
      try Self.add(name, to: &filter, catalog)
    }
    return filter
  }

  /// Adds a control's name, a pattern over names, or a check's id.
  private static func add(
    _ name: String, to filter: inout FindingFilter, _ catalog: Catalog
  ) throws {
    let pattern = Glob(name)
    let controls = catalog.controls.all.map(\.id).filter { $0 == name || pattern.matches($0) }
    if !controls.isEmpty {
      filter.controls.formUnion(controls)
    } else if !catalog.editions.meanings(of: name).isEmpty {
      filter.checkIDs.insert(name)
    } else {
      let unknown = PolicyError.UnknownControl(name: name, catalog)
      throw Failure("--control \(name): \(Failure.words(unknown))", code: Failure.usage)
    }
  }

  /// The attack surfaces that controls have, in the order of the catalogue.
  private static func surfaces(_ catalog: Catalog) -> [String] {
    var surfaces: [String] = []
    for control in catalog.controls.all {
      if let surface = catalog.risks[control.id]?.surface, !surfaces.contains(surface) {
        surfaces.append(surface)
      }
    }
    return surfaces
  }
}
