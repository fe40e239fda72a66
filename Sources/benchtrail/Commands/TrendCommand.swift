import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchService

/// Shows how findings moved.
struct TrendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trend", abstract: "Show how findings moved: open, fixed, regressed, since when.",
    discussion: """
      Of one host, each point is a run; of several, a day, or as many days as make at most 120 \
      points. What a run did not evaluate stays as it was last known. Compliance is \
      pass / (pass + fail).

      A finding flaps if it began or ceased to fail three times or more in the last runs of its \
      host and system; changes that another criterion of the tool may explain do not count.

      Example:
        benchtrail trend --host web-1
        benchtrail trend --label env=prod --since 2026-11-01
        benchtrail trend --all --format json
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Flag(help: "All hosts, which is what is shown without '--host' and '--label'.")
  var all = false

  @OptionGroup var period: PeriodOptions

  @Option(help: ArgumentHelp("Only the last points.", valueName: "count"))
  var points: Int?

  @Option(
    help: ArgumentHelp("How many of the last runs count for flapping.", valueName: "count"))
  var window = 10

  @Option(help: ArgumentHelp("Without a run for more days a host is stale.", valueName: "days"))
  var staleDays = 7

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The most rows of each list.", valueName: "count"))
  var limit = 15

  func validate() throws {
    if all, !hosts.areAll {
      throw ValidationError("'--all' excludes '--host' and '--label'.")
    }
    for (name, value) in [
      ("points", points ?? 1), ("window", window), ("stale-days", staleDays), ("limit", limit),
    ] where !(1...1_000_000).contains(value) {
      throw ValidationError("'--\(name) \(value)' must be 1 or more, and at most a million.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts)
    let repository = asked.repository
    var query = asked.query
    query.until = [query.until, period.untilTime].compactMap { $0 }.min()
    var result = try Failure.wording { [query] in
      try ReadTrend(query, window: window, staleDays: staleDays).run(in: repository)
    }
    if let since = period.sinceTime { result.trend.points.removeAll { $0.time < since } }
    if let points { result.trend.points = result.trend.points.suffix(points) }
    try output.write(asked.basis) {
      TrendJSON(result.trend, host: result.host)
    } document: {
      TrendReport.document(
        result.trend, TrendReport.Options(host: result.host, point: result.point, limit: limit))
    }
  }
}
