package import BenchHistory
package import BenchAnalysis
package import BenchModel

/// What an import did with one run.
package struct ImportedRun: Sendable {
  package var id: Int64
  package var host: String
  package var release: Release
  package var startedAt: Int64
  package var status: ImportStatus
  package var isComplete: Bool
  package var checks: Int
  package var failures: Int
  package var path: String
  package var line: Int
  /// How many lines of the log were of which kind.
  package var lines: LineTally

  /// Describes a run that was handed to the database.
  package init(_ run: Run, _ lines: LineTally, id: Int64, status: ImportStatus, path: String) {
    self.lines = lines
    self.id = id
    self.status = status
    self.path = path
    host = run.host
    release = run.release
    startedAt = run.startedAt
    isComplete = run.isComplete
    checks = run.findings.count
    failures = run.findings.count { $0.outcome == .fail }
    line = run.line
  }
}

/// Something that an import noticed, in words.
package struct ImportProblem: Sendable {
  package var path: String
  package var line: Int
  package var severity: Diagnostic.Severity
  package var message: String

  /// Creates a problem.
  package init(path: String, line: Int, severity: Diagnostic.Severity, message: String) {
    self.path = path
    self.line = line
    self.severity = severity
    self.message = message
  }
}

/// `benchtrail.import.v1`: what an import did.
package struct ImportJSON: Encodable {
  struct ImportedRunJSON: Encodable {
    let id: String
    let host: String
    let tool: String
    let toolVersion: String?
    let edition: String?
    let startedAt: String
    let status: String
    let complete: Bool
    let checks: Int
    let source: SourceJSON
    let lines: [String: Int]

    private enum Key: String, CodingKey {
      case id, host, tool, toolVersion, edition, startedAt, status, complete, checks, source, lines
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(host, forKey: .host)
      try container.encode(tool, forKey: .tool)
      try container.encode(toolVersion, forKey: .toolVersion)
      try container.encode(edition, forKey: .edition)
      try container.encode(startedAt, forKey: .startedAt)
      try container.encode(status, forKey: .status)
      try container.encode(complete, forKey: .complete)
      try container.encode(checks, forKey: .checks)
      try container.encode(source, forKey: .source)
      try container.encode(lines, forKey: .lines)
    }
  }

  struct ProblemJSON: Encodable {
    let path: String
    let line: Int
    let severity: String
    let message: String
  }

  let schema = "benchtrail.import.v1"
  let dryRun: Bool
  let runs: [ImportedRunJSON]
  let changes: [ImportedChangeJSON]
  let gate: GateJSON?
  let problems: [ProblemJSON]

  /// Describes an import.
  package init(
    _ runs: [ImportedRun], _ changes: [ImportedChange], _ problems: [ImportProblem],
    gate: Gate? = nil, isDryRun: Bool
  ) {
    dryRun = isDryRun
    self.gate = gate.map(GateJSON.init)
    self.changes = changes.map(ImportedChangeJSON.init)
    self.runs = runs.map { run in
      ImportedRunJSON(
        id: RunSummary.name(of: run.id), host: run.host, tool: run.release.tool.name,
        toolVersion: run.release.printed, edition: run.release.edition,
        startedAt: CivilTime.rfc3339(run.startedAt), status: run.status.rawValue,
        complete: run.isComplete,
        checks: run.checks, source: SourceJSON(path: run.path, line: run.line),
        lines: [
          "checks": run.lines.checks, "headings": run.lines.headings, "details": run.lines.details,
          "banner": run.lines.banner,
          "totals": run.lines.totals, "remediation": run.lines.remediation,
          "blank": run.lines.blank, "noise": run.lines.noise, "unread": run.lines.unread,
        ])
    }
    self.problems = problems.map {
      ProblemJSON(
        path: $0.path, line: $0.line, severity: $0.severity.name, message: $0.message)
    }
  }
}

/// The report for people on what an import did.
package enum ImportReport {
  /// More runs than these are counted and not listed.
  private static let most = 20

  /// Describes an import.
  ///
  /// - Parameters:
  ///   - runs: The runs that were read.
  ///   - changes: What changed on each host; hosts beyond the first ones are counted only.
  ///   - isDryRun: Whether nothing was kept.
  /// - Returns: The report.
  package static func document(
    _ runs: [ImportedRun], _ changes: [ImportedChange] = [], isDryRun: Bool
  ) -> Document {
    var document = Document()
    if runs.count <= most {
      document.table(
        [
          Document.Column(""), Document.Column("run"), Document.Column("host", isFlexible: true),
          Document.Column("started (UTC)"), Document.Column("edition", spare: 1),
          Document.Column("fail", isRightAligned: true), Document.Column("", isFlexible: true),
        ],
        runs.map { run in
          [
            [.init(run.status.rawValue, run.status == .present ? .faint : .good)],
            [.init(String(RunSummary.name(of: run.id).prefix(10)), .notable)],
            [.init(Untrusted(run.host))], [.init(CivilTime.short(run.startedAt))],
            [.init(Untrusted(run.release.edition ?? "unknown"))],
            [.init("\(run.failures)", .bad)], [.init(run.isComplete ? "" : "incomplete", .notable)],
          ]
        })
    }
    var counts: [ImportStatus: Int] = [:]
    for run in runs { counts[run.status, default: 0] += 1 }
    let hosts = Set(runs.map(\.host)).count
    let words = [ImportStatus.imported, .replaced, .present].compactMap { status in
      counts[status].map { "\($0) \(status.rawValue)" }
    }
    let runWord = runs.count == 1 ? "run" : "runs"
    let hostWord = hosts == 1 ? "host" : "hosts"
    document.paragraph(
      .init("\(runs.count) \(runWord) of \(hosts) \(hostWord): \(words.joined(separator: ", "))"),
      .init(isDryRun ? " (dry run: nothing was changed)" : "", .notable))
    for change in changes.prefix(most) { document.paragraph(change.line) }
    if changes.count > most { document.paragraph(rest(changes)) }
    return document
  }

  /// What changed on all hosts together, where there are too many to list.
  private static func rest(_ changes: [ImportedChange]) -> Document.Line {
    let compared = changes.compactMap(\.summary)
    let worse = compared.reduce(0) { $0 + $1.worse }
    let fixed = compared.reduce(0) { $0 + $1.fixed }
    let first = changes.count { $0.base == nil }
    return [
      .init("and \(changes.count - most) more; on all together "),
      .init("\(worse) worse", worse > 0 ? .bad : .good),
      .init(" on \(compared.count { $0.worse > 0 }), "), .init("\(fixed) fixed", .good),
      .init(" on \(compared.count { $0.fixed > 0 })"),
      .init(first > 0 ? ", \(TrendReport.count(first, "first run"))" : ""),
      .init(": 'benchtrail compare --fleet' lists them"),
    ]
  }
}
