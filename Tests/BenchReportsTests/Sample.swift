import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport

/// Values that never change, for the snapshots.
enum Sample {
  static let hostile = "web\u{1b}[31m\u{9b}2J\u{202e}gpj\n[PASS] 1.1"

  static func release(_ edition: String?, printed: String? = "1.6.0", version: String = "v1.6.1")
    -> Release
  {
    Release(
      tool: .dockerBenchSecurity, printed: printed, edition: edition, earliest: version,
      latest: version)
  }

  static let base = RunSummary(
    id: 0x1234_5678_9abc_def0, host: "web-1", release: release("e10-cis1.5.0", version: "v1.6.0"),
    startedAt: 1_767_225_600, timeSource: .log, form: .text, isComplete: true, printedChecks: 117,
    printedScore: -17,
    path: "logs/web-1/bench.log", line: 1, labels: ["baseline": "yes"],
    counts: [.pass: 40, .fail: 30, .manual: 20, .info: 17, .notApplicable: 10], unmapped: 0)

  static let head = RunSummary(
    id: 0x0fed_cba9_8765_4321, host: "web-1", release: release("e11-cis1.6.0b"),
    startedAt: 1_767_312_000,
    timeSource: .logWithoutMinutes, form: .json, isComplete: false, printedChecks: nil,
    printedScore: nil,
    path: "logs/web-1/bench.log", line: 420, counts: [.pass: 12, .fail: 3], unmapped: 2)

  static let other = RunSummary(
    id: 7, host: hostile, release: release(nil, printed: nil, version: ""), startedAt: 0,
    timeSource: .file,
    form: .text, isComplete: true, printedChecks: nil, printedScore: nil, path: "a\tb\n" + hostile,
    line: 1, counts: [:],
    unmapped: 0)

  static let runs = [head, base, other]

  static func item(_ name: String, _ kind: ItemKind = .container, value: String = "") -> Item {
    Item(kind: kind, name: name, stableName: name, value: value)
  }

  static func finding(
    _ control: String?, _ outcome: Outcome, id: String, items: [Item] = [], details: [String] = [],
    isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control, section: "daemon", checkID: id, title: "A title as printed for \(id)",
      printed: .warn,
      outcome: outcome, line: 12, details: details, items: items, itemsTruncated: isTruncated)
  }

  static let findings = [
    finding("host-partition", .pass, id: "1.1.1"),
    finding("daemon-icc-disabled", .fail, id: "2.2"),
    finding(
      "image-user-created", .fail, id: "4.1",
      items: [
        item("web-frontend"), item("データベース"), item(hostile), item("web-frontend", value: "80"),
        item("web-frontend", value: "443"),
      ], details: ["Running as root: " + hostile], isTruncated: true),
    finding(nil, .manual, id: "9.1", items: (1...12).map { item("container-number-\($0)") }),
    finding("swarm-bind-interface", .notApplicable, id: "7.2"),
    finding("operations-image-sprawl", .info, id: "6.1"),
  ]

  static let later = [
    finding("host-partition", .fail, id: "1.1.1"),
    finding("daemon-icc-disabled", .pass, id: "2.2"),
    finding(
      "image-user-created", .fail, id: "4.1", items: [item("web-frontend"), item("api-gateway")]),
    finding("container-apparmor", .fail, id: "5.2", items: [item(hostile)]),
    finding("operations-image-sprawl", .pass, id: "6.1"),
    finding("swarm-bind-interface", .notApplicable, id: "7.2"),
  ]

  static let comparison = Comparison(
    from: ComparedRun(release: base.release, isComplete: true, findings: findings),
    to: ComparedRun(release: head.release, isComplete: false, findings: later))

  static let imported: [ImportedRun] = [
    (ImportStatus.imported, base), (.present, other), (.replaced, head),
  ]
  .map { status, summary in
    ImportedRun(
      Run(
        host: summary.host, release: summary.release, form: summary.form,
        startedAt: summary.startedAt,
        timeSource: summary.timeSource, isComplete: summary.isComplete, printedChecks: nil,
        printedScore: nil,
        line: summary.line, findings: findings), LineTally(), id: summary.id, status: status,
      path: summary.path)
  }

  static let problems = [
    ImportProblem(
      path: "logs/" + hostile, line: 3, severity: .warning, message: "a message about " + hostile),
    ImportProblem(path: "logs/b.log", line: 0, severity: .error, message: "no such file"),
  ]

  /// Nothing is decided.
  static let judgement = Judgement(Policy(), at: 0)
}
