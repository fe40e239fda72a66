import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes MITRE's HDF, the "exec JSON" that Heimdall shows.
///
/// A host is a profile, a control a control, an item a result. Heimdall takes a control with `skipped_due_to_waiver` or
/// with impact 0 for not applicable, one with a failed result for failed, and one without any result for broken, so there
/// is always one. Controls of one id in a file are one to Heimdall, which shows the first of them for all: where a file has
/// several hosts, the id ends with the host. An attested control has the person's verdict as its result:
/// `attestation_data` would need how often the attestation is renewed, which a policy does not say. Heimdall reads NIST SP
/// 800-53 from the tag `nist`, and takes `UM-1` for what has no requirement of it; SP 800-190 stands under a name of its own.
///
/// Heimdall shows texts as HTML, so the signs of that are spelled out.
struct HDFExporter: Exporter {
  private static let wording = Wording(markup: "<>&")
  private var context = ExportContext(toolVersion: "", time: 0)
  /// The names that profiles have already.
  private var labels: Set<String> = []
  /// The first host, kept until a second one or the end tells what ids it has.
  private var first: ExportHost?
  private var count = 0
  private var rendered = RenderedFindings<Void>()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    // The other members are known at the end only.
    try write("{\"profiles\":[")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    count += 1
    if count == 1 {
      first = host
      return
    }
    if let earlier = first {
      first = nil
      try add(earlier, isOnly: false, write)
    }
    try add(host, isOnly: false, write)
  }

  mutating func end(_ write: ExportSink) throws {
    var platform = JSONObject()
    if let only = first {
      first = nil
      try add(only, isOnly: true, write)
      let release = only.runs.first?.release
      platform.add("name", release?.tool.name ?? "unknown")
      platform.add("release", release?.printed.map { Self.wording.name($0) } ?? "unknown")
      platform.add("target_id", Self.wording.name(only.name))
    } else {
      platform.add("name", "BenchTrail")
      platform.add("release", context.toolVersion)
    }
    var object = JSONObject()
    object.add("platform", platform)
    object.add("statistics", JSONObject())
    object.add("version", context.toolVersion)
    try write("\n],\n" + object.text.dropFirst() + "\n")
  }

  private mutating func add(_ host: ExportHost, isOnly: Bool, _ write: ExportSink) throws {
    let run = host.runs.first
    let name = Self.wording.name(host.name)
    let isFirst = labels.isEmpty
    let label = unused(name)
    let plain = Self.ids(host)
    let ids = isOnly ? plain : plain.map { "\($0)@\(label)" }
    var profile = JSONObject()
    profile.add("name", "benchtrail " + label)
    profile.add("title", "Docker and Kubernetes benchmarks on \(name)")
    profile.addIfPresent("version", run?.release.edition)
    profile.add("sha256", Fingerprint([host.name] + plain).hex)
    profile.add("supports", [String]())
    profile.add("attributes", [String]())
    profile.add("status", "loaded")
    profile.add("groups", Self.groups(host, ids))
    try write((isFirst ? "\n" : ",\n") + profile.open + ",\n\"controls\":[")
    let texts = HostTexts(
      host.name, [name.insideJSON],
      run: { run in
        [
          Array(Wording.time(run.startedAt).utf8),
          Self.wording.name(run.path, limit: 1_000).insideJSON,
        ]
      },
      since: { [Array(Wording.time($0).utf8)] })
    let context = context
    for (number, finding) in host.findings.enumerated() {
      if number == 0 { write.append("\n") } else { write.append(",\n") }
      let rendered = rendered.of(finding.shared) { Self.render($0, context) }
      texts.write(rendered.texts[0], of: finding, to: write) { _ in
        write.append(ids[number].insideJSON)
      }
      try write.flush()
    }
    try write("\n]}")
  }

  /// A name that no profile has yet: two profiles of a name are one to Heimdall.
  private mutating func unused(_ name: String) -> String {
    var label = name
    var number = 1
    while !labels.insert(label).inserted {
      number += 1
      label = "\(name) (\(number))"
    }
    return label
  }

  /// The controls' ids, of which none may be another's in a profile.
  private static func ids(_ host: ExportHost) -> [String] {
    var seen = Occurrences<String>()
    return host.findings.map { finding in
      let id =
        finding.shared.finding.control
        ?? "unmapped-" + Fingerprint("", finding.shared.finding, nil).hex.prefix(12)
      let number = seen.next(id)
      return number > 1 ? "\(id)-\(number)" : id
    }
  }

  private static func groups(_ host: ExportHost, _ ids: [String]) -> [JSONObject] {
    var places: [String: Int] = [:]
    var groups: [(section: String, ids: [String])] = []
    for (finding, id) in zip(host.findings, ids) {
      let section = finding.shared.finding.section
      if places[section] == nil {
        places[section] = groups.count
        groups.append((section, []))
      }
      if let place = places[section] { groups[place].ids.append(id) }
    }
    return groups.map { group in
      var object = JSONObject()
      object.add("id", wording.name(group.section))
      object.add("title", wording.name(group.section))
      object.add("controls", group.ids)
      return object
    }
  }

  /// The control of a finding, with a gap for its id.
  private static func render(
    _ finding: SharedFinding, _ context: ExportContext
  ) -> RenderedFinding<Void> {
    var object = JSONObject()
    object.add("id", JSONString(.own(0)))
    object.add("title", wording.title(finding))
    object.add("desc", html(finding.advice?.rationale ?? wording.title(finding)))
    object.add("descriptions", descriptions(finding))
    object.add("impact", JSONLiteral(impact(finding)))
    object.add("refs", [String]())
    object.add("tags", tags(finding))
    object.add("code", "")
    var source = JSONObject()
    if finding.hasRun {
      source.add("ref", JSONString(.run(1)))
      source.add("line", Gap.place)
    }
    object.add("source_location", source)
    if finding.judged.isWaived, finding.verdict == .fail {
      object.add("waiver_data", waiver(finding))
    }
    object.add("results", results(finding, context))
    return RenderedFinding([object.json], FingerprintTexts(), ())
  }

  /// The numbers from which Heimdall makes its severities: from 0.9 critical, 0.7 high, 0.4 medium.
  private static func impact(_ finding: SharedFinding) -> String {
    guard finding.verdict != .notApplicable else { return "0.0" }
    switch finding.judged.severity {
    case .critical: return "0.9"
    case .high: return "0.7"
    case .medium, nil: return "0.5"
    case .low: return "0.3"
    }
  }

  private static func descriptions(_ finding: SharedFinding) -> [JSONObject] {
    func description(_ label: String, _ data: String) -> JSONObject {
      var object = JSONObject()
      object.add("label", label)
      object.add("data", html(data))
      return object
    }
    guard let advice = finding.advice else { return [] }
    var list = [description("fix", Wording.fix(advice).joined(separator: "\n"))]
    if !advice.verification.isEmpty { list.append(description("check", advice.verification)) }
    if let risk = finding.risk { list.append(description("severity", risk.reason)) }
    return list
  }

  /// A text of the catalogue: its commands must stay what they are, so they are escaped as HTML.
  private static func html(_ text: String) -> String {
    text.escaping("&<>") { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : "&gt;" }
  }

  private static func tags(_ finding: SharedFinding) -> JSONObject {
    var object = JSONObject()
    let requirements = finding.nist
    object.add("nist", requirements.isEmpty ? ["UM-1"] : requirements)
    object.add("cis", wording.name(finding.finding.checkID))
    object.add("printed", finding.finding.printed.word)
    object.addIfPresent("severity", finding.judged.severity?.name)
    object.add("stride", finding.stride.map(\.name))
    object.add("attack", finding.risk?.techniques ?? [])
    if let nist = finding.risk?.nist, !nist.isEmpty { object.add("nist_sp_800_190", nist) }
    if finding.hasSince { object.add("open_since", JSONString(.since(0))) }
    object.add("left_out", finding.isLeftOut)
    object.addIfPresent("change", finding.change?.change.rawValue)
    return object
  }

  private static func waiver(_ finding: SharedFinding) -> JSONObject {
    var object = JSONObject()
    object.addIfPresent("expiration_date", Wording.lastDay(end(finding.waivers)))
    object.add("justification", finding.waivers.map(wording.waiver).joined(separator: " "))
    // What InSpec writes of a control that its waiver takes out: Heimdall asks for the second alone.
    object.add("run", false)
    object.add("skipped_due_to_waiver", true)
    object.add("message", "")
    return object
  }

  /// When a control is waived no more as a whole: when the last of the waivers of all its items ends, or the first of
  /// those of some; nil if never.
  private static func end(_ waivers: [Waiver]) -> Int64? {
    let whole = waivers.filter(\.items.isEmpty).map(\.end)
    if whole.isEmpty { return waivers.compactMap(\.end).min() }
    return whole.contains(nil) ? nil : whole.compactMap { $0 }.max()
  }

  private static func results(
    _ finding: SharedFinding, _ context: ExportContext
  ) -> [JSONObject] {
    finding.units().enumerated().map { number, unit in
      var object = JSONObject()
      let status = status(finding, unit)
      object.add("status", status)
      object.add(
        "code_desc",
        JSONString { text in
          if let label = wording.label(unit) {
            text.append(inside: label)
          } else {
            text.append(inside: "\(finding.slug) on ")
            text.append(.host(0))
          }
        })
      if status == "skipped" {
        object.add("skip_message", skipMessage(finding, unit))
      }
      // The lines of the log are about all items: once is enough.
      if number == 0 {
        let message = message(finding)
        if !message.isEmpty { object.add("message", message) }
      }
      object.add(
        "start_time",
        JSONString { text in
          if finding.hasRun {
            text.append(.run(0))
          } else {
            text.append(raw: Wording.time(context.time))
          }
        })
      object.add("run_time", 0)
      return object
    }
  }

  private static func status(_ finding: SharedFinding, _ unit: ExportUnit) -> String {
    switch finding.verdict {
    case .pass: "passed"
    // One open item makes Heimdall show the control as failed, whatever is accepted beside it.
    case .fail: unit.isWaived ? "skipped" : "failed"
    case .manual, .info, .notApplicable: "skipped"
    }
  }

  private static func message(_ finding: SharedFinding) -> String {
    var lines = finding.finding.details.prefix(20).map { wording.name($0) }
    let more = finding.finding.details.count - lines.count
    if more > 0 { lines.append("and \(more) more lines") }
    if let attestation = finding.attestation {
      lines.insert(wording.attestation(attestation), at: 0)
    }
    if finding.isLeftOut { lines.append("The newest run left it out.") }
    return lines.joined(separator: "\n")
  }

  private static func skipMessage(_ finding: SharedFinding, _ unit: ExportUnit) -> String {
    switch finding.verdict {
    case .fail: finding.waivers(of: unit).map(wording.waiver).joined(separator: " ")
    case .manual: "A person must decide."
    case .notApplicable:
      finding.attestation.map(wording.attestation) ?? "Does not apply to this host."
    case .info, .pass: "The tool gives no verdict."
    }
  }
}
