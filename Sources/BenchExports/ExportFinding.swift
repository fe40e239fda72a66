package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel

/// A run from whose log findings are.
final class ExportRun: Sendable {
  let summary: RunSummary

  init(_ summary: RunSummary) { self.summary = summary }
}

/// What is exported of one control of a host: what hosts share of it, and what each host has of its own.
package struct ExportFinding: Sendable {
  let shared: SharedFinding
  /// The run whose log has the finding at its line.
  var origin: ExportRun?
  /// The line of the log.
  let line: Int
  /// Since when it fails.
  package var openSince: Int64?

  init(_ shared: SharedFinding, _ origin: ExportRun?, line: Int, openSince: Int64?) {
    self.shared = shared
    self.origin = origin
    self.line = line
    self.openSince = openSince
  }

  /// Creates a finding that no other host shares, with what the catalogue knows of its control.
  package init(
    _ judged: JudgedFinding, _ controls: ExportControls, run: RunSummary?, openSince: Int64? = nil,
    isOpenFromStart: Bool = false, isLeftOut: Bool = false, isNew: Bool = false,
    isCompared: Bool = false, change: ControlChange? = nil, ceased: Finding? = nil
  ) {
    let finding = judged.finding
    self.init(
      SharedFinding(
        judged, finding, controls, release: run?.release,
        SharedFinding.State(
          isOpenFromStart: isOpenFromStart, isLeftOut: isLeftOut, isNew: isNew,
          isCompared: isCompared, hasSince: openSince != nil,
          beginsWithRun: openSince != nil && openSince == run?.startedAt),
        change: change, ceased: ceased),
      run.map(ExportRun.init), line: finding.line, openSince: openSince)
  }

  /// The run whose log has the finding at its line.
  package var run: RunSummary? {
    get { origin?.summary }
    set { origin = newValue.map(ExportRun.init) }
  }
}

/// What hosts share of a finding: all but the names of host, run and log, the line and the times.
///
/// Hosts of a fleet have most findings in common, so each is described and rendered once. What one host has for itself
/// can't be read here, so that none of it can get into what another host is told.
package final class SharedFinding: Sendable {
  /// What is known of a finding beside what was found.
  struct State: Hashable, Sendable {
    /// Whether it failed in the host's first run already, so that it may be older.
    var isOpenFromStart = false
    /// Whether the newest run of its tool did not judge the control.
    var isLeftOut = false
    /// Whether it ceased or began to fail in the newest run of its tool.
    var isNew = false
    /// Whether the run that judged it, or left it out, was compared with another one.
    var isCompared = false
    /// Whether it is known since when it fails.
    var hasSince = false
    /// Whether it fails since the run that it is of.
    var beginsWithRun = false
  }

  /// The finding as the team's policy has it.
  let judged: JudgedFinding
  /// The finding of the log, without its line.
  let finding: Finding
  /// What printed it; nil where its run is not known.
  let release: Release?
  let state: State
  /// The difference from the base; nil if there is none.
  let change: ControlChange?
  /// The failure as it was before it ceased by another criterion; nil if none did.
  let ceased: Finding?
  /// The waivers that apply.
  let waivers: [Waiver]
  /// The attestation that decides.
  let attestation: Attestation?
  let known: ExportControl

  init(
    _ judged: JudgedFinding, _ found: Finding, _ controls: ExportControls, release: Release?,
    _ state: State, change: ControlChange?, ceased: Finding? = nil
  ) {
    var finding = found
    finding.line = 0
    var own = judged
    own.finding = finding
    self.judged = own
    self.finding = finding
    self.release = release
    self.state = state
    self.change = change
    self.ceased = ceased
    let policy = controls.policy
    waivers = judged.waivers.compactMap {
      policy.waivers.indices.contains($0) ? policy.waivers[$0] : nil
    }
    attestation = judged.attestation.flatMap {
      policy.attestations.indices.contains($0) ? policy.attestations[$0] : nil
    }
    known = controls.of(finding, in: release?.edition)
  }

  var isOpenFromStart: Bool { state.isOpenFromStart }
  var isLeftOut: Bool { state.isLeftOut }
  var isNew: Bool { state.isNew }
  var isCompared: Bool { state.isCompared }
  var hasSince: Bool { state.hasSince }
  var beginsWithRun: Bool { state.beginsWithRun }
  /// Whether the run is known that has it at a line of its log.
  var hasRun: Bool { release != nil }

  /// The STRIDE categories, the primary one first, as the policy has them.
  var stride: [Stride] { known.stride }
  var control: Control? { known.control }
  var risk: Risk? { known.risk }
  var advice: Advice? { known.advice }
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

  /// About how many texts it keeps.
  var weight: Int { 4 + finding.items.count + finding.details.count }
}
