import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The results of a host's SARIF run, as they are written one after the other.
struct SARIFResults {
  /// What all results of an export have in common.
  struct Form {
    /// The file that waivers are from.
    var policyPath: String?
    /// Whether what GitHub ignores is left out.
    var isForGitHub: Bool
    /// Whether a finding has one result, whatever its items are.
    var isRolled: Bool
  }

  /// What is kept of a finding beside the texts of its results.
  struct Note {
    /// The id of its rule.
    var rule: String
  }

  private let rules: SARIFRules
  private let form: Form
  private let texts: HostTexts
  private var seen = Occurrences<Fingerprint>()
  private var isFirst = true
  /// The log that the last finding was in.
  private var log: (run: ObjectIdentifier, log: Log)?
  /// What a viewer takes for a placeholder or for a link.
  static let wording = Wording(markup: "{}[]")

  /// The gap for the place of a rule among those of the host.
  private static let ruleIndex = Gap.own(-1)
  /// The gap for the place in a log, where anybody can look there.
  private static let physical = Gap.own(-2)
  /// The gap for the line, where it is known.
  private static let line = Gap.own(-3)

  /// Begins the results of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - rules: The rules that the results are of.
  ///   - form: What all results have in common.
  init(_ host: ExportHost, _ rules: SARIFRules, _ form: Form) {
    self.rules = rules
    self.form = form
    // Whether a risk of the host is accepted: every result has suppressions then, if only none.
    let hasSuppressions =
      !form.isForGitHub
      && host.findings.contains { finding in
        let judged = finding.shared.judged
        return judged.isWaived || !judged.waivedItems.isEmpty
      }
    texts = HostTexts(
      host.name,
      [
        Self.wording.name(host.name).insideJSON,
        Self.artifact(RelativeURI.of(host: host.name)).bytes,
        hasSuppressions ? Array(",\"suppressions\":[]".utf8) : [],
      ],
      run: { run in
        var log = TextBuffer()
        Log(run).path.map { Self.wording.name($0, limit: 1_000) }.writeJSON(to: &log)
        return [log.bytes]
      },
      since: { [Array(Wording.time($0).utf8)] })
  }

  /// Adds the results of a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - rendered: Its results.
  ///   - write: Gets the bytes.
  ///   - hasRoom: Says whether the file may have one more result.
  /// - Returns: How many results there was no room for.
  /// - Throws: What the sink throws.
  mutating func add(
    _ finding: ExportFinding, _ rendered: RenderedFinding<Note>, _ write: ExportSink,
    hasRoom: () -> Bool
  ) throws -> Int {
    let log = log(of: finding)
    texts.begin(rendered.fingerprints)
    for (number, result) in rendered.texts.enumerated() {
      guard hasRoom() else { return rendered.texts.count - number }
      if isFirst { write.append("\n") } else { write.append(",\n") }
      isFirst = false
      texts.write(result, of: finding, to: write) { gap in
        switch Gap.own(gap) {
        case Self.ruleIndex: write.append(rules.index[rendered.note.rule] ?? 0)
        case Self.physical: writePhysical(finding, log, write)
        case Self.line:
          if log.hasLine { write.append(max(finding.line, 1)) } else { write.append("null") }
        default: write.append(seen.next(texts.fingerprints[Int(gap)]))
        }
      }
      try write.flush()
    }
    return 0
  }

  private mutating func log(of finding: ExportFinding) -> Log {
    guard let run = finding.origin else { return Log(nil) }
    if let log, log.run == ObjectIdentifier(run) { return log.log }
    let own = Log(run.summary)
    log = (ObjectIdentifier(run), own)
    return own
  }

  // MARK: - What hosts share

  /// Puts the results of a finding together.
  static func render(_ finding: SharedFinding, _ form: Form) -> RenderedFinding<Note> {
    let all = finding.units()
    let units =
      form.isRolled ? [finding.whole] : form.isForGitHub ? all.filter { !$0.isWaived } : all
    let note = Note(rule: SARIFRules.id(finding))
    let (head, messageEnd) = (self.head(finding, note.rule, form), self.messageEnd(finding))
    let tail = properties(finding)
    var fingerprints = FingerprintTexts()
    let results = units.map { unit in
      var json = head
      let named = unit.item == nil ? all.filter { !$0.isWaived && $0.item != nil } : [unit]
      if let labels = Self.wording.labels(named) { json.append(inside: labels) }
      json.append(messageEnd)
      if !form.isForGitHub, finding.isCompared {
        json.append(",\"baselineState\":")
        json.append(quoted: Self.baselineState(finding, unit))
      }
      json.append(",\"locations\":[{")
      json.append(physical)
      json.append("\"logicalLocations\":[{\"fullyQualifiedName\":\"")
      json.append(.host(0))
      if let item = unit.item {
        json.append("/")
        json.append(inside: item.kind.name)
        json.append("/")
        json.append(inside: Self.wording.name(item.stableName))
      }
      let place = fingerprints.add(finding.finding, unit.item)
      json.append(
        "\",\"kind\":\"resource\"}]}],\"partialFingerprints\":{\"primaryLocationLineHash\":\"")
      json.append(.fingerprint(place))
      json.append(":")
      json.append(.own(place))
      json.append("\",\"benchtrail/v1\":\"")
      json.append(.fingerprint(place))
      json.append("\"}")
      if !form.isForGitHub {
        if unit.isWaived {
          json.append(",\"suppressions\":")
          finding.waivers(of: unit).map { suppression($0, form) }.writeJSON(to: &json)
        } else {
          json.append(.host(2))
        }
      }
      json.append(tail)
      return json
    }
    return RenderedFinding(results, fingerprints, note)
  }

  /// All before what the message says of the items.
  private static func head(
    _ finding: SharedFinding, _ rule: String, _ form: Form
  ) -> TextBuffer {
    var json = TextBuffer()
    json.append("{\"ruleId\":")
    json.append(quoted: rule)
    json.append(",\"ruleIndex\":")
    json.append(ruleIndex)
    if !form.isForGitHub {
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
    json.append(.host(0))
    return json
  }

  /// The rest of the message behind the items.
  private static func messageEnd(_ finding: SharedFinding) -> TextBuffer {
    var json = TextBuffer()
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
  private static func baselineState(_ finding: SharedFinding, _ unit: ExportUnit) -> String {
    guard let change = finding.change else { return "unchanged" }
    switch change.change {
    case .stillFailing: return unit.isAdded ? "new" : "unchanged"
    case .regressed, .newlySeen: return change.isDoubtful ? "updated" : "new"
    // It stays open as it was.
    case .notEvaluated: return "unchanged"
    case .fixed, .noLongerApplicable, .other: return "updated"
    }
  }

  /// Writes the place in a log.
  ///
  /// The artifact is the host's whatever the log is called: programs take what has another one for another alert. What
  /// came through a pipe is nowhere; GitHub refuses results without an artifact and gets the host's even then.
  private func writePhysical(_ finding: ExportFinding, _ log: Log, _ write: ExportSink) {
    guard form.isForGitHub || log.path != nil else { return }
    write.append("\"physicalLocation\":{\"artifactLocation\":")
    write.append(texts[1])
    // GitHub wants a line of every result: the first, where none is known.
    if log.hasLine || form.isForGitHub {
      let line = log.hasLine ? max(finding.line, 1) : 1
      // The whole line: up to the first column of the next one.
      write.append(",\"region\":{\"startLine\":")
      write.append(line)
      write.append(",\"startColumn\":1,\"endLine\":")
      write.append(line + 1)
      write.append(",\"endColumn\":1}")
    }
    write.append("},")
  }

  /// Where a finding was printed, as far as anybody can look there.
  private struct Log {
    /// The file; nil for what came through a pipe.
    var path: String?
    /// Whether it has lines before it is unzipped.
    var hasLine = false

    init(_ run: RunSummary?) {
      // An import's name for standard input.
      guard let path = run?.path, !path.isEmpty, path != "stdin" else { return }
      self.path = path
      hasLine = !path.lowercased().hasSuffix(".gz")
    }
  }

  private static func artifact(_ uri: String, isAbsolute: Bool = false) -> TextBuffer {
    var json = TextBuffer()
    json.append("{\"uri\":")
    json.append(quoted: uri)
    if isAbsolute { json.append(",\"uriBaseId\":\"ROOT\"") }
    json.append("}")
    return json
  }

  private static func suppression(_ waiver: Waiver, _ form: Form) -> JSONObject {
    var object = JSONObject()
    object.add("kind", "external")
    object.add("status", "accepted")
    object.add("justification", Self.wording.waiver(waiver))
    guard let policyPath = form.policyPath, waiver.line > 0 else { return object }
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

  private static func properties(_ finding: SharedFinding) -> TextBuffer {
    var json = TextBuffer()
    json.append(",\"properties\":{\"log\":")
    if finding.hasRun { json.append(.run(0)) } else { json.append("null") }
    json.append(",\"line\":")
    json.append(line)
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
    (finding.hasSince ? JSONString(.since(0)) : nil).writeJSON(to: &json)
    json.append(",\"leftOut\":")
    finding.isLeftOut.writeJSON(to: &json)
    json.append("}}")
    return json
  }
}
