import BenchAnalysis
import BenchHistory
import BenchModel

/// Reads the findings of one host for an export, and shares those that hosts have in common.
///
/// Most findings of a fleet were met on another host. They are known again by the number that the repository has for
/// what was found, so that neither items nor texts are looked at; see ``NumberedFinding``.
struct ExportReading {
  /// What makes findings of hosts one.
  struct Key: Hashable {
    /// What the policy says of it.
    struct Policy: Hashable {
      var outcome: Outcome
      var severity: Severity?
      var isWaived: Bool
      var isLapsed: Bool
      var waivers: [Int] = []
      var attestation: Int?
    }

    var number: Int
    /// The number of the release that printed it; -1 where its run is not known.
    var release: Int
    var state: SharedFinding.State
    /// Whether the base has it too, with the same items.
    var isSame: Bool
    var printedOutcome: Outcome
    var policy: Policy

    /// Most keys of a fleet differ in the number.
    func hash(into hasher: inout Hasher) {
      hasher.combine(number)
      hasher.combine(release)
    }
  }

  /// A run of the host, with the places of its findings by the numbers of their checks.
  private struct Source {
    var id: Int64
    var run: ExportRun?
    /// Nil until it was asked for.
    var places: [Int: Place]?
    /// The checks that stand in the log more than once.
    var repeated: Set<Int> = []
  }

  private struct Place {
    var number: Int
    var line: Int
  }

  private let host: JudgedHost
  private let controls: ExportControls
  private let checks: CheckKeys
  /// Few: a host has a run or two of each tool.
  private var sources: [Source] = []
  /// The place of the one that was asked for last.
  private var last = 0
  /// The comparisons whose heads have changes, in their order.
  private var heads: [Int64] = []
  private var changes: [Int64: [FindingKey: ControlChange]] = [:]
  /// The heads whose bases have the same release.
  private var ofOneRelease: Set<Int64> = []
  private let equal: Set<Int64>
  private let systems: Set<Tool.System>
  private let ceased: [FindingKey: Finding]

  init(
    _ host: JudgedHost, _ controls: ExportControls,
    comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)],
    equal: [RunSummary], ceased: [FindingKey: Finding]
  ) {
    self.host = host
    self.controls = controls
    checks = host.findings.known.checks
    for (base, head, comparison) in comparisons {
      heads.append(head.id)
      if base.release == head.release { ofOneRelease.insert(head.id) }
      var own: [FindingKey: ControlChange] = [:]
      for change in comparison.changes {
        if let key = change.key { own[key] = change }
      }
      changes[head.id] = own
    }
    self.equal = Set(equal.map(\.id))
    self.ceased = ceased
    systems = Set((comparisons.map(\.head) + equal).map(\.release.tool.system))
  }

  /// Adds a run whose summary is known.
  mutating func add(_ run: RunSummary) {
    sources.append(Source(id: run.id, run: ExportRun(run)))
  }

  /// The finding of a verdict.
  mutating func finding(
    _ verdict: JudgedHost.Verdict, _ summary: (HistoryRun) throws -> RunSummary?,
    _ numbered: (HistoryRun) throws -> [NumberedFinding]?
  ) rethrows -> ExportFinding {
    let current = host.findings[verdict.place]
    // The one whose lines the finding has.
    let run = current.source
    if !sources.indices.contains(last) || sources[last].id != run.id
      || sources[last].places == nil
    {
      last = try read(run, summary, numbered)
    }
    let source = sources[last].run
    let openSince = current.openSince
    let state = SharedFinding.State(
      isOpenFromStart: current.isOpenFromStart, isLeftOut: current.isLeftOut, isNew: current.isNew,
      isCompared: changes[run.id] != nil || equal.contains(run.id)
        || (current.isLeftOut && systems.contains(current.system)),
      hasSince: openSince != nil,
      beginsWithRun: openSince != nil && openSince == source?.summary.startedAt)
    let change = change(of: current, run)
    let former = ceased.isEmpty ? nil : ceased[current.check.key]
    guard let place = sources[last].places?[verdict.key], current.isOfOneRun,
      change == nil || (change?.isPlain == true && ofOneRelease.contains(run.id)),
      !sources[last].repeated.contains(verdict.key), former == nil
    else {
      let finding = current.finding
      return ExportFinding(
        SharedFinding(
          host[verdict].judged, finding, controls, release: source?.summary.release, state,
          change: change ?? same(finding, current, run, source), ceased: former),
        source, line: finding.line, openSince: openSince)
    }
    let key = Key(
      number: place.number, release: source == nil ? -1 : run.release, state: state,
      isSame: change != nil || equal.contains(run.id), printedOutcome: verdict.printedOutcome,
      policy: policy(verdict))
    let shared = controls.shared(key) {
      let finding = current.finding
      return SharedFinding(
        host[verdict].judged, finding, controls, release: source?.summary.release, state,
        change: change ?? same(finding, current, run, source))
    }
    return ExportFinding(shared, source, line: place.line, openSince: openSince)
  }

  /// Reads where the findings of a run stand, unless it was read before.
  ///
  /// - Returns: Its place among the sources.
  private mutating func read(
    _ run: HistoryRun, _ summary: (HistoryRun) throws -> RunSummary?,
    _ numbered: (HistoryRun) throws -> [NumberedFinding]?
  ) rethrows -> Int {
    let index: Int
    if let known = sources.firstIndex(where: { $0.id == run.id }) {
      index = known
    } else {
      sources.append(Source(id: run.id, run: try summary(run).map(ExportRun.init)))
      index = sources.count - 1
    }
    if sources[index].places != nil { return index }
    var places: [Int: Place] = [:]
    if let all = try numbered(run) {
      places.reserveCapacity(all.count)
      for finding in all {
        let key = checks.key(finding.title)
        let place = Place(number: finding.number, line: finding.line)
        if places.updateValue(place, forKey: key) != nil { sources[index].repeated.insert(key) }
      }
    } else {
      host.findings.known.readWhole()
    }
    sources[index].places = places
    return index
  }

  /// What the policy says of a finding.
  private func policy(_ verdict: JudgedHost.Verdict) -> Key.Policy {
    var policy = Key.Policy(
      outcome: verdict.outcome, severity: verdict.severity, isWaived: verdict.isWaived,
      isLapsed: verdict.isLapsed)
    if verdict.hasWaiver || verdict.isAttested {
      let judged = host[verdict].judged
      (policy.waivers, policy.attestation) = (judged.waivers, judged.attestation)
    }
    return policy
  }

  /// What a comparison says of a finding.
  private func change(of current: CurrentFinding, _ run: HistoryRun) -> ControlChange? {
    if changes.isEmpty { return nil }
    let key = current.check.key
    guard current.isLeftOut else { return changes[run.id]?[key] }
    return heads.lazy.compactMap { changes[$0]?[key] }.first { $0.change == .notEvaluated }
  }

  /// What a comparison would say of a finding whose run found what its base found.
  private func same(
    _ finding: Finding, _ current: CurrentFinding, _ run: HistoryRun, _ source: ExportRun?
  ) -> ControlChange? {
    guard !current.isLeftOut, equal.contains(run.id), let release = source?.summary.release else {
      return nil
    }
    let side = ComparedRun(
      release: release, isComplete: run.isComplete, scope: run.scope, findings: [finding])
    return Comparison(from: side, to: side, controls.policy.catalog).changes.first
  }
}

extension ControlChange {
  /// Whether it says no more than that both runs have one and the same failure.
  fileprivate var isPlain: Bool {
    change == .stillFailing && base?.outcome == .fail && head?.outcome == .fail
      && itemsAdded.isEmpty && itemsRemoved.isEmpty && criteria == nil && absence == nil
  }
}
