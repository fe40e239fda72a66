import BenchAnalysis
import BenchModel
import BenchStorage

/// Reads the trend of hosts from their runs.
struct TrendReading {
  let policy: Policy
  /// How many of the last runs of a host count for flapping.
  let window: Int
  /// Without a run for so many days a host is stale.
  let staleDays: Int
  /// The time that ages are counted to.
  let time: Int64

  /// A trend with what a point of it is, and the host if it is one.
  struct Result {
    var trend: Trend
    var point: String
    var host: String?
  }

  /// Reads a trend.
  ///
  /// - Throws: ``Failure``
  func read(
    _ store: StoreOptions, _ hosts: HostOptions, _ options: PolicyOptions
  ) throws -> Result {
    let store = try store.open(policy)
    return try Failure.wording {
      try store.history(hosts.filter(until: options.asOfTime)) { try read($0) }
    }
  }

  /// Walks all runs of all hosts once.
  private func read(_ history: RunHistory) throws -> Result {
    let keys = CheckKeys(titles: history.titles, releases: history.releases)
    // A filter by label may leave one host of many.
    var only: (host: RunHistory.Host, runs: [HistoryRun])?
    var count = 0
    for host in history.hosts {
      guard count < 2 else { break }
      let runs = try history.runs(of: host)
      if runs.isEmpty { continue }
      count += 1
      only = count == 1 ? (host, runs) : nil
    }
    let (axis, point) = only != nil ? (.runs, "a run") : Self.periods(history.span)
    var builder = TrendBuilder(
      keys, policy: policy, axis: axis, window: window, staleDays: staleDays, time: time)
    for host in history.hosts {
      builder.begin(host: host.name)
      for run in try history.runs(of: host) {
        try builder.add(run) { try history.findings(snapshot: run.snapshot) }
      }
      try builder.endHost { try history.findings(of: $0) }
    }
    return Result(trend: builder.build(), point: point, host: only?.host.name)
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
