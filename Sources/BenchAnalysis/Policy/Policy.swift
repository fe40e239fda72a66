package import BenchCatalog
package import BenchModel

/// What a team has decided: the risks that it accepts, its verdicts on what no tool can judge, and when a pipeline
/// stops.
///
/// Comes from `benchtrail.yaml`; the empty policy decides nothing.
package struct Policy: Sendable {
  /// What the team decides upon: the controls, and what counts where it says nothing.
  package let catalog: Catalog
  package var waivers: [Waiver] = []
  package var attestations: [Attestation] = []
  /// Severities that differ from the catalogue's.
  package var severities: [ControlID: Severity] = [:]
  /// STRIDE categories that differ from the catalogue's, the primary one first.
  package var stride: [ControlID: [Stride]] = [:]
  package var thresholds = Thresholds()
  /// The pattern over paths that tells the host of a log, if `--host` and `--host-from` don't.
  package var hostFrom: String?
  /// Hosts that have another name now, by the old one.
  package var renames: [String: String] = [:]
  /// The team's own threats, beside the default ones or instead of them.
  package var threats: [Threat] = []
  /// Whether the team's threats are all there are.
  package var replacesThreats = false
  /// The ids of the default threats that the team does not reckon with.
  package var hiddenThreats: Set<String> = []
  /// Values to use in place of the catalogue's, by the fix's id, as text.
  package var fixValues: [String: String] = [:]

  /// Creates an empty policy.
  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// How bad an open failure of a control is; nil for a check without a control that the policy says nothing of.
  package func severity(of control: ControlID?) -> Severity? {
    guard let control else { return nil }
    return severities[control] ?? catalog.risks[control]?.severity
  }

  /// The STRIDE categories of a control, the primary one first.
  package func stride(of control: ControlID?) -> [Stride] {
    guard let control else { return [] }
    return stride[control] ?? catalog.risks[control]?.stride.map(\.stride) ?? []
  }
}

/// Which findings a waiver or an attestation is about.
package struct Coverage: Hashable, Sendable {
  /// What the findings have in common.
  package enum Subject: Hashable, Sendable {
    case control(ControlID)
    case stride(Stride)
    case severity(Severity)
  }

  package var subject: Subject
  /// The hosts; all if empty.
  package var hosts: [Glob]

  /// Creates a coverage.
  package init(_ subject: Subject, hosts: [Glob] = []) {
    self.subject = subject
    self.hosts = hosts
  }

  /// Whether a control on a host is within the coverage.
  package func covers(_ control: ControlID?, host: String, _ policy: Policy) -> Bool {
    covers(control, policy) && covers(host: host)
  }

  /// Whether a control is within the coverage, on the hosts that it is about.
  func covers(_ control: ControlID?, _ policy: Policy) -> Bool {
    switch subject {
    case .control(let own): own == control
    case .stride(let own): policy.stride(of: control).contains(own)
    case .severity(let own): policy.severity(of: control) == own
    }
  }

  /// Whether a host is one that the coverage is about.
  func covers(host: String) -> Bool { hosts.isEmpty || hosts.contains { $0.matches(host) } }
}

/// An accepted risk: failures that stay visible, are counted apart, and stop no pipeline from the day on which it was
/// accepted until it expires.
package struct Waiver: Hashable, Sendable {
  package var coverage: Coverage
  /// The items, by their printed or their stable name; all if empty, also of a finding without items.
  package var items: [Glob]
  package var reason: String
  package var owner: String
  package var ticket: String?
  /// The first second, since 1970 in UTC, at which it holds no more: midnight after the day that the file names.
  package var end: Int64?
  /// The first second at which it holds: midnight before the day that the file names, or, without one, when the file was
  /// first seen to have it; nil where that is not known, so that it always held.
  package var accepted: Int64?
  /// The 1-based line of the policy's file.
  package var line: Int

  /// Creates a waiver.
  package init(
    coverage: Coverage, items: [Glob] = [], reason: String, owner: String, ticket: String? = nil,
    end: Int64? = nil, accepted: Int64? = nil, line: Int = 0
  ) {
    self.coverage = coverage
    self.items = items
    self.reason = reason
    self.owner = owner
    self.ticket = ticket
    self.end = end
    self.accepted = accepted
    self.line = line
  }

  /// Whether the risk had been accepted by a time, be it that it is no more.
  package func isAccepted(at time: Int64) -> Bool { accepted.map { $0 <= time } ?? true }

  /// Whether the waiver holds at a time.
  package func holds(at time: Int64) -> Bool {
    (end.map { time < $0 } ?? true) && isAccepted(at: time)
  }

  /// Whether an item is one of those that are waived.
  package func covers(_ item: Item) -> Bool {
    items.isEmpty || items.contains { $0.matches(item.name) || $0.matches(item.stableName) }
  }
}

/// A person's recorded verdict on a control that no tool can judge.
package struct Attestation: Hashable, Sendable {
  package var coverage: Coverage
  /// `pass`, `fail` or `notApplicable`.
  package var decision: Outcome
  package var by: String
  package var reason: String
  /// The first second at which it holds no more: midnight after the day that the file names.
  package var end: Int64?
  /// The first second at which it holds: midnight before the day that the file names, or, without one, when the file was
  /// first seen to have it; nil where that is not known, so that it always held.
  package var accepted: Int64?
  /// The 1-based line of the policy's file.
  package var line: Int

  /// Creates an attestation.
  package init(
    coverage: Coverage, decision: Outcome, by: String, reason: String = "", end: Int64? = nil,
    accepted: Int64? = nil, line: Int = 0
  ) {
    self.coverage = coverage
    self.decision = decision
    self.by = by
    self.reason = reason
    self.end = end
    self.accepted = accepted
    self.line = line
  }

  /// Whether the decision had been made by a time, be it that it holds no more.
  package func isAccepted(at time: Int64) -> Bool { accepted.map { $0 <= time } ?? true }

  /// Whether the attestation holds at a time.
  package func holds(at time: Int64) -> Bool {
    (end.map { time < $0 } ?? true) && isAccepted(at: time)
  }
}

/// When the gate fails; what is nil or false is not asked for.
package struct Thresholds: Hashable, Sendable {
  /// Failures that are new or regressed against the base.
  package var newFailures = false
  /// Any open failure at or above this severity.
  package var severity: Severity?
  /// The least percentage of pass / (pass + fail).
  package var compliance: Double?
  /// The most open failures of each severity.
  package var counts: [Severity: Int] = [:]
  /// Checks that no edition knows.
  package var unmapped = false
  /// A run that is not whole.
  package var incomplete = false
  /// The most days since the run.
  package var staleDays: Int?
  /// A manual control whose attestation has lapsed.
  package var lapsedAttestations = false
  /// How a first run is taken, where new failures are asked for.
  package var firstRun = FirstRun.report

  /// Creates thresholds that nothing misses.
  package init() {}

  /// Whether nothing is asked for.
  package var isEmpty: Bool { keys.isEmpty }

  /// What is asked for, by the keys of the policy's file.
  package var keys: [String] {
    [
      ("new-failures", newFailures), ("severity", severity != nil),
      ("compliance", compliance != nil), ("counts", !counts.isEmpty), ("unmapped", unmapped),
      ("incomplete", incomplete), ("stale-days", staleDays != nil),
      ("lapsed-attestations", lapsedAttestations),
    ].filter(\.1).map(\.0)
  }
}
