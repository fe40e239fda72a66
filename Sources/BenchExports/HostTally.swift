package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel

/// The numbers of a host.
package struct HostTally: Hashable, Sendable {
  /// The numbers of a section of controls.
  package struct Section: Hashable, Sendable {
    package var name: String
    /// By the numbers of the outcomes, with attestations.
    var outcomes: [Int] = Array(repeating: 0, count: 1 + Int(Outcome.highest))
  }

  /// The newest run of a tool.
  package struct Newest: Hashable, Sendable {
    var tool: Tool
    var isComplete: Bool
    /// Seconds since 1970, in UTC.
    var startedAt: Int64
  }

  /// A control of the host.
  package struct State: Hashable, Sendable {
    var control: ControlID
    /// Whether it is a failure that nobody has accepted.
    var isOpen: Bool
  }

  /// The newest run of each tool, the newest first.
  private(set) var newest: [Newest] = []
  /// In the order in which the sections come.
  private(set) var sections: [Section] = []
  private(set) var severities: [Severity: Int] = [:]
  private(set) var unrated = 0
  private(set) var stride: [Stride: Int] = [:]
  /// Open failures that the base passed.
  private(set) var regressions = 0
  /// Other open failures that the base did not have.
  private(set) var newlySeen = 0
  private(set) var waivedWhole = 0
  private(set) var waivedPartly = 0
  private(set) var attested = 0
  private(set) var lapsed = 0
  private(set) var leftOut = 0
  private(set) var unmapped = 0
  private(set) var compliance = Compliance()
  /// In the order of the findings; a control that two tools judge may be there twice.
  private(set) var states: [State] = []
  /// The place of the section that was counted last: those of a section stand together, mostly.
  private var last = 0

  /// Counts what is exported of a host.
  init(_ findings: [ExportFinding], runs: [RunSummary]) {
    newest = runs.map {
      Newest(tool: $0.release.tool, isComplete: $0.isComplete, startedAt: $0.startedAt)
    }
    for finding in findings.lazy.map(\.shared) {
      count(
        section: finding.finding.section, finding.verdict, finding.severity, finding.stride,
        isWaived: finding.judged.isWaived)
      // As the trend and the gate count, so that all three say the same.
      compliance.add(finding.finding.outcome)
      if let control = finding.finding.control {
        states.append(State(control: control, isOpen: finding.judged.isOpen))
      } else {
        unmapped += 1
      }
      if finding.attestation != nil { attested += 1 }
      if finding.judged.isLapsed { lapsed += 1 }
      guard finding.judged.isOpen else { continue }
      if !finding.judged.waivedItems.isEmpty { waivedPartly += 1 }
      if finding.isLeftOut { leftOut += 1 }
      guard let change = finding.change, change.isWorse else { continue }
      if change.isFromPass { regressions += 1 } else { newlySeen += 1 }
    }
  }

  /// Counts what is known of a host, without its findings.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - controls: What is known of the controls.
  ///   - comparisons: The newest run of each system against its base; one that found what its base found may be left out.
  ///   - keepsStates: Whether ``states`` is filled: a fleet has a million of them, and few ask for them.
  package init(
    _ host: JudgedHost, _ controls: ExportControls,
    comparisons: [(head: RunSummary, comparison: Comparison)], keepsStates: Bool = false
  ) {
    let checks = host.findings.known.checks
    newest = host.findings.runs.map {
      Newest(
        tool: checks.release($0.release).tool, isComplete: $0.isComplete, startedAt: $0.startedAt)
    }
    let known = controls.of(checks)
    for verdict in host.verdicts {
      let control = known[verdict.key]
      count(
        section: checks.section(verdict.key), verdict.outcome,
        verdict.severity, control.stride, isWaived: verdict.isWaived)
      if let control = checks.control(verdict.key) {
        if keepsStates { states.append(State(control: control, isOpen: verdict.isOpen)) }
      } else {
        unmapped += 1
      }
      if verdict.isAttested { attested += 1 }
      if verdict.isLapsed { lapsed += 1 }
      guard verdict.isOpen else { continue }
      if verdict.hasWaiver { waivedPartly += 1 }
      if verdict.place.isLeftOut { leftOut += 1 }
    }
    compliance = host.compliance
    for (head, comparison) in comparisons {
      var worse: [Int: Bool] = [:]
      for change in comparison.changes where change.isWorse {
        guard let key = change.head.flatMap(checks.key) else { continue }
        worse[key] = change.isFromPass
      }
      guard !worse.isEmpty else { continue }
      for verdict in host.verdicts where verdict.isOpen {
        guard let isFromPass = worse[verdict.key],
          host.findings[verdict.place].source.id == head.id
        else { continue }
        if isFromPass { regressions += 1 } else { newlySeen += 1 }
      }
    }
  }

  private mutating func count(
    section: String, _ verdict: Outcome, _ severity: Severity?, _ stride: [Stride], isWaived: Bool
  ) {
    if !sections.indices.contains(last) || sections[last].name != section {
      last = sections.firstIndex { $0.name == section } ?? sections.count
      if last == sections.count { sections.append(Section(name: section)) }
    }
    sections[last].outcomes[Int(verdict.rawValue)] += 1
    guard verdict == .fail else { return }
    if isWaived {
      waivedWhole += 1
      return
    }
    if let severity { severities[severity, default: 0] += 1 } else { unrated += 1 }
    for category in stride { self.stride[category, default: 0] += 1 }
  }

  /// The share of passes; where nothing was judged it is 0, as the gate has it.
  var ratio: String { compliance.ratio ?? "0.0000" }
}

extension ControlChange {
  /// Whether the base passed what fails now; what was manual, without a verdict or not applicable did not pass.
  fileprivate var isFromPass: Bool { change == .regressed && base?.outcome == .pass }
}

extension Outcome {
  /// The highest number of one.
  fileprivate static var highest: UInt8 { allCases.map(\.rawValue).max() ?? 0 }
}
