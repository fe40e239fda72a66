/// A group of keys that a mapping of the file can have.
///
/// The schema in `docs/policy.schema.json` has the same; a test compares them.
protocol PolicyKey: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {}

/// The keys of the whole file.
enum FileKey: String, PolicyKey {
  case version, waivers, attestations, severities, stride, gate, hosts, fixes
  case threatModel = "threat-model"
  case threats
}

/// The keys of a waiver.
enum WaiverKey: String, PolicyKey {
  case control, stride, severity, hosts, items, reason, owner, ticket, accepted, expires

  /// What a waiver can be about.
  static let subjects: [WaiverKey] = [.control, .stride, .severity]
}

/// The keys of an attestation.
enum AttestationKey: String, PolicyKey {
  case control, hosts, decision, by, reason, accepted, until
}

/// The keys of the gate's thresholds.
enum GateKey: String, PolicyKey {
  case newFailures = "new-failures"
  case severity, compliance, counts, unmapped, incomplete
  case staleDays = "stale-days"
  case lapsedAttestations = "lapsed-attestations"
  case firstRun = "first-run"
}

/// The keys of what is said of hosts.
enum HostKey: String, PolicyKey {
  case from, rename
}

/// The keys of a threat.
enum ThreatKey: String, PolicyKey {
  case id, system, title, stride, severity, core, components, description, condition
  case controls, deciding
  case decidingWhereChecked = "deciding-where-checked"
  case supporting, mitigating, countermeasure, techniques, sources, note, hide

  /// The keys that say which controls tell a threat's state.
  static let evidence: [ThreatKey] = [
    .controls, .deciding, .decidingWhereChecked, .supporting, .mitigating,
  ]
}

/// The keys of a threat's condition.
enum ConditionKey: String, PolicyKey {
  case says, shown, refuted
}
