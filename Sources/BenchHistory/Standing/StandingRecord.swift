package import BenchModel

/// A ``Standing`` as it is stored: what is known of one host and system, by the numbers of the repository.
///
/// Small and quick to read: an answer about a fleet reads one for each host and replays no history.
package struct StandingRecord: Hashable, Sendable {
  /// The last run of a tool.
  package struct Last: Hashable, Sendable {
    /// The place in ``runs``.
    package var run: Int
    /// The run of the tool before it.
    package var before: Int?
    package var content: Int
    /// The place among the runs of host and system, counted from 0.
    package var place: Int
    /// The edition of the tool's last whole run, and the most checks that a run of it had.
    package var edition: String?
    package var greatest: Int
  }

  /// What is known of a check; see ``Standing/Entry``.
  ///
  /// Nothing in it is on the heap: an answer about ten thousand hosts reads a million of them.
  package struct Entry: Hashable, Sendable {
    package var title: Int32
    package var outcome: Outcome
    package var isOpenFromStart = false
    package var isRetired = false
    package var content: Int
    /// The place in ``runs``.
    package var run: Int
    /// The place of the check among those of that run.
    package var position: Int
    package var openSince: Int64?
    /// How many different items it found at fault.
    package var items: Int
    package var movedPlace: Int32?
    /// The place in ``lasts`` of the tool that moved it.
    package var movedTool: Int32 = 0
    /// The place in ``more`` of what few checks have; nil for none.
    package var more: Int32?
    /// The number of the failure among those of the standing.
    package var failure: Int?

    /// Whether it fails and is not retired.
    package var isOpen: Bool { outcome == .fail && !isRetired }
  }

  /// What is known of a check that was ever limited or changed; see ``Standing/Entry``.
  package struct More: Hashable, Sendable {
    /// What the runs in which it fails were limited to; nil for what its run was.
    package var scope: RunScope?
    /// Places in ``runs``.
    package var wider: [Int] = []
    package var turns: [Int32] = []
  }

  /// The runs that the others refer to.
  package var runs: [HistoryRun] = []
  /// The last run of each tool, in the order of the tools' names.
  package var lasts: [Last] = []
  /// The place in ``lasts`` of the tool of the last run.
  package var newest = 0
  /// How many runs there were.
  package var count = 0
  package var contents = 0
  /// How many failures began.
  package var failures = 0
  package var books = Books()
  /// In the order in which the newest runs have them, what they left out last.
  package var entries: [Entry] = []
  package var more: [More] = []

  /// Creates a record of no run.
  package init() {}

  /// The last run of all.
  package var newestRun: HistoryRun? {
    lasts.map { runs[$0.run] }.max { $0.order < $1.order }
  }

  /// What few checks have, of one of them.
  package func more(of entry: Entry) -> More? { entry.more.map { more[Int($0)] } }

  /// The last run that found what judged a check: its log has the lines.
  package func source(of entry: Entry) -> HistoryRun {
    runs[lasts.first { $0.content == entry.content }?.run ?? entry.run]
  }

  /// Whether the last run of the tool that judged a check did not judge it.
  package func isLeftOut(_ entry: Entry) -> Bool {
    // Contents are counted over all tools, so that no two have the same.
    !lasts.contains { $0.content == entry.content }
  }

  /// Whether a check began or ceased to fail, for certain, in the newest run of the tool that found it so.
  package func isNew(_ entry: Entry) -> Bool {
    guard let place = entry.movedPlace, lasts.indices.contains(Int(entry.movedTool))
    else { return false }
    return lasts[Int(entry.movedTool)].place == Int(place)
  }
}
