import BenchAnalysis
import BenchCatalog
import BenchModel

/// The rules of a SARIF run: the controls that its results are about.
///
/// A check that no edition knows has a rule of its own, named by the digest of its id and title: whoever dismisses one
/// of these does not mean the others. GitHub shows rules as Markdown, so its title is spelled out all the more.
struct SARIFRules {
  /// Rules by what is known of their controls: the advice of a distribution is its hosts' alone.
  typealias Known = [ObjectIdentifier: (control: ExportControl, rule: TextBuffer)]

  /// The place of each rule, by its id.
  let index: [String: Int]
  private let rules: [TextBuffer]

  /// GitHub takes 20 tags a rule; no control has as many, whatever the policy says of it.
  private static let tagLimit = 20
  /// What GitHub could take for markup in the title of a check that no edition knows.
  private static let wording = Wording(markup: "{}[]`*<>")
  /// GitHub cuts a description there.
  private static let textLimit = 1_024

  /// Collects the rules of findings, in the order in which these come.
  ///
  /// - Parameters:
  ///   - findings: The findings.
  ///   - known: Rules that have been written already; new ones are added.
  init(_ findings: [(id: String, finding: SharedFinding)], _ known: inout Known) {
    var index: [String: Int] = [:]
    var rules: [TextBuffer] = []
    for (id, finding) in findings where index[id] == nil {
      index[id] = rules.count
      let rule = known[ObjectIdentifier(finding.known)]?.rule ?? Self.rule(finding, id).json
      // Logs can have any number of checks that no edition knows.
      if finding.control != nil { known[ObjectIdentifier(finding.known)] = (finding.known, rule) }
      rules.append(rule)
    }
    self.index = index
    self.rules = rules
  }

  /// The id of a finding's rule.
  static func id(_ finding: SharedFinding) -> String {
    if let control = finding.finding.control { return control }
    let check = finding.finding
    let digest = Fingerprint([check.checkID, check.titleWithoutMarks]).hex
    return "unmapped-\(digest.prefix(16))"
  }

  /// Writes the tool: BenchTrail, whatever tool printed the log, so that a rule is one rule.
  ///
  /// - Parameters:
  ///   - version: BenchTrail's version.
  ///   - write: Gets the JSON.
  /// - Throws: What the sink throws.
  func writeDriver(_ version: String, _ write: ExportSink) throws {
    write.append("{\"name\":\"BenchTrail\",\"version\":\"")
    write.append(version.insideJSON)
    write.append("\",\"rules\":[")
    for (number, rule) in rules.enumerated() {
      if number > 0 { write.append(",") }
      write.append(rule)
      try write.flush()
    }
    write.append("]}")
  }

  /// How bad a failure is in SARIF's words.
  static func level(_ severity: Severity?) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium, nil: "warning"
    case .low: "note"
    }
  }

  /// The number that GitHub sorts by: above 9 is critical, from 7 high, from 4 medium.
  private static func score(_ severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.0"
    }
  }

  private static func rule(_ finding: SharedFinding, _ id: String) -> JSONObject {
    var object = JSONObject()
    object.add("id", id)
    guard let control = finding.control else {
      object.add(
        "shortDescription", text("A check that no edition knows: " + wording.title(finding)))
      object.add(
        "fullDescription",
        text("No edition of the tool that BenchTrail knows has the check, so it has no control."))
      object.add("help", text("Import the log with a newer BenchTrail."))
      object.add("defaultConfiguration", configuration(nil))
      object.add("properties", properties(finding))
      return object
    }
    object.add("name", name(control.id))
    object.add("shortDescription", text(control.title))
    object.add(
      "fullDescription",
      text(SafeText.clipped(finding.advice?.rationale ?? control.title, to: textLimit)))
    object.add("help", help(finding))
    object.addIfPresent("helpUri", finding.source)
    object.add("defaultConfiguration", configuration(finding.judged.severity))
    object.add("properties", properties(finding))
    return object
  }

  private static func text(_ text: String) -> JSONObject {
    var object = JSONObject()
    object.add("text", text)
    return object
  }

  /// `daemon-icc-disabled` as an identifier.
  private static func name(_ slug: String) -> String {
    slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func configuration(_ severity: Severity?) -> JSONObject {
    var object = JSONObject()
    object.add("level", level(severity))
    return object
  }

  private static func help(_ finding: SharedFinding) -> JSONObject {
    guard let advice = finding.advice else { return text(finding.control?.title ?? "") }
    var lines = Wording.fix(advice)
    var markdown = [
      Markdown.escaped(advice.rationale),
      "**Fix.** " + lines.map(Markdown.escaped).joined(separator: "\n\n"),
    ]
    if let reason = finding.risk?.reason {
      lines.append("Severity: \(reason)")
      markdown.append("**Severity.** " + Markdown.escaped(reason))
    }
    if !advice.verification.isEmpty {
      lines.append("Verify: \(advice.verification)")
      markdown.append("**Verify.**\n\n```sh\n\(advice.verification)\n```")
    }
    var object = text(([advice.rationale] + lines).joined(separator: "\n"))
    object.add("markdown", markdown.joined(separator: "\n\n"))
    return object
  }

  private static func properties(_ finding: SharedFinding) -> JSONObject {
    var tags = ["security", finding.control?.section ?? "unmapped"]
    tags += finding.stride.map { "stride/" + $0.name }
    tags += finding.risk?.techniques.map { "attack/" + $0 } ?? []
    if let nist = finding.risk?.nist, !nist.isEmpty { tags.append("nist-sp-800-190/" + nist) }
    var object = JSONObject()
    object.add("tags", Array(tags.prefix(tagLimit)))
    object.add("precision", "high")
    object.addIfPresent("security-severity", finding.judged.severity.map(score))
    return object
  }
}
