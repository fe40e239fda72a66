import BenchCatalog
import BenchModel
import BenchAnalysis

/// The sentences that formats for people have in common.
///
/// Texts of the catalogue are ours and stand as they are; all others go through ``SafeText``.
struct Wording {
  /// Characters that the format's viewers take for markup.
  var markup = ""

  /// What is wanted, in our words; for a check that no edition knows, its id and title as printed.
  func title(_ finding: SharedFinding) -> String {
    finding.control?.title
      ?? name("\(finding.finding.checkID) \(finding.finding.titleWithoutMarks)")
  }

  /// A text from a log.
  func name(_ text: String, limit: Int = SafeText.nameLimit) -> String {
    SafeText.name(text, markup: markup, limit: limit)
  }

  /// A text of the team's policy, whose links are meant.
  private func own(_ text: String, limit: Int = SafeText.nameLimit) -> String {
    SafeText.clipped(SafeText.spelled(text, markup: markup, keepsLinks: true), to: limit)
  }

  /// An item with what about it is at fault.
  func label(_ unit: ExportUnit) -> String? {
    guard let item = unit.item else { return nil }
    let values = list(unit.values, limit: 20)
    return "\(item.kind.name) \(name(item.name))" + (values.isEmpty ? "" : ": \(values)")
  }

  /// Names in a row, and how many more there are.
  func list(_ names: [String], limit: Int) -> String {
    let shown = names.prefix(limit).map { name($0) }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
  }

  /// What was found, in one sentence: what stands before and behind the host's name.
  func sentence(
    _ finding: SharedFinding, _ units: [ExportUnit]
  ) -> (before: String, behind: String) {
    ("\(title(finding)): \(Self.word(finding.verdict)) on ", "\(labels(units) ?? "").")
  }

  /// The items as a part of that sentence; nil if there are none.
  func labels(_ units: [ExportUnit]) -> String? {
    let labels = units.compactMap(label)
    guard !labels.isEmpty else { return nil }
    let shown = " for " + labels.prefix(50).joined(separator: "; ")
    return labels.count > 50 ? shown + " and \(labels.count - 50) more" : shown
  }

  /// The outcome as the end of a sentence.
  static func word(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "passes"
    case .fail: "fails"
    case .manual: "is for a person to decide"
    case .info: "has no verdict"
    case .notApplicable: "does not apply"
    }
  }

  /// Who accepted the risk, when, until when and why.
  func waiver(_ waiver: Waiver) -> String {
    var text = "Accepted by \(own(waiver.owner))"
    if let day = waiver.accepted { text += " on \(Self.date(day))" }
    if let until = Self.lastDay(waiver.end) { text += " until \(until)" }
    text += ": " + own(waiver.reason, limit: 1_000)
    if let ticket = waiver.ticket { text += " (\(own(ticket)))" }
    return text
  }

  /// Who decided what no tool can judge.
  func attestation(_ attestation: Attestation) -> String {
    var text = "Attested as \(attestation.decision.name) by \(own(attestation.by))"
    if let day = attestation.accepted { text += " on \(Self.date(day))" }
    if let until = Self.lastDay(attestation.end) { text += " until \(until)" }
    return attestation.reason.isEmpty
      ? text : text + ": " + own(attestation.reason, limit: 1_000)
  }

  /// The last day on which something holds, by the first second at which it doesn't.
  static func lastDay(_ end: Int64?) -> String? { end.map { date($0 &- 1) } }

  /// A time as RFC 3339; a time that no calendar has becomes the next that it has.
  static func time(_ seconds: Int64) -> String { CivilTime.rfc3339(bounded(seconds)) }

  /// The date of a time, in UTC.
  static func date(_ seconds: Int64) -> String { CivilTime.date(bounded(seconds)) }

  /// A time between 1970 and the year 9999.
  static func bounded(_ seconds: Int64) -> Int64 { min(max(seconds, 0), 253_402_300_799) }

  /// What is to be done, line by line.
  static func fix(_ advice: Advice) -> [String] {
    let fix = advice.fix
    var lines = [fix.title]
    if !fix.target.isEmpty {
      lines.append("\(fix.kind): \(fix.target)" + (fix.value.isEmpty ? "" : " = \(fix.value)"))
    }
    if !fix.note.isEmpty { lines.append(fix.note) }
    if !advice.impact.isEmpty { lines.append("May break: \(advice.impact)") }
    if !advice.restart.isEmpty, advice.restart != "none" {
      lines.append("To be restarted: \(advice.restart)")
    }
    return lines
  }
}
