package import BenchModel

/// The runs that a filter selects, as of one moment, with no more of each than is asked for.
///
/// A repository hands one out for as long as it reads; see ``RunRepository/history(_:_:)``. What its functions throw is the
/// repository's.
package protocol History {
  /// By their names.
  var hosts: [HistoryHost] { get }
  /// By their numbers.
  var releases: [Int: Release] { get }
  /// By their numbers.
  var titles: [Int32: HistoryTitle] { get }
  /// Returns the first and the last start of a run; 0...0 without one.
  func span() throws -> ClosedRange<Int64>

  /// What is known now of hosts, by their names; of one that is not among them the runs must be read.
  ///
  /// Nil where the repository keeps nothing of the kind, or the filter leaves out runs of them.
  func standings(of hosts: ArraySlice<HistoryHost>) throws -> [String: [KnownStanding]]?

  /// Calls a closure with all that the runs of standings changed, by their numbers and in no order.
  func changes(of standings: [Int], _ body: (StandingChange) -> Void) throws

  /// Calls a closure with the failures of standings that began or ended at a time or later.
  func failures(of standings: [Int], since: Int64, _ body: (StandingChange) -> Void) throws

  /// The baselines of hosts, by their names.
  func baselines() throws -> [String: [HistoryRun]]

  /// Whether a run is a baseline.
  func isBaseline(_ run: HistoryRun) -> Bool

  /// Returns the runs of a host, in their order.
  func runs(of host: HistoryHost) throws -> [HistoryRun]

  /// Returns the ids and starts of a host's last runs, the oldest first.
  func lastRuns(of host: HistoryHost, _ count: Int) throws -> [(id: Int64, startedAt: Int64)]

  /// Returns the releases of the runs of hosts by the hosts' names, each once and by its newest run, the newest first.
  func releases(of hosts: [HistoryHost]) throws -> [String: [Int]]

  /// Returns what the runs with a content found, in the order of its sections.
  func outcomes(snapshot: Int) throws -> [HistoryFinding]

  /// Returns the findings of a run that are of some checks, by the numbers of their titles, in the order of its log.
  ///
  /// They are those of one check by all its titles; nil means all checks.
  func findings(of run: HistoryRun, _ isMeant: ((Int32) -> Bool)?) throws -> [Finding]

  /// Returns the numbers of a run's findings, in no order; nil where the history has no numbers for what was found.
  func numbered(_ run: HistoryRun) throws -> [NumberedFinding]?

  /// Returns a run without its findings; nil if it is not there.
  func summary(of run: HistoryRun) throws -> RunSummary?

  /// Reads what will be asked for at once, and forgets what was read so before.
  ///
  /// - Parameters:
  ///   - summaries: Runs of which the summaries will be asked for.
  ///   - findings: Runs of which all findings will be asked for.
  ///   - parts: Runs of which the findings of some checks will be asked for.
  ///   - titles: All titles of these checks.
  /// - Throws: The repository's errors.
  func read(
    summaries: [HistoryRun], findings: [HistoryRun], parts: [HistoryRun], of titles: Set<Int32>
  ) throws
}

extension History {
  /// Returns the releases of the runs of hosts, of each host from all of its runs.
  package func releases(of hosts: [HistoryHost]) throws -> [String: [Int]] {
    try releasesOfRuns(of: hosts)
  }

  /// Returns the releases of hosts from their runs, one by one.
  package func releasesOfRuns(of hosts: [HistoryHost]) throws -> [String: [Int]] {
    var releases: [String: [Int]] = [:]
    for host in hosts {
      for run in try runs(of: host).reversed()
      where releases[host.name]?.contains(run.release) != true {
        releases[host.name, default: []].append(run.release)
      }
    }
    return releases
  }

  /// Returns nil: what was found has no numbers.
  package func numbered(_ run: HistoryRun) throws -> [NumberedFinding]? { nil }

  /// Returns the ids and starts of a host's last runs, the oldest first.
  package func lastRuns(
    of host: HistoryHost, _ count: Int
  ) throws -> [(id: Int64, startedAt: Int64)] {
    try runs(of: host).suffix(count).map { ($0.id, $0.startedAt) }
  }

  /// Calls a closure with the failures of standings that began or ended at a time or later.
  package func failures(
    of standings: [Int], since: Int64, _ body: (StandingChange) -> Void
  ) throws {
    try changes(of: standings) { change in
      if case .counts = change.kind { return }
      if change.at >= since { body(change) }
    }
  }

  /// Returns the findings of a run, in the order of its log.
  package func findings(of run: HistoryRun) throws -> [Finding] {
    try findings(of: run, nil)
  }

  /// Reads runs that will be asked for whole.
  package func read(summaries: [HistoryRun], findings: [HistoryRun]) throws {
    try read(summaries: summaries, findings: findings, parts: [], of: [])
  }

  /// Returns a run with its findings; nil if it is not there.
  package func stored(_ run: HistoryRun) throws -> StoredRun? {
    try summary(of: run).map { StoredRun(summary: $0, findings: try findings(of: run)) }
  }

  /// Returns a run as one side of a comparison.
  package func compared(_ run: HistoryRun) throws -> ComparedRun {
    ComparedRun(
      release: releases[run.release] ?? CheckKeys.unknown, isComplete: run.isComplete,
      scope: run.scope, findings: try findings(of: run))
  }

  /// Returns the runs of a host with what they are to each other.
  package func sequence(of host: HistoryHost) throws -> RunSequence {
    RunSequence(
      try runs(of: host), releases: releases, isBaseline: isBaseline)
  }
}

/// Where a run has a finding, with a number by which it is known again.
package struct NumberedFinding: Sendable {
  /// Findings of one number are the same in all but their lines; one finding may have several numbers.
  package var number: Int
  /// The number of its id and title among those of the history.
  package var title: Int32
  /// The line of the log.
  package var line: Int

  /// Creates a place.
  package init(number: Int, title: Int32, line: Int) {
    self.number = number
    self.title = title
    self.line = line
  }
}

/// What is known of one host and system now, as it is stored.
package struct KnownStanding: Sendable {
  /// Its number in the repository.
  package var id: Int
  package var system: Tool.System
  package var record: StandingRecord
  /// What was known before the newest run; nil where that changed nothing.
  package var before: StandingRecord?
  /// The start of the first run.
  package var firstAt: Int64

  /// Creates what is known.
  package init(
    id: Int, system: Tool.System, record: StandingRecord, before: StandingRecord?, firstAt: Int64
  ) {
    self.id = id
    self.system = system
    self.record = record
    self.before = before
    self.firstAt = firstAt
  }
}

/// What a run changed of one host and system, as it is stored.
package struct StandingChange: Sendable {
  /// What was changed.
  package enum Kind: Sendable {
    /// A failure of a check, by its title's number, began.
    case began(Int32, Movement)
    /// A failure ended that was open since a time.
    case ended(Int32, Movement, openSince: Int64)
    /// So many controls more pass, and so many differ by another criterion.
    case counts(passing: Int, criterionChanged: Int)
  }

  /// The run.
  package var run: Int64
  /// The start of the run.
  package var at: Int64
  package var kind: Kind

  /// Creates a change.
  package init(run: Int64, at: Int64, _ kind: Kind) {
    self.run = run
    self.at = at
    self.kind = kind
  }
}

/// Which runs are meant.
package struct RunFilter: Sendable {
  /// The label that makes a run its host's baseline.
  package static let baselineLabel = "baseline"

  /// Only the runs of these hosts, by any names that they have or had; of all if there is none.
  package var hosts: [String]
  /// Only runs with all of these labels.
  package var labels: [(key: String, value: String)]
  /// Only the runs of tools that check this.
  package var system: Tool.System?
  /// Only baselines.
  package var isBaseline = false
  /// Only runs that began then or later, in seconds since 1970.
  package var since: Int64?
  /// Only runs that began until then, in seconds since 1970.
  package var until: Int64?
  /// The time as of which runs are baselines, in seconds since 1970; nil for now.
  package var asOf: Int64?
  /// Only runs that do not stand behind this place.
  package var upTo: RunOrder?
  /// The most runs.
  package var limit: Int?

  /// Creates a filter.
  package init(
    host: String? = nil, hosts: [String] = [], labels: [(key: String, value: String)] = [],
    since: Int64? = nil, until: Int64? = nil, asOf: Int64? = nil, upTo: RunOrder? = nil,
    limit: Int? = nil
  ) {
    self.hosts = host.map { [$0] } ?? hosts
    self.labels = labels
    self.since = since
    self.until = until
    self.asOf = asOf
    self.upTo = upTo
    self.limit = limit
  }
}
