package import BenchModel

/// What is known of each control of one host and system after its runs so far, and what each run changed.
///
/// What a run did not evaluate stays as it was last known: an open failure stays open. Where the newest edition of the
/// tool that judged it has no such check any more, it is retired: not open, not fixed, counted apart. Every failure that
/// begins or ends does so by one ``Movement``, so that the ``Books`` of any time balance.
package struct Standing: Sendable {
  /// What is known of a check.
  package struct Entry: Sendable {
    package var outcome: Outcome
    /// How many different items it found at fault.
    package var items: Int
    /// The number of the content that judged it last, counted over the runs of the standing.
    var content: Int
    /// The first run with that content.
    package var run: HistoryRun
    /// The place of the check among those of that run.
    var position: Int
    /// The number of the check as the run printed it.
    package var title: Int32
    /// What the runs in which it fails were limited to; the whole where they differ.
    var scope: RunScope
    /// Earlier runs in which it fails that were limited to something else than the last one, the oldest first and of each
    /// scope the last; none where the last run saw all.
    var wider: [HistoryRun] = []
    /// Since when it fails; nil if it does not.
    package var openSince: Int64?
    /// The number of the open failure among those of the standing, from the first that began; nil if none is open.
    package var failure: Int?
    /// Whether it failed in the first run of its host and system, or of its tool, so that it may be older.
    package var isOpenFromStart = false
    package var isRetired = false
    /// The places of the runs, counted from the first of host and system, in which it began or ceased to fail.
    package var turns: [Int32] = []
    /// The run that changed whether it fails, for certain, by its place, and the number of its tool.
    var moved: (place: Int32, tool: Int32)?

    /// The number of the release that judged it last.
    package var release: Int { run.release }

    /// Whether it fails and is not retired.
    package var isOpen: Bool { outcome == .fail && !isRetired }
  }

  /// What one check did in a run.
  package struct Turn: Sendable {
    /// The number of the check.
    package var key: Int
    package var before: Entry?
    package var after: Entry
    /// What happened; nil if a check only came, went, or was retired.
    package var change: Change?
    /// Whether the tool may have judged by another criterion.
    package var isDoubtful = false
    /// How an open failure began or ended; nil where none did.
    package var movement: Movement?
  }

  /// What is known by the number of the check.
  package internal(set) var entries: [Entry?]
  /// How many runs there were.
  package internal(set) var runs = 0
  /// What the last run did to the open failures.
  package internal(set) var books = Books()
  let checks: CheckKeys
  /// The last run of a tool, with what it found.
  struct Last {
    var run: HistoryRun
    /// The run of the tool before it.
    var before: HistoryRun?
    /// What it found; nil where that has to be asked for.
    var findings: [HistoryFinding]?
    var content: Int
    /// The place of the run, counted from the first.
    var place: Int
  }

  /// By the tool's number.
  var last: [Last?]
  /// How many different contents there were, and how many failures began.
  var contents = 0
  var failures = 0
  var stamps: [Int]
  var outcomes: [Outcome]
  var items: [Int]
  var titles: [Int32]
  /// The number of the tool of the last run.
  var newest: Int?
  /// By the tool's number, the edition of its last whole run, and the most checks that a run of it had.
  var editions: [String?]
  var greatest: [Int]

  /// Creates the standing of a host and system without a run.
  package init(_ checks: CheckKeys) {
    self.checks = checks
    entries = Array(repeating: nil, count: checks.count)
    stamps = Array(repeating: 0, count: checks.count)
    outcomes = Array(repeating: .info, count: checks.count)
    items = Array(repeating: 0, count: checks.count)
    titles = Array(repeating: 0, count: checks.count)
    last = Array(repeating: nil, count: checks.toolCount)
    editions = Array(repeating: nil, count: checks.toolCount)
    greatest = Array(repeating: 0, count: checks.toolCount)
  }

  /// Forgets all runs, to begin with another host.
  package mutating func reset() {
    guard runs > 0 else { return }
    for index in entries.indices { entries[index] = nil }
    for index in stamps.indices { stamps[index] = 0 }
    for index in last.indices {
      last[index] = nil
      editions[index] = nil
      greatest[index] = 0
    }
    (runs, contents, failures, newest) = (0, 0, 0, nil)
    books = Books()
  }

  /// Whether a run found what its tool found before, and no other tool has judged since: it changes nothing.
  package func isRepeated(by run: HistoryRun) -> Bool {
    let tool = checks.tool(run.release)
    return newest == tool && last[tool]?.run.hasSameContent(as: run) == true
  }

  /// The last run of each tool, the newest first.
  package var latestRuns: [HistoryRun] {
    last.compactMap { $0?.run }.sorted { $0.order > $1.order }
  }

  /// Whether the last run of the tool that judged a check did not judge it.
  package func isLeftOut(_ entry: Entry) -> Bool {
    last[checks.tool(entry.release)].map { $0.content != entry.content } ?? false
  }

  /// Whether a check began or ceased to fail, for certain, in the newest run of the tool that found it so.
  package func isNew(_ entry: Entry) -> Bool {
    guard let moved = entry.moved, last.indices.contains(Int(moved.tool)) else { return false }
    return last[Int(moved.tool)]?.place == Int(moved.place)
  }
}
