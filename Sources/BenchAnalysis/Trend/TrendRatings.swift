import BenchHistory
import BenchModel

/// How bad the checks of a history are, by their numbers.
struct TrendRatings: Sendable {
  var severities: [Severity?]
  var stride: [[Stride]]

  /// Adds an open failure to the levels of a point, or takes it away.
  func count(key: Int, by amount: Int, in point: inout Trend.Point) {
    if let severity = severities[key] {
      point.severities[severity, default: 0] += amount
    } else {
      point.unrated += amount
    }
    for category in stride[key] { point.stride[category, default: 0] += amount }
  }

  /// Adds what is known of a check to the levels of a point, or takes it away.
  func count(
    _ entry: Standing.Entry?, key: Int, by amount: Int, in point: inout Trend.Point
  ) {
    guard let entry, !entry.isRetired else { return }
    switch entry.outcome {
    case .pass: point.pass += amount
    case .fail: count(key: key, by: amount, in: &point)
    case .manual, .info, .notApplicable: break
    }
  }
}

extension Trend.Point {
  /// Makes levels of what changed at this place.
  mutating func addLevels(of sum: inout Trend.Point) {
    joined = hosts
    sum.hosts += hosts
    sum.pass += pass
    sum.unrated += unrated
    for (severity, change) in severities { sum.severities[severity, default: 0] += change }
    for (category, change) in stride { sum.stride[category, default: 0] += change }
    (hosts, pass, unrated) = (sum.hosts, sum.pass, sum.unrated)
    (severities, stride) = (sum.severities, sum.stride)
  }
}
