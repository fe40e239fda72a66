import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes findings for DefectDojo's parser "Generic Findings Import".
///
/// A finding for each item, as in SARIF: DefectDojo keeps decisions by finding, and counts a finding whose list of items
/// changed as unchanged. Only failures are written, and those that the base had and that were fixed since, as mitigated;
/// `close_old_findings` closes what is not written any more.
///
/// The parser refuses a file with a key that it does not know. DefectDojo takes title, description, line and path for
/// what a finding is, so the first two are without counts, dates and ids, and the others are not written; the place in the
/// log is among the references.
struct DefectDojoExporter: Exporter {
  /// The lengths of DefectDojo's columns.
  private static let titleLimit = 500
  private static let serviceLimit = 200
  private static let componentLimit = 500

  private static let wording = Wording()
  private var context = ExportContext(toolVersion: "", time: 0)
  private var isFirst = true

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    var object = JSONObject()
    object.add("name", "BenchTrail")
    // Makes the name of the test type, which must stay.
    object.add("type", "BenchTrail")
    object.add("version", context.toolVersion)
    try write(object.open + ",\n\"findings\":[")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    for finding in host.findings {
      let units: [ExportUnit]
      if finding.verdict == .fail {
        units = finding.units(host.name)
      } else if finding.isFixed {
        units = finding.units(host.name, items: finding.change?.base?.items ?? [])
      } else {
        continue
      }
      for unit in units {
        try write((isFirst ? "\n" : ",\n") + object(finding, unit, host).text)
        isFirst = false
      }
    }
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]}\n") }

  private func object(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: ExportHost
  ) -> JSONObject {
    let isOpen = finding.verdict == .fail
    let seen = finding.run?.startedAt ?? context.time
    var object = JSONObject()
    object.add("title", Self.title(finding, unit))
    object.add("severity", Self.severity(finding.judged.severity))
    object.add("description", Self.description(finding, unit, host.name))
    object.add("date", Wording.date(finding.openSince ?? seen))
    object.add("active", isOpen && !unit.isWaived)
    object.add("verified", true)
    object.add("static_finding", true)
    object.add("dynamic_finding", false)
    if unit.isWaived { object.add("risk_accepted", true) }
    if !isOpen {
      object.add("is_mitigated", true)
      object.add("mitigated", Wording.time(seen))
    }
    object.add("vuln_id_from_tool", finding.slug)
    object.add("unique_id_from_tool", unit.fingerprint.hex)
    object.add("service", SafeText.name(host.name, limit: Self.serviceLimit))
    if let item = unit.item {
      object.add(
        "component_name", SafeText.name(item.stableName, limit: Self.componentLimit))
    }
    object.add("references", references(finding, unit))
    object.add("tags", Self.tags(finding))
    object.add("severity_justification", Self.justification(finding))
    guard let advice = finding.advice else { return object }
    object.add("impact", Markdown.escaped(advice.rationale))
    object.add(
      "mitigation", Wording.fix(advice).map(Markdown.escaped).joined(separator: "\n\n"))
    if !advice.verification.isEmpty {
      object.add("steps_to_reproduce", "```sh\n\(advice.verification)\n```")
    }
    object.addIfPresent("effort_for_fixing", Self.effort(advice.effort))
    object.add("fix_available", true)
    return object
  }

  private static func title(_ finding: ExportFinding, _ unit: ExportUnit) -> String {
    let item = unit.item.map { ": \($0.kind.name) \(SafeText.name($0.stableName))" } ?? ""
    return SafeText.clipped(wording.title(finding) + item, to: titleLimit)
  }

  private static func description(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: String
  ) -> String {
    var lines = ["Control \(Markdown.code(finding.slug)) fails on \(Markdown.code(host))."]
    if finding.finding.control == nil {
      lines = [
        "A check that no edition knows fails on \(Markdown.code(host)): "
          + Markdown.code("\(finding.finding.checkID) \(finding.finding.titleWithoutMarks)")
      ]
    }
    if let item = unit.item {
      lines.append("At fault: \(item.kind.name) \(Markdown.code(item.stableName)).")
    }
    return lines.joined(separator: "\n\n")
  }

  /// What may change from run to run.
  private func references(_ finding: ExportFinding, _ unit: ExportUnit) -> String {
    var lines: [String] = []
    if let run = finding.run {
      lines.append(
        "Log: \(Markdown.code(run.path, limit: 1_000)), line \(max(finding.finding.line, 1)), run "
          + "of \(Wording.time(run.startedAt))")
    }
    lines.append(
      "Printed as "
        + Markdown.code("\(finding.finding.checkID) \(finding.finding.title)", limit: 500))
    if let item = unit.item { lines.append("Name as printed: \(Markdown.code(item.name))") }
    if !unit.values.isEmpty {
      let values = unit.values.prefix(50).map { Markdown.code($0) }.joined(separator: ", ")
      let more = unit.values.count > 50 ? " and \(unit.values.count - 50) more" : ""
      lines.append("What about it: \(values)\(more)")
    }
    if finding.isLeftOut { lines.append("The newest run left it out.") }
    if unit.isWaived { lines += finding.waivers.map(Self.waiver) }
    if let attestation = finding.attestation {
      lines.append(
        "Attested as \(attestation.decision.name) by \(Markdown.code(attestation.by))"
          + (attestation.accepted.map { " on \(Wording.date($0))" } ?? "")
          + (attestation.reason.isEmpty
            ? "" : ": " + Markdown.code(attestation.reason, limit: 1_000)))
    }
    return lines.joined(separator: "\n\n")
  }

  private static func waiver(_ waiver: Waiver) -> String {
    "Accepted by \(Markdown.code(waiver.owner))"
      + (waiver.accepted.map { " on \(Wording.date($0))" } ?? "")
      + (Wording.lastDay(waiver.end).map { " until \($0)" } ?? "")
      + ": " + Markdown.code(waiver.reason, limit: 1_000)
      + (waiver.ticket.map { " (\(Markdown.code($0)))" } ?? "")
  }

  private static func justification(_ finding: ExportFinding) -> String {
    if let reason = finding.risk?.reason { return Markdown.escaped(reason) }
    return finding.judged.severity == nil
      ? "No edition knows the check, so how bad it is is not known: Medium is a guess."
      : "The team's policy says so."
  }

  private static func severity(_ severity: Severity?) -> String {
    switch severity {
    case .critical: "Critical"
    case .high: "High"
    case .medium, nil: "Medium"
    case .low: "Low"
    }
  }

  private static func effort(_ effort: String) -> String? {
    ["low": "Low", "medium": "Medium", "high": "High"][effort]
  }

  private static func tags(_ finding: ExportFinding) -> [String] {
    var tags = [finding.control.map { "section:" + $0.section } ?? "unmapped"]
    tags += finding.stride.map { "stride:" + $0.name }
    tags += finding.risk?.techniques.map { "attack:" + $0 } ?? []
    return tags
  }
}
