import BenchModel

/// Draws a chart as SVG: lines over time with both axes, their units, a title and a legend.
///
/// Lines differ by their dashes too, not by colour alone. The values stand in a table for whoever can't see the lines.
struct ChartSVG {
  private let chart: Chart
  private static let size = (width: 720.0, height: 240.0)
  private static let margin = (left: 52.0, right: 16.0, bottom: 30.0)
  /// The words of marks stand above the drawing.
  private var marginTop: Double { chart.marks.isEmpty ? 12 : 38 }
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
    var output =
      "<figure\(isSmall ? " class=\"small\"" : "")>\n<figcaption id=\"t\(number)\">\(Untrusted(title).forHTML)</figcaption>\n"
    output +=
      "<svg class=\"chart\" viewBox=\"0 0 \(Self.text(Self.size.width)) \(Self.text(Self.size.height))\" "
      + "role=\"img\" aria-labelledby=\"t\(number) d\(number)\">\n"
    output += "<desc id=\"d\(number)\">\(Untrusted(description).forHTML)</desc>\n"
    output += axes(top: top)
    if chart.series.contains(where: \.isSum) {
      output += areas(top: top)
    } else {
      for (index, series) in chart.series.enumerated() {
        output += line(series, style: Self.style(series, index), top: top)
      }
    }
    for (number, mark) in chart.marks.enumerated() { output += self.mark(mark, number, top: top) }
    output += "</svg>\n"
    if chart.series.count > 1 { output += legend }
    return output + table(number) + "</figure>\n"
  }

  /// Whether it has one line, and so needs little room.
  private var isSmall: Bool { chart.series.count == 1 }

  private var description: String {
    chart.series.map { series in
      guard let ends = series.ends else { return "\(series.name): no values" }
      return
        "\(series.name): from \(Chart.Series.text(ends.first)) to \(Chart.Series.text(ends.last))"
    }.joined(separator: "; ")
  }

  private var legend: String {
    let isStacked = chart.series.contains(where: \.isSum)
    let entries = chart.series.enumerated().map { index, series in
      let name =
        isStacked && !series.isSum
        ? SeveritySign.badge(series.name) : Untrusted(series.name).forHTML
      let sign =
        isStacked
        ? ""
        : "<svg viewBox=\"0 0 28 10\" aria-hidden=\"true\"><path class=\"line s\(Self.style(series, index))\" "
          + "d=\"M1 5H27\"/></svg> "
      return "<li>\(sign)\(name)"
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

  /// The series upon each other, the last at the bottom.
  private func areas(top: Double) -> String {
    var output = ""
    var below = chart.times.map { _ in 0.0 }
    let step = max((chart.times.count + Self.mostPlaces - 1) / Self.mostPlaces, 1)
    let places = chart.times.indices.filter { $0 % step == 0 || $0 == chart.times.count - 1 }
    for series in chart.series.reversed() where !series.isSum {
      let above = below.enumerated().map { index, base in
        base + (series.values.indices.contains(index) ? series.values[index] ?? 0 : 0)
      }
      func points(_ values: [Double], _ places: [Int]) -> String {
        places.map { Self.text(place($0)) + "," + Self.text(place(values[$0], top: top)) }
          .joined(separator: " ")
      }
      output +=
        "<polygon class=\"area \(SeveritySign.name(series.name))\" points=\"\(points(above, places)) "
        + "\(points(below, places.reversed()))\"/>\n"
      below = above
    }
    return output
  }

  /// Something that happened, as a line with its words at the side where there is room.
  private func mark(_ mark: Chart.Mark, _ number: Int, top: Double) -> String {
    let x = place(mark.place)
    let isLeft = x < Self.size.width / 2
    let kind = mark.isGood ? "good" : "bad"
    return
      "<g class=\"mark \(kind)\"><path d=\"M\(Self.text(x)) \(Self.text(marginTop))V"
      + "\(Self.text(Self.size.height - Self.margin.bottom))\"/>\n"
      + "<text x=\"\(Self.text(isLeft ? x + 5 : x - 5))\" "
      + "y=\"\(Self.text(14 + Double(number % 2) * 15))\" "
      + "text-anchor=\"\(isLeft ? "start" : "end")\">\(Untrusted(mark.text).forHTML)</text></g>\n"
  }

  /// The values behind the drawing, for who can't see it.
  private func table(_ number: Int) -> String {
    let step = max((chart.times.count + Self.mostRows - 1) / Self.mostRows, 1)
    let marked = Set(chart.marks.map(\.place))
    let places = chart.times.indices.filter {
      $0 % step == 0 || $0 == chart.times.count - 1 || marked.contains($0)
    }
    let times = Set(chart.times.map(CivilTime.date)).count < chart.times.count
    let rows = places.map { place in
      "<tr><th scope=\"row\">\(times ? CivilTime.short(chart.times[place]) : CivilTime.date(chart.times[place]))</th>"
        + chart.series.map { series in
          let value = series.values.indices.contains(place) ? series.values[place] : nil
          return "<td class=\"number\">\(value.map(Chart.Series.text) ?? "-")</td>"
        }.joined() + words(place) + "</tr>"
    }
    let heads = chart.series.map {
      "<th scope=\"col\" class=\"number\">\(Untrusted($0.name).forHTML)</th>"
    }
    return
      "<details class=\"data\"><summary>Values</summary><div class=\"table\" tabindex=\"0\" role=\"region\" "
      + "aria-label=\"Values of chart \(number): \(Untrusted(chart.title).forHTML)\"><table>\n<thead><tr><th scope=\"col\">until</th>"
      + heads.joined() + (chart.marks.isEmpty ? "" : "<th scope=\"col\">happened</th>")
      + "</tr></thead>\n<tbody>\n" + rows.joined(separator: "\n")
      + "\n</tbody>\n</table></div></details>\n"
  }

  /// What happened at a place, as a cell; nothing for a chart without marks.
  private func words(_ place: Int) -> String {
    guard !chart.marks.isEmpty else { return "" }
    let words = chart.marks.filter { $0.place == place }.map(\.text).joined(separator: ", ")
    return "<td>\(Untrusted(words).forHTML)</td>"
  }

  /// The values of more places are left out of the table, evenly.
  private static let mostRows = 60

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
    let height = Self.size.height - marginTop - Self.margin.bottom
    return marginTop + height * (1 - min(max(value / top, 0), 1))
  }

  /// The next number at or above a value that four steps divide well.
  private static func ceiling(_ value: Double) -> Double {
    var unit = 1.0
    while unit < 1e15 {
      for factor in [4.0, 8, 12, 16, 20, 24, 32, 40] where factor * unit >= value {
        return factor * unit
      }
      unit *= 10
    }
    return max(value, 1)
  }

  /// A coordinate with one digit behind the point.
  private static func text(_ value: Double) -> String { Chart.Series.text(value) }
}
