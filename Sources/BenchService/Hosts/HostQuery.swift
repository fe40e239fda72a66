package import BenchAnalysis
package import BenchCatalog
package import BenchHistory
package import BenchModel

/// Which hosts a question is about, and by which policy and as of when it is answered.
package struct HostQuery: Sendable {
  /// Only these hosts; all if there is none.
  package var hosts: [String]
  /// Only runs with all of these labels.
  package var labels: [(key: String, value: String)]
  /// Only runs that began until then, in seconds since 1970.
  package var until: Int64?
  /// The time as of which the question is answered; nil for now.
  package var asOf: Int64?
  /// Only these findings, of what lists findings.
  package var findings: FindingFilter
  package var policy: Policy
  /// The time for which the policy counts and to which ages are counted, in seconds since 1970.
  package var time: Int64

  /// Creates a query.
  package init(
    host: String? = nil, hosts: [String] = [], labels: [(key: String, value: String)] = [],
    asOf: Int64? = nil, findings: FindingFilter = FindingFilter(), policy: Policy, time: Int64
  ) {
    self.hosts = host.map { [$0] } ?? hosts
    self.labels = labels
    self.asOf = asOf
    until = asOf
    self.findings = findings
    self.policy = policy
    self.time = time
  }

  /// Which runs are read.
  package var filter: RunFilter {
    RunFilter(hosts: hosts, labels: labels, until: until, asOf: asOf)
  }

  /// The host that was asked for, where it is one.
  package var host: String? { hosts.count == 1 ? hosts.first : nil }

  /// What is thrown where no run is meant.
  var noRuns: ServiceError {
    if let asOf { return .noRunsUntil(host: host, asOf) }
    return until.map { .noRunsYet(host: host, $0) } ?? .noRuns(host: host)
  }

  /// Finds the run that a name names, of those that the question is about.
  ///
  /// - Parameters:
  ///   - name: The name; see ``RunName``.
  ///   - repository: Where the runs are.
  /// - Returns: The run.
  /// - Throws: ``ServiceError/otherHost(name:host:)`` for a run of a host that is not meant, or the repository's errors.
  package func run(named name: String, in repository: any RunRepository) throws -> StoredRun {
    let run = try repository.run(
      named: name, hosts: hosts, labels: labels, until: until, asOf: asOf)
    let own = run.summary.host
    guard hosts.isEmpty || hosts.contains(where: { repository.hostNames.current($0) == own }) else {
      throw ServiceError.otherHost(name: name, host: own)
    }
    return run
  }

  /// What is known of the checks: what the policy decides upon.
  package var catalog: Catalog { policy.catalog }

  /// The policy, as of the time.
  package var judgement: Judgement { Judgement(policy, at: time) }

  /// A host with what is known of it, and what the policy says of that.
  package struct Host {
    package var reading: HostReading.Host
    package var now: JudgedHost
    /// What was known at the base; see ``HostReading/Host/before``.
    package var before: JudgedHost?
    package var history: any History
    /// What is known of the checks.
    package var catalog: Catalog
  }

  /// The runs of a host that a question reads beside what is known of the host: those of many hosts are read at once.
  package struct Needs {
    /// Of these the summaries.
    package var summaries: [HistoryRun] = []
    /// Of these all findings, with items and details.
    package var findings: [HistoryRun] = []
    /// Of these the findings of some checks, which are given by their numbers.
    package var parts: [HistoryRun] = []
    package var checks: Set<Int> = []

    static func += (lhs: inout Needs, rhs: Needs) {
      lhs.summaries += rhs.summaries
      lhs.findings += rhs.findings
      lhs.parts += rhs.parts
      lhs.checks.formUnion(rhs.checks)
    }

    static func + (lhs: Needs, rhs: Needs) -> Needs {
      var sum = lhs
      sum += rhs
      return sum
    }
  }

  /// Calls a closure with each host, judged once.
  ///
  /// - Parameters:
  ///   - repository: Where the runs are.
  ///   - base: What findings are measured against; nil if by nothing.
  ///   - needs: Returns what the closure will read of a host.
  ///   - body: Is called with each host.
  /// - Throws: ``ServiceError/noRuns(host:)``, the repository's errors, or what the closure throws.
  package func forEach(
    in repository: any RunRepository, base: HostReading.Base? = nil,
    needs: (Host) -> Needs = { _ in Needs() }, _ body: (Host) throws -> Void
  ) throws {
    let count = try repository.history(filter) { history in
      try forEach(HostReading(history, catalog), base: base, needs: needs, body)
    }
    guard count > 0 else { throw noRuns }
  }

  /// Calls a closure with each host of a history that is being read.
  ///
  /// - Returns: How many hosts there were.
  /// - Throws: The repository's errors, or what the closure throws.
  @discardableResult
  func forEach(
    _ reading: HostReading, base: HostReading.Base? = nil,
    needs: (Host) -> Needs = { _ in Needs() }, _ body: (Host) throws -> Void
  ) throws -> Int {
    var count = 0
    let judgement = judgement
    try reading.forEachBatch(base: base) { batch in
      count += batch.count
      let hosts = judged(batch, reading, judgement)
      var all = Needs()
      for host in hosts { all += needs(host) }
      try reading.history.read(
        summaries: all.summaries, findings: all.findings, parts: all.parts,
        of: reading.checks.titles(of: all.checks))
      for host in hosts { try body(host) }
    }
    return count
  }

  /// Judges hosts.
  private func judged(
    _ hosts: [HostReading.Host], _ reading: HostReading, _ judgement: Judgement
  ) -> [Host] {
    let judge = { @Sendable (host: HostReading.Host) in
      (
        now: JudgedHost(host.findings, judgement).only(findings, policy),
        before: host.before.map { JudgedHost($0, judgement).only(findings, policy) }
      )
    }
    // A waiver of items reads findings, which one thread does at a time.
    let readsFindings = policy.waivers.contains { !$0.items.isEmpty }
    let judged = readsFindings ? hosts.map(judge) : hosts.mapInParallel(judge)
    return zip(hosts, judged).map { host, judged in
      Host(
        reading: host, now: judged.now, before: judged.before, history: reading.history,
        catalog: judgement.policy.catalog)
    }
  }
}

extension HostQuery.Host {
  /// The newest run of each tool, without its findings.
  package func summaries() throws -> [RunSummary] {
    try now.findings.runs.compactMap(history.summary)
  }

  /// What the newest run of each system is measured against.
  package enum ComparisonBase {
    /// The run before it.
    case before
    /// The host's baseline, or, without one, the run before.
    case baselineOrBefore
    /// One run for all.
    case run(StoredRun)
  }

  /// The newest run of a system against its base.
  package struct Measured {
    package var head: RunSummary
    package var base: RunSummary
    package var comparison: Comparison
  }

  /// The newest run of each system that has a base of the database, with that.
  private func pairs(_ base: ComparisonBase) -> [(head: HistoryRun, base: HistoryRun)] {
    reading.latest.compactMap { latest in
      let other =
        switch base {
        case .before: latest.base
        case .baselineOrBefore: latest.baseline ?? latest.base
        case .run: nil as HistoryRun?
        }
      return other.map { (latest.head, $0) }
    }
  }

  /// The newest runs that found what their bases found.
  package func equal(_ base: ComparisonBase) -> [(head: HistoryRun, base: HistoryRun)] {
    pairs(base).filter { $0.head.hasSameContent(as: $0.base) }
  }

  /// The runs that are compared with their bases.
  package func needs(
    against base: ComparisonBase, areEqualLeftOut: Bool = false
  ) -> HostQuery.Needs {
    if case .run = base {
      let heads = reading.latest.map(\.head)
      return HostQuery.Needs(summaries: heads, findings: heads)
    }
    let runs = pairs(base).filter { !areEqualLeftOut || !$0.head.hasSameContent(as: $0.base) }
      .flatMap { [$0.head, $0.base] }
    return HostQuery.Needs(summaries: runs, findings: runs)
  }

  /// Compares the newest run of each system with its base.
  ///
  /// - Parameters:
  ///   - base: What it is compared with.
  ///   - areEqualLeftOut: Whether a run that found what its base found is left out.
  /// - Returns: What could be compared, and what could not.
  /// - Throws: The repository's errors.
  package func measure(
    against base: ComparisonBase, areEqualLeftOut: Bool = false
  ) throws -> (measured: [Measured], unmeasured: [Gate.Unmeasured]) {
    var measured: [Measured] = []
    var unmeasured: [Gate.Unmeasured] = []
    let equal =
      areEqualLeftOut
      ? Set(pairs(base).filter { $0.head.hasSameContent(as: $0.base) }.map(\.head.id)) : []
    for latest in reading.latest where !equal.contains(latest.head.id) {
      guard let head = try history.stored(latest.head) else { continue }
      let other: StoredRun? =
        switch base {
        case .before: try latest.base.flatMap(history.stored)
        case .baselineOrBefore: try (latest.baseline ?? latest.base).flatMap(history.stored)
        case .run(let run):
          run.summary.release.tool.system == latest.system ? run : nil
        }
      guard let other else {
        let isNamed = if case .run = base { true } else { false }
        unmeasured.append(
          Gate.Unmeasured(system: latest.system, reason: isNamed ? .otherSystem : .noBase))
        continue
      }
      let comparison = Comparison(from: other, to: head, catalog)
      guard comparison.isMeaningful else {
        unmeasured.append(Gate.Unmeasured(system: latest.system, reason: .nothingInCommon))
        continue
      }
      measured.append(Measured(head: head.summary, base: other.summary, comparison: comparison))
    }
    return (measured, unmeasured)
  }
}
