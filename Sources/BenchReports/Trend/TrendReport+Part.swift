import BenchAnalysis
import BenchHistory
import BenchModel

extension TrendReport {
  /// Adds a trend as a part of a document: what moved, and the numbers behind it folded.
  static func part(_ trend: Trend, _ scope: Options, _ document: inout Document) {
    guard !trend.points.isEmpty else {
      document.paragraph(.init("No runs."))
      return
    }
    document.paragraph(
      .init("\(count(trend.runs, "run")); each point is \(words(scope.point)). "),
      .init("What a run left out stays open. ", .faint), .init("benchtrail trend", .code))
    if let last = trend.points.last, trend.waived > 0 {
      document.paragraph([.init("With what is accepted: ")] + levels(last, waived: trend.waived))
    }
    charts(trend, &document)
    if scope.host == nil, trend.points.contains(where: { $0.joined > 0 }) {
      document.chart(
        Chart(
          "hosts", unit: "", times: trend.points.map(\.time),
          series: [Chart.Series("hosts", .plain, trend.points.map { Double($0.hosts) })]))
    }
    var numbers = Document()
    points(trend, scope, &numbers)
    document.blocks.append(
      .folded(title: [.init("The numbers, point by point")], numbers.withoutHeading))
    flapping(trend, scope, &document)
    rest(trend, scope, &document)
  }

  static func flapping(_ trend: Trend, _ scope: Options, _ document: inout Document) {
    guard !trend.flapping.isEmpty else { return }
    document.heading(
      .init("Flapping (\(trend.flapping.count)): \(TrendBuilder.leastTurns) changes or more"),
      .init(" in the last \(trend.window) runs"))
    document.table(
      [
        Document.Column("host", isFlexible: true), Document.Column("control", isFlexible: true),
        Document.Column("changes", isRightAligned: true), Document.Column("now"),
      ],
      trend.flapping.prefix(scope.limit).map { entry in
        [
          [.init(Untrusted(entry.host))], name(entry.check, trend.catalog),
          [.init("\(entry.turns)")],
          [entry.isOpen ? .init("fails", .bad) : .init("does not fail")],
        ]
      })
  }

  static func rest(_ trend: Trend, _ scope: Options, _ document: inout Document) {
    document.heading(.init("Also"))
    if let seconds = trend.meanTimeToFix {
      document.bullet([
        .init("mean time to fix: \(duration(seconds))"),
        .init(", over \(count(trend.fixed, "fixed failure"))", .faint),
      ])
    } else {
      document.bullet([.init("mean time to fix: nothing was fixed in these runs", .faint)])
    }
    if trend.leftOut > 0 {
      document.bullet([
        .init("\(trend.leftOut) open that the newest run of their host left out", .notable)
      ])
    }
    if trend.retired > 0 {
      document.bullet([
        .init(
          "\(count(trend.retired, "failure")) of checks that the tool's newest edition does not have: "
            + "neither open nor fixed")
      ])
    }
    guard !trend.stale.isEmpty else {
      document.bullet([.init("every host has a run in the last \(trend.staleDays) days", .good)])
      return
    }
    var line: Document.Line = [
      .init("\(count(trend.stale.count, "host")) without a run", .notable),
      .init(" for more than \(trend.staleDays) days: "),
    ]
    let shown = trend.stale.prefix(scope.limit)
    for (number, stale) in shown.enumerated() {
      line.append(.init(Untrusted(stale.host)))
      line.append(.init(" (\(CivilTime.date(stale.lastRun)))", .faint))
      if number < shown.count - 1 { line.append(.init(", ")) }
    }
    if shown.count < trend.stale.count {
      line.append(.init(" and \(trend.stale.count - shown.count) more"))
    }
    document.bullet(line)
  }
}
