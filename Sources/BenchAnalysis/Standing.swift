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

  /// Creates the standing of a host without a run.
  package init(_ checks: CheckKeys) {
    self.checks = checks
    known = Array(repeating: nil, count: checks.count)
    stamps = Array(repeating: 0, count: checks.count)
    outcomes = Array(repeating: .info, count: checks.count)
    last = Array(repeating: nil, count: checks.toolCount)
  }

  /// Forgets the host, to begin with another one.
  package mutating func reset() {
    for index in known.indices { known[index] = nil }
    for index in stamps.indices { stamps[index] = 0 }
    for index in last.indices { last[index] = nil }
    (runs, contents) = (0, 0)
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
    if let before, before.run.hasSameContent(as: run) {
      last[tool]?.run = run
      return
    }
    let found = try findings()
    contents += 1
    let now = Last(run: run, findings: found, content: contents)
    last[tool] = now
    var keys: [Int] = []
    keys.reserveCapacity(found.count)
    for finding in found {
      let key = checks.key(finding.title)
      // What the run was told to leave out may be what failed before.
      if finding.outcome != .fail, checks.isLimited(key, by: run.scope) { continue }
      // An edition may have a control under two ids.
      if stamps[key] == contents {
        if finding.outcome == .fail { outcomes[key] = .fail }
      } else {
        stamps[key] = contents
        outcomes[key] = finding.outcome
        keys.append(key)
      }
    }
    for key in keys { judge(key, outcomes[key], now, before, turn) }
    let release = checks.release(run.release)
    if let before, checks.release(before.run.release).edition != release.edition {
      retire(tool, release, turn)
    }
  }

  private mutating func judge(
    _ key: Int, _ outcome: Outcome, _ now: Last, _ last: Last?, _ turn: (Turn) -> Void
  ) {
    let before = known[key]
    if before?.outcome == outcome, before?.isRetired == false {
      known[key]?.release = now.run.release
      known[key]?.content = now.content
      known[key]?.run = now.run
      return
    }
    var after = Known(
      outcome: outcome, release: now.run.release, content: now.content, run: now.run)
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
