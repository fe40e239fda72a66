package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report for people on how findings moved.
package enum TrendReport {
  /// What the trend is of.
  package struct Options: Sendable {
    /// The host, if it is one.
    package var host: String?
    /// What a point is.
    package var point: TrendPoint
    /// The most rows of each list.
    package var limit: Int

    /// Creates a scope.
    package init(host: String?, point: TrendPoint, limit: Int) {
      self.host = host
      self.point = point
      self.limit = limit
    }
  }

  /// Describes a trend: where it stands, how it came there, what is open since when.
  package static func document(_ trend: Trend, _ scope: Options) -> Document {
    var document = Document()
    if let host = scope.host {
      document.heading(.init("Trend of "), .init(Untrusted(host), .notable))
    } else {
      document.heading(.init("Trend of \(count(trend.hosts, "host"))"))
    }
    guard let first = trend.points.first, let last = trend.points.last else {
      document.paragraph(.init("No runs."))
      return document
    }
    document.paragraph(
      .init("\(count(trend.runs, "run")); each point is \(words(scope.point)). ", .faint),
      .init("Open: fails, by what was last known; what a run left out stays open.", .faint))
    document.paragraph(levels(last, waived: trend.waived))
    if let compliance = last.compliance.text {
      document.paragraph(
        .init("Compliance \(compliance) %", .strong),
        .init(" = pass / (pass + fail) = \(last.pass) / (\(last.pass) + \(last.open))", .faint))
    }
    charts(trend, &document)
    stride(trend.points.count > 1 ? first : nil, last, &document)
    points(trend, scope, &document)
    open(trend, scope, &document)
    flapping(trend, scope, &document)
    rest(trend, scope, &document)
    return document
  }

  /// The open failures of a point by severity, and how many of them are accepted.
  static func levels(_ point: Trend.Point, waived: Int = 0) -> Document.Line {
    var line: Document.Line = [.init("\(point.open) open", .strong), .init(": ")]
    for severity in Severity.descending {
      let style: Document.Style = severity >= .high ? .bad : .plain
      line.append(.init("\(point.severities[severity] ?? 0) \(severity.name)", style))
      line.append(.init(severity == .low ? "" : ", "))
    }
    if waived > 0 { line.append(.init("; \(waived) of them accepted by a waiver", .notable)) }
    if point.unrated > 0 { line.append(.init(", \(point.unrated) of unmapped checks", .notable)) }
    return line
  }

  static func charts(_ trend: Trend, _ document: inout Document) {
    let times = trend.points.map(\.time)
    var series = Severity.descending.map { severity in
      Chart.Series(
        severity.name, severity >= .high ? .bad : .plain,
        trend.points.map { $0.hosts == 0 ? nil : Double($0.severities[severity] ?? 0) })
    }
    if trend.points.contains(where: { $0.unrated > 0 }) {
      series.append(
        Chart.Series(
          "unmapped", .notable,
          trend.points.map { $0.hosts == 0 ? nil : Double($0.unrated) }))
    }
    series.append(
      Chart.Series(
        "all", .strong, trend.points.map { $0.hosts == 0 ? nil : Double($0.open) }, isSum: true))
    var open = Chart("open failures", unit: "", times: times, series: series)
    open.marks = marks(trend)
    document.chart(open)
    document.chart(
      Chart(
        "compliance", unit: "%", times: times,
        series: [Chart.Series("pass share", .good, trend.points.map(\.compliance.tenths))]))
  }

  /// Where most moved: what began to fail, and what got fixed.
  private static func marks(_ trend: Trend) -> [Chart.Mark] {
    let moved = trend.points.enumerated().map { place, point in
      (place, worse: point.books.worse, fixed: point.books[.fixed])
    }
    return moved.filter { $0.worse + $0.fixed > 0 }
      .sorted { (-$0.worse - $0.fixed, $0.0) < (-$1.worse - $1.fixed, $1.0) }.prefix(mostMarks)
      .sorted { $0.0 < $1.0 }.map { place, worse, fixed in
        let words = [worse > 0 ? "\(worse) worse" : "", fixed > 0 ? "\(fixed) fixed" : ""]
        return Chart.Mark(
          place: place, text: words.filter { !$0.isEmpty }.joined(separator: ", "),
          isGood: fixed > worse)
      }
  }

  /// The most marks of a chart.
  private static let mostMarks = 4

  private static func stride(
    _ first: Trend.Point?, _ last: Trend.Point, _ document: inout Document
  ) {
    document.heading(.init("By STRIDE"))
    document.paragraph(.init("A failure with several categories counts in each.", .faint))
    let last = { (category: Stride) in last.stride[category] ?? 0 }
    guard let first else {
      document.table(
        [Document.Column("category"), Document.Column("open", isRightAligned: true)],
        Stride.allCases.map { [[.init($0.title)], [.init("\(last($0))", .strong)]] })
      return
    }
    document.table(
      [
        Document.Column("category"), Document.Column("first", isRightAligned: true),
        Document.Column("last", isRightAligned: true), Document.Column("", isRightAligned: true),
      ],
      Stride.allCases.map { category in
        let was = first.stride[category] ?? 0
        return [
          [.init(category.title)], [.init("\(was)")], [.init("\(last(category))", .strong)],
          [change(last(category) - was)],
        ]
      })
  }

  private static func change(_ difference: Int) -> Document.Span {
    difference == 0
      ? .init("=", .faint)
      : difference > 0 ? .init("+\(difference)", .bad) : .init("\(difference)", .good)
  }

  static func points(_ trend: Trend, _ scope: Options, _ document: inout Document) {
    let shown = trend.points.suffix(scope.limit)
    document.heading(
      .init(shown.count < trend.points.count ? "The last \(shown.count) points" : "Point by point"))
    let moved = Movement.allCases.filter { movement in
      shown.contains { $0.books[movement] != 0 }
    }
    document.paragraph(
      .init(
        "before + what began - what ended = open; columns in which nothing happened are left out."
          + BooksReport.legend(moved),
        .faint))
    let hasHosts = scope.host == nil
    let isDays = scope.point != .run
    document.table(
      [Document.Column(isDays ? "until" : "until (UTC)")]
        + (hasHosts ? [Document.Column("hosts", isRightAligned: true, spare: 2)] : [])
        + [Document.Column("before", isRightAligned: true, spare: 3)]
        + moved.map {
          Document.Column(
            ($0.isOpening ? "+" : "-") + BooksReport.short($0), isRightAligned: true)
        }
        + [
          Document.Column("open", isRightAligned: true),
          Document.Column("%", isRightAligned: true, spare: 1),
        ],
      shown.map { point in
        let hosts: [Document.Line] =
          hasHosts
          ? [
            [.init("\(point.hosts)"), .init(point.joined > 0 ? " (+\(point.joined))" : "", .faint)]
          ]
          : []
        let time = isDays ? CivilTime.date(point.time) : CivilTime.short(point.time)
        return [[.init(time)]] + hosts + [[.init("\(point.books.before)")]]
          + moved.map { [.number(point.books[$0], BooksReport.style($0))] }
          + [[.init("\(point.open)", .strong)], [.init(point.compliance.text ?? "-")]]
      })
  }

  private static func open(_ trend: Trend, _ scope: Options, _ document: inout Document) {
    guard !trend.open.isEmpty else { return }
    let shown = trend.open.prefix(scope.limit)
    let more = shown.count < trend.open.count ? ", the first \(shown.count)" : ""
    document.heading(.init("Open failures (\(trend.open.count)\(more))"))
    document.table(
      [
        Document.Column("severity"), Document.Column("control", isFlexible: true),
        Document.Column("since", isFlexible: true),
        Document.Column("days", isRightAligned: true),
        Document.Column("hosts", isRightAligned: true), Document.Column("", isFlexible: true),
      ],
      shown.map { open in
        let days = Age(since: open.since, until: trend.time).days
        var notes: [String] = []
        if open.waived > 0 {
          notes.append(open.waived == open.hosts ? "waived" : "waived on \(open.waived)")
        }
        if open.leftOut > 0 { notes.append("left out by the newest run") }
        if open.turns >= TrendBuilder.leastTurns { notes.append("flaps") }
        return [
          [severity(open.severity)], name(open.check, trend.catalog),
          [.init(CivilTime.date(open.since)), .init(open.isFromStart ? " or before" : "", .faint)],
          [.init("\(days)")], [.init("\(open.hosts)")],
          [.init(notes.joined(separator: ", "), .notable)],
        ]
      })
  }

  /// A control's title and slug, or the id and title of a check without one.
  static func name(_ check: CheckKeys.Check, _ catalog: Catalog) -> Document.Line {
    guard let id = check.control else {
      return [
        .init(Untrusted(check.title)), .init(Untrusted(" \(check.checkID) unmapped"), .faint),
      ]
    }
    let title = catalog.controls.control(id)?.title ?? check.title
    return [.init(Untrusted(title)), .init(Untrusted(" " + id), .faint)]
  }

  /// A severity as a word in its colour.
  static func severity(_ severity: Severity?) -> Document.Span {
    .severity(severity)
  }

  static func words(_ point: TrendPoint) -> String {
    switch point {
    case .run: "a run"
    case .days(1): "a day"
    case .days(let days): "\(days) days"
    }
  }

  /// A number with its noun.
  static func count(_ number: Int, _ noun: String, _ nouns: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : nouns ?? noun + "s")"
  }

  static func duration(_ seconds: Int64) -> String {
    if seconds >= 2 * 86_400 { return Chart.Series.text(Double(seconds) / 86_400) + " days" }
    if seconds >= 7_200 { return Chart.Series.text(Double(seconds) / 3_600) + " hours" }
    return "\(seconds / 60) minutes"
  }
}
