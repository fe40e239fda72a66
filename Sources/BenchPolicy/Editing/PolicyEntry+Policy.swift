import BenchAnalysis
import BenchModel

extension PolicyEntry {
  /// The entry of a waiver.
  init(_ waiver: Waiver) {
    var fields = [Self.subject(waiver.coverage)]
    fields += Self.globs("hosts", waiver.coverage.hosts) + Self.globs("items", waiver.items)
    fields += [Field("reason", .text(waiver.reason)), Field("owner", .text(waiver.owner))]
    if let ticket = waiver.ticket { fields.append(Field("ticket", .text(ticket))) }
    self.init(.waivers, fields + Self.days(waiver.accepted, "expires", waiver.end))
  }

  /// The entry of an attestation.
  init(_ attestation: Attestation) {
    var fields = [Self.subject(attestation.coverage)]
    fields += Self.globs("hosts", attestation.coverage.hosts)
    fields += [
      Field("decision", .text(attestation.decision.name)), Field("by", .text(attestation.by)),
      Field("reason", .text(attestation.reason)),
    ]
    self.init(.attestations, fields + Self.days(attestation.accepted, "until", attestation.end))
  }

  private static func subject(_ coverage: Coverage) -> Field {
    switch coverage.subject {
    case .control(let control): Field("control", .text(control))
    case .stride(let category): Field("stride", .text(category.name))
    case .severity(let severity): Field("severity", .text(severity.name))
    }
  }

  private static func globs(_ key: String, _ globs: [Glob]) -> [Field] {
    globs.isEmpty ? [] : [Field(key, .texts(globs.map(\.pattern)))]
  }

  private static func days(_ accepted: Int64?, _ key: String, _ end: Int64?) -> [Field] {
    let first = accepted.map { Field("accepted", .date(CivilTime.date($0))) }
    // The file names the last day on which it holds.
    let last = end.map { Field(key, .date(CivilTime.date($0 - 1))) }
    return [first, last].compactMap(\.self)
  }
}
