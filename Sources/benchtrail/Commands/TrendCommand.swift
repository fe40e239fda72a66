import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchStorage

/// Shows how findings moved.
struct TrendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trend", abstract: "Show how findings moved: open, fixed, regressed, since when.",
    discussion: """
      Of one host, each point is a run; of several, a day, or as many days as make at most 120 \
      points. What a run did not evaluate stays as it was last known. Compliance is \
      pass / (pass + fail).

      A finding flaps if it began or ceased to fail three times or more in the last runs of its \
      host; changes that another criterion of the tool may explain do not count.

      Example:
        benchtrail trend --host web-1
        benchtrail trend --label env=prod --since 2025-01-01
        benchtrail trend --all --format json
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Only this host.")
  var host: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "key=value"))
  var labels: [Label] = []

  @Flag(help: "All hosts, which is what is shown without '--host' and '--label'.")
  var all = false

  @Option(help: ArgumentHelp("Only points from this time on.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Only the last points.", valueName: "count"))
  var points: Int?

  @Option(
    help: ArgumentHelp("How many of the last runs count for flapping.", valueName: "count"))
  var window = 10

  @Option(help: ArgumentHelp("Without a run for so many days a host is stale.", valueName: "days"))
  var staleDays = 7

  @Option(help: ArgumentHelp("The most rows of each list.", valueName: "count"))
  var limit = 15

  func validate() throws {
    if all, host != nil || !labels.isEmpty {
      throw ValidationError("'--all' excludes '--host' and '--label'.")
    }
    if let since, CivilTime(since) == nil {
      throw ValidationError(
        "'--since \(since)' is no time such as 2025-01-12 or 2025-01-12T03:00Z.")
    }
    for (name, value) in [
      ("points", points ?? 1), ("window", window), ("stale-days", staleDays), ("limit", limit),
    ] where !(1...1_000_000).contains(value) {
      throw ValidationError("'--\(name) \(value)' must be 1 or more, and at most a million.")
    }
  }

  func run() throws {
    let policy = try policy.load()
    var store = try store.open()
    store.hostNames = policy.hostNames
    let filter = HistoryFilter(
      host: host, labels: labels.map { ($0.key, $0.value) }, until: self.policy.asOfTime)
    let time = self.policy.time
    let (trend, point, name) = try Failure.wording {
      try store.history(filter) { try read($0, policy, time) }
    }
    if trend.runs == 0, let host {
      throw Failure("the host '\(host)' has no runs; 'benchtrail runs' lists them")
    }
    try output.write {
      TrendJSON(trend, host: name)
    } document: {
      TrendReport.document(trend, TrendReport.Scope(host: name, point: point, limit: limit))
    }
  }

  /// Walks all runs of all hosts once.
  private func read(
    _ history: RunHistory, _ policy: Policy, _ time: Int64
  ) throws -> (trend: Trend, point: String, host: String?) {
    let keys = CheckKeys(titles: history.titles, releases: history.releases)
    let isOne = history.hosts.count == 1
    let (axis, point) = isOne ? (.runs, "a run") : Self.periods(history.span)
    var builder = TrendBuilder(
      keys, policy: policy, axis: axis, window: window, staleDays: staleDays, time: time)
    for host in history.hosts {
      builder.begin(host: host.name)
      for run in try history.runs(of: host) {
        try builder.add(run) { try history.findings(snapshot: run.snapshot) }
      }
      try builder.endHost { try history.findings(of: $0) }
    }
    var trend = builder.build()
    if let since = since.flatMap({ CivilTime($0)?.seconds }) {
      trend.points.removeAll { $0.time < since }
    }
    if let points { trend.points = trend.points.suffix(points) }
    return (trend, point, isOne ? history.hosts.first?.name : nil)
  }

  /// Days, or as many at a time as make no more than 120 points.
  private static func periods(_ span: ClosedRange<Int64>) -> (TrendBuilder.Axis, String) {
    let day: Int64 = 86_400
    let start = span.lowerBound - (span.lowerBound % day + day) % day
    let days = (span.upperBound - start) / day + 1
    let step = [1, 7, 30, 365].first { days <= $0 * 120 } ?? max(days / 120 + 1, 1)
    return (
      .periods(start: start, length: step * day, count: Int((days + step - 1) / step)),
      step == 1 ? "a day" : "\(step) days"
    )
  }
}
