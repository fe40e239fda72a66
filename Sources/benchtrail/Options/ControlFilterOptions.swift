import ArgumentParser
import BenchCatalog
import BenchModel

/// Which controls are listed.
struct ControlFilterOptions: ParsableArguments {
  @Option(
    help: "With --list: only controls of this section, such as daemon.", completion: .sections)
  var section: String?

  @Option(
    help: "With --list: only controls of this severity: critical, high, medium, low.",
    completion: .list(Severity.allValueStrings))
  var severity: String?

  @Option(
    help: ArgumentHelp(
      "With --list: only controls of this STRIDE category, by its name or letter.",
      valueName: "category"), completion: .list(Stride.allCases.map(\.name)))
  var stride: String?

  @Option(
    help: "With --list: only controls that this tool reports, such as kube-bench.",
    completion: .list(Tool.known.map(\.tool.name)))
  var tool: String?

  @Option(
    help: ArgumentHelp(
      "With --list: only controls that serve a requirement of this framework, or this one: nist-800-53:AC-6.",
      valueName: "framework[:requirement]"), completion: .frameworks)
  var framework: String?

  @Option(
    help: ArgumentHelp(
      "With --list: only controls that have all of these words in slug, title, rationale or fix.",
      valueName: "words"))
  var search: String?

  /// The first option that is there.
  var first: String? {
    let given = [
      ("section", section), ("severity", severity), ("stride", stride), ("tool", tool),
      ("framework", framework), ("search", search),
    ]
    return given.first { $0.1 != nil }?.0
  }

  /// The filter that is asked for.
  ///
  /// - Throws: ``Failure`` for a value that is not known, with those that are.
  func filter(_ catalog: Catalog) throws -> ControlFilter {
    var filter = ControlFilter()
    filter.section = try Self.known(section, of: "section", in: catalog.controls.sections) { [$0] }
    filter.severity = try Self.known(severity, of: "severity", in: Severity.descending) {
      [$0.name]
    }
    filter.stride = try Self.known(stride, of: "stride", in: Stride.allCases) {
      [$0.name, $0.letter, $0.title]
    }
    filter.tool = try Self.known(tool, of: "tool", in: Tool.known.map(\.tool)) { [$0.name] }
    let parts = framework?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
    filter.framework = try Self.known(
      framework.map { parts.first ?? $0 }, of: "framework", in: catalog.frameworks.all.map(\.id)
    ) { [$0] }
    if let id = filter.framework, parts.count > 1 {
      let known = catalog.frameworks.requirements(of: id)
      filter.requirement = known.first { $0.lowercased() == parts[1].lowercased() }
      if filter.requirement == nil {
        let near = Choices.question(parts[1], known.sorted()).map { "; \($0)" } ?? ""
        throw Failure(
          "--framework \(id):\(parts[1]): no control serves '\(parts[1])'\(near)",
          hints: ["'benchtrail explain --list --framework \(id)' lists those that serve any"],
          code: Failure.usage)
      }
    }
    filter.words = search?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
    return filter
  }

  /// The value that a text names; nil without a text.
  private static func known<Value>(
    _ text: String?, of option: String, in values: [Value], names: (Value) -> [String]
  ) throws -> Value? {
    try text.map { try KnownValue.find($0, of: option, in: values, names: names) }
  }
}
