import BenchAnalysis
import BenchCatalog
import BenchModel

/// Findings and runs for the tests of the analysis.
enum Example {
  static func finding(
    _ control: String?, _ outcome: Outcome, id: String = "1.1", items: [Item] = [],
    isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control, section: "host", checkID: id, title: "Title of \(id)", printed: .warn,
      outcome: outcome, line: 1, items: items, itemsTruncated: isTruncated)
  }

  static func container(_ name: String, stable: String? = nil, value: String = "") -> Item {
    Item(kind: .container, name: name, stableName: stable ?? name, value: value)
  }

  static func release(
    _ version: String = "v1.6.1", edition: String? = "e11-cis1.6.0b",
    tool: Tool = .dockerBenchSecurity
  ) -> Release {
    Release(tool: tool, printed: nil, edition: edition, earliest: version, latest: version)
  }

  static func run(
    _ findings: [Finding], isComplete: Bool = true, scope: RunScope = .whole,
    release: Release = release()
  ) -> ComparedRun {
    ComparedRun(release: release, isComplete: isComplete, scope: scope, findings: findings)
  }

  static func compare(_ base: ComparedRun, _ head: ComparedRun) -> Comparison {
    Comparison(from: base, to: head, criteria: .embedded, isKnown: EditionIndex.has)
  }

  /// The scope that a text describes.
  static func scope(_ text: String) -> RunScope { RunScope(text) ?? .whole }
}

/// The runs of some hosts, as the database would hand them out.
struct Past {
  /// A run with all that is known of it.
  struct Entry {
    var host: String
    var run: HistoryRun
    var findings: [Finding]
  }

  private(set) var entries: [Entry] = []
  private var releases: [Release] = []
  private var titles: [HistoryTitle] = []
  private var contents: [[Finding]] = []

  /// The first second of 2026, when the first day begins.
  static let start: Int64 = 1_767_225_600

  static func day(_ number: Int64) -> Int64 { start + number * 86_400 }

  /// Adds a run of findings.
  mutating func add(
    day: Int64, host: String = "web-1", findings: [Finding], release: Release = Example.release(),
    scope: String = "", isComplete: Bool = true
  ) {
    if !releases.contains(release) { releases.append(release) }
    for finding in findings where !titles.contains(Self.title(finding)) {
      titles.append(Self.title(finding))
    }
    if !contents.contains(findings) { contents.append(findings) }
    let run = HistoryRun(
      id: Int64(entries.count + 1), startedAt: Self.day(day),
      release: (releases.firstIndex(of: release) ?? 0) + 1,
      snapshot: (contents.firstIndex(of: findings) ?? 0) + 1, isComplete: isComplete,
      scope: Example.scope(scope))
    entries.append(Entry(host: host, run: run, findings: findings))
  }

  /// Adds a run of outcomes by control; a name that begins with a digit is a check that no edition knows.
  mutating func add(
    day: Int64, host: String = "web-1", _ outcomes: KeyValuePairs<String, Outcome>,
    release: Release = Example.release(), scope: String = "", isComplete: Bool = true
  ) {
    let findings = outcomes.map { name, outcome in
      name.first?.isNumber == true
        ? Example.finding(nil, outcome, id: name) : Example.finding(name, outcome)
    }
    add(
      day: day, host: host, findings: findings, release: release, scope: scope,
      isComplete: isComplete)
  }

  private static func title(_ finding: Finding) -> HistoryTitle {
    HistoryTitle(checkID: finding.checkID, title: finding.title, control: finding.control)
  }

  var keys: CheckKeys {
    CheckKeys(
      titles: Dictionary(
        uniqueKeysWithValues: titles.enumerated().map { (Int32($0.offset + 1), $0.element) }),
      releases: Dictionary(
        uniqueKeysWithValues: releases.enumerated().map { ($0.offset + 1, $0.element) }))
  }

  /// What a run found, as a history has it.
  func findings(of run: HistoryRun) -> [HistoryFinding] {
    contents[run.snapshot - 1].map { finding in
      HistoryFinding(
        title: Int32((titles.firstIndex(of: Self.title(finding)) ?? 0) + 1),
        outcome: finding.outcome)
    }
  }

  /// What is known of a host after its runs, what each run changed, and how many were read.
  func standing(_ host: String = "web-1") -> (standing: Standing, turns: [[Turn]], reads: Int) {
    let keys = keys
    var standing = Standing(keys)
    var turns: [[Turn]] = []
    var reads = 0
    for entry in entries where entry.host == host {
      var own: [Turn] = []
      standing.add(entry.run) {
        reads += 1
        return findings(of: entry.run)
      } turn: { turn in
        let check = keys.checks[turn.key]
        own.append(
          Turn(
            check: check.control ?? check.checkID, change: turn.change, isDoubtful: turn.isDoubtful)
        )
      }
      turns.append(own)
    }
    return (standing, turns, reads)
  }

  /// What a run changed of a check.
  struct Turn: Equatable, CustomStringConvertible {
    var check: String
    var change: Change?
    var isDoubtful = false

    var description: String {
      "\(check) \(change?.rawValue ?? "no change")\(isDoubtful ? " in doubt" : "")"
    }
  }

  /// What is known of a check of a host in the end.
  func known(_ check: String, host: String = "web-1") -> Standing.Known? {
    let keys = keys
    return keys.checks.firstIndex { ($0.control ?? $0.checkID) == check }.flatMap {
      standing(host).standing.known[$0]
    }
  }

  /// All that is known of a host in the end.
  func host(_ host: String = "web-1") -> HostFindings {
    HostFindings(host, standing(host).standing, keys) { contents[$0.snapshot - 1] }
  }

  /// A run without its findings.
  func summary(_ run: HistoryRun, host: String = "web-1") -> RunSummary {
    RunSummary(
      id: run.id, host: host, release: releases[run.release - 1], startedAt: run.startedAt,
      timeSource: .log, form: .text, isComplete: run.isComplete, printedChecks: nil,
      printedScore: nil, path: "run-\(run.id).log", line: 1, counts: [:],
      unmapped: contents[run.snapshot - 1].count { $0.control == nil })
  }

  /// The trend of all hosts.
  func trend(
    axis: TrendBuilder.Axis = .runs, policy: Policy = Policy(), window: Int = 10,
    staleDays: Int = 7, day: Int64 = 10
  ) -> Trend {
    var builder = TrendBuilder(
      keys, policy: policy, axis: axis, window: window, staleDays: staleDays, time: Self.day(day))
    for host in Set(entries.map(\.host)).sorted() {
      builder.begin(host: host)
      for entry in entries where entry.host == host {
        builder.add(entry.run) { findings(of: entry.run) }
      }
      builder.endHost { contents[$0.snapshot - 1] }
    }
    return builder.build()
  }
}
