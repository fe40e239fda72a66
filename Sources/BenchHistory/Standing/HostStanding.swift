package import BenchModel

/// What is known of a host after its runs so far: a ``Standing`` for each system that its tools check.
///
/// The systems of a host have nothing in common: a run of one neither closes, ages nor hides anything of another.
package struct HostStanding: Sendable {
  package let checks: CheckKeys
  /// By the number of the system.
  package private(set) var systems: [Standing]
  /// How many runs there were.
  package private(set) var runs = 0
  /// The number of the system of the last run.
  private var newest = 0

  /// Creates the standing of a host without a run.
  package init(_ checks: CheckKeys) {
    self.checks = checks
    systems = checks.allSystems.map { _ in Standing(checks) }
  }

  /// Puts a host together of the standings of its systems, by their numbers.
  package init(_ checks: CheckKeys, systems: [Standing]) {
    self.checks = checks
    self.systems = systems
    runs = systems.reduce(0) { $0 + $1.runs }
  }

  /// Forgets the host, to begin with another one.
  package mutating func reset() {
    for index in systems.indices { systems[index].reset() }
    (runs, newest) = (0, 0)
  }

  /// Adds a run, which must not stand before the one that was added last; see ``Standing/add(_:outcomes:findings:turn:)``.
  package mutating func add(
    _ run: HistoryRun, outcomes: (HistoryRun) throws -> [HistoryFinding],
    findings: (HistoryRun) throws -> [Finding], turn: (Standing.Turn) -> Void = { _ in }
  ) rethrows {
    runs += 1
    newest = checks.system(run.release)
    try systems[newest].add(run, outcomes: outcomes, findings: findings, turn: turn)
  }

  /// The standing to which the last run belongs.
  package var last: Standing { systems[newest] }

  /// What the last run did to the open failures of its system.
  package var lastBooks: Books { systems[newest].books }

  /// The last run of each tool, the newest first.
  package var latestRuns: [HistoryRun] {
    systems.flatMap(\.latestRuns).sorted { $0.order > $1.order }
  }

  /// What the newest run of each system did to the open failures, over all systems.
  package var books: Books {
    systems.reduce(into: Books()) { $0 += $1.books }
  }
}
