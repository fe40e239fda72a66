import BenchStorage
import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchService

/// Lists the runs.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs, newest first.",
    discussion: """
      Example:
        benchtrail runs --host web-1 --limit 10
      """, aliases: ["ls"])

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var period: PeriodOptions

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The most runs to list.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let asked = try question.open(hosts)
    var filter = asked.query.filter
    (filter.since, filter.limit) = (period.sinceTime, limit)
    // A run of the future is listed too.
    filter.until = [question.asOf.end, period.untilTime].compactMap { $0 }.min()
    let runs = try Failure.wording { [filter] in try asked.repository.runs(filter) }
    try output.write(asked.basis.unjudged) {
      RunsJSON(runs)
    } document: {
      guard runs.isEmpty else {
        let baselines = try Failure.wording { try asked.repository.baselines(host: nil) }
        return RunReport.list(runs, baselines: Set(baselines.map(\.id)))
      }
      var document = Document()
      document.paragraph(.init("No runs."))
      return document
    }
  }
}
