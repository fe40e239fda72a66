/// Lines over time.
package struct Chart: Sendable {
  /// One line.
  package struct Series: Sendable {
    package var name: String
    package var style: Document.Style
    /// A value for each time; nil where there is none.
    package var values: [Double?]
    /// Whether it is the sum of the others, which then stand upon each other.
    package var isSum: Bool

    /// Creates a line.
    package init(
      _ name: String, _ style: Document.Style = .plain, _ values: [Double?], isSum: Bool = false
    ) {
      self.name = name
      self.style = style
      self.values = values
      self.isSum = isSum
    }
  }

  /// Something that happened at a time.
  package struct Mark: Hashable, Sendable {
    package var place: Int
    package var text: String
    package var isGood: Bool
  }

  package var title: String
  /// What the values count, such as `open failures` or `%`.
  package var unit: String
  /// Seconds since 1970 in UTC.
  package var times: [Int64]
  package var series: [Series]
  package var marks: [Mark] = []

  /// Creates a chart.
  package init(_ title: String, unit: String, times: [Int64], series: [Series]) {
    self.title = title
    self.unit = unit
    self.times = times
    self.series = series
  }
}

extension Chart.Series {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// The values as a line of little bars, between the least and the greatest; a dot where there is none.
  ///
  /// - Parameters:
  ///   - width: The most characters; of more values that fall on one, the last is shown.
  ///   - isFromZero: Whether the lowest bar is nothing and not the least value, so that a small change looks small.
  /// - Returns: The line.
  func sparkline(width: Int, isFromZero: Bool = false) -> String {
    let values = Self.sample(values, width)
    let known = values.compactMap { $0 }
    guard let least = isFromZero ? 0 : known.min(), let most = known.max() else {
      return String(repeating: "·", count: values.count)
    }
    return String(
      values.map { value -> Character in
        guard let value else { return "·" }
        // A line that never moves is drawn low at nothing and else in the middle.
        guard most > least else { return most == 0 ? "▁" : "▄" }
        let step = (value - least) / (most - least) * Double(Self.bars.count - 1)
        return Self.bars[min(max(Int(step.rounded()), 0), Self.bars.count - 1)]
      })
  }

  private static func sample(_ values: [Double?], _ width: Int) -> [Double?] {
    let width = max(width, 1)
    guard values.count > width else { return values }
    return (1...width).map { values[$0 * values.count / width - 1] }
  }

  /// The first and last value, and the least and greatest.
  var ends: (first: Double, last: Double, least: Double, most: Double)? {
    let known = values.compactMap { $0 }
    guard let first = known.first, let last = known.last, let least = known.min(),
      let most = known.max()
    else { return nil }
    return (first, last, least, most)
  }

  /// A value with no more digits than it needs: whole numbers without a point, others with one digit.
  static func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard tenths.magnitude < 1e15 else { return "?" }
    let whole = Int(tenths)
    if whole % 10 == 0 { return "\(whole / 10)" }
    let sign = whole < 0 ? "-" : ""
    return "\(sign)\(whole.magnitude / 10).\(whole.magnitude % 10)"
  }
}
