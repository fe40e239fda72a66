/// A run of the database without its findings.
package struct RunSummary: Sendable {
  package var id: Int64
  package var host: String
  package var release: Release
  /// Where it stands among the runs of its host.
  package var order: RunOrder
  package var timeSource: TimeSource
  /// Whether another run of its host and system has the same start, so that which came first is a guess by path and
  /// place.
  package var isOrderGuessed = false
  package var form: ParsedRun.Form
  package var isComplete: Bool
  package var printedChecks: Int?
  package var printedScore: Int?
  /// What it was limited to.
  package var scope = RunScope.whole
  /// The file that it was read from, and the 1-based line there.
  package var path: String
  package var line: Int
  package var labels: [String: String]
  /// How many findings have which outcome.
  package var counts: [Outcome: Int]
  /// How many checks no edition knows.
  package var unmapped: Int

  /// Creates a summary.
  package init(
    id: Int64, host: String, release: Release, startedAt: Int64, timeSource: TimeSource,
    form: ParsedRun.Form, isComplete: Bool, printedChecks: Int?, printedScore: Int?, path: String,
    line: Int, labels: [String: String] = [:], counts: [Outcome: Int], unmapped: Int
  ) {
    self.id = id
    self.host = host
    self.release = release
    order = RunOrder(startedAt: startedAt)
    self.timeSource = timeSource
    self.form = form
    self.isComplete = isComplete
    self.printedChecks = printedChecks
    self.printedScore = printedScore
    self.path = path
    self.line = line
    self.labels = labels
    self.counts = counts
    self.unmapped = unmapped
  }

  /// Seconds since 1970, in UTC.
  package var startedAt: Int64 {
    get { order.startedAt }
    set { order.startedAt = newValue }
  }

  /// The id as it is written: 16 hexadecimal digits.
  package var name: String { Self.name(of: id) }

  /// Writes an id: 16 hexadecimal digits.
  package static func name(of id: Int64) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: max(16 - digits.count, 0)) + digits
  }
}

/// A run of the database with its findings.
package struct StoredRun: Sendable {
  package var summary: RunSummary
  /// In the order of the log.
  package var findings: [Finding]

  /// Creates a run.
  package init(summary: RunSummary, findings: [Finding]) {
    self.summary = summary
    self.findings = findings
  }
}
