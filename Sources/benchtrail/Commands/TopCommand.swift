import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchReports
import BenchService

/// Lists what is most urgent.
struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top", abstract: "List the most urgent open failures, of one host or of all.",
    discussion: """
      A score is severity x exposure x hosts x items x age x whether it is new; '--why' prints each \
      term. What the policy accepts is left out and counted.

      Example:
        benchtrail top -n 10 --why
        benchtrail top --by fix --host web-1
        benchtrail top --framework nist-800-53
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions
  @OptionGroup var framework: FrameworkOptions

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
  var limit = 10

  @Option(
    help:
      "What failures are brought together by: control, fix, host, stride, item (default: control).")
  var by: Ranking.Grouping?

  @Flag(help: "Print the terms of each score.")
  var why = false

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
    if by != nil, framework.name != nil {
      throw ValidationError("'--framework' groups by requirement, so it excludes '--by'.")
    }
  }

  func run() throws {
    // An unknown framework is told before anything is read.
    let framework = try framework.load(question.store.catalog)
    let grouping = framework.map { Ranking.Grouping.requirement($0) } ?? by ?? .control
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    let ranking = try Failure.wording { try query.ranking(by: grouping, in: repository) }
    let options = TopReport.Options(
      grouping: grouping, limit: limit, isExplained: why, time: query.time)
    try output.write(asked.basis) {
      TopJSON(ranking, options)
    } document: {
      TopReport.document(ranking, options)
    }
  }
}

extension Ranking.Grouping: ExpressibleByArgument {
  /// Reads one that needs no more than its name.
  package init?(argument: String) {
    guard let grouping = Self.allCases.first(where: { $0.name == argument }) else { return nil }
    self = grouping
  }
}
