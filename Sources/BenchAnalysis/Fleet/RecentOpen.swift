package import BenchHistory
import BenchModel

/// The open failures of each host after each of its last runs, accepted ones among them.
package struct RecentOpen: HostReading.Observer, Sendable {
  /// The most runs of a host.
  package static let runs = 7

  /// By the names of the hosts, the oldest run first.
  private var counts: [String: [Int]] = [:]
  private let checks: CheckKeys
  private var host = ""
  private var bySystem: [String: Int] = [:]

  private init(_ checks: CheckKeys) { self.checks = checks }

  /// Reads the counts of all hosts.
  ///
  /// - Returns: The counts by the names of the hosts, the oldest run first.
  /// - Throws: The repository's errors.
  package static func read(_ reading: HostReading) throws -> [String: [Int]] {
    var recent = RecentOpen(reading.checks)
    try reading.walk(observer: &recent) { try $0.add($1, $2, reading.history) }
    return recent.counts
  }

  /// Adds a host of which what is known is stored, going back from what is open now.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - known: What is known of its systems.
  ///   - history: Has its last runs and what they changed.
  /// - Throws: The repository's errors.
  private mutating func add(
    _ host: HistoryHost, _ known: [KnownStanding], _ history: any History
  ) throws {
    let runs = try history.lastRuns(of: host, Self.runs)
    let open = known.reduce(0) { $0 + $1.record.books.after }
    var counts = runs.map { _ in open }
    guard let first = runs.first else { return }
    try history.failures(of: known.map(\.id), since: first.startedAt) { change in
      let step: Int
      switch change.kind {
      case .began: step = -1
      case .ended: step = 1
      case .counts: return
      }
      // What an earlier run changed was so in all of these.
      guard let place = runs.lastIndex(where: { $0.id == change.run }) else { return }
      for earlier in 0..<place { counts[earlier] += step }
    }
    self.counts[host.name] = counts
  }

  // MARK: - Hosts of which the runs are read

  package mutating func begin(host: String) {
    self.host = host
    bySystem = [:]
  }

  package mutating func begin(_ run: HistoryRun, isFirst: Bool) {}

  package mutating func note(_ turn: Standing.Turn) {}

  package mutating func end(_ run: HistoryRun, _ books: Books) {
    bySystem[checks.release(run.release).tool.system.name] = books.after
    var own = counts[host] ?? []
    own.append(bySystem.values.reduce(0, +))
    if own.count > Self.runs { own.removeFirst() }
    counts[host] = own
  }

  package mutating func end(_ standing: HostStanding, _ source: @escaping FindingSource) {}
}
