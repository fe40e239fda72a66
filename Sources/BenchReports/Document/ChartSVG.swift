import BenchModel

/// Draws a chart as SVG: lines over time with both axes, their units, a title and a legend.
///
/// Lines differ by their dashes too, not by colour alone. The values stand in a table for whoever can't see the lines.
struct ChartSVG {
  private let chart: Chart
  private static let size = (width: 720.0, height: 240.0)
  private static let margin = (left: 52.0, right: 16.0, top: 12.0, bottom: 30.0)
  /// Lines are drawn in this many places at most.
  private static let mostPlaces = 400

  init(_ chart: Chart) {
    var chart = chart
    // What is no number has no place.
    for index in chart.series.indices {
      chart.series[index].values = chart.series[index].values.map {
        $0.flatMap { $0.isFinite ? $0 : nil }
      }
    }
    self.chart = chart
  }

  /// The chart as a figure.
  ///
  /// - Parameter number: Tells this chart's ids from others'.
  /// - Returns: The elements.
  func figure(number: Int) -> String {
    let top =
      chart.unit == "%" ? 100 : Self.ceiling(chart.series.compactMap { $0.ends?.most }.max() ?? 0)
    let title = chart.title + (chart.unit.isEmpty ? "" : ", " + chart.unit)
    var output = "<figure>\n<figcaption>\(Untrusted(title).forHTML)</figcaption>\n"
    output +=
      "<svg class=\"chart\" viewBox=\"0 0 \(Self.text(Self.size.width)) \(Self.text(Self.size.height))\" "
      + "role=\"img\" aria-labelledby=\"t\(number) d\(number)\">\n"
    output += "<title id=\"t\(number)\">\(Untrusted(title).forHTML)</title>\n"
    output += "<desc id=\"d\(number)\">\(Untrusted(description).forHTML)</desc>\n"
    output += axes(top: top)
    for (index, series) in chart.series.enumerated() {
      output += line(series, style: Self.style(series, index), top: top)
    }
    output += "</svg>\n"
    if chart.series.count > 1 { output += legend }
    return output + "</figure>\n"
  }

  private var description: String {
    chart.series.map { series in
      guard let ends = series.ends else { return "\(series.name): no values" }
      return
        "\(series.name): from \(Chart.Series.text(ends.first)) to \(Chart.Series.text(ends.last))"
    }.joined(separator: "; ")
  }

  private var legend: String {
    let entries = chart.series.enumerated().map { index, series in
      "<li><svg viewBox=\"0 0 28 10\" aria-hidden=\"true\"><path class=\"line s\(Self.style(series, index))\" "
        + "d=\"M1 5H27\"/></svg> \(Untrusted(series.name).forHTML)"
        + (series.ends.map { ": \(Chart.Series.text($0.last))" } ?? "") + "</li>"
    }
    return "<ul class=\"legend\">\n" + entries.joined(separator: "\n") + "\n</ul>\n"
  }

  private func axes(top: Double) -> String {
    var output = ""
    for step in 0...4 {
      let value = top * Double(step) / 4
      let y = Self.text(place(value, top: top))
      output +=
        "<path class=\"axis\" d=\"M\(Self.text(Self.margin.left)) \(y)H"
        + "\(Self.text(Self.size.width - Self.margin.right))\"/>\n"
        + "<text x=\"\(Self.text(Self.margin.left - 6))\" y=\"\(y)\" dy=\"4\" text-anchor=\"end\">"
        + "\(Chart.Series.text(value))</text>\n"
    }
    let last = chart.times.count - 1
    let isOneDay =
      chart.times.first.map(CivilTime.date) == chart.times.last.map(CivilTime.date)
    var labels = [(0, "start"), (last, "end")]
    if last > 1 { labels.insert((last / 2, "middle"), at: 1) }
    for (index, anchor) in labels where chart.times.indices.contains(index) {
      let time = chart.times[index]
      output +=
        "<text x=\"\(Self.text(place(index)))\" y=\"\(Self.text(Self.size.height - 10))\" "
        + "text-anchor=\"\(anchor)\">\(isOneDay ? CivilTime.short(time) : CivilTime.date(time))</text>\n"
    }
    return output
  }

  private func line(_ series: Chart.Series, style: String, top: Double) -> String {
    var path = ""
    var isDrawing = false
    let step = max((series.values.count + Self.mostPlaces - 1) / Self.mostPlaces, 1)
    for index in series.values.indices where index % step == 0 || index == series.values.count - 1 {
      guard let value = series.values[index] else {
        isDrawing = false
        continue
      }
      path +=
        (isDrawing ? "L" : "M") + Self.text(place(index)) + " "
        + Self.text(place(value, top: top))
      isDrawing = true
    }
    var output = "<path class=\"line s\(style)\" d=\"\(path)\"/>\n"
    if let last = series.values.indices.last, let value = series.values[last] {
      output +=
        "<circle class=\"d\(style)\" cx=\"\(Self.text(place(last)))\" "
        + "cy=\"\(Self.text(place(value, top: top)))\" r=\"3\"/>\n"
    }
    return output
  }

  /// The classes of the style sheet: a line of its own meaning, or one of five in turn.
  private static func style(_ series: Chart.Series, _ index: Int) -> String {
    series.style == .good ? "g" : "\(index % 5)"
  }

  private func place(_ index: Int) -> Double {
    let width = Self.size.width - Self.margin.left - Self.margin.right
    let last = max(chart.times.count - 1, 1)
    return Self.margin.left + width * Double(index) / Double(last)
  }

  private func place(_ value: Double, top: Double) -> Double {
    let height = Self.size.height - Self.margin.top - Self.margin.bottom
    return Self.margin.top + height * (1 - min(max(value / top, 0), 1))
  }

  /// The next number at or above a value that four steps divide well.
  private static func ceiling(_ value: Double) -> Double {
    var unit = 1.0
    while unit < 1e15 {
      for factor in [4.0, 6, 8, 12, 16, 20, 24, 32, 40] where factor * unit >= value {
        return factor * unit
      }
      unit *= 10
    }
    return max(value, 1)
  }

  /// A coordinate with one digit behind the point.
  private static func text(_ value: Double) -> String { Chart.Series.text(value) }
}
