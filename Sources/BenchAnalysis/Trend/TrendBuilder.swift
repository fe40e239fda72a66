package import BenchHistory
import BenchModel

/// Puts what the runs of hosts change together to a trend.
///
/// The cost is that of what changed: a run that found what the one before found costs next to nothing.
package struct TrendBuilder {
  /// Where the series has its places.
  package enum Axis: Sendable {
    /// At each run of one host.
    case runs
    /// At the end of each period: its first second, its length in seconds, and how many there are.
    case periods(start: Int64, length: Int64, count: Int)
  }

  private let keys: CheckKeys
  private let axis: Axis
  private var trend: Trend
  private var host = ""
  private let ratings: TrendRatings
  private let judgement: Judgement
  private let rated: RatedChecks
  /// How many open failures more each place has, by the numbers of the checks; empty where nothing stored was added.
  private var opened: [[Int]] = []
  private var open: [Trend.OpenCheck?]
  /// The newest run that printed each open check as it is shown.
  private var printed: [RunOrder?]
  private var timeToFix: (sum: Int64, count: Int64) = (0, 0)
  /// The place of the run that is being added, what it changed in the levels there, and its start.
  private var place = 0
  private var point = Trend.Point(time: 0)
  private var startedAt: Int64 = 0
  /// Of more flapping checks than these the ones with most changes are kept.
  private static let mostFlapping = 1_000
  /// So many changes in the window make a check flap: there, back, and there again.
  package static let leastTurns = 3

  /// Creates a trend of no runs.
  ///
  /// - Parameters:
  ///   - keys: The checks of the history.
  ///   - judgement: The policy, with severities and categories that differ from the catalogue's, as of the time that ages
  ///     are counted to.
  ///   - axis: Where the series has its places.
  ///   - window: How many of the last runs of a host and system count for flapping.
  ///   - staleDays: Without a run for more days a host is stale.
  package init(
    _ keys: CheckKeys, _ judgement: Judgement, axis: Axis, window: Int, staleDays: Int
  ) {
    self.keys = keys
    self.axis = axis
    self.judgement = judgement
    trend = Trend(
      window: window, staleDays: staleDays, time: judgement.time, catalog: judgement.policy.catalog)
    let policy = judgement.policy
    rated = judgement.ratings(of: keys)
    ratings = TrendRatings(
      severities: keys.checks.map { policy.severity(of: $0.control) },
      stride: keys.checks.map { policy.stride(of: $0.control) })
    open = Array(repeating: nil, count: keys.count)
    printed = Array(repeating: nil, count: keys.count)
    if case .periods(let start, let length, let count) = axis {
      trend.points = (0..<max(count, 1)).map {
        Trend.Point(time: start + Int64($0 + 1) * length - 1)
      }
    }
  }

  /// Adds a host of which what is known is stored.
  ///
  /// - Parameters:
  ///   - host: The host's name.
  ///   - known: What is known of its systems.
  ///   - history: Has what its runs changed, and their findings, which are read only where a waiver is about items.
  /// - Throws: The repository's errors.
  package mutating func add(
    _ host: String, _ known: [KnownStanding], _ history: any History
  ) throws {
    begin(host: host)
    trend.runs += known.reduce(0) { $0 + $1.record.count }
    if let first = known.map(\.firstAt).min() { trend.points[place(at: first)].hosts += 1 }
    try end(
      known.map { KnownFindings.Part(system: $0.system, record: $0.record) },
      history.findings)
  }

  /// Adds something that a run of a stored host changed.
  package mutating func add(_ change: StandingChange) {
    let place = place(at: change.at)
    if opened.isEmpty {
      opened = Array(repeating: Array(repeating: 0, count: keys.count), count: trend.points.count)
    }
    switch change.kind {
    case .began(let title, let movement):
      opened[place][keys.key(title)] += 1
      trend.points[place].books[movement] += 1
    case .ended(let title, let movement, let since):
      opened[place][keys.key(title)] -= 1
      trend.points[place].books[movement] += 1
      if movement == .fixed {
        timeToFix = (timeToFix.sum &+ max(change.at &- since, 0), timeToFix.count + 1)
      }
    case .counts(let passing, let criterionChanged):
      trend.points[place].pass &+= passing
      trend.points[place].criterionChanged &+= criterionChanged
    }
  }

  /// Whether an open check is an accepted risk now.
  private func isWaived(
    _ key: Int, _ run: HistoryRun, _ source: FindingSource
  ) throws -> Bool {
    guard rated[key].hasWaivers else { return false }
    let control = keys.control(key)
    let waivers = judgement.waivers(of: control, host: host)
    guard !waivers.isEmpty else { return false }
    if waivers.contains(where: { $0.items.isEmpty }) { return true }
    let found = Finding.merged(try source(run) { keys.key($0) == key })
    return found.map { judgement.judge($0, host: host).isWaived } ?? false
  }

  /// Notes a check that keeps changing; what changes least goes where there are too many.
  private mutating func noteFlapping(_ flapping: Trend.Flapping) {
    trend.flapping.append(flapping)
    guard trend.flapping.count >= 2 * Self.mostFlapping else { return }
    trend.flapping.sort()
    trend.flapping.removeLast(trend.flapping.count - Self.mostFlapping)
  }

  /// The trend of all hosts that were ended.
  package func build() -> Trend {
    var trend = trend
    for (place, changes) in opened.enumerated() {
      for (key, change) in changes.enumerated() where change != 0 {
        ratings.count(key: key, by: change, in: &trend.points[place])
      }
    }
    var sum = Trend.Point(time: 0)
    var open = 0
    for index in trend.points.indices {
      trend.points[index].books.before = open
      open = trend.points[index].books.after
    }
    for index in trend.points.indices { trend.points[index].addLevels(of: &sum) }
    trend.open = self.open.compactMap { $0 }.sorted {
      (($0.severity?.rawValue).map { -Int($0) } ?? 1, $0.since, $0.check.key)
        < (($1.severity?.rawValue).map { -Int($0) } ?? 1, $1.since, $1.check.key)
    }
    trend.flapping.sort()
    trend.flapping = Array(trend.flapping.prefix(Self.mostFlapping))
    trend.stale.sort { ($0.lastRun, $0.host) < ($1.lastRun, $1.host) }
    trend.fixed = Int(timeToFix.count)
    if timeToFix.count > 0 { trend.meanTimeToFix = timeToFix.sum / timeToFix.count }
    return trend
  }

  /// The place of a run in the series.
  private mutating func place(of run: HistoryRun) -> Int {
    switch axis {
    case .runs:
      trend.points.append(Trend.Point(time: run.startedAt, run: run.id))
      return trend.points.count - 1
    case .periods: return place(at: run.startedAt)
    }
  }

  /// The place of a time in a series of periods.
  private func place(at time: Int64) -> Int {
    guard case .periods(let start, let length, _) = axis else { return trend.points.count - 1 }
    return min(max(Int((time &- start) / max(length, 1)), 0), trend.points.count - 1)
  }
}

extension TrendBuilder: HostReading.Observer {
  package mutating func begin(host: String) { self.host = host }

  package mutating func begin(_ run: HistoryRun, isFirst: Bool) {
    trend.runs += 1
    place = place(of: run)
    startedAt = run.startedAt
    // Taken out, so that its counts are changed in place.
    swap(&point, &trend.points[place])
    if isFirst { point.hosts += 1 }
  }

  package mutating func note(_ turn: Standing.Turn) {
    ratings.count(turn.before, key: turn.key, by: -1, in: &point)
    ratings.count(turn.after, key: turn.key, by: 1, in: &point)
    if turn.isDoubtful { point.criterionChanged += 1 }
    if turn.movement == .fixed, let since = turn.before?.openSince {
      timeToFix = (timeToFix.sum + max(startedAt - since, 0), timeToFix.count + 1)
    }
  }

  package mutating func end(_ run: HistoryRun, _ books: Books) {
    // Levels are added up at the end.
    var movements = books
    movements.before = 0
    point.books += movements
    swap(&point, &trend.points[place])
  }

  /// Ends the host.
  ///
  /// - Parameters:
  ///   - standing: What is known of it after its last run.
  ///   - source: Returns findings of a run; is called only where a waiver is about items.
  /// - Throws: What the source throws.
  package mutating func end(
    _ standing: HostStanding, _ source: @escaping FindingSource
  ) throws {
    try end(
      zip(keys.allSystems, standing.systems).filter { $1.runs > 0 }
        .map { KnownFindings.Part(system: $0, record: $1.record) }, source)
  }

  private mutating func end(
    _ parts: [KnownFindings.Part], _ source: FindingSource
  ) throws {
    guard let latest = parts.compactMap(\.record.newestRun).max(by: { $0.order < $1.order }) else {
      return
    }
    trend.hosts += 1
    if Age(since: latest.startedAt, until: trend.time).days > trend.staleDays {
      trend.stale.append(Trend.StaleHost(host: host, lastRun: latest.startedAt))
    }
    for part in parts { try end(part.record, source) }
  }

  private mutating func end(
    _ record: StandingRecord, _ source: FindingSource
  ) throws {
    for entry in record.entries {
      let turns = (record.more(of: entry)?.turns ?? []).count {
        Int($0) > record.count - 1 - trend.window
      }
      if turns >= Self.leastTurns {
        noteFlapping(
          Trend.Flapping(
            host: host, check: keys.check(entry.title), turns: turns, isOpen: entry.isOpen))
      }
      guard entry.outcome == .fail, let since = entry.openSince else { continue }
      guard !entry.isRetired else {
        trend.retired += 1
        continue
      }
      let key = keys.key(entry.title)
      let run = record.runs[entry.run]
      // Changed in place: a copy of its texts for each host would take most of the time.
      if open[key] == nil {
        open[key] = Trend.OpenCheck(
          check: keys.check(entry.title), severity: ratings.severities[key],
          stride: ratings.stride[key], since: since, isFromStart: entry.isOpenFromStart)
      }
      open[key]?.hosts += 1
      // An edition may have another id for it: the newest run's is shown.
      if printed[key].map({ $0 < run.order }) ?? true {
        open[key]?.check = keys.check(entry.title)
        printed[key] = run.order
      }
      if let first = open[key]?.since, since < first {
        open[key]?.since = since
        open[key]?.isFromStart = entry.isOpenFromStart
      }
      if let most = open[key]?.turns, most < turns { open[key]?.turns = turns }
      if try isWaived(key, run, source) {
        open[key]?.waived += 1
        trend.waived += 1
      }
      if record.isLeftOut(entry) {
        open[key]?.leftOut += 1
        trend.leftOut += 1
      }
    }
  }
}
