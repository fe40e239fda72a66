import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes GitLab's Code Quality report: an entry for each item that is open.
///
/// GitLab has no word for an accepted risk: whatever is in the file counts as a fault. So only what nobody has accepted is
/// written, as for GitHub. An entry is known again by its fingerprint alone; of two with the same one GitLab keeps the
/// last, and at the first entry that it does not understand it drops all that follow. A merge request's page escapes HTML
/// in a description, but takes `%{...}` for a style and drops it, so braces are spelled out.
struct CodeQualityExporter: Exporter {
  private static let wording = Wording(markup: "{}")
  private static let descriptionLimit = 1_000

  private var buffer = JSONBuffer()
  private var isFirst = true

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws { try write("[") }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let path = RelativeURI.of(host: host.name)
    var seen = Occurrences()
    for finding in host.findings where finding.judged.isOpen {
      let tail = Self.tail(finding, path)
      for unit in finding.units(host.name) where !unit.isWaived {
        buffer.append(isFirst ? "\n" : ",\n")
        isFirst = false
        buffer.append("{\"description\":")
        buffer.append(quoted: Self.description(finding, unit, host.name))
        buffer.append(",\"fingerprint\":\"")
        buffer.append(raw: unit.fingerprint.hex)
        // A check that nobody knows may be in a log twice.
        let number = seen.next(unit.fingerprint.hex)
        if number > 1 {
          buffer.append("-")
          buffer.append(number)
        }
        buffer.append("\"")
        buffer.append(tail)
        try buffer.flush(write)
      }
    }
    try buffer.drain(write)
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]\n") }

  private static func description(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: String
  ) -> String {
    var text = wording.sentence(finding, host, [unit])
    if finding.isLeftOut { text += " The newest run left it out; it is known from a run before." }
    if let advice = finding.advice { text += " Fix: \(advice.fix.title)." }
    return SafeText.clipped(text, to: descriptionLimit)
  }

  /// What the entries of a finding have in common, behind the fingerprint.
  private static func tail(_ finding: ExportFinding, _ path: String) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(",\"check_name\":")
    json.append(quoted: SARIFRules.id(finding))
    json.append(",\"severity\":")
    json.append(quoted: severity(finding.severity))
    json.append(",\"location\":{\"path\":")
    json.append(quoted: path)
    json.append(",\"lines\":{\"begin\":")
    json.append(max(finding.finding.line, 1))
    json.append("}}}")
    return json
  }

  /// GitLab's word: its page shows `blocker` with the sign of critical, `critical` with that of high, and so on.
  private static func severity(_ severity: Severity?) -> String {
    switch severity {
    case .critical: "blocker"
    case .high: "critical"
    case .medium: "major"
    case .low: "minor"
    case nil: "unknown"
    }
  }
}
