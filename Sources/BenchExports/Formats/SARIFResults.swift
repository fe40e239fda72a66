import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The results of a host's SARIF run, as they are written one after the other.
///
/// What the results of a finding have in common is put together once for all of them.
struct SARIFResults {
  /// The host's name as a person may read it.
  private let hostName: String
  private let rules: SARIFRules
  private let policyPath: String?
  private let isForGitHub: Bool
  private var buffer: JSONBuffer
  private var seen = Occurrences()
  private var isFirst = true
  /// Where the run's log is, by its path: nearly all findings are of one.
  private var artifact: (path: String, json: JSONBuffer)?
  /// What a viewer takes for a placeholder or for a link.
  static let wording = Wording(markup: "{}[]")

  /// Begins the results of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - rules: The rules that the results are of.
  ///   - policyPath: The file that waivers are from.
  ///   - isForGitHub: Whether what GitHub ignores is left out.
  ///   - buffer: What was written before and is not handed on yet.
  init(
    _ host: ExportHost, _ rules: SARIFRules, policyPath: String?, isForGitHub: Bool,
    in buffer: JSONBuffer
  ) {
    self.buffer = buffer
    hostName = Self.wording.name(host.name)
    self.rules = rules
    self.policyPath = policyPath
    self.isForGitHub = isForGitHub
  }

  /// Adds the results of a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - units: The units that are results.
  ///   - all: The units of the whole finding, which the message of one without an item names.
  ///   - write: Gets the pieces of the file.
  /// - Throws: What the sink throws.
  mutating func add(
    _ finding: ExportFinding, _ units: [ExportUnit], of all: [ExportUnit], _ write: ExportSink
  ) throws {
    let (head, messageEnd) = (self.head(finding), self.messageEnd(finding))
    let (physical, tail) = (self.physical(finding), properties(finding))
    let suppressions = units.contains(where: \.isWaived) ? self.suppressions(finding) : nil
    for unit in units {
      if isFirst { buffer.append("\n") } else { buffer.append(",\n") }
      isFirst = false
      buffer.append(head)
      let named = unit.item == nil ? all.filter { !$0.isWaived && $0.item != nil } : [unit]
      if let labels = Self.wording.labels(named) { buffer.append(inside: labels) }
      buffer.append(messageEnd)
      if !isForGitHub, finding.isCompared {
        buffer.append(",\"baselineState\":")
        buffer.append(quoted: Self.baselineState(finding, unit))
      }
      buffer.append(physical)
      if let item = unit.item {
        buffer.append("/")
        buffer.append(inside: item.kind.name)
        buffer.append("/")
        buffer.append(inside: Self.wording.name(item.stableName))
      }
      let hex = unit.fingerprint.hex
      buffer.append(
        "\",\"kind\":\"resource\"}]}],\"partialFingerprints\":{\"primaryLocationLineHash\":\"")
      buffer.append(raw: hex)
      buffer.append(":")
      buffer.append(seen.next(hex))
      buffer.append("\",\"benchtrail/v1\":\"")
      buffer.append(raw: hex)
      buffer.append("\"}")
      if unit.isWaived, let suppressions { buffer.append(suppressions) }
      buffer.append(tail)
      try buffer.flush(write)
    }
  }

  /// Ends the results.
  ///
  /// - Throws: What the sink throws.
  mutating func end(_ write: ExportSink) throws {
    buffer.append("\n]}")
    try buffer.drain(write)
  }

  // MARK: - What the results of a finding have in common

  /// All before what the message says of the items.
  private func head(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append("{\"ruleId\":")
    json.append(quoted: finding.slug)
    if let index = rules.index[finding.slug] {
      json.append(",\"ruleIndex\":")
      json.append(index)
    }
    if !isForGitHub {
      json.append(",\"kind\":")
      json.append(quoted: Self.kind(finding.verdict))
    }
    json.append(",\"level\":")
    // A level says how bad a failure is, and nothing else may have one.
    json.append(
      quoted: finding.verdict == .fail ? SARIFRules.level(finding.judged.severity) : "none")
    json.append(",\"message\":{\"text\":\"")
    json.append(inside: Self.wording.title(finding))
    json.append(": ")
    json.append(inside: Wording.word(finding.verdict))
    json.append(" on ")
    json.append(inside: hostName)
    return json
  }

  /// The rest of the message behind the items.
  private func messageEnd(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(".")
    if let advice = finding.advice, finding.verdict == .fail {
      json.append(" Fix: ")
      json.append(inside: advice.fix.title)
      json.append(".")
    }
    if finding.isLeftOut {
      json.append(" The newest run left it out; it is known from a run before.")
    }
    if let attestation = finding.attestation {
      json.append(" ")
      json.append(inside: Self.wording.attestation(attestation))
      json.append(".")
    }
    json.append("\"}")
    return json
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

  /// The line of the log, up to the name of the host.
  private mutating func physical(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":")
    json.append(artifact(finding.run?.path ?? ""))
    json.append(",\"region\":{\"startLine\":")
    json.append(max(finding.finding.line, 1))
    json.append("}},\"logicalLocations\":[{\"fullyQualifiedName\":\"")
    json.append(inside: hostName)
    return json
  }

  private mutating func artifact(_ path: String) -> JSONBuffer {
    if let artifact, artifact.path == path { return artifact.json }
    var json = JSONBuffer()
    json.append("{\"uri\":")
    json.append(quoted: RelativeURI.of(path))
    if !isForGitHub, path.hasPrefix("/") { json.append(",\"uriBaseId\":\"ROOT\"") }
    json.append("}")
    artifact = (path, json)
    return json
  }

  private mutating func suppressions(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(",\"suppressions\":")
    finding.waivers.map { suppression($0) }.writeJSON(to: &json)
    return json
  }

  private mutating func suppression(_ waiver: Waiver) -> JSONObject {
    var object = JSONObject()
    object.add("kind", "external")
    object.add("status", "accepted")
    object.add("justification", Self.wording.waiver(waiver))
    guard let policyPath, waiver.line > 0 else { return object }
    var region = JSONObject()
    region.add("startLine", waiver.line)
    var physical = JSONObject()
    physical.add("artifactLocation", JSONLiteral(artifact(policyPath)))
    physical.add("region", region)
    var location = JSONObject()
    location.add("physicalLocation", physical)
    object.add("location", location)
    return object
  }

  private func properties(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(",\"properties\":{\"checkId\":")
    json.append(quoted: Self.wording.name(finding.finding.checkID))
    json.append(",\"printedTitle\":")
    json.append(quoted: Self.wording.name(finding.finding.title))
    json.append(",\"printed\":")
    json.append(quoted: finding.finding.printed.word)
    json.append(",\"severity\":")
    (finding.judged.severity?.name).writeJSON(to: &json)
    json.append(",\"stride\":")
    finding.stride.map(\.name).writeJSON(to: &json)
    json.append(",\"openSince\":")
    finding.openSince.map(Wording.time).writeJSON(to: &json)
    json.append(",\"leftOut\":")
    finding.isLeftOut.writeJSON(to: &json)
    json.append("}}")
    return json
  }
}
