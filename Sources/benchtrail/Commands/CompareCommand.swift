import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchReports
import BenchStorage

/// Compares runs.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare runs: what got worse, what was fixed.",
    discussion: """
      Without runs, the latest run is compared with the one of the same host before it; with one, \
      that run with the latest of its host; with three or more, the first with each of the others, \
      as a table. Runs of different hosts are compared only when both are named. A date stands for \
      the last run until its end.

      What another version of the tool judges by another criterion is shown apart. What a run did \
      not evaluate is never fixed. The exit code is 0 whatever changed.

      Example:
        benchtrail compare web-1@2026-11-23T04:00 web-1
        benchtrail compare 2026-11-23T04:00 2026-11-23 --host web-1
        benchtrail compare baseline --host web-1
        benchtrail compare web-1 web-2 web-3
        benchtrail compare --fleet
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "The run before and those after: latest~1, a host, host@date, a date, baseline, or an id's beginning.",
      valueName: "run"))
  var runs: [String] = []

  @Option(help: "The host that 'latest', 'baseline' and dates are limited to.")
  var host: String?

  @Flag(help: "Every host's newest run against the one before it.")
  var fleet = false

  @Option(help: ArgumentHelp("With '--fleet', the most rows of each list.", valueName: "count"))
  var limit = 30

  @Flag(name: .shortAndLong, help: "Also list failures that stayed, and what only one run has.")
  var verbose = false

  private static let mostRuns = 26

  func validate() throws {
    if fleet, !runs.isEmpty { throw ValidationError("'--fleet' takes no runs.") }
    if runs.count > Self.mostRuns {
      throw ValidationError("At most \(Self.mostRuns) runs can be compared at once.")
    }
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let policy = try policy.load()
    let store = try store.open(policy)
    if fleet { return try compareFleet(store) }
    if runs.count > 2 { return try compareMany(store) }
    let (base, head) = try Failure.wording { try pair(store) }
    let comparison = try Self.compare(base, head)
    try output.write {
      ComparisonJSON(base.summary, head.summary, comparison)
    } document: {
      ComparisonReport.document(base.summary, head.summary, comparison, isVerbose: verbose) {
        Controls.embedded.control($0)
      }
    }
  }

  private static func compare(_ base: StoredRun, _ head: StoredRun) throws -> Comparison {
    guard base.summary.release.tool.system == head.summary.release.tool.system else {
      throw Failure(
        "the runs cannot be compared: one is of \(base.summary.release.tool), the other of "
          + "\(head.summary.release.tool)", code: Failure.incomparable)
    }
    let comparison = Comparison(from: base, to: head)
    guard comparison.isMeaningful else {
      throw Failure(
        "the runs cannot be compared: no check of \(base.summary.release.edition ?? "the first") is one of "
          + "\(head.summary.release.edition ?? "the second")", code: Failure.incomparable)
    }
    return comparison
  }

  private func compareMany(_ store: RunStore) throws {
    let all = try Failure.wording {
      try runs.map { try store.run(store.run(named: $0, host: host)) }
    }
    let heads = try all.dropFirst().map { (run: $0, comparison: try Self.compare(all[0], $0)) }
    try output.write {
      MatrixJSON(all[0].summary, heads)
    } document: {
      MatrixReport.document(all[0], heads, isVerbose: verbose)
    }
  }

  private func compareFleet(_ store: RunStore) throws {
    let filter = HistoryFilter(host: host, until: policy.asOfTime)
    let fleet = try Failure.wording {
      try store.history(filter) { history in
        let reading = HostReading(history)
        var fleet = FleetComparison()
        for host in history.hosts { try fleet.add(host, reading) }
        return fleet.sorted()
      }
    }
    try output.write {
      FleetJSON(fleet)
    } document: {
      FleetReport.document(fleet, limit: limit)
    }
  }

  private func pair(_ store: RunStore) throws -> (base: StoredRun, head: StoredRun) {
    if runs.count == 2 {
      return try (
        store.run(store.run(named: runs[0], host: host)),
        store.run(store.run(named: runs[1], host: host))
      )
    }
    if let base = runs.first {
      let first = try store.run(store.run(named: base, host: host))
      let latest = try store.run(named: "latest", host: first.summary.host)
      guard latest != first.summary.id else {
        throw Failure(
          "the runs cannot be compared: '\(base)' is the latest run of \(first.summary.host) itself; "
            + "name a run after it", code: Failure.incomparable)
      }
      return try (first, store.run(latest))
    }
    let latest = try store.run(named: "latest", host: host)
    let last = try store.run(latest)
    guard let before = try store.run(before: latest) else {
      throw Failure(
        "the runs cannot be compared: \(last.summary.host) has only one run; import another, or name "
          + "two runs", code: Failure.incomparable)
    }
    return try (store.run(before), last)
  }
}

extension Comparison {
  /// Compares two runs of the database.
  init(from base: StoredRun, to head: StoredRun) {
    self.init(
      from: ComparedRun(base), to: ComparedRun(head), criteria: .embedded, isKnown: EditionIndex.has
    )
  }
}

extension FleetComparison {
  /// Adds a host's newest run of each system against the run before it.
  ///
  /// - Throws: The database's errors.
  mutating func add(_ host: RunHistory.Host, _ reading: HostReading) throws {
    for latest in try reading.history.latest(of: host) {
      let head = latest.head
      guard let base = latest.base else {
        // A host may be checked for Docker and for Kubernetes.
        if single.last != host.name { single.append(host.name) }
        continue
      }
      // Runs that found the same need not be read to know it.
      if head.hasSameContent(as: base) {
        unchanged += 1
      } else if let before = try reading.run(base), let after = try reading.run(head) {
        add(
          FleetComparison.HostChange(
            base: before.summary, head: after.summary,
            comparison: Comparison(from: before, to: after)))
      }
    }
  }
}
