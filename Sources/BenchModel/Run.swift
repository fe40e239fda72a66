/// The identity of a control: a slug such as `daemon-icc-disabled` that survives renumbering.
package typealias ControlID = String

/// The outcome of one control in one run.
package struct Finding: Hashable, Sendable {
  /// The control, or nil for a check that no edition knows.
  package var control: ControlID?
  /// The part of the host that the control is about, which stays where section numbers change;
  /// `unmapped` for a check that no edition knows.
  package var section: String
  /// The number as printed.
  package var checkID: String
  /// The title as printed, without the mark of its kind and without what the run added to it.
  package var title: String
  /// The word as printed.
  package var printed: Status
  package var outcome: Outcome
  /// The 1-based line in the log.
  package var line: Int
  /// The lines below the check, as printed.
  package var details: [String]
  package var items: [Item]
  /// Whether the tool was told to list only so many items (`-n`), or the log ends in the list.
  package var itemsTruncated: Bool

  /// Creates a finding.
  package init(
    control: ControlID?, section: String, checkID: String, title: String, printed: Status,
    outcome: Outcome, line: Int, details: [String] = [], items: [Item] = [],
    itemsTruncated: Bool = false
  ) {
    self.control = control
    self.section = section
    self.checkID = checkID
    self.title = title
    self.printed = printed
    self.outcome = outcome
    self.line = line
    self.details = details
    self.items = items
    self.itemsTruncated = itemsTruncated
  }
}

extension Finding {
  /// How many different items there are, by their kinds and stable names.
  package var itemCount: Int { Self.count(items) }

  /// How many different items there are among several.
  package static func count(_ items: [Item]) -> Int {
    items.count < 2 ? items.count : Set(items.map { ItemName($0) }).count
  }

  private struct ItemName: Hashable {
    var kind: ItemKind
    var name: String

    init(_ item: Item) { (kind, name) = (item.kind, item.stableName) }
  }
}

/// What is known of the tool that made a run.
package struct Release: Hashable, Sendable {
  package var tool: Tool
  /// The version as printed, which does not tell the numbering; nil where the log has none.
  package var printed: String?
  /// The edition of the run's checks, such as `e11-cis1.6.0b`; nil if none fits.
  package var edition: String?
  /// The labels of the earliest and latest version that the run can be from, by what it printed.
  package var earliest: String
  package var latest: String

  /// Creates a release.
  package init(
    tool: Tool, printed: String?, edition: String?, earliest: String, latest: String
  ) {
    self.tool = tool
    self.printed = printed
    self.edition = edition
    self.earliest = earliest
    self.latest = latest
  }
}

/// Where a run's time comes from.
package enum TimeSource: UInt8, Hashable, Sendable {
  /// The log itself.
  case log = 0
  /// The log, but for the minutes, which its version prints wrongly.
  case logWithoutMinutes = 1
  /// The person who imported it.
  case given = 2
  /// The file's time of change.
  case file = 3
}

/// One execution of a bench tool on one host, with its results understood.
package struct Run: Sendable {
  package var host: String
  package var release: Release
  package var form: ParsedRun.Form
  /// Seconds since 1970, in UTC.
  package var startedAt: Int64
  package var timeSource: TimeSource
  /// What the start has beyond its seconds, where it is a file's time of change.
  package var nanoseconds = 0
  /// The time of change of the file that it was read from; nil for standard input and in tests.
  package var fileTime: FileTime?
  /// The size of that file in bytes.
  package var fileSize: Int64?
  package var isComplete: Bool
  package var printedChecks: Int?
  package var printedScore: Int?
  /// The 1-based first line in the log.
  package var line: Int
  package var findings: [Finding]
  /// What a person says that it was limited to; nil where nobody said anything.
  package var scope: RunScope?
  /// The bytes that it was read from; nil where they are not kept.
  package var evidence: Evidence?
  /// Whether its log holds a later run, so that the log's time is not this one's.
  package var isFollowed = false

  /// Creates a run.
  package init(
    host: String, release: Release, form: ParsedRun.Form, startedAt: Int64, timeSource: TimeSource,
    isComplete: Bool, printedChecks: Int?, printedScore: Int?, line: Int, findings: [Finding]
  ) {
    self.host = host
    self.release = release
    self.form = form
    self.startedAt = startedAt
    self.timeSource = timeSource
    self.isComplete = isComplete
    self.printedChecks = printedChecks
    self.printedScore = printedScore
    self.line = line
    self.findings = findings
  }
}
