package import BenchHistory
import BenchModel

/// The report on runs that are taken out.
package enum ForgetReport {
  /// Says what goes, or what would go.
  ///
  /// - Parameters:
  ///   - hosts: The runs by their hosts.
  ///   - isDryRun: Whether nothing was changed.
  /// - Returns: The report.
  package static func document(_ hosts: [ForgottenHost], isDryRun: Bool) -> Document {
    var document = Document()
    guard !hosts.isEmpty else {
      document.paragraph(.init("No run is meant; nothing was changed."))
      return document
    }
    document.table(
      [
        Document.Column("host", isFlexible: true), Document.Column("runs", isRightAligned: true),
        Document.Column("first (UTC)"), Document.Column("last (UTC)"),
        Document.Column("left", isRightAligned: true), Document.Column("", isFlexible: true),
      ],
      hosts.map { host in
        let starts = host.runs.map(\.startedAt)
        let baselines = host.baselines.count
        return [
          [.init(Untrusted(host.host), .strong)], [.init("\(host.runs.count)", .bad)],
          [.init(CivilTime.short(starts.min() ?? 0))], [.init(CivilTime.short(starts.max() ?? 0))],
          [host.left == 0 ? .init("none", .notable) : .init("\(host.left)")],
          baselines == 0
            ? [] : [.init(baselines == 1 ? "its baseline too" : "its baselines too", .notable)],
        ]
      })
    let runs = hosts.reduce(0) { $0 + $1.runs.count }
    let what =
      "\(TrendReport.count(runs, "run")) of \(TrendReport.count(hosts.count, "host"))"
    if isDryRun {
      document.paragraph(
        .init("\(what) would go. Nothing was changed: add '--yes' to remove them."))
    } else {
      document.paragraph(.init("\(what) \(runs == 1 ? "is" : "are") gone."))
    }
    return document
  }
}

/// `benchtrail.forget.v1`: the runs that are taken out.
package struct ForgetJSON: Encodable {
  struct HostJSON: Encodable {
    let host: String
    let runs: [String]
    let first: String
    let last: String
    let left: Int
    let baselines: [String]
  }

  let schema = "benchtrail.forget.v1"
  let dryRun: Bool
  let runs: Int
  let hosts: [HostJSON]

  /// Describes what goes.
  package init(_ hosts: [ForgottenHost], isDryRun: Bool) {
    dryRun = isDryRun
    runs = hosts.reduce(0) { $0 + $1.runs.count }
    self.hosts = hosts.map { host in
      let starts = host.runs.map(\.startedAt)
      return HostJSON(
        host: host.host, runs: host.runs.map(\.name),
        first: CivilTime.rfc3339(starts.min() ?? 0), last: CivilTime.rfc3339(starts.max() ?? 0),
        left: host.left, baselines: host.baselines.map(\.name))
    }
  }
}
