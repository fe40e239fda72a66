package import BenchAnalysis
package import BenchHistory
import BenchModel

/// Reads how the findings of hosts moved over their runs.
package struct ReadTrend: Sendable {
  package var query: HostQuery
  /// How many of the last runs of a host and system count for flapping.
  package var window: Int
  /// Without a run for more days a host is stale.
  package var staleDays: Int

  /// Creates a reading.
  package init(_ query: HostQuery, window: Int = 10, staleDays: Int = 7) {
    self.query = query
    self.window = window
    self.staleDays = staleDays
  }

  /// A trend with what a point of it is, and the host if it is one.
  package struct Result: Sendable {
    package var trend: Trend
    package var point: TrendPoint
    package var host: String?
  }

  /// Reads a trend.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func run(in repository: any RunRepository) throws -> Result {
    let result = try repository.history(query.filter) { history in
      try read(HostReading(history, query.catalog))
    }
    guard result.trend.runs > 0 else { throw query.noRuns }
    return result
  }

  /// Reads a trend of a history that is being read.
  ///
  /// - Throws: The repository's errors.
  func read(_ reading: HostReading) throws -> Result {
    var (builder, point, host) = try builder(reading)
    try walk(reading, point, &builder)
    return Result(trend: builder.build(), point: point, host: host)
  }

  /// Reads all that the hosts' runs changed.
  ///
  /// A series of periods is put together of what is stored; one that has a place for each run reads the runs.
  private func walk(
    _ reading: HostReading, _ point: TrendPoint, _ builder: inout TrendBuilder
  ) throws {
    guard case .days = point else { return try reading.walk(observer: &builder) }
    var standings: [Int] = []
    try reading.walk(observer: &builder) { builder, host, known in
      try builder.add(host.name, known, reading.history)
      standings += known.map(\.id)
    }
    for start in stride(from: 0, to: standings.count, by: 500) {
      let batch = Array(standings[start..<min(start + 500, standings.count)])
      try reading.history.changes(of: batch) { builder.add($0) }
    }
  }

  /// A trend of no runs whose series fits the hosts: a point for each run of one host, or for each period of many.
  private func builder(
    _ reading: HostReading
  ) throws -> (builder: TrendBuilder, point: TrendPoint, host: String?) {
    let history = reading.history
    // A filter by label may leave one host of many.
    var names: [String] = []
    for host in history.hosts where names.count < 2 {
      if try !history.runs(of: host).isEmpty { names.append(host.name) }
    }
    let host = names.count == 1 ? names.first : nil
    let (axis, point) = host != nil ? (.runs, .run) : Self.periods(try history.span())
    let builder = TrendBuilder(
      reading.checks, query.judgement, axis: axis, window: window, staleDays: staleDays)
    return (builder, point, host)
  }

  /// Days, or as many at a time as make no more than 120 points.
  private static func periods(_ span: ClosedRange<Int64>) -> (TrendBuilder.Axis, TrendPoint) {
    let day: Int64 = 86_400
    let start = span.lowerBound - (span.lowerBound % day + day) % day
    let days = (span.upperBound - start) / day + 1
    let step = [1, 7, 30, 365].first { days <= $0 * 120 } ?? max(days / 120 + 1, 1)
    return (
      .periods(start: start, length: step * day, count: Int((days + step - 1) / step)),
      .days(Int(step))
    )
  }
}
