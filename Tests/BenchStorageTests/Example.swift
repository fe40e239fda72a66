import BenchHistory
import BenchModel
import BenchStorage
import BenchTestSupport

/// Runs and findings for the tests of the database.
enum Example {
  static func finding(
    _ control: String?, _ outcome: Outcome = .fail, section: String = "daemon", id: String = "2.1",
    line: Int = 5, details: [String] = [], items: [Item] = []
  ) -> Finding {
    Finding(
      control: control, section: section, checkID: id, title: "Title of \(id)", printed: .warn,
      outcome: outcome, line: line, details: details, items: items)
  }

  static let findings = [
    finding("host-partition", .pass, section: "host", id: "1.1", line: 4),
    finding("daemon-icc-disabled", id: "2.1", line: 6, details: ["one", "two"]),
    finding(
      "image-user-created", section: "images", id: "4.1", line: 9,
      details: ["Running as root: web"],
      items: [
        Item(kind: .container, name: "shop_web_1", stableName: "shop_web", value: "80"),
        Item(kind: .image, name: "nginx:1.25", stableName: "nginx:1.25"),
      ]),
    finding("daemon-rootless", .manual, id: "2.2", line: 14),
    finding(nil, .info, section: "unmapped", id: "9.9", line: 15),
  ]

  static func run(
    _ startedAt: Int64 = 1_767_225_600, host: String = "web-1", form: ParsedRun.Form = .text,
    timeSource: TimeSource = .log, isComplete: Bool = true, printed: String? = "1.6.0",
    line: Int = 1,
    findings: [Finding] = Example.findings
  ) -> Run {
    Run(
      host: host,
      release: Release(
        tool: .dockerBenchSecurity, printed: printed, edition: "e11-cis1.6.0b", earliest: "v1.6.1",
        latest: "v1.6.1"), form: form, startedAt: startedAt, timeSource: timeSource,
      isComplete: isComplete,
      printedChecks: 5, printedScore: -1, line: line, findings: findings)
  }

  /// The run a day later than the first, two days later, and so on.
  static func day(_ number: Int64) -> Int64 { 1_767_225_600 + number * 86_400 }
}

extension RunStore {
  /// Stores runs, and returns what became of each.
  @discardableResult
  func add(
    _ runs: [Run], path: String = "bench.log", labels: [(key: String, value: String)] = [],
    isDryRun: Bool = false
  ) throws -> [StoreResult] {
    try write(isDryRun: isDryRun) { writer in
      try runs.map {
        try writer.store(
          $0, path: path, labels: labels, importedAt: 1_800_000_000)
      }
    }
  }

  /// The number of runs, and what is wrong with the database.
  func state() throws -> (runs: Int, problems: [String]) {
    (try runs(RunFilter()).count, try check())
  }
}
