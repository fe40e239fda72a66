import BenchExports

/// The format that is meant where no `--format` is given: the one that the file's name tells, else `BENCHTRAIL_FORMAT`.
enum DefaultFormat {
  static let variable = "BENCHTRAIL_FORMAT"

  /// The endings of names that tell a format.
  private static let endings = [
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "text",
    ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".sarif": "sarif",
    ".sarif.json": "sarif", ".xml": "junit", ".prom": "openmetrics", ".ocsf.json": "ocsf",
    ".hdf.json": "hdf", ".defectdojo.json": "defectdojo",
    ".codequality.json": "codequality", "gl-code-quality-report.json": "codequality",
  ]

  /// The formats of any command.
  private static var all: [String] {
    let names =
      OutputOptions.Format.allCases.map(\.rawValue) + ExportFormat.allCases.map(\.rawValue)
    return names.enumerated().filter { !names.prefix($0.offset).contains($0.element) }.map(
      \.element)
  }

  /// Chooses the format for a command.
  ///
  /// - Parameters:
  ///   - rest: What stands behind the command's name.
  ///   - environment: Gives the value of a variable that is set.
  ///   - syntax: Tells what the command takes; it is asked only where there may be something to choose.
  /// - Returns: The format, or nil where the command's own default holds.
  /// - Throws: ``Failure`` for a variable that names no format.
  static func choose(
    rest: [String], environment: (String) -> String?, syntax: () -> Syntax
  ) throws -> String? {
    let wanted = environment(variable)
    let hasFile = rest.contains { $0.hasPrefix("-o") || $0.hasPrefix("--output") }
    guard wanted != nil || hasFile else { return nil }
    let syntax = syntax()
    guard let formats = syntax.option("--format")?.values else { return nil }
    var file: String?
    for case .option(let name, let option, let value) in syntax.read(rest) {
      if name == "--format" { return nil }
      if option.names.contains("--output") { file = value }
    }
    if let file, let told = format(of: file, in: formats) { return told }
    guard let wanted else { return nil }
    guard all.contains(wanted) else {
      throw Failure(
        Choices.words("\(variable)=\(wanted)", wanted, all),
        hints: ["'unset \(variable)' goes back to each command's own format"], code: Failure.usage)
    }
    return formats.contains(wanted) ? wanted : nil
  }

  /// The format that a file's name tells, by its longest ending.
  private static func format(of file: String, in formats: [String]) -> String? {
    let name = file.lowercased()
    return endings.filter { name.hasSuffix($0.key) && formats.contains($0.value) }
      .max { $0.key.count < $1.key.count }?.value
  }
}
