import BenchStorage
import ArgumentParser
import BenchHistory
import BenchReports

/// Lists the runs.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs, newest first.",
    discussion: """
      Example:
        benchtrail runs --host web-1 --limit 10
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Only runs of this host.")
  var host: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "key=value"))
  var labels: [Label] = []

  @Option(help: ArgumentHelp("The most runs to list.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let store = try store.open(policy.load(store.catalog.load()))
    let filter = RunFilter(
      host: host, labels: labels.map { ($0.key, $0.value) }, until: policy.asOfTime, limit: limit)
    let runs = try Failure.wording { try store.runs(filter) }
    try output.write {
      RunsJSON(runs)
    } document: {
      guard runs.isEmpty else { return RunReport.list(runs) }
      var document = Document()
      document.paragraph(.init("No runs."))
      return document
    }
  }
}
