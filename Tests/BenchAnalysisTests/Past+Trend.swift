import BenchAnalysis
import BenchHistory
import BenchTestSupport

extension Past {
  /// The trend of all hosts.
  func trend(
    axis: TrendBuilder.Axis = .runs, policy: Policy = Policy(), window: Int = 10,
    staleDays: Int = 7, day: Int64 = 10
  ) throws -> Trend {
    let reading = HostReading(self)
    var builder = TrendBuilder(
      reading.checks, Judgement(policy, at: Self.day(day)), axis: axis, window: window,
      staleDays: staleDays)
    try reading.walk(observer: &builder)
    return builder.build()
  }
}
