private import BenchCatalog
package import BenchModel

/// What is known of each control of one host after its runs so far, and what each run changed.
///
/// What a run did not evaluate stays as it was last known: an open failure stays open. Where the newest edition of the
/// tool that judged it has no such check any more, it is retired: not open, not fixed, counted apart.
package struct Standing: Sendable {
  /// What is known of a check.
  package struct Known: Sendable {
    package var outcome: Outcome
    /// The number of the release that judged it last.
    package var release: Int
    /// The number of the content that judged it last, counted over the host's runs.
    var content: Int
    /// The first run with that content.
    package var run: HistoryRun
    /// The number of the check as the run printed it.
    var title: Int32
    /// What the runs in which it fails were limited to; the whole where they differ.
    var scope: RunScope
    /// An earlier run in which it fails, that was not limited as the last one was; nil where the last one saw all.
    package var wider: HistoryRun?
    /// Since when it fails; nil if it does not.
    package var openSince: Int64?
    /// Whether it failed in the host's first run already, so that it may be older.
    package var isOpenFromStart = false
    package var isRetired = false
    /// The places of the runs, counted from the host's first, in which it began or ceased to fail.
    package var turns: [Int32] = []

    /// Whether it fails and is not retired.
    package var isOpen: Bool { outcome == .fail && !isRetired }
  }

  /// What one check did in a run.
  package struct Turn: Sendable {
    /// The number of the check.
    package var key: Int
    package var before: Known?
    package var after: Known
    /// What happened; nil if a check only came, went, or was retired.
    package var change: Change?
    /// Whether the tool may have judged by another criterion.
    package var isDoubtful = false
  }

  /// What is known by the number of the check.
  package private(set) var known: [Known?]
  /// How many runs there were.
  package private(set) var runs = 0
  private let checks: CheckKeys
  /// The last run of a tool, with what it found.
  private struct Last {
    var run: HistoryRun
    var findings: [HistoryFinding]
    var content: Int
  }

  /// By the tool's number.
  private var last: [Last?]
  /// How many different contents there were.
  private var contents = 0
  private var stamps: [Int]
  private var outcomes: [Outcome]
  private var titles: [Int32]
  /// The number of the tool of the last run.
  private var newest: Int?
  /// By the tool's number, the edition of its last whole run, and the most checks that a run of it had.
  private var editions: [String?]
  private var greatest: [Int]

  /// Creates the standing of a host without a run.
  package init(_ checks: CheckKeys) {
    self.checks = checks
    known = Array(repeating: nil, count: checks.count)
    stamps = Array(repeating: 0, count: checks.count)
    outcomes = Array(repeating: .info, count: checks.count)
    titles = Array(repeating: 0, count: checks.count)
    last = Array(repeating: nil, count: checks.toolCount)
    editions = Array(repeating: nil, count: checks.toolCount)
    greatest = Array(repeating: 0, count: checks.toolCount)
  }

  /// Forgets the host, to begin with another one.
  package mutating func reset() {
    for index in known.indices { known[index] = nil }
    for index in stamps.indices { stamps[index] = 0 }
    for index in last.indices {
      last[index] = nil
      editions[index] = nil
      greatest[index] = 0
    }
    (runs, contents, newest) = (0, 0, nil)
  }

  /// The last run of each tool, the newest first.
  package var latestRuns: [HistoryRun] {
    last.compactMap { $0?.run }.sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
  }

  /// The last run of the host, of whatever tool.
  package var latest: HistoryRun? { latestRuns.first }

  /// Whether the last run of the tool that judged a check did not judge it.
  package func isLeftOut(_ known: Known) -> Bool {
    last[checks.tool(known.release)].map { $0.content != known.content } ?? false
  }

  /// Adds a run, which must not be older than the one before.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - findings: Returns what it found; is not called where that is what its tool found before.
  ///   - turn: Is called for every check of which something else is known now.
  /// - Throws: What the closure throws.
  package mutating func add(
    _ run: HistoryRun, findings: () throws -> [HistoryFinding], turn: (Turn) -> Void
  ) rethrows {
    runs += 1
    let tool = checks.tool(run.release)
    let before = last[tool]
    var found: [HistoryFinding] = []
    if let before, before.run.hasSameContent(as: run) {
      last[tool]?.run = run
      // Another tool may have judged otherwise since.
      guard newest != tool else { return }
      found = before.findings
    } else {
      found = try findings()
    }
    newest = tool
    contents += 1
    let now = Last(run: run, findings: found, content: contents)
    last[tool] = now
    var keys: [Int] = []
    keys.reserveCapacity(found.count)
    for finding in found {
      let key = checks.key(finding.title)
      if finding.outcome != .fail, !run.scope.isWhole, canMiss(key, run.scope) { continue }
      // An edition may have a control under two ids.
      if stamps[key] == contents {
        if finding.outcome == .fail { outcomes[key] = .fail }
      } else {
        stamps[key] = contents
        outcomes[key] = finding.outcome
        titles[key] = finding.title
        keys.append(key)
      }
    }
    for key in keys { judge(key, outcomes[key], now, before, turn) }
    changeEdition(tool, now, turn)
  }

  /// Retires what the edition of a run does not have, if it is another one than before.
  ///
  /// A part of a run tells its edition badly: a run of one check fits most of them. So only whole runs count, with at
  /// least half as many checks as the greatest one.
  private mutating func changeEdition(_ tool: Int, _ now: Last, _ turn: (Turn) -> Void) {
    let release = checks.release(now.run.release)
    guard let edition = release.edition, now.run.isComplete,
      now.findings.count * 2 >= greatest[tool]
    else { return }
    greatest[tool] = max(greatest[tool], now.findings.count)
    let before = editions[tool]
    editions[tool] = edition
    if before != nil, before != edition { retire(tool, release, turn) }
  }

  /// Whether a run of a scope can have been told to leave out what fails.
  private func canMiss(_ key: Int, _ scope: RunScope) -> Bool {
    guard let known = known[key], known.outcome == .fail else { return false }
    return known.scope != scope && checks.isLimited(key, by: scope)
  }

  private mutating func judge(
    _ key: Int, _ outcome: Outcome, _ now: Last, _ last: Last?, _ turn: (Turn) -> Void
  ) {
    let before = known[key]
    if before?.outcome == outcome, before?.isRetired == false {
      known[key]?.release = now.run.release
      known[key]?.content = now.content
      known[key]?.run = now.run
      known[key]?.title = titles[key]
      if let before, outcome == .fail { widen(key, before, now.run.scope) }
      return
    }
    var after = Known(
      outcome: outcome, release: now.run.release, content: now.content, run: now.run,
      title: titles[key], scope: now.run.scope)
    after.turns = before?.turns ?? []
    if outcome == .fail {
      after.openSince = before?.openSince ?? now.run.startedAt
      after.isOpenFromStart = before?.openSince == nil ? runs == 1 : before?.isOpenFromStart == true
    }
    let isDoubtful = before.map { $0.outcome != outcome && differs(key, $0, now, last) } ?? false
    if let before, (before.outcome == .fail) != (outcome == .fail), !isDoubtful {
      after.turns.append(Int32(truncatingIfNeeded: runs - 1))
    }
    known[key] = after
    turn(
      Turn(
        key: key, before: before, after: after, change: Change(from: before?.outcome, to: outcome),
        isDoubtful: isDoubtful))
  }

  /// Notes that a check fails in a run that may have looked at less than the one before.
  private mutating func widen(_ key: Int, _ before: Known, _ scope: RunScope) {
    if before.scope != scope, checks.isLimited(key, by: scope) {
      known[key]?.scope = .whole
      known[key]?.wider = before.wider ?? before.run
    } else {
      known[key]?.scope = scope
      known[key]?.wider = nil
    }
  }

  /// Whether the tool may have judged a check by another criterion than before.
  private func differs(_ key: Int, _ before: Known, _ now: Last, _ last: Last?) -> Bool {
    guard let control = checks.control(key) else { return false }
    let (base, head) = (checks.release(before.release), checks.release(now.run.release))
    // Only the runs of tools that print no version have to be told apart by their titles.
    let areEqual =
      head.tool.printsTime || base.tool != head.tool
      || (last.map { checks.areTitlesEqual($0.findings, now.findings) } ?? true)
    return checks.criteria.difference(control, base, head, areReleasesEqual: areEqual) != nil
  }

  /// Retires what the new edition of a tool does not have.
  private mutating func retire(_ tool: Int, _ release: Release, _ turn: (Turn) -> Void) {
    for key in known.indices {
      guard let before = known[key], !before.isRetired, stamps[key] != contents,
        checks.tool(before.release) == tool,
        checks.control(key).map({ !EditionIndex.has($0, release) }) ?? true
      else { continue }
      known[key]?.isRetired = true
      guard let after = known[key] else { continue }
      turn(Turn(key: key, before: before, after: after, change: nil))
    }
  }
}
