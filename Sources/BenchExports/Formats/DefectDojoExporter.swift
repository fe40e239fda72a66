import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes findings for DefectDojo's parser "Generic Findings Import".
///
/// A finding for each item, as in SARIF: DefectDojo keeps decisions by finding, and counts a finding whose list of items
/// changed as unchanged. Failures are written, of those that the base had the ones that were fixed since, as mitigated, and
/// the ones that ceased by another criterion, as active; `close_old_findings` closes what is not written any more.
///
/// A finding that the team accepted is active all the same, with tags: a reimport closes an open finding that comes as
/// accepted, and never opens it again.
///
/// The parser refuses a file with a key that it does not know. A reimport knows a finding by its title, in lower case, and
/// its severity; otherwise a hash of title and description with the case folded counts. So these two have nothing that
/// changes from run to run. The description ends with the fingerprint, and the title with the beginning of it where
/// another name could read the same in lower case. Line and path are not written; the place in the log is among the
/// references.
struct DefectDojoExporter: Exporter {
  /// The lengths of DefectDojo's columns.
  private static let titleLimit = 500
  private static let serviceLimit = 200
  private static let componentLimit = 500

  private enum State {
    case failing
    case fixed
    /// It failed, and does not by another criterion.
    case ceased
  }

  private static let wording = Wording()
  /// Whether what the team accepted is accepted in DefectDojo too, and not active.
  private let sendsAcceptance: Bool
  private var context = ExportContext(toolVersion: "", time: 0)
  private var isFirst = true
  /// The objects of each finding, none for what is not written.
  private var rendered = RenderedFindings<Void>()

  /// Creates an exporter.
  ///
  /// - Parameter sendsAcceptance: Whether what the team accepted is accepted in DefectDojo too, and not active.
  init(sendsAcceptance: Bool = false) { self.sendsAcceptance = sendsAcceptance }

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
    let texts = HostTexts(
      host.name,
      [
        Markdown.code(host.name).insideJSON,
        SafeText.name(host.name, limit: Self.serviceLimit).insideJSON,
      ],
      run: { run in
        [
          Array(Wording.time(run.startedAt).utf8), Array(Wording.date(run.startedAt).utf8),
          Markdown.code(run.path, limit: 1_000).insideJSON,
        ]
      },
      since: { [Array(Wording.date($0).utf8)] })
    let (context, sendsAcceptance) = (context, sendsAcceptance)
    for finding in host.findings {
      let rendered = rendered.of(finding.shared) {
        Self.render($0, context, sendsAcceptance: sendsAcceptance)
      }
      texts.begin(rendered.fingerprints)
      for object in rendered.texts {
        if isFirst { write.append("\n") } else { write.append(",\n") }
        isFirst = false
        texts.write(object, of: finding, to: write)
        try write.flush()
      }
    }
  }

  private static func render(
    _ finding: SharedFinding, _ context: ExportContext, sendsAcceptance: Bool
  ) -> RenderedFinding<Void> {
    var fingerprints = FingerprintTexts()
    guard let state = state(finding) else { return RenderedFinding([], fingerprints, ()) }
    let units = finding.units(
      items: state == .failing ? nil : former(finding, state)?.items ?? [])
    let objects = units.map { unit in
      object(
        finding, unit, fingerprints.add(finding.finding, unit.item), state, context,
        sendsAcceptance: sendsAcceptance
      ).json
    }
    return RenderedFinding(objects, fingerprints, ())
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]}\n") }

  /// What is written of a finding; nil if nothing is.
  private static func state(_ finding: SharedFinding) -> State? {
    if finding.verdict == .fail { return .failing }
    if finding.isFixed { return .fixed }
    let isDecided = finding.attestation != nil
    return !isDecided && finding.ceased != nil ? .ceased : nil
  }

  /// The failure that is no more.
  private static func former(_ finding: SharedFinding, _ state: State) -> Finding? {
    state == .ceased ? finding.ceased : finding.change?.base
  }

  private static func object(
    _ finding: SharedFinding, _ unit: ExportUnit, _ fingerprint: Int32, _ state: State,
    _ context: ExportContext, sendsAcceptance: Bool
  ) -> JSONObject {
    let isAccepted = state == .failing && unit.isWaived
    var object = JSONObject()
    object.add("title", title(finding, unit, fingerprint))
    object.add("severity", severity(finding.judged.severity))
    object.add("description", description(finding, unit, fingerprint))
    object.add(
      "date",
      JSONString { text in
        if finding.hasSince {
          text.append(.since(0))
        } else if finding.hasRun {
          text.append(.run(1))
        } else {
          text.append(raw: Wording.date(context.time))
        }
      })
    object.add("active", state != .fixed && !(isAccepted && sendsAcceptance))
    object.add("verified", true)
    object.add("static_finding", true)
    object.add("dynamic_finding", false)
    if isAccepted, sendsAcceptance { object.add("risk_accepted", true) }
    if state == .fixed {
      object.add("is_mitigated", true)
      object.add(
        "mitigated",
        JSONString { text in
          if finding.hasRun {
            text.append(.run(0))
          } else {
            text.append(raw: Wording.time(context.time))
          }
        })
    }
    object.add("vuln_id_from_tool", finding.slug)
    object.add("unique_id_from_tool", JSONString(.fingerprint(fingerprint)))
    object.add("service", JSONString(.host(1)))
    if let item = unit.item {
      object.add(
        "component_name", SafeText.name(item.stableName, limit: componentLimit))
    }
    object.add("references", references(finding, unit, state))
    object.add("tags", tags(finding, isAccepted ? finding.waivers(of: unit) : nil, state))
    object.add("severity_justification", justification(finding))
    guard let advice = finding.advice else { return object }
    object.add("impact", Markdown.escaped(advice.rationale))
    object.add(
      "mitigation", Wording.fix(advice).map(Markdown.escaped).joined(separator: "\n\n"))
    if !advice.verification.isEmpty {
      object.add("steps_to_reproduce", "```sh\n\(advice.verification)\n```")
    }
    object.addIfPresent("effort_for_fixing", effort(advice.effort))
    object.add("fix_available", true)
    return object
  }

  private static func title(
    _ finding: SharedFinding, _ unit: ExportUnit, _ fingerprint: Int32
  ) -> JSONString {
    let item = unit.item.map { ": \($0.kind.name) \(SafeText.name($0.stableName))" } ?? ""
    let title = wording.title(finding) + item
    if isPlain(finding, unit.item) {
      return JSONString { $0.append(inside: SafeText.clipped(title, to: titleLimit)) }
    }
    // The mark has a blank before it, and brackets around it.
    return JSONString { text in
      text.append(inside: SafeText.clipped(title, to: titleLimit - Gap.markLength - 3))
      text.append(" (")
      text.append(.mark(fingerprint))
      text.append(")")
    }
  }

  /// Whether no other title can be the same in lower case or cut: most names have small letters only, and read better
  /// without a fingerprint.
  private static func isPlain(_ finding: SharedFinding, _ item: Item?) -> Bool {
    guard finding.control != nil else { return false }
    guard let name = item?.stableName else { return true }
    return name.utf8.allSatisfy(plainBytes.contains) && SafeText.name(name) == name
  }

  private static let plainBytes = Set("abcdefghijklmnopqrstuvwxyz0123456789._-/:@".utf8)

  private static func description(
    _ finding: SharedFinding, _ unit: ExportUnit, _ fingerprint: Int32
  ) -> JSONString {
    JSONString { text in
      if finding.finding.control == nil {
        let name = "\(finding.finding.checkID) \(finding.finding.titleWithoutMarks)"
        text.append("A check that no edition knows fails on ")
        text.append(.host(0))
        text.append(inside: ": " + Markdown.code(name))
      } else {
        text.append(inside: "Control \(Markdown.code(finding.slug)) fails on ")
        text.append(.host(0))
        text.append(".")
      }
      if let item = unit.item {
        text.append(
          inside: "\n\nAt fault: \(item.kind.name) \(Markdown.code(item.stableName)).")
      }
      text.append(inside: "\n\nFingerprint: `")
      text.append(.fingerprint(fingerprint))
      text.append("`")
    }
  }

  /// What may change from run to run.
  private static func references(
    _ finding: SharedFinding, _ unit: ExportUnit, _ state: State
  ) -> JSONString {
    var lines: [String] = []
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
    if state == .ceased {
      lines.append(
        "The tool judges by another criterion now, so nobody knows whether it was mended.")
    }
    if state == .failing, unit.isWaived {
      lines += finding.waivers(of: unit).map(waiver)
    }
    if let attestation = finding.attestation {
      lines.append(
        "Attested as \(attestation.decision.name) by \(Markdown.code(attestation.by))"
          + (attestation.accepted.map { " on \(Wording.date($0))" } ?? "")
          + (attestation.reason.isEmpty
            ? "" : ": " + Markdown.code(attestation.reason, limit: 1_000)))
    }
    return JSONString { text in
      if finding.hasRun {
        text.append("Log: ")
        text.append(.run(2))
        text.append(", line ")
        text.append(.place)
        text.append(", run of ")
        text.append(.run(0))
        text.append(inside: "\n\n")
      }
      text.append(inside: lines.joined(separator: "\n\n"))
    }
  }

  private static func waiver(_ waiver: Waiver) -> String {
    "Accepted by \(Markdown.code(waiver.owner))"
      + (waiver.accepted.map { " on \(Wording.date($0))" } ?? "")
      + (Wording.lastDay(waiver.end).map { " until \($0)" } ?? "")
      + ": " + Markdown.code(waiver.reason, limit: 1_000)
      + (waiver.ticket.map { " (\(Markdown.code($0)))" } ?? "")
  }

  private static func justification(_ finding: SharedFinding) -> String {
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

  private static func tags(
    _ finding: SharedFinding, _ waivers: [Waiver]?, _ state: State
  ) -> [String] {
    var tags = [finding.control.map { "section:" + $0.section } ?? "unmapped"]
    tags += finding.stride.map { "stride:" + $0.name }
    tags += finding.risk?.techniques.map { "attack:" + $0 } ?? []
    if let waivers {
      tags.append("accepted")
      // Of several waivers the last one to end: until then one of them holds.
      let ends = waivers.compactMap(\.end)
      if ends.count == waivers.count, let day = Wording.lastDay(ends.max()) {
        tags.append("accepted-until:" + day)
      }
    }
    if state == .ceased { tags.append("logic-changed") }
    return tags
  }
}
