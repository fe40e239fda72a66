import BenchAnalysis
import BenchModel
import BenchStorage

/// Reads what is known of hosts now from their runs.
struct HostReading {
  let history: RunHistory
  let keys: CheckKeys

  init(_ history: RunHistory) {
    self.history = history
    keys = CheckKeys(titles: history.titles, releases: history.releases)
  }

  /// What a host's findings are measured against.
  enum Base {
    /// What was known before its newest run.
    case previous
    /// What was known with its baseline.
    case baseline
    /// What was known at a time.
    case time(Int64, text: String)

    init?(_ text: String) {
      switch text {
      case "previous": self = .previous
      case "baseline": self = .baseline
      default:
        guard let time = CivilTime(text) else { return nil }
        self = .time(time.hasTime ? time.seconds : time.seconds + 86_399, text: text)
      }
    }

    var words: String {
      switch self {
      case .previous: "the run before"
      case .baseline: "the baseline"
      case .time(_, let text): text
      }
    }

    /// How many of a host's runs belong to the base.
    func count(_ runs: [HistoryRun], _ history: RunHistory) -> Int {
      switch self {
      case .previous: max(runs.count - 1, 0)
      case .baseline: (runs.lastIndex { history.isBaseline($0) } ?? -1) + 1
      case .time(let time, _): runs.prefix { $0.startedAt <= time }.count
      }
    }
  }

  /// Calls a closure with each host and what is known of it, and what was known at a base.
  ///
  /// - Throws: The database's errors, or what the closure throws.
  func forEach(
    base: Base? = nil,
    _ body: (RunHistory.Host, HostFindings, _ before: HostFindings?) throws -> Void
  ) throws {
    var standing = Standing(keys)
    for host in history.hosts {
      standing.reset()
      let runs = try history.runs(of: host)
      guard !runs.isEmpty else { continue }
      let earlier = base?.count(runs, history) ?? 0
      var before: Standing?
      for (index, run) in runs.enumerated() {
        if index == earlier, earlier > 0 { before = standing }
        try standing.add(run) {
          try history.findings(snapshot: run.snapshot)
        } turn: { _ in
        }
      }
      var known: [Int: [Finding]] = [:]
      let now = try findings(host, standing, &known)
      // The base may be all there is.
      try body(
        host, now,
        earlier == runs.count && earlier > 0
          ? now : before.map { try findings(host, $0, &known) })
    }
  }

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - standing: What was last known of each control.
  ///   - known: Findings by content, of which the lines may be those of a later run.
  /// - Returns: The findings.
  /// - Throws: The database's errors.
  private func findings(
    _ host: RunHistory.Host, _ standing: Standing, _ known: inout [Int: [Finding]]
  ) throws -> HostFindings {
    try HostFindings(host.name, standing, keys) { run in
      if let findings = known[run.snapshot] { return findings }
      let findings = try history.findings(of: run)
      known[run.snapshot] = findings
      return findings
    }
  }

  /// The newest run of each tool against its baseline, or the run before; one without either is not among them.
  ///
  /// - Throws: The database's errors.
  func comparisons(
    of host: RunHistory.Host
  ) throws -> [(base: RunSummary, head: RunSummary, comparison: Comparison)] {
    try history.latest(of: host).compactMap { latest in
      guard let base = latest.baseline ?? latest.base, let before = try run(base),
        let after = try run(latest.head)
      else { return nil }
      let comparison = Comparison(from: before, to: after)
      return comparison.isMeaningful ? (before.summary, after.summary, comparison) : nil
    }
  }

  /// A run with its findings.
  ///
  /// - Throws: The database's errors.
  func run(_ run: HistoryRun) throws -> StoredRun? {
    try history.summary(of: run).map {
      StoredRun(summary: $0, findings: try history.findings(of: run))
    }
  }
}
