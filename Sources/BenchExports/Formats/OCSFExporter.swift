import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// Writes OCSF events of the class Compliance Finding (2003), one a line.
///
/// Schema version 1.5.0, the newest that py-ocsf-models knows; times are milliseconds. An event is about a control of a
/// host, with the host and its items as `resources`: the class's status is that of a check over all resources. Everything
/// is written, passes too, as a store of events needs them to know that a failure ended.
///
/// The host is no `device`: consumers require an address of one, which no log has.
struct OCSFExporter: Exporter {
  private static let wording = Wording()
  /// The most items of an event; the rest is counted in the message.
  private static let resourceLimit = 1_000
  private static let detailLimit = 50
  private var context = ExportContext(toolVersion: "", time: 0)
  /// With what the ids of events are of, behind finding and run.
  private var rendered = RenderedFindings<[UInt8]>()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let place = OCSFHost(host.name, Self.wording)
    let texts = HostTexts(
      host.name,
      [Self.wording.name(host.name).insideJSON, place.resource.json.bytes, place.observables],
      run: { run in
        [
          run.name.insideJSON, Array(String(Self.milliseconds(run.startedAt)).utf8),
          Self.wording.name(run.path, limit: 1_000).insideJSON,
        ]
      },
      since: { [Array(String(Self.milliseconds($0)).utf8)] })
    let context = context
    var seen = Occurrences<Fingerprint>()
    for finding in host.findings {
      let rendered = rendered.of(finding.shared) { Self.render($0, context) }
      texts.begin(rendered.fingerprints)
      let uid = texts.fingerprints[0]
      let occurrence = seen.next(uid)
      texts.write(rendered.texts[0], of: finding, to: write) { _ in
        let own = [uid.hex, String(occurrence), finding.run?.name ?? ""]
        write.append(Fingerprint(Fingerprint.bytes(own), rendered.note))
      }
      try write.flush()
    }
  }

  mutating func end(_ write: ExportSink) throws {}

  /// The event of a finding, with gaps for what its host has for itself.
  private static func render(
    _ finding: SharedFinding, _ context: ExportContext
  ) -> RenderedFinding<[UInt8]> {
    let units = finding.units().filter { $0.item != nil }
    let activity = OCSFActivity(finding)
    var fingerprints = FingerprintTexts()
    let uid = JSONString(.fingerprint(fingerprints.add(finding.finding, nil)))
    var time = TextBuffer()
    if finding.hasRun {
      time.append(.run(1))
    } else {
      time.append(milliseconds(context.time))
    }
    var object = JSONObject()
    object.add("activity_id", activity.rawValue)
    object.add("category_uid", 2)
    object.add("class_uid", 2_003)
    object.add("type_uid", 200_300 + activity.rawValue)
    let severity = severity(finding)
    object.add("severity_id", severity.id)
    object.add("severity", severity.name)
    let status = status(finding, isNew: activity == .create)
    object.add("status_id", status.id)
    object.add("status", status.name)
    object.add("time", JSONLiteral(time))
    let sentence = wording.sentence(finding, units)
    object.add(
      "message",
      JSONString { text in
        text.append(inside: sentence.before)
        text.append(.host(0))
        text.append(inside: sentence.behind)
      })
    let comments =
      finding.waivers.map(wording.waiver)
      + (finding.attestation.map { [wording.attestation($0)] } ?? [])
    let comment = comments.joined(separator: "\n")
    // What can differ between two exports of one run, because the policy or the base does.
    var state = units.count(where: \.isWaived) * 2 + (finding.isLeftOut ? 1 : 0)
    for digit in [activity.rawValue, severity.id, status.id] { state = state * 10 + digit }
    let event = [
      finding.verdict.name, finding.change?.change.rawValue ?? "", String(state), comment,
    ]
    object.add("metadata", metadata(finding, context))
    object.add("finding_info", info(finding, uid, JSONLiteral(time)))
    object.add("compliance", compliance(finding))
    let resources = units.prefix(resourceLimit).map {
      JSONLiteral(resource($0, fingerprints.add(finding.finding, $0.item)))
    }
    object.add("resources", [JSONLiteral(.host(1))] + resources)
    object.add("observables", JSONLiteral(.host(2)))
    if let advice = finding.advice {
      var remediation = JSONObject()
      remediation.add("desc", Wording.fix(advice).joined(separator: "\n"))
      object.add("remediation", remediation)
    }
    if !comments.isEmpty { object.add("comment", comment) }
    object.add("unmapped", unmapped(finding))
    var line = object.json
    line.append("\n")
    return RenderedFinding([line], fingerprints, Fingerprint.bytes(event))
  }

  /// How bad it is; what does not fail is informational.
  private static func severity(_ finding: SharedFinding) -> (id: Int, name: String) {
    guard finding.verdict == .fail else { return (1, "Informational") }
    switch finding.judged.severity {
    case nil: return (0, "Unknown")
    case .low: return (2, "Low")
    case .medium: return (3, "Medium")
    case .high: return (4, "High")
    case .critical: return (5, "Critical")
    }
  }

  /// How far the finding has got.
  private static func status(_ finding: SharedFinding, isNew: Bool) -> (id: Int, name: String) {
    switch finding.verdict {
    case .fail:
      finding.judged.isWaived ? (3, "Suppressed") : isNew ? (1, "New") : (2, "In Progress")
    case .pass, .notApplicable: (4, "Resolved")
    case .manual, .info: (0, "Unknown")
    }
  }

  private static func metadata(
    _ finding: SharedFinding, _ context: ExportContext
  ) -> JSONObject {
    var product = JSONObject()
    product.add("name", "BenchTrail")
    product.add("vendor_name", "BenchTrail")
    product.add("version", context.toolVersion)
    var object = JSONObject()
    object.add("version", "1.5.0")
    // The id of the event, which is that of no other one.
    object.add("uid", JSONString(.own(0)))
    object.add("product", product)
    object.add("event_code", finding.slug)
    object.add("logged_time", milliseconds(context.time))
    if finding.hasRun { object.add("correlation_uid", JSONString(.run(0))) }
    return object
  }

  private static func info(
    _ finding: SharedFinding, _ uid: JSONString, _ time: JSONLiteral
  ) -> JSONObject {
    var object = JSONObject()
    object.add("uid", uid)
    object.add("title", wording.title(finding))
    object.addIfPresent("desc", finding.advice?.rationale)
    if finding.hasSince { object.add("first_seen_time", Gap.since(0)) }
    object.add("last_seen_time", time)
    object.add("types", ["Compliance"])
    if let techniques = finding.risk?.techniques, !techniques.isEmpty {
      object.add("attacks", techniques.map(attack))
    }
    return object
  }

  /// A technique, or the part of one that has a number behind a dot.
  private static func attack(_ id: String) -> JSONObject {
    func named(_ id: String) -> JSONObject {
      var object = JSONObject()
      object.add("uid", id)
      object.add("name", OCSFTechniques.names[id] ?? id)
      return object
    }
    var object = JSONObject()
    let parts = id.split(separator: ".")
    object.add("technique", named(parts.first.map { String($0) } ?? ""))
    if parts.count > 1 { object.add("sub_technique", named(id)) }
    object.add("version", Risk.attackVersion)
    return object
  }

  private static func compliance(_ finding: SharedFinding) -> JSONObject {
    let (id, status) = complianceStatus(finding.verdict)
    let found = finding.finding
    var object = JSONObject()
    object.add("control", finding.slug)
    object.add("requirements", [wording.name(found.checkID)])
    object.add("standards", [standard(finding)])
    object.add("status_id", id)
    object.add("status", status)
    object.add("status_code", found.printed.word.isEmpty ? "none" : found.printed.word)
    if !found.details.isEmpty {
      var details = found.details.prefix(detailLimit).map { wording.name($0) }
      if found.details.count > detailLimit {
        details.append("and \(found.details.count - detailLimit) more lines")
      }
      object.add("status_details", details)
    }
    return object
  }

  /// What the check is a check of: the tool and its numbering.
  private static func standard(_ finding: SharedFinding) -> String {
    guard let release = finding.release else { return "unknown" }
    return release.tool.name + (release.edition.map { " " + $0 } ?? "")
  }

  /// 2 is for what gave no result for want of information: here a person's.
  private static func complianceStatus(_ outcome: Outcome) -> (Int, String) {
    switch outcome {
    case .pass: (1, "Pass")
    case .manual: (2, "Warning")
    case .fail: (3, "Fail")
    case .info: (99, "No verdict")
    case .notApplicable: (99, "Not applicable")
    }
  }

  private static func resource(_ unit: ExportUnit, _ fingerprint: Int32) -> JSONObject {
    var object = JSONObject()
    object.add("uid", JSONString(.fingerprint(fingerprint)))
    if let item = unit.item {
      object.add("name", wording.name(item.name))
      object.add("type", item.kind.name)
    }
    if unit.isWaived { object.add("labels", ["waived"]) }
    return object
  }

  /// What the schema has no place for.
  private static func unmapped(_ finding: SharedFinding) -> JSONObject {
    var object = JSONObject()
    object.add("section", SafeText.name(finding.finding.section))
    object.add("stride", finding.stride.map(\.name))
    if let nist = finding.risk?.nist, !nist.isEmpty { object.add("nist_sp_800_190", nist) }
    object.add("left_out", finding.isLeftOut)
    object.add("change", finding.change?.change.rawValue)
    if finding.hasRun {
      object.add("log", JSONString(.run(2)))
      object.add("line", Gap.line)
    }
    return object
  }

  private static func milliseconds(_ seconds: Int64) -> Int64 { Wording.bounded(seconds) * 1_000 }
}
