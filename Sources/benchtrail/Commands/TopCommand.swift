import ArgumentParser
import BenchAnalysis
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
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
  var limit = 10

  @Option(help: "What failures are brought together by: control, fix, host, stride, item.")
  var by = Ranking.Grouping.control

  @Flag(help: "Print the terms of each score.")
  var why = false

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let (repository, query) = try question.open(hosts)
    let ranking = try Failure.wording { try query.ranking(by: by, in: repository) }
    let options = TopReport.Options(grouping: by, limit: limit, isExplained: why, time: query.time)
    try output.write {
      TopJSON(ranking, options)
    } document: {
      TopReport.document(ranking, options)
    }
  }
}

extension Ranking.Grouping: ExpressibleByArgument {}
