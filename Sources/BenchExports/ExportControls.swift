package import BenchAnalysis
package import BenchCatalog
import BenchHistory
package import BenchModel

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

/// What catalogue and policy know of controls, each looked up once, and the findings that hosts share; for one thread.
package final class ExportControls {
  let policy: Policy
  private var findings: [ExportReading.Key: SharedFinding] = [:]
  private var weight = 0
  /// How many texts the findings that are shared have, about: what any export takes is bounded.
  private static let mostWeight = 100_000
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

  /// The finding of a key, which is made once for all hosts.
  func shared(_ key: ExportReading.Key, make: () -> SharedFinding) -> SharedFinding {
    if let known = findings[key] { return known }
    let finding = make()
    weight += finding.weight
    if weight > Self.mostWeight { (findings, weight) = ([:], finding.weight) }
    findings[key] = finding
    return finding
  }
}
