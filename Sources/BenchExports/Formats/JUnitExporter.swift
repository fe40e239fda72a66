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
  private var rendered = RenderedFindings<Test>()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    try write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"BenchTrail\">\n")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let tests = host.findings.map { rendered.of($0.shared, Self.render) }
    let failures = tests.count { $0.note.isOpen }
    let skipped = tests.count { $0.note.isSkipped }
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
    let name = Self.wording.name(host.name)
    let texts = HostTexts(
      host.name, [Array(name.withEntities.utf8)],
      run: { [Array(Self.wording.name($0.path, limit: 1_000).withEntities.utf8)] },
      since: { [Array(Wording.date($0).utf8)] })
    var names = Occurrences<String>()
    for (finding, test) in zip(host.findings, tests) {
      let number = names.next(test.note.name)
      texts.write(test.texts[0], of: finding, to: write) { gap in
        if Gap.own(gap) == Self.message, let sentence = test.note.sentence {
          let message = sentence.before + name + sentence.behind
          write.append(
            Array(SafeText.clipped(message, to: Self.messageLimit).withEntities.utf8))
        } else if number > 1 {
          write.append(Array(" (\(number))".utf8))
        }
      }
      try write.flush()
    }
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

  /// What is kept of a test beside its texts.
  private struct Test {
    var isOpen: Bool
    var isSkipped: Bool
    /// Its section and name, without the host.
    var name: String
    /// The sentence of a failure before and behind the host, where it may be cut.
    var sentence: (before: String, behind: String)?
  }

  private static func render(_ finding: SharedFinding) -> RenderedFinding<Test> {
    let skipMessage = skipMessage(finding)
    var test = Test(isOpen: finding.judged.isOpen, isSkipped: skipMessage != nil, name: "")
    // Jenkins takes what stands before the last dot for a package.
    let section = "." + wording.name(finding.finding.section)
    let name = finding.slug + ": " + wording.title(finding)
    test.name = section + " " + name
    var text = TextBuffer()
    text.append("    <testcase classname=\"")
    text.append(.host(0))
    text.append(raw: section.withEntities)
    text.append("\" name=\"")
    text.append(raw: name.withEntities)
    text.append(Self.number)
    text.append("\" time=\"0\"")
    if finding.judged.isOpen {
      let units = finding.units()
      let sentence = wording.sentence(finding, units.filter { !$0.isWaived })
      text.append(">\n      <failure message=\"")
      let count = (sentence.before + sentence.behind).unicodeScalars.count
      if count + SafeText.nameLimit <= messageLimit {
        text.append(raw: sentence.before.withEntities)
        text.append(.host(0))
        text.append(raw: sentence.behind.withEntities)
      } else {
        test.sentence = sentence
        text.append(message)
      }
      text.append(
        raw: "\"" + attributes([("type", finding.judged.severity?.name ?? "unknown severity")])
          + ">" + sentence.before.withEntities)
      text.append(.host(0))
      text.append(raw: sentence.behind.withEntities)
      append(finding, units, to: &text)
      text.append("</failure>\n    </testcase>\n")
    } else if let skipMessage {
      text.append(
        raw: ">\n      <skipped\(attributes([("message", skipMessage)]))>"
          + skipMessage.withEntities + "</skipped>\n    </testcase>\n")
    } else if let attestation = finding.attestation {
      text.append(
        raw: ">\n      <system-out>" + wording.attestation(attestation).withEntities
          + "</system-out>\n    </testcase>\n")
    } else {
      text.append("/>\n")
    }
    return RenderedFinding([text], FingerprintTexts(), test)
  }

  /// The gap for what tells a test from others of its name.
  private static let number = Gap.own(0)
  /// The gap for a failure's sentence that may be cut.
  private static let message = Gap.own(1)

  /// Why a test has neither passed nor failed.
  private static func skipMessage(_ finding: SharedFinding) -> String? {
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

  /// Appends what is needed to close the finding, behind the sentence.
  private static func append(
    _ finding: SharedFinding, _ units: [ExportUnit], to text: inout TextBuffer
  ) {
    func append(line: String) { text.append(raw: "\n" + line.withEntities) }
    append(
      line:
        "Printed as \(wording.name(finding.finding.checkID)) \(wording.name(finding.finding.title))"
    )
    if finding.isLeftOut {
      append(line: "The newest run left it out; it is known from a run before.")
    }
    if finding.hasSince {
      text.append("\nOpen since ")
      text.append(.since(0))
      if finding.isOpenFromStart { text.append(" or longer") }
    }
    let details = finding.finding.details
    for detail in details.prefix(detailLimit) { append(line: "  " + wording.name(detail)) }
    if details.count > detailLimit {
      append(line: "  and \(details.count - detailLimit) more lines")
    }
    let waived = units.filter(\.isWaived).compactMap(wording.label)
    if !waived.isEmpty {
      append(line: "Accepted: " + wording.list(waived, limit: 50))
      for waiver in finding.waivers { append(line: wording.waiver(waiver)) }
    }
    if let advice = finding.advice {
      for line in Wording.fix(advice) { append(line: line) }
      if !advice.verification.isEmpty { append(line: "Verify: \(advice.verification)") }
    }
    if finding.hasRun {
      text.append("\nLog: ")
      text.append(.run(0))
      text.append(":")
      text.append(.place)
    }
  }

  /// Attributes; characters that XML does not have are spelled out before.
  private static func attributes(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\($1.withEntities)\"" }.joined()
  }
}
