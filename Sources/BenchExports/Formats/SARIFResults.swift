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
  /// Whether a risk of the host is accepted: every result has suppressions then, if only none.
  private let hasSuppressions: Bool
  /// Where the host's results are.
  private let artifact: JSONBuffer
  private var buffer: JSONBuffer
  private var seen = Occurrences()
  private var isFirst = true
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
    artifact = Self.artifact(RelativeURI.of(host: host.name))
    hasSuppressions =
      !isForGitHub
      && host.findings.contains { $0.judged.isWaived || !$0.judged.waivedItems.isEmpty }
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
  ///   - hasRoom: Says whether the file may have one more result.
  /// - Returns: How many results there was no room for.
  /// - Throws: What the sink throws.
  mutating func add(
    _ finding: ExportFinding, _ units: [ExportUnit], of all: [ExportUnit], _ write: ExportSink,
    hasRoom: () -> Bool
  ) throws -> Int {
    let (head, messageEnd) = (self.head(finding), self.messageEnd(finding))
    let (physical, tail) = (self.physical(finding), properties(finding))
    for (number, unit) in units.enumerated() {
      guard hasRoom() else { return units.count - number }
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
      if hasSuppressions {
        buffer.append(",\"suppressions\":")
        finding.waivers(of: unit).map { suppression($0) }.writeJSON(to: &buffer)
      }
      buffer.append(tail)
      try buffer.flush(write)
    }
    return 0
  }

  /// Ends the results and the run.
  ///
  /// - Parameters:
  ///   - members: What the run has behind its results.
  ///   - write: Gets the pieces of the file.
  /// - Throws: What the sink throws.
  mutating func end(_ members: JSONBuffer, _ write: ExportSink) throws {
    buffer.append("\n],")
    buffer.append(members)
    buffer.append("}")
    try buffer.drain(write)
  }

  // MARK: - What the results of a finding have in common

  /// All before what the message says of the items.
  private func head(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append("{\"ruleId\":")
    let rule = SARIFRules.id(finding)
    json.append(quoted: rule)
    if let index = rules.index[rule] {
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

  /// The place, up to the name of the host.
  ///
  /// The artifact is the host's whatever the log is called: programs take what has another one for another alert. What
  /// came through a pipe is nowhere; GitHub refuses results without an artifact and gets the host's even then.
  private func physical(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    json.append(",\"locations\":[{")
    let log = Log(finding)
    if isForGitHub || log.path != nil {
      json.append("\"physicalLocation\":{\"artifactLocation\":")
      json.append(artifact)
      // GitHub wants a line of every result: the first, where none is known.
      if let line = log.line ?? (isForGitHub ? 1 : nil) {
        // The whole line: up to the first column of the next one.
        json.append(",\"region\":{\"startLine\":")
        json.append(line)
        json.append(",\"startColumn\":1,\"endLine\":")
        json.append(line + 1)
        json.append(",\"endColumn\":1}")
      }
      json.append("},")
    }
    json.append("\"logicalLocations\":[{\"fullyQualifiedName\":\"")
    json.append(inside: hostName)
    return json
  }

  /// Where a finding was printed, as far as anybody can look there.
  private struct Log {
    /// The file; nil for what came through a pipe.
    var path: String?
    /// The line; nil in a file that has none before it is unzipped.
    var line: Int?

    init(_ finding: ExportFinding) {
      // An import's name for standard input.
      guard let path = finding.run?.path, !path.isEmpty, path != "stdin" else { return }
      self.path = path
      if !path.lowercased().hasSuffix(".gz") { line = max(finding.finding.line, 1) }
    }
  }

  private static func artifact(_ uri: String, isAbsolute: Bool = false) -> JSONBuffer {
    var json = JSONBuffer()
    json.append("{\"uri\":")
    json.append(quoted: uri)
    if isAbsolute { json.append(",\"uriBaseId\":\"ROOT\"") }
    json.append("}")
    return json
  }

  private func suppression(_ waiver: Waiver) -> JSONObject {
    var object = JSONObject()
    object.add("kind", "external")
    object.add("status", "accepted")
    object.add("justification", Self.wording.waiver(waiver))
    guard let policyPath, waiver.line > 0 else { return object }
    var region = JSONObject()
    region.add("startLine", waiver.line)
    var physical = JSONObject()
    let policy = Self.artifact(
      RelativeURI.of(policyPath), isAbsolute: policyPath.hasPrefix("/"))
    physical.add("artifactLocation", JSONLiteral(policy))
    physical.add("region", region)
    var location = JSONObject()
    location.add("physicalLocation", physical)
    object.add("location", location)
    return object
  }

  private func properties(_ finding: ExportFinding) -> JSONBuffer {
    var json = JSONBuffer()
    let log = Log(finding)
    json.append(",\"properties\":{\"log\":")
    log.path.map { Self.wording.name($0, limit: 1_000) }.writeJSON(to: &json)
    json.append(",\"line\":")
    log.line.writeJSON(to: &json)
    json.append(",\"checkId\":")
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
