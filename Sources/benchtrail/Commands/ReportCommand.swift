import ArgumentParser
import BenchInput
import BenchModel
import BenchReports
import BenchService

/// Writes all of it for people.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write all of it for people, of a host or of all.",
    discussion: """
      The verdict first, then what got worse, the threats, where they are, what to fix first with its \
      texts, the trend, the hosts, what is accepted, what needs a person, and every finding with its \
      evidence and fix; with '--framework' also how the controls of each requirement stand. HTML is \
      one file that needs nothing but itself and works without a script; '--template' lets a team \
      have its own page around it, in Mustache.

      Example:
        benchtrail report --host web-1
        benchtrail report -o report.html
        benchtrail report --framework pci-dss --format markdown
        benchtrail report --print-template > team.mustache
        benchtrail report --template team.mustache -o report.html
      """)

  /// The forms of a report.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case html
  }

  @OptionGroup var question: QueryOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var framework: FrameworkOptions

  @Option(
    help:
      "The form of the report: text, markdown, html; the file's name or BENCHTRAIL_FORMAT may tell it."
  )
  var format = Format.text

  @Option(help: "When to use colour; auto follows the terminal and NO_COLOR.")
  var color = OutputOptions.Color.auto

  @Option(
    name: .shortAndLong,
    help: "The file to write, whole or not at all; its name tells the form, such as .html.",
    completion: .file())
  var output: String?

  @OptionGroup var permissions: ModeOptions

  @Option(
    help: ArgumentHelp("The page around the report, in Mustache.", valueName: "file"),
    completion: .file())
  var template: String?

  @Flag(help: "Print the template that is used without '--template'.")
  var printTemplate = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The most rows of each list.", valueName: "count"))
  var limit = 20

  func validate() throws {
    if template != nil, format != .html {
      throw ValidationError("'--template' goes with '--format html'.")
    }
    if !(1...10_000).contains(limit) {
      throw ValidationError("'--limit \(limit)' must be from 1 to 10000.")
    }
  }

  func run() throws {
    if printTemplate { return Output.write(Page.standardText) }
    // What is wrong with the template or the framework is said before anything is read.
    let page = try page()
    let framework = try framework.load(question.store.catalog)
    let asked = try question.open(hosts)
    let (repository, query) = (asked.repository, asked.query)
    let (document, time) = try Failure.wording {
      try WriteReport(query, limit: limit, framework: framework).run(asked.basis, in: repository)
    }
    let file = try OutputFile(output, mode: permissions.mode)
    switch format {
    case .text:
      guard output != nil else {
        let renderer = TerminalRenderer(
          width: Output.width, hasColor: color.isOn, isUTF8: Output.isUTF8)
        return Pager.write(renderer.render(document))
      }
      try file.write(TerminalRenderer(width: 100, hasColor: false).render(document))
    case .markdown: try file.write(MarkdownRenderer(level: 1).render(document))
    case .html:
      try file.write(
        page.render(document, version: Benchtrail.version, time: CivilTime.short(time) + " UTC"))
    }
    try file.finish()
  }

  private static let longestTemplate = 1 << 20

  private func page() throws -> Page {
    guard let template else { return try OutputOptions.page() }
    do {
      let bytes = try LogFile(path: template).bytes(limit: Self.longestTemplate)
      guard bytes.count <= Self.longestTemplate else {
        throw Failure("\(template): the template is larger than \(Self.longestTemplate >> 20) MiB")
      }
      return try Page(template: String(decoding: bytes, as: UTF8.self))
    } catch let failure as Failure {
      throw failure
    } catch let error as LogFile.Unreadable {
      throw Failure("\(template): \(Failure.words(error))")
    } catch {
      throw Failure(
        "\(template): this is no valid Mustache template; 'benchtrail report --print-template' has one"
      )
    }
  }
}
