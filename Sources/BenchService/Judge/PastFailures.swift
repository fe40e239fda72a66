import BenchAnalysis
import BenchHistory
import BenchModel

/// Looks in the runs of hosts for failures that there are no longer.
struct PastFailures {
  private let reading: HostReading
  private let keys: Set<Int>
  /// The newest runs of hosts, the newest first.
  private var runs: [String: [HistoryRun]] = [:]
  /// The ids of the checks that fail in a content, by the numbers of the checks.
  private var failing: [Int: [Int: [String]]] = [:]

  /// As many runs of a host are looked at.
  private static let mostRuns = 200
  /// As many different contents of a host are read for the parts of a check.
  private static let mostParts = 50

  /// Prepares a search for failures of some checks, by their numbers.
  init(_ reading: HostReading, of keys: Set<Int>) {
    self.reading = reading
    self.keys = keys
  }

  /// The newest run of a host in which a check failed.
  ///
  /// - Parameters:
  ///   - key: The number of the check.
  ///   - host: The host.
  ///   - id: The id that was asked for: a run that printed the check under it goes first.
  /// - Returns: The run; nil where none of the newest ones has such a failure.
  /// - Throws: The repository's errors.
  mutating func newest(
    of key: Int, on host: HistoryHost, asked id: String?
  ) throws -> HistoryRun? {
    if let id, let part = try newest(part: id, of: key, on: host) { return part }
    var newest: HistoryRun?
    for run in try newestRuns(of: host) {
      guard let ids = try failures(in: run)[key] else { continue }
      guard let id else { return run }
      if ids.contains(where: { Self.isSame($0, id) }) { return run }
      if newest == nil { newest = run }
    }
    return newest
  }

  /// The newest run that printed a part of a check as failed, whatever the whole check came to.
  ///
  /// An edition may ask in several places and be content with one: what an analyst writes up may be another.
  private mutating func newest(
    part id: String, of key: Int, on host: HistoryHost
  ) throws -> HistoryRun? {
    guard Self.isPart(id, of: reading.checks.checks[key].checkID) else { return nil }
    var seen: Set<Int> = []
    let runs = try newestRuns(of: host).filter { seen.insert($0.snapshot).inserted }
      .prefix(Self.mostParts)
    try reading.history.read(
      summaries: [], findings: [], parts: Array(runs), of: reading.checks.titles(of: [key]))
    let reading = reading
    return try runs.first { run in
      try reading.history.findings(of: run) { reading.checks.key($0) == key }.contains {
        Selection.Evidence.isFailing($0.part(id))
      }
    }
  }

  private mutating func newestRuns(of host: HistoryHost) throws -> [HistoryRun] {
    if let known = runs[host.name] { return known }
    let own = Array(try reading.history.runs(of: host).suffix(Self.mostRuns).reversed())
    runs[host.name] = own
    return own
  }

  private mutating func failures(in run: HistoryRun) throws -> [Int: [String]] {
    if let known = failing[run.snapshot] { return known }
    var own: [Int: [String]] = [:]
    for finding in try reading.history.outcomes(snapshot: run.snapshot)
    where finding.outcome == .fail {
      let key = reading.checks.key(finding.title)
      if keys.contains(key) {
        own[key, default: []].append(reading.checks.check(finding.title).checkID)
      }
    }
    failing[run.snapshot] = own
    return own
  }

  /// Whether two ids are one, or one is a part of the other as `2.2.b` is of `2.2`.
  static func isSame(_ one: String, _ other: String) -> Bool {
    one == other || isPart(one, of: other) || isPart(other, of: one)
  }

  private static func isPart(_ part: String, of whole: String) -> Bool {
    guard part.hasPrefix(whole + ".") else { return false }
    let letter = part.dropFirst(whole.count + 1)
    return letter.count == 1 && letter.allSatisfy(\.isLetter)
  }

  // MARK: - What runs printed

  /// What runs printed of checks.
  struct Evidence {
    fileprivate struct Place: Hashable {
      var run: Int64
      var key: Int
    }

    fileprivate var known: [Place: Selection.Evidence] = [:]

    /// What a run printed of a check.
    ///
    /// - Throws: ``RepositoryError/damaged(path:reason:)`` where it printed nothing.
    func of(_ run: HistoryRun, _ key: Int) throws -> Selection.Evidence {
      guard let own = known[Place(run: run.id, key: key)] else {
        let name = RunSummary.name(of: run.id)
        throw RepositoryError.damaged(path: "database", reason: "run \(name) lacks a finding")
      }
      return own
    }
  }

  /// Reads what runs printed of checks, all at once.
  ///
  /// - Throws: The repository's errors.
  static func evidence(
    _ wanted: [(run: HistoryRun, key: Int)], in reading: HostReading
  ) throws -> Evidence {
    let runs = Array(Set(wanted.map { $0.run }))
    try reading.history.read(
      summaries: runs, findings: [], parts: runs,
      of: reading.checks.titles(of: Set(wanted.map { $0.key })))
    var evidence = Evidence()
    for (run, key) in wanted {
      let all = try reading.history.findings(of: run) { reading.checks.key($0) == key }
      // Of a control under two ids the one that fails tells more.
      let own = all.filter { $0.outcome == .fail } + all.filter { $0.outcome != .fail }
      guard let finding = Finding.merged(own),
        let summary = try reading.history.summary(of: run)
      else { continue }
      evidence.known[Evidence.Place(run: run.id, key: key)] = Selection.Evidence(
        run: summary, finding: finding)
    }
    return evidence
  }
}
