package import BenchAnalysis
package import BenchCatalog
package import BenchHistory
package import BenchModel

/// What is exported of one host.
package struct ExportHost: Sendable {
  /// The name that the host has now.
  package var name: String
  /// The newest run of each tool, the newest first.
  package var runs: [RunSummary]
  /// What a run was compared with, by the run's id; a run that was not compared is not in it.
  package var bases: [Int64: RunSummary]
  package var findings: [ExportFinding]
  /// Whether a run of it was compared.
  private(set) var isCompared: Bool
  private var counted: HostTally?

  /// The numbers of the host.
  var tally: HostTally { counted ?? HostTally(findings, runs: runs) }

  /// Creates a host of which an exporter needs the numbers alone.
  package init(name: String, _ tally: HostTally, isCompared: Bool) {
    self.init(name: name, runs: [], findings: [])
    self.isCompared = isCompared
    counted = tally
  }

  /// Creates a host.
  package init(
    name: String, runs: [RunSummary], bases: [Int64: RunSummary] = [:], findings: [ExportFinding]
  ) {
    self.name = name
    self.runs = runs
    self.bases = bases
    self.findings = findings
    isCompared = !bases.isEmpty
  }

  /// Collects what is exported of a host.
  ///
  /// - Parameters:
  ///   - host: What is known of the host, with what the policy says of it.
  ///   - controls: What is known of the controls.
  ///   - comparisons: The newest run of each system against its base; a run without one is not among them.
  ///   - ceased: The failures that ceased by another criterion; see `CeasedFailures`.
  ///   - summary: Returns a run of the history without its findings.
  /// - Throws: What the closure throws.
  package init(
    _ host: JudgedHost, _ controls: ExportControls,
    comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)] = [],
    ceased: [FindingKey: Finding] = [:], summary: (HistoryRun) throws -> RunSummary?
  ) rethrows {
    let findings = host.findings
    name = host.name
    runs = try findings.runs.compactMap(summary)
    var bases: [Int64: RunSummary] = [:]
    var changes: [Int64: [FindingKey: ControlChange]] = [:]
    for (base, head, comparison) in comparisons {
      bases[head.id] = base
      for change in comparison.changes {
        guard let key = change.key else { continue }
        changes[head.id, default: [:]][key] = change
      }
    }
    let compared = Set(comparisons.map(\.head.release.tool.system))
    var summaries = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
    findings.known.readWhole()
    let all = try host.entries.map { entry in
      let current = entry.current
      // The one whose lines the finding has.
      let run = current.source
      if summaries[run.id] == nil { summaries[run.id] = try summary(run) }
      var judged = entry.judged
      let finding = current.finding
      judged.finding = finding
      let key = finding.key
      let change =
        current.isLeftOut
        ? comparisons.lazy.compactMap { changes[$0.head.id]?[key] }
          .first { $0.change == .notEvaluated }
        : changes[run.id]?[key]
      let isCompared =
        bases[run.id] != nil || (current.isLeftOut && compared.contains(current.system))
      return ExportFinding(
        judged, controls, run: summaries[run.id], openSince: current.openSince,
        isOpenFromStart: current.isOpenFromStart, isLeftOut: current.isLeftOut,
        isNew: current.isNew, isCompared: isCompared, change: change, ceased: ceased[key])
    }
    self.bases = bases
    isCompared = !bases.isEmpty
    self.findings = all
  }

}

/// What catalogue and policy know of a control.
package final class ExportControl: Sendable {
  /// The STRIDE categories, the primary one first, as the policy has them.
  package let stride: [Stride]
  package let control: Control?
  package let risk: Risk?
  package let advice: Advice?
  private let id: ControlID?
  private let catalog: Catalog

  init(_ id: ControlID?, _ policy: Policy, edition: String? = nil, check: String = "") {
    self.id = id
    let catalog = policy.catalog
    self.catalog = catalog
    stride = policy.stride(of: id)
    control = id.flatMap(catalog.controls.control)
    risk = id.flatMap { catalog.risks[$0] }
    advice = id.flatMap { catalog.advice[$0] }.map {
      edition == nil ? $0 : catalog.distributions.advice($0, in: edition, check: check)
    }
  }

  /// The address of the publication that puts it into a STRIDE category; nil where none with an address does.
  var source: String? {
    guard let risk, risk.stride.contains(where: { $0.source != Source.judgement }) else {
      return nil
    }
    let sources = catalog.sources
    return risk.stride.lazy.compactMap { sources[$0.source]?.url }
      .first { $0.hasPrefix("https://") }
  }

  /// The requirements of a framework that it serves, by their ids: looked up when a format asks.
  func requirements(in framework: String) -> [String] {
    catalog.frameworks.requirements(of: id, in: framework).map(\.id)
  }
}

/// What catalogue and policy know of controls, each looked up once; for one thread.
package final class ExportControls {
  let policy: Policy
  private var known: [ControlID?: ExportControl] = [:]
  /// Those of editions that are for a distribution of Kubernetes, by edition and check.
  private var own: [[String]: ExportControl] = [:]
  private var numbered: (checks: CheckKeys.Token, controls: [ExportControl])?

  /// Creates a collection of nothing.
  package init(_ policy: Policy) { self.policy = policy }

  subscript(id: ControlID?) -> ExportControl {
    if let control = known[id] { return control }
    let control = ExportControl(id, policy)
    known[id] = control
    return control
  }

  /// What is known of a finding's control where its run's edition was checked.
  func of(_ finding: Finding, in edition: String?) -> ExportControl {
    guard let control = finding.control, let edition,
      policy.catalog.distributions.distribution(of: edition) != nil
    else { return self[finding.control] }
    let place = [edition, finding.checkID, control]
    if let known = own[place] { return known }
    let known = ExportControl(control, policy, edition: edition, check: finding.checkID)
    own[place] = known
    return known
  }

  /// What is known of the checks of a history, by their numbers.
  func of(_ checks: CheckKeys) -> [ExportControl] {
    if let numbered, numbered.checks === checks.token { return numbered.controls }
    let controls = checks.checks.map { self[$0.control] }
    numbered = (checks.token, controls)
    return controls
  }
}

/// What is exported of one control of a host.
package struct ExportFinding: Sendable {
  /// The finding as the team's policy has it.
  package private(set) var judged: JudgedFinding
  /// The finding of the log.
  package var finding: Finding {
    didSet { judged.finding = finding }
  }
  /// The run whose log has the finding at its line.
  package var run: RunSummary?
  /// Since when it fails.
  package var openSince: Int64?
  /// Whether it failed in the host's first run already, so that it may be older.
  package var isOpenFromStart: Bool
  /// Whether the newest run of its tool did not judge the control.
  package var isLeftOut: Bool
  /// Whether it ceased or began to fail in the newest run of its tool.
  package var isNew: Bool
  /// Whether the run that judged it, or left it out, was compared with another one.
  package var isCompared: Bool
  /// The difference from the base; nil if there is none.
  package var change: ControlChange?
  /// The failure as it was before it ceased by another criterion; nil if none did.
  package var ceased: Finding?
  /// The waivers that apply.
  package var waivers: [Waiver]
  /// The attestation that decides.
  package var attestation: Attestation?
  private let known: ExportControl

  /// Creates a finding, with what the catalogue knows of its control.
  package init(
    _ judged: JudgedFinding, _ controls: ExportControls, run: RunSummary?, openSince: Int64? = nil,
    isOpenFromStart: Bool = false, isLeftOut: Bool = false, isNew: Bool = false,
    isCompared: Bool = false, change: ControlChange? = nil, ceased: Finding? = nil
  ) {
    self.judged = judged
    finding = judged.finding
    self.run = run
    self.openSince = openSince
    self.isOpenFromStart = isOpenFromStart
    self.isLeftOut = isLeftOut
    self.isNew = isNew
    self.isCompared = isCompared
    self.change = change
    self.ceased = ceased
    let policy = controls.policy
    waivers = judged.waivers.compactMap {
      policy.waivers.indices.contains($0) ? policy.waivers[$0] : nil
    }
    attestation = judged.attestation.flatMap {
      policy.attestations.indices.contains($0) ? policy.attestations[$0] : nil
    }
    known = controls.of(finding, in: run?.release.edition)
  }

  /// The STRIDE categories, the primary one first, as the policy has them.
  package var stride: [Stride] { known.stride }
  package var control: Control? { known.control }
  package var risk: Risk? { known.risk }
  package var advice: Advice? { known.advice }
  /// The address of the publication that puts the control into a STRIDE category.
  var source: String? { known.source }
  /// The requirements of NIST SP 800-53 that the control serves.
  var nist: [String] { known.requirements(in: Framework.nist) }
  var severity: Severity? { judged.severity }

  /// The outcome with what an attestation decided.
  var verdict: Outcome { judged.outcome }

  /// The control's slug, or `unmapped`.
  var slug: String { finding.control ?? "unmapped" }

  /// The waivers that accept a unit; those of an item are of it and maybe of others.
  func waivers(of unit: ExportUnit) -> [Waiver] {
    guard unit.isWaived else { return [] }
    guard let item = unit.item else { return waivers.filter(\.items.isEmpty) }
    return waivers.filter { $0.covers(item) || unit.others.contains(where: $0.covers) }
  }

  /// What happened to it; nil if nothing did, or if another criterion may be why.
  var certainChange: Change? {
    guard let change, !change.isDoubtful else { return nil }
    return change.change
  }

  /// Whether it was fixed since the base.
  var isFixed: Bool { verdict == .pass && certainChange == .fixed }
}
