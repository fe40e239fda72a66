import BenchCatalog
package import BenchHistory
package import BenchModel

/// The runs of some hosts, kept in memory: a history as a database would hand it out.
package struct Past: History, Sendable {
  /// A run with all that is known of it.
  package struct Entry: Sendable {
    package var host: String
    package var run: HistoryRun
    package var findings: [Finding]
    package var summary: RunSummary
    /// The bytes that it was read from.
    package var evidence: Evidence?
  }

  /// In the order in which they were added.
  package private(set) var entries: [Entry] = []
  private var releaseList: [Release] = []
  private var titleList: [HistoryTitle] = []
  private var numbers: [HistoryTitle: Int32] = [:]
  private var contents: [[Finding]] = []
  /// Since when, and until when, a run was a baseline.
  private var marks: [(id: Int64, since: Int64, until: Int64?)] = []
  /// The time as of which a run is a baseline; nil for now.
  package var time: Int64?

  /// Creates a history without a run.
  package init() {}

  /// The first second of 2026, when the first day begins.
  package static let start: Int64 = 1_767_225_600

  /// The first second of a day, counted from 0.
  package static func day(_ number: Int64) -> Int64 { start + number * 86_400 }

  // MARK: Runs

  /// Adds a run of findings.
  package mutating func add(
    day: Int64, host: String = "web-1", findings: [Finding], release: Release = Example.release(),
    scope: String = "", isComplete: Bool = true
  ) {
    let id = Int64(entries.count + 1)
    add(
      id: id, order: RunOrder(startedAt: Self.day(day), sequence: id), host: host,
      findings: findings, release: release, scope: Example.scope(scope), isComplete: isComplete)
  }

  /// Adds a run of outcomes by control; a name that begins with a digit is a check that no edition knows.
  package mutating func add(
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

  /// Adds a run as a database would have it.
  package mutating func add(
    id: Int64, order: RunOrder, host: String, findings: [Finding], release: Release,
    scope: RunScope = .whole, isComplete: Bool = true, timeSource: TimeSource = .log,
    path: String? = nil, line: Int = 1, labels: [String: String] = [:]
  ) {
    if !releaseList.contains(release) { releaseList.append(release) }
    for finding in findings {
      let title = Self.title(finding)
      guard numbers[title] == nil else { continue }
      titleList.append(title)
      numbers[title] = Int32(titleList.count)
    }
    // The lines of a run count from its first, as in a database.
    let content = findings.map { finding in
      var finding = finding
      finding.line -= line
      return finding
    }
    if !contents.contains(content) { contents.append(content) }
    let run = HistoryRun(
      id: id, order: order, release: (releaseList.firstIndex(of: release) ?? 0) + 1,
      snapshot: (contents.firstIndex(of: content) ?? 0) + 1, isComplete: isComplete, scope: scope)
    var counts: [Outcome: Int] = [:]
    for finding in findings { counts[finding.outcome, default: 0] += 1 }
    var summary = RunSummary(
      id: id, host: host, release: release, startedAt: order.startedAt, timeSource: timeSource,
      form: .text, isComplete: isComplete, printedChecks: nil, printedScore: nil,
      path: path ?? "run-\(id).log", line: line, labels: labels, counts: counts,
      unmapped: findings.count { $0.control == nil })
    summary.order = order
    summary.scope = scope
    entries.append(Entry(host: host, run: run, findings: findings, summary: summary))
  }

  /// Makes a run a baseline, or takes the mark away.
  package mutating func mark(_ id: Int64, isBaseline: Bool, at time: Int64 = 0) {
    let place = marks.firstIndex { $0.id == id && $0.until == nil }
    if isBaseline {
      if place == nil { marks.append((id, time, nil)) }
    } else if let place {
      marks[place].until = time
    }
    for index in entries.indices where entries[index].run.id == id {
      entries[index].summary.labels["baseline"] = isBaseline ? "yes" : nil
    }
  }

  /// Changes what is known of a run beside its findings.
  package mutating func change(_ id: Int64, _ body: (inout Entry) -> Void) {
    for index in entries.indices where entries[index].run.id == id { body(&entries[index]) }
  }

  /// The same runs, labelled as baselines as of the time.
  package var asOfTime: Past {
    var copy = self
    for index in copy.entries.indices {
      let isBaseline = isBaseline(entries[index].run)
      copy.entries[index].summary.labels["baseline"] = isBaseline ? "yes" : nil
    }
    return copy
  }

  /// The same runs with hosts of other names.
  package func renamed(_ name: (String) -> String) -> Past {
    var copy = self
    for index in copy.entries.indices {
      copy.entries[index].host = name(entries[index].host)
      copy.entries[index].summary.host = copy.entries[index].host
    }
    return copy
  }

  /// The runs that a closure selects, with the same numbers.
  package func only(_ isMeant: (Entry) -> Bool) -> Past {
    var copy = self
    copy.entries = entries.filter(isMeant)
    return copy
  }

  private static func title(_ finding: Finding) -> HistoryTitle {
    HistoryTitle(checkID: finding.checkID, title: finding.title, control: finding.control)
  }

  // MARK: History

  /// By their names.
  package var hosts: [HistoryHost] {
    Set(entries.map(\.host)).sorted().map { HistoryHost(name: $0, ids: []) }
  }

  /// By their numbers.
  package var releases: [Int: Release] {
    Dictionary(uniqueKeysWithValues: releaseList.enumerated().map { ($0.offset + 1, $0.element) })
  }

  /// By their numbers.
  package var titles: [Int32: HistoryTitle] {
    Dictionary(
      uniqueKeysWithValues: titleList.enumerated().map { (Int32($0.offset + 1), $0.element) })
  }

  /// Returns the first and the last start of a run.
  package func span() -> ClosedRange<Int64> {
    let starts = entries.map(\.run.startedAt)
    guard let first = starts.min(), let last = starts.max() else { return 0...0 }
    return first...last
  }

  /// Nothing is stored: all is read from the runs.
  package func standings(of hosts: ArraySlice<HistoryHost>) -> [String: [KnownStanding]]? { nil }

  /// Nothing is stored.
  package func changes(of standings: [Int], _ body: (StandingChange) -> Void) {}

  /// The baselines by their hosts.
  package func baselines() -> [String: [HistoryRun]] {
    Dictionary(grouping: entries.filter { isBaseline($0.run) }, by: \.host)
      .mapValues { $0.map(\.run) }
  }

  /// Whether a run is a baseline.
  package func isBaseline(_ run: HistoryRun) -> Bool {
    marks.contains { mark in
      guard mark.id == run.id, let time else { return mark.id == run.id && mark.until == nil }
      return mark.since <= time && mark.until.map { $0 > time } ?? true
    }
  }

  /// Returns the runs of a host, in their order.
  package func runs(of host: HistoryHost) -> [HistoryRun] {
    entries.filter { $0.host == host.name }.map(\.run).sorted { $0.order < $1.order }
  }

  /// Returns what the runs with a content found.
  package func outcomes(snapshot: Int) -> [HistoryFinding] {
    contents[snapshot - 1].map { finding in
      HistoryFinding(
        title: numbers[Self.title(finding)] ?? 0, outcome: finding.outcome,
        items: Int32(finding.itemCount))
    }
  }

  /// Returns the findings of a run that are of some checks.
  package func findings(of run: HistoryRun, _ isMeant: ((Int32) -> Bool)?) -> [Finding] {
    let found = entries.first { $0.run.id == run.id }?.findings ?? []
    return found.filter { isMeant?(numbers[Self.title($0)] ?? 0) ?? true }
  }

  /// Returns the findings of a run.
  package func findings(of run: HistoryRun) -> [Finding] { findings(of: run, nil) }

  /// All of it is in memory.
  package func read(
    summaries: [HistoryRun], findings: [HistoryRun], parts: [HistoryRun], of titles: Set<Int32>
  ) {}

  /// Returns a run without its findings.
  package func summary(of run: HistoryRun) -> RunSummary? { summary(run) }

  /// A run without its findings.
  package func summary(_ run: HistoryRun) -> RunSummary? {
    entries.first { $0.run.id == run.id }?.summary
  }

  /// Adds a run with all that is known of it.
  package mutating func add(_ run: StoredRun) {
    let summary = run.summary
    add(
      id: summary.id, order: summary.order, host: summary.host, findings: run.findings,
      release: summary.release, scope: summary.scope, isComplete: summary.isComplete,
      timeSource: summary.timeSource, path: summary.path, line: summary.line,
      labels: summary.labels)
  }

  // MARK: What is known

  /// The numbers of the checks.
  package var keys: CheckKeys { CheckKeys(titles: titles, releases: releases, .embedded) }

  /// What a run changed of a check.
  package struct Turn: Equatable, CustomStringConvertible, Sendable {
    package var check: String
    package var change: Change?
    package var isDoubtful = false
    package var movement: Movement?

    /// Creates a turn.
    package init(
      check: String, change: Change?, isDoubtful: Bool = false, movement: Movement? = nil
    ) {
      self.check = check
      self.change = change
      self.isDoubtful = isDoubtful
      self.movement = movement
    }

    package var description: String {
      "\(check) \(change?.rawValue ?? "no change")\(isDoubtful ? " in doubt" : "")"
        + (movement.map { " (\($0))" } ?? "")
    }
  }

  /// What is known of a host after its runs, what each run changed, and how many were read.
  package func standing(
    _ host: String = "web-1"
  ) -> (standing: HostStanding, turns: [[Turn]], reads: Int) {
    let keys = keys
    var standing = HostStanding(keys)
    var turns: [[Turn]] = []
    var reads = 0
    for run in runs(of: HistoryHost(name: host, ids: [])) {
      var own: [Turn] = []
      standing.add(
        run,
        outcomes: {
          reads += 1
          return outcomes(snapshot: $0.snapshot)
        }, findings: findings(of:)
      ) { turn in
        let check = keys.checks[turn.key]
        own.append(
          Turn(
            check: check.control ?? check.checkID, change: turn.change,
            isDoubtful: turn.isDoubtful, movement: turn.movement))
      }
      turns.append(own)
    }
    return (standing, turns, reads)
  }

  /// What is known of a check of a host in the end, by its control or its id.
  package func known(_ check: String, host: String = "web-1") -> Standing.Entry? {
    let keys = keys
    return keys.checks.firstIndex { ($0.control ?? $0.checkID) == check }.flatMap { key in
      standing(host).standing.systems.compactMap { $0.entries[key] }.first
    }
  }

  /// All that is known of a host in the end.
  package func host(_ host: String = "web-1") -> HostFindings {
    HostFindings(host, standing(host).standing, findings(of:_:))
  }
}
