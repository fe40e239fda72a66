import BenchHistory
package import BenchAnalysis
import BenchModel

/// `benchtrail.trend.v1`: how findings moved.
package struct TrendJSON: Encodable {
  struct PointJSON: Encodable {
    let time: String
    let run: String?
    let hosts: Int
    let open: Int
    let severities: [String: Int]
    let unrated: Int
    let stride: [String: Int]
    let pass: Int
    let compliance: Double?
    let joined: Int
    let books: BooksJSON
    let regressed: Int
    let newlySeen: Int
    let fixed: Int
    let criterionChanged: Int
  }

  struct OpenJSON: Encodable {
    let control: String
    let checkId: String
    let title: String
    let severity: String?
    let stride: [String]
    let hosts: Int
    let since: String
    let sinceFirstRun: Bool
    let ageDays: Int
    let leftOut: Int
    let waived: Int
    let changes: Int
  }

  struct FlappingJSON: Encodable {
    let host: String
    let control: String
    let checkId: String
    let changes: Int
    let open: Bool
  }

  struct StaleJSON: Encodable {
    let host: String
    let lastRun: String
  }

  let schema = "benchtrail.trend.v1"
  let host: String?
  let hosts: Int
  let runs: Int
  let asOf: String
  let complianceFormula = "pass / (pass + fail), by what was last known of each control"
  let points: [PointJSON]
  let open: [OpenJSON]
  let waived: Int
  let leftOut: Int
  let retired: Int
  let fixed: Int
  let meanSecondsToFix: Int64?
  let flappingWindow: Int
  let flapping: [FlappingJSON]
  let staleDays: Int
  let stale: [StaleJSON]

  /// Describes a trend.
  package init(_ trend: Trend, host: String?) {
    self.host = host
    hosts = trend.hosts
    runs = trend.runs
    asOf = CivilTime.rfc3339(trend.time)
    points = trend.points.map { point in
      PointJSON(
        time: CivilTime.rfc3339(point.time), run: point.run.map(RunSummary.name),
        hosts: point.hosts, open: point.open,
        severities: Dictionary(
          uniqueKeysWithValues: Severity.allCases.map { ($0.name, point.severities[$0] ?? 0) }),
        unrated: point.unrated,
        stride: Dictionary(
          uniqueKeysWithValues: Stride.allCases.map { ($0.name, point.stride[$0] ?? 0) }),
        pass: point.pass, compliance: point.compliance.percent, joined: point.joined,
        books: BooksJSON(point.books), regressed: point.books[.regressed],
        newlySeen: point.books[.newlySeen], fixed: point.books[.fixed],
        criterionChanged: point.criterionChanged)
    }
    open = trend.open.map { open in
      OpenJSON(
        control: open.check.control ?? "unmapped", checkId: open.check.checkID,
        title: open.check.title, severity: open.severity?.name, stride: open.stride.map(\.name),
        hosts: open.hosts, since: CivilTime.rfc3339(open.since), sinceFirstRun: open.isFromStart,
        ageDays: Age(since: open.since, until: trend.time).days, leftOut: open.leftOut,
        waived: open.waived,
        changes: open.turns)
    }
    waived = trend.waived
    leftOut = trend.leftOut
    retired = trend.retired
    fixed = trend.fixed
    meanSecondsToFix = trend.meanTimeToFix
    flappingWindow = trend.window
    flapping = trend.flapping.map {
      FlappingJSON(
        host: $0.host, control: $0.check.control ?? "unmapped", checkId: $0.check.checkID,
        changes: $0.turns, open: $0.isOpen)
    }
    staleDays = trend.staleDays
    stale = trend.stale.map {
      StaleJSON(host: $0.host, lastRun: CivilTime.rfc3339($0.lastRun))
    }
  }
}
