package import BenchAnalysis
package import BenchHistory
import BenchModel

/// The report for people on what changed on every host since the run before.
package enum FleetReport {
  /// Describes a comparison of all hosts, those that got worse first.
  ///
  /// - Parameters:
  ///   - fleet: The comparison.
  ///   - limit: The most rows of each list.
  ///   - policy: Says how severe a failure is; nil for the catalogue alone.
  /// - Returns: The report.
  package static func document(
    _ fleet: FleetComparison, limit: Int, policy: Policy? = nil
  ) -> Document {
    let policy = policy ?? Policy(fleet.catalog)
    var document = Document()
    let changed = fleet.changed
    document.heading(.init("Every host's newest run against the one before it"))
    let worse = fleet.worse
    document.paragraph(
      .init("\(worse) got worse", worse > 0 ? .bad : .good),
      .init(
        ", \(fleet.changedHosts - worse) changed otherwise, \(fleet.unchanged) unchanged, "
          + "\(fleet.single.count) with one run only"),
      .init(
        fleet.incomparable.isEmpty
          ? "" : ", \(fleet.incomparable.count) that cannot be compared", .notable))
    if !changed.isEmpty {
      let shown = changed.prefix(limit)
      let more = shown.count < changed.count ? ", the first \(shown.count)" : ""
      document.heading(.init("Hosts (\(changed.count)\(more))"))
      document.table(hostColumns, shown.map(row))
    }
    let controls = fleet.controls
    if !controls.isEmpty {
      let shown = controls.prefix(limit)
      let more = shown.count < controls.count ? ", the first \(shown.count)" : ""
      document.heading(.init("Controls (\(controls.count)\(more))"))
      document.table(
        [
          Document.Column(""), Document.Column("severity"),
          Document.Column("control", isFlexible: true),
          Document.Column("hosts", isRightAligned: true),
          Document.Column("such as", isFlexible: true),
        ],
        shown.map { tally in
          let check = CheckKeys.Check(
            control: tally.control, checkID: tally.checkID, title: tally.title)
          return [
            [ComparisonReport.word(tally.change)],
            [TrendReport.severity(policy.severity(of: tally.control))],
            TrendReport.name(check, fleet.catalog),
            [.init("\(tally.hosts)")],
            [.init(Untrusted(tally.examples.joined(separator: ", ")), .faint)],
          ]
        })
    }
    for (hosts, words) in [
      (fleet.single, "Only one run: "), (fleet.incomparable, "Cannot be compared: "),
    ] where !hosts.isEmpty {
      document.paragraph(
        .init(words, .faint), .init(Untrusted(hosts.prefix(limit).joined(separator: ", "))),
        .init(hosts.count > limit ? " and \(hosts.count - limit) more" : ""))
    }
    return document
  }

  private static let hostColumns = [
    Document.Column("host", isFlexible: true), Document.Column("from (UTC)", spare: 1),
    Document.Column("to (UTC)"), Document.Column("worse", isRightAligned: true),
    Document.Column("more items", isRightAligned: true),
    Document.Column("fixed", isRightAligned: true),
    Document.Column("left open", isRightAligned: true),
    Document.Column("logic changed", isRightAligned: true),
  ]

  private static func row(_ change: FleetComparison.HostChange) -> [Document.Line] {
    let comparison = change.comparison
    return [
      [.init(Untrusted(change.head.host))], [.init(CivilTime.short(change.base.startedAt))],
      [.init(CivilTime.short(change.head.startedAt))], [.number(comparison.worse, .bad)],
      [.number(comparison.withMoreItems, .bad)],
      [.number(comparison.count(.fixed), .good)], [.number(comparison.leftOpen, .notable)],
      [.number(comparison.criterionChanged, .notable)],
    ]
  }
}

/// `benchtrail.fleet.v1`: what changed on every host since the run before.
package struct FleetJSON: Encodable {
  struct HostJSON: Encodable {
    let host: String
    let base: String
    let head: String
    let baseStartedAt: String
    let headStartedAt: String
    let counts: [String: Int]
    let changes: [ChangeJSON]
  }

  let schema = "benchtrail.fleet.v1"
  let unchanged: Int
  let singleRun: [String]
  let incomparable: [String]
  let hosts: [HostJSON]

  /// Describes a comparison, with the changes that are news, and the severities of a policy, or else of the catalogue.
  package init(_ fleet: FleetComparison, policy: Policy? = nil) {
    let policy = policy ?? Policy(fleet.catalog)
    unchanged = fleet.unchanged
    singleRun = fleet.single
    incomparable = fleet.incomparable
    hosts = fleet.changed.map { change in
      HostJSON(
        host: change.head.host, base: change.base.name, head: change.head.name,
        baseStartedAt: CivilTime.rfc3339(change.base.startedAt),
        headStartedAt: CivilTime.rfc3339(change.head.startedAt),
        counts: ComparisonJSON.counts(change.comparison),
        changes: change.comparison.changes.filter(\.isNews).map {
          ChangeJSON($0, policy)
        })
    }
  }
}
