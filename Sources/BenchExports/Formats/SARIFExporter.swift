import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes SARIF 2.1.0: a run for each host, a result for each item.
///
/// A result for each item rather than for each control: an alert can then be dismissed for one container, it closes when
/// that container is mended, and a waiver of one item is the suppression of one result. Alerts are known again by host,
/// control and item (`primaryLocationLineHash`, the only fingerprint that GitHub reads), never by number or line.
///
/// GitHub ignores `kind`, `baselineState` and `suppressions`, so the variant for it has only what is open. GitHub takes
/// 20 runs a file and 25,000 results a run, and shows 5,000: a host with more gets one result for each control, and
/// what is above the limit even then is counted in a notification.
struct SARIFExporter: Exporter {
  /// GitHub's limits, from its page on SARIF support for code scanning.
  static let gitHubRuns = 20
  static let gitHubResults = 5_000
  static let gitHubMostResults = 25_000

  private let isForGitHub: Bool
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = 0
  /// The rules as written, which are the same for every host.
  private var known: [String: JSONLiteral] = [:]
  /// What a viewer takes for a placeholder or for a link.
  private static let wording = Wording(markup: "{}[]")

  /// Creates an exporter.
  init(for consumer: ExportConsumer? = nil) { isForGitHub = consumer == .github }

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    var object = JSONObject()
    object.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    object.add("version", "2.1.0")
    try write(object.open + ",\"runs\":[")
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]}\n") }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    if isForGitHub, hosts == Self.gitHubRuns {
      throw ExportError.tooManyHosts(limit: Self.gitHubRuns)
    }
    let findings = isForGitHub ? host.findings.filter(\.judged.isOpen) : host.findings
    let rules = SARIFRules(findings, &known)
    var tool = JSONObject()
    tool.add("driver", rules.driver(context.toolVersion))
    var object = JSONObject()
    object.add("tool", tool)
    object.add("automationDetails", Self.automation(host))
    let results = results(findings, host)
    object.add("invocations", Self.invocations(host, dropped: results.dropped))
    if !isForGitHub {
      // So that a relative reference to a log can be followed.
      var root = JSONObject()
      root.add("uri", "file:///")
      var bases = JSONObject()
      bases.add("ROOT", root)
      object.add("originalUriBaseIds", bases)
    }
    try write((hosts == 0 ? "\n" : ",\n") + object.open + ",\n\"results\":[")
    var seen = Occurrences()
    var isFirst = true
    for (finding, unit) in results.units {
      let text = result(finding, unit, host, rules, &seen).text
      try write((isFirst ? "\n" : ",\n") + text)
      isFirst = false
    }
    try write("\n]}")
    hosts += 1
  }

  private func results(
    _ findings: [ExportFinding], _ host: ExportHost
  ) -> (units: [(ExportFinding, ExportUnit)], dropped: Int) {
    let units = findings.flatMap { finding in
      let units = finding.units(host.name)
      return (isForGitHub ? units.filter { !$0.isWaived } : units).map { (finding, $0) }
    }
    guard isForGitHub, units.count > Self.gitHubResults else { return (units, 0) }
    let rolled = findings.prefix(Self.gitHubMostResults).map { ($0, $0.whole(host.name)) }
    return (rolled, findings.count - rolled.count)
  }

  private func result(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: ExportHost, _ rules: SARIFRules,
    _ seen: inout Occurrences
  ) -> JSONObject {
    var object = JSONObject()
    object.add("ruleId", finding.slug)
    object.addIfPresent("ruleIndex", rules.index[finding.slug])
    let kind = Self.kind(finding.verdict)
    if !isForGitHub { object.add("kind", kind) }
    // A level says how bad a failure is, and nothing else may have one.
    object.add("level", kind == "fail" ? SARIFRules.level(finding.judged.severity) : "none")
    var message = JSONObject()
    message.add("text", messageText(finding, unit, host.name))
    object.add("message", message)
    if !isForGitHub, finding.isCompared {
      object.add("baselineState", Self.baselineState(finding, unit))
    }
    object.add("locations", [location(finding, unit, host.name)])
    var fingerprints = JSONObject()
    let hex = unit.fingerprint.hex
    fingerprints.add("primaryLocationLineHash", "\(hex):\(seen.next(hex))")
    fingerprints.add("benchtrail/v1", hex)
    object.add("partialFingerprints", fingerprints)
    if unit.isWaived { object.add("suppressions", finding.waivers.map(suppression)) }
    object.add("properties", properties(finding))
    return object
  }

  private static func kind(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "pass"
    case .fail: "fail"
    case .manual: "review"
    case .info: "informational"
    case .notApplicable: "notApplicable"
    }
  }

  /// The sentence, with all items if the finding is one result.
  private func messageText(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: String
  ) -> String {
    let units =
      unit.item == nil ? finding.units(host).filter { !$0.isWaived && $0.item != nil } : [unit]
    var text = Self.wording.sentence(finding, host, units)
    if let advice = finding.advice, finding.verdict == .fail {
      text += " Fix: \(advice.fix.title)."
    }
    if finding.isLeftOut { text += " The newest run left it out; it is known from a run before." }
    if let attestation = finding.attestation {
      text += " " + Self.wording.attestation(attestation) + "."
    }
    return text
  }

  /// What became of the result since the base; every result of a run has to have it if one has.
  private static func baselineState(_ finding: ExportFinding, _ unit: ExportUnit) -> String {
    guard let change = finding.change else { return "unchanged" }
    switch change.change {
    case .stillFailing: return unit.isAdded ? "new" : "unchanged"
    case .regressed, .newlySeen: return change.isDoubtful ? "updated" : "new"
    // It stays open as it was.
    case .notEvaluated: return "unchanged"
    case .fixed, .noLongerApplicable, .other: return "updated"
    }
  }

  private func location(
    _ finding: ExportFinding, _ unit: ExportUnit, _ host: String
  ) -> JSONObject {
    var region = JSONObject()
    region.add("startLine", max(finding.finding.line, 1))
    var physical = JSONObject()
    physical.add("artifactLocation", artifact(finding.run?.path ?? ""))
    physical.add("region", region)
    var logical = JSONObject()
    let parts = unit.item.map { [$0.kind.name, Self.wording.name($0.stableName)] } ?? []
    logical.add(
      "fullyQualifiedName", ([Self.wording.name(host)] + parts).joined(separator: "/"))
    logical.add("kind", "resource")
    var object = JSONObject()
    object.add("physicalLocation", physical)
    object.add("logicalLocations", [logical])
    return object
  }

  private func artifact(_ path: String) -> JSONObject {
    var object = JSONObject()
    object.add("uri", RelativeURI.of(path))
    if !isForGitHub, path.hasPrefix("/") { object.add("uriBaseId", "ROOT") }
    return object
  }

  private func suppression(_ waiver: Waiver) -> JSONObject {
    var object = JSONObject()
    object.add("kind", "external")
    object.add("status", "accepted")
    object.add("justification", Self.wording.waiver(waiver))
    guard let path = context.policyPath, waiver.line > 0 else { return object }
    var region = JSONObject()
    region.add("startLine", waiver.line)
    var physical = JSONObject()
    physical.add("artifactLocation", artifact(path))
    physical.add("region", region)
    var location = JSONObject()
    location.add("physicalLocation", physical)
    object.add("location", location)
    return object
  }

  private func properties(_ finding: ExportFinding) -> JSONObject {
    var object = JSONObject()
    object.add("checkId", Self.wording.name(finding.finding.checkID))
    object.add("printedTitle", Self.wording.name(finding.finding.title))
    object.add("printed", finding.finding.printed.word)
    object.add("severity", finding.judged.severity?.name)
    object.add("stride", finding.stride.map(\.name))
    object.add("openSince", finding.openSince.map(Wording.time))
    object.add("leftOut", finding.isLeftOut)
    return object
  }

  /// The category that an upload replaces the alerts of: without the host in it, the hosts' uploads would close each
  /// other's alerts.
  private static func automation(_ host: ExportHost) -> JSONObject {
    // What stands before the last slash is the category.
    let category = wording.name(host.name, limit: 120).escaping("/") { _ in "\\u002f" }
    var object = JSONObject()
    object.add("id", "benchtrail/\(category)/\(host.runs.first?.name ?? "none")")
    return object
  }

  private static func invocations(_ host: ExportHost, dropped: Int) -> [JSONObject] {
    host.runs.enumerated().map { number, run in
      var object = JSONObject()
      object.add("executionSuccessful", run.isComplete)
      object.add("machine", wording.name(host.name))
      object.add("startTimeUtc", Wording.time(run.startedAt))
      var notifications: [String] = []
      if !run.isComplete { notifications.append("The log is cut off: the run is incomplete.") }
      if number == 0, dropped > 0 {
        notifications.append("\(dropped) failures are left out: GitHub takes no more.")
      }
      if !notifications.isEmpty {
        object.add("toolExecutionNotifications", notifications.map(notification))
      }
      var properties = JSONObject()
      properties.add("run", run.name)
      properties.add("tool", run.release.tool.name)
      properties.add("toolVersion", run.release.printed.map { wording.name($0) })
      properties.add("edition", run.release.edition)
      object.add("properties", properties)
      return object
    }
  }

  private static func notification(_ text: String) -> JSONObject {
    var message = JSONObject()
    message.add("text", text)
    var object = JSONObject()
    object.add("level", "warning")
    object.add("message", message)
    return object
  }
}

/// A path as a relative reference of RFC 3986, which is all that GitHub accepts.
enum RelativeURI {
  /// Percent-encodes a path, without what would lead out of the folder that it is looked up in.
  static func of(_ path: String) -> String {
    var parts: [String] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
      } else {
        parts.append(encoded(SafeText.clipped(String(part), to: 255)))
      }
    }
    return parts.isEmpty ? "unknown" : parts.joined(separator: "/")
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
