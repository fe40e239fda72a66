import ArgumentParser
import BenchReports

/// How the result is written.
struct OutputOptions: ParsableArguments {
  /// The forms of a result.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
    case html
    /// Workflow commands of GitHub Actions, which only the gate has.
    case github
  }

  /// When there is colour.
  enum Color: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never

    /// Whether there is colour on standard output.
    var isOn: Bool {
      switch self {
      case .always: true
      case .never: false
      case .auto:
        Output.isTerminal(1) && Output.environment("NO_COLOR") == nil
          && Output.environment("TERM") != "dumb"
      }
    }
  }

  @Option(
    help:
      "The form of the result: text, json, markdown, html; the gate has github too (default: what the file's name tells, else BENCHTRAIL_FORMAT, else text)."
  )
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: "The file to write, whole or not at all; its name tells the form, such as .html.",
    completion: .file())
  var output: String?

  @OptionGroup var permissions: ModeOptions

  /// The permissions of files that are made; nil for what they are by themselves.
  var mode: FileMode? { permissions.mode }

  @Option(help: "When to use colour; auto follows the terminal and NO_COLOR.")
  var color = Color.auto

  /// Refuses the gate's form, before a command changes anything.
  ///
  /// - Throws: `ValidationError`
  func refuseGitHub() throws {
    guard form != .github else {
      throw ValidationError("'--format github' is the gate's alone.")
    }
  }

  /// Writes a report in the form that is asked for.
  ///
  /// - Parameters:
  ///   - basis: What the report goes by.
  ///   - json: Makes the document for programs.
  ///   - document: Makes the report for people.
  ///   - isOwnDocument: Whether the report is a document of its own, and not a part of one.
  /// - Throws: What making the document throws.
  func write(
    _ basis: Basis = Basis(isJudged: false), json: () throws -> some Encodable,
    document: () throws -> Document, isOwnDocument: Bool = false
  ) throws {
    // What is wrong with the file is said before the work is done.
    let file = try OutputFile(output, mode: mode)
    switch form {
    case .json:
      try file.write(JSONText.encode(Based(json(), basis)))
    case .markdown:
      let renderer = MarkdownRenderer(level: isOwnDocument ? 1 : 2)
      try file.write(renderer.render(basis.heading(document(), isOwnDocument: isOwnDocument)))
    case .html:
      try file.write(
        Self.page().render(
          basis.heading(document(), isOwnDocument: isOwnDocument), version: Benchtrail.version))
    case .github:
      try refuseGitHub()
    case .text:
      guard output != nil else {
        let renderer = TerminalRenderer(
          width: Output.width, hasColor: color.isOn, isUTF8: Output.isUTF8)
        return Pager.write(renderer.render(basis.heading(try document())))
      }
      let renderer = TerminalRenderer(width: Self.fileWidth, hasColor: false)
      try file.write(renderer.render(basis.heading(document(), isOwnDocument: isOwnDocument)))
    }
    try file.finish()
  }

  /// The columns of text that goes to a file.
  static let fileWidth = 100

  /// The form that is asked for, else the one that the file's name tells, else text.
  var form: Format {
    if let format { return format }
    let name = (output ?? "").lowercased()
    let known: [(String, Format)] = [
      (".json", .json), (".md", .markdown), (".html", .html), (".htm", .html),
    ]
    return known.first { name.hasSuffix($0.0) }?.1 ?? .text
  }

  /// The page that comes with the program, whose template is valid.
  static func page() throws -> Page {
    do { return try Page() } catch { throw Failure("the page's template is damaged") }
  }
}
