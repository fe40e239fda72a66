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

  @Option(help: "The form of the result: text, json, markdown, html; the gate has github too.")
  var format = Format.text

  @Option(help: "When to use colour; auto follows the terminal and NO_COLOR.")
  var color = Color.auto

  /// Refuses the gate's form, before a command changes anything.
  ///
  /// - Throws: `ValidationError`
  func refuseGitHub() throws {
    guard format != .github else {
      throw ValidationError("'--format github' is the gate's alone.")
    }
  }

  /// Writes a report in the form that is asked for.
  ///
  /// - Parameters:
  ///   - json: Makes the document for programs.
  ///   - document: Makes the report for people.
  ///   - isOwnDocument: Whether the report is a document of its own, and not a part of one.
  /// - Throws: What making the document throws.
  func write(
    json: () throws -> some Encodable, document: () throws -> Document, isOwnDocument: Bool = false
  ) throws {
    switch format {
    case .json:
      Output.write(try JSONText.encode(json()))
    case .markdown:
      Output.write(MarkdownRenderer(level: isOwnDocument ? 1 : 2).render(try document()))
    case .html:
      Output.write(try Self.page().render(try document(), version: Benchtrail.version))
    case .github:
      try refuseGitHub()
    case .text:
      let renderer = TerminalRenderer(width: Output.width, hasColor: color.isOn)
      Output.write(renderer.render(try document()))
    }
  }

  /// The page that comes with the program, whose template is valid.
  static func page() throws -> Page {
    do { return try Page() } catch { throw Failure("the page's template is damaged") }
  }
}
