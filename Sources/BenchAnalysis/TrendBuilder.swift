package import BenchModel

/// Puts the runs of hosts together to a trend, host by host and each host's runs in the order of time.
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
  private var standing: Standing
  private var trend: Trend
  private var host = ""
  private let ratings: Ratings
  private let judgement: Judgement
  private var open: [Trend.OpenCheck?]
  /// When each open check was printed as it is shown.
  private var printed: [Int64]
  private var timeToFix: (sum: Int64, count: Int64) = (0, 0)
  /// Hosts with more changes than these are enough to look at.
  private static let mostFlapping = 1_000
  /// So many changes in the window make a check flap: there, back, and there again.
  package static let leastTurns = 3

  /// Creates a trend of no runs.
  ///
  /// - Parameters:
  ///   - keys: The checks of the history.
  ///   - policy: Severities and categories that differ from the catalogue's.
  ///   - axis: Where the series has its places.
  ///   - window: How many of the last runs of a host count for flapping.
  ///   - staleDays: Without a run for so many days a host is stale.
  ///   - time: The time that ages are counted to.
  package init(
    _ keys: CheckKeys, policy: Policy, axis: Axis, window: Int, staleDays: Int, time: Int64
  ) {
    self.keys = keys
    self.axis = axis
    standing = Standing(keys)
    trend = Trend(window: window, staleDays: staleDays, time: time)
    ratings = Ratings(
      severities: keys.checks.map { policy.severity(of: $0.control) },
      stride: keys.checks.map { policy.stride(of: $0.control) })
    judgement = Judgement(policy, at: time)
    open = Array(repeating: nil, count: keys.count)
    printed = Array(repeating: 0, count: keys.count)
    if case .periods(let start, let length, let count) = axis {
      trend.points = (0..<max(count, 1)).map {
        Trend.Point(time: start + Int64($0 + 1) * length - 1)
      }
    }
  }

  /// Begins a host.
  package mutating func begin(host: String) {
    standing.reset()
    self.host = host
  }

  /// Adds a run of the host.
  ///
  /// - Parameters:
  ///   - run: The run, not older than the one before.
  ///   - findings: Returns what it found.
  /// - Throws: What the closure throws.
  package mutating func add(
    _ run: HistoryRun, findings: () throws -> [HistoryFinding]
  ) rethrows {
    trend.runs += 1
    let place = self.place(of: run)
    let isFirst = standing.runs == 0
    if isFirst { trend.points[place].hosts += 1 }
    // Taken out, so that its counts are changed in place.
    var point = Trend.Point(time: 0)
    swap(&point, &trend.points[place])
    var fixed: (sum: Int64, count: Int64) = (0, 0)
    let ratings = ratings
    defer { swap(&point, &trend.points[place]) }
    try standing.add(run, findings: findings) { turn in
      ratings.count(turn.before, key: turn.key, by: -1, in: &point)
      ratings.count(turn.after, key: turn.key, by: 1, in: &point)
      if turn.isDoubtful {
        point.criterionChanged += 1
      } else {
        switch turn.change {
        case .regressed: point.regressed += 1
        case .newlySeen where !isFirst: point.newlySeen += 1
        case .fixed:
          point.fixed += 1
          if let since = turn.before?.openSince {
            fixed = (fixed.sum + max(run.startedAt - since, 0), fixed.count + 1)
          }
        default: break
        }
      }
    }
    timeToFix = (timeToFix.sum + fixed.sum, timeToFix.count + fixed.count)
  }

  /// Ends the host.
  ///
  /// - Parameter findings: Returns the findings of a run; is called only where a waiver is about items.
  /// - Throws: What the closure throws.
  package mutating func endHost(findings: (HistoryRun) throws -> [Finding]) rethrows {
    guard let latest = standing.latest else { return }
    trend.hosts += 1
    if trend.time - latest.startedAt > Int64(trend.staleDays) * 86_400 {
      trend.stale.append(Trend.StaleHost(host: host, lastRun: latest.startedAt))
    }
    for (key, known) in standing.known.enumerated() {
      guard let known else { continue }
      let turns = known.turns.count { Int($0) > standing.runs - 1 - trend.window }
      if turns >= Self.leastTurns, trend.flapping.count < Self.mostFlapping {
        trend.flapping.append(
          Trend.Flapping(
            host: host, check: keys.check(known.title), turns: turns, isOpen: known.isOpen))
      }
      guard known.outcome == .fail, let since = known.openSince else { continue }
      guard !known.isRetired else {
        trend.retired += 1
        continue
      }
      var check =
        open[key]
        ?? Trend.OpenCheck(
          check: keys.check(known.title), severity: ratings.severities[key],
          stride: ratings.stride[key],
          since: since,
          isFromStart: known.isOpenFromStart)
      check.hosts += 1
      // An edition may have another id for it: the newest run's is shown.
      if check.hosts == 1 || known.run.startedAt > printed[key] {
        check.check = keys.check(known.title)
        printed[key] = known.run.startedAt
      }
      if since < check.since {
        (check.since, check.isFromStart) = (since, known.isOpenFromStart)
      }
      check.turns = max(check.turns, turns)
      if try isWaived(key, known, findings) {
        check.waived += 1
        trend.waived += 1
      }
      if standing.isLeftOut(known) {
        check.leftOut += 1
        trend.leftOut += 1
      }
      open[key] = check
    }
  }

  /// Whether an open check is an accepted risk now.
  private func isWaived(
    _ key: Int, _ known: Standing.Known, _ findings: (HistoryRun) throws -> [Finding]
  ) rethrows -> Bool {
    let control = keys.control(key)
    let waivers = judgement.waivers(of: control, host: host)
    guard !waivers.isEmpty else { return false }
    if waivers.contains(where: { $0.items.isEmpty }) { return true }
    let merged = Finding.merged(try findings(known.run), by: keys.key)
    return merged.findings[key].map { judgement.judge($0, host: host).isWaived } ?? false
  }

  /// The trend of all hosts that were ended.
  package func build() -> Trend {
    var trend = trend
    var sum = Trend.Point(time: 0)
    for index in trend.points.indices { trend.points[index].addLevels(of: &sum) }
    trend.open = open.compactMap { $0 }.sorted {
      (
        ($0.severity?.rawValue).map { -Int($0) } ?? 1, $0.since,
        $0.check.control ?? $0.check.checkID, $0.check.title
      )
        < (
          ($1.severity?.rawValue).map { -Int($0) } ?? 1, $1.since,
          $1.check.control ?? $1.check.checkID, $1.check.title
        )
    }
    trend.flapping.sort {
      (-$0.turns, $0.host, $0.check.control ?? $0.check.checkID, $0.check.title)
        < (-$1.turns, $1.host, $1.check.control ?? $1.check.checkID, $1.check.title)
    }
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
    case .periods(let start, let length, _):
      let place = (run.startedAt - start) / max(length, 1)
      return min(max(Int(place), 0), trend.points.count - 1)
    }
  }
}

/// How bad the checks of a history are, by their numbers.
private struct Ratings: Sendable {
  var severities: [Severity?]
  var stride: [[Stride]]

  /// Adds what is known of a check to the levels of a point, or takes it away.
  func count(
    _ known: Standing.Known?, key: Int, by amount: Int, in point: inout Trend.Point
  ) {
    guard let known, !known.isRetired else { return }
    switch known.outcome {
    case .pass: point.pass += amount
    case .fail:
      if let severity = severities[key] {
        point.severities[severity, default: 0] += amount
      } else {
        point.unrated += amount
      }
      for category in stride[key] { point.stride[category, default: 0] += amount }
    case .manual, .info, .notApplicable: break
    }
  }
}

extension Trend.Point {
  /// Makes levels of what changed at this place.
  fileprivate mutating func addLevels(of sum: inout Trend.Point) {
    sum.hosts += hosts
    sum.pass += pass
    sum.unrated += unrated
    for (severity, change) in severities { sum.severities[severity, default: 0] += change }
    for (category, change) in stride { sum.stride[category, default: 0] += change }
    (hosts, pass, unrated) = (sum.hosts, sum.pass, sum.unrated)
    (severities, stride) = (sum.severities, sum.stride)
  }
}
