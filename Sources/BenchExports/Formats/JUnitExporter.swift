import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes JUnit XML, which CI systems show as tests.
///
/// A host is a suite and a control a test, whatever its items are, so that a test keeps its name while containers come
/// and go: both GitLab and Jenkins know tests again by class and name. GitLab shows only the text of a `failure`, Jenkins
/// its `message` too, so both have it; and GitLab drops a test with the name of another, so none has. Check ids are
/// left out of the names, because they move. What nobody has decided is `skipped`.
struct JUnitExporter: Exporter {
  private static let wording = Wording()
  /// Attributes are shown in one line.
  private static let messageLimit = 1_000
  private static let detailLimit = 20

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    try write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"BenchTrail\">\n")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let failures = host.findings.count { $0.judged.isOpen }
    let skipped = host.findings.count { Self.skipMessage($0) != nil }
    var suite = [("name", Self.wording.name(host.name))]
    if let run = host.runs.first {
      // The format has no zone; readers take it for UTC.
      suite.append(("timestamp", String(Wording.time(run.startedAt).dropLast())))
    }
    suite += [
      ("hostname", Self.wording.name(host.name)), ("tests", String(host.findings.count)),
      ("failures", String(failures)), ("errors", "0"), ("skipped", String(skipped)), ("time", "0"),
    ]
    try write("  <testsuite\(Self.attributes(suite))>\n" + Self.properties(host))
    var names = Occurrences()
    for finding in host.findings { try write(Self.test(finding, host.name, &names)) }
    try write("  </testsuite>\n")
  }

  mutating func end(_ write: ExportSink) throws { try write("</testsuites>\n") }

  private static func properties(_ host: ExportHost) -> String {
    let properties = host.runs.flatMap { run in
      [
        ("run", run.name), ("tool", run.release.tool.name),
        ("edition", run.release.edition ?? "unknown"),
        ("startedAt", Wording.time(run.startedAt)), ("complete", run.isComplete ? "yes" : "no"),
        ("log", run.path),
      ]
    }
    guard !properties.isEmpty else { return "" }
    let lines = properties.map { name, value in
      "      <property\(attributes([("name", name), ("value", wording.name(value, limit: 1_000))]))/>\n"
    }
    return "    <properties>\n" + lines.joined() + "    </properties>\n"
  }

  private static func test(
    _ finding: ExportFinding, _ host: String, _ names: inout Occurrences
  ) -> String {
    let title = wording.title(finding)
    // Jenkins takes what stands before the last dot for a package.
    let section = wording.name(host) + "." + wording.name(finding.finding.section)
    var name = finding.slug + ": " + title
    let number = names.next(section + " " + name)
    if number > 1 { name += " (\(number))" }
    let start =
      "    <testcase\(attributes([("classname", section), ("name", name), ("time", "0")]))"
    if finding.judged.isOpen {
      let units = finding.units(host)
      let open = units.filter { !$0.isWaived }
      let message = SafeText.clipped(
        wording.sentence(finding, host, open), to: messageLimit)
      let type = finding.judged.severity?.name ?? "unknown severity"
      return start + ">\n      <failure\(attributes([("message", message), ("type", type)]))>"
        + text(finding, host, units).withEntities + "</failure>\n    </testcase>\n"
    }
    if let message = skipMessage(finding) {
      return start + ">\n      <skipped\(attributes([("message", message)]))>"
        + message.withEntities + "</skipped>\n    </testcase>\n"
    }
    if let attestation = finding.attestation {
      return start + ">\n      <system-out>" + wording.attestation(attestation).withEntities
        + "</system-out>\n    </testcase>\n"
    }
    return start + "/>\n"
  }

  /// Why a test has neither passed nor failed.
  private static func skipMessage(_ finding: ExportFinding) -> String? {
    let message: String? =
      switch finding.verdict {
      case .pass: nil
      case .fail:
        finding.judged.isWaived ? finding.waivers.map(wording.waiver).joined(separator: " ") : nil
      case .manual:
        finding.judged.isLapsed
          ? "The attestation has lapsed: a person must decide again." : "A person must decide."
      case .info: "The tool gives no verdict."
      case .notApplicable:
        finding.attestation.map(wording.attestation) ?? "Does not apply to this host."
      }
    return message.map { SafeText.clipped($0, to: messageLimit) }
  }

  /// All that is needed to close the finding.
  private static func text(
    _ finding: ExportFinding, _ host: String, _ units: [ExportUnit]
  ) -> String {
    let open = units.filter { !$0.isWaived }
    var lines = [wording.sentence(finding, host, open)]
    lines.append(
      "Printed as \(wording.name(finding.finding.checkID)) \(wording.name(finding.finding.title))")
    if finding.isLeftOut {
      lines.append("The newest run left it out; it is known from a run before.")
    }
    if let since = finding.openSince {
      lines.append(
        "Open since \(Wording.date(since))" + (finding.isOpenFromStart ? " or longer" : ""))
    }
    let details = finding.finding.details
    lines += details.prefix(detailLimit).map { "  " + wording.name($0) }
    if details.count > detailLimit {
      lines.append("  and \(details.count - detailLimit) more lines")
    }
    let waived = units.filter(\.isWaived).compactMap(wording.label)
    if !waived.isEmpty {
      lines.append("Accepted: " + wording.list(waived, limit: 50))
      lines += finding.waivers.map(wording.waiver)
    }
    if let advice = finding.advice {
      lines += Wording.fix(advice)
      if !advice.verification.isEmpty { lines.append("Verify: \(advice.verification)") }
    }
    if let source = wording.source(finding) { lines.append("Log: \(source)") }
    return lines.joined(separator: "\n")
  }

  /// Attributes; characters that XML does not have are spelled out before.
  private static func attributes(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\($1.withEntities)\"" }.joined()
  }
}
