package import BenchAnalysis
import BenchModel

/// What the evidence says of a threat, in words.
///
/// The sentence follows from the state and names what it rests on, so that nobody reads more into the state than is known.
package enum ThreatSentence {
  /// So many controls are named; of more the number is told.
  private static let mostNamed = 5

  /// Says why a threat has its state, over all hosts.
  ///
  /// - Parameter row: The threat, with hosts or without.
  /// - Returns: One sentence or a few, each with its full stop.
  package static func text(_ row: ThreatAssessment.Row) -> String {
    guard row.hostCount > 0 else {
      return toBeChecked(row.threat, "No run of \(row.threat.system.title) tells")
    }
    var text = reason(row)
    let others = ThreatState.allCases.filter { $0 != row.state && row.count($0) > 0 }
    if !others.isEmpty {
      let counts = ([row.state] + others).map { "\($0.words) on \(row.count($0))" }
      text += " By host: \(counts.joined(separator: ", "))."
    }
    let silent = row.hostCount - ThreatState.allCases.reduce(0) { $0 + row.count($1) }
    if silent > 0, silent < row.hostCount {
      text += " \(TrendReport.count(silent, "host")) had no check of it."
    }
    return text
  }

  /// Says which controls would tell, where no run does.
  private static func toBeChecked(_ threat: Threat, _ reason: String) -> String {
    let controls = threat.evidence.deciding + threat.evidence.decidingWhereChecked
    return reason + "; to be checked by "
      + list(controls.map { ($0, 1) }, of: 1, joined: "and") + "."
  }

  private static func reason(_ row: ThreatAssessment.Row) -> String {
    let hosts = row.hostCount
    func list(_ counts: [ThreatAssessment.Row.Count], _ word: String = "and") -> String {
      Self.list(counts.map { ($0.control, $0.hosts) }, of: hosts, joined: word)
    }
    func verb(_ counts: [ThreatAssessment.Row.Count], _ one: String, _ many: String) -> String {
      counts.count == 1 ? one : many
    }
    let failing = row.decidingFailing
    switch row.state {
    case .exposed: return "\(list(failing)) \(verb(failing, "fails", "fail"))."
    case .partlyMitigated:
      if !failing.isEmpty, !row.standingIn.isEmpty {
        return "\(list(failing)) \(verb(failing, "fails", "fail")), but "
          + "\(list(row.standingIn)) \(verb(row.standingIn, "stands", "stand")) in."
      }
      let weak = row.supportingFailing
      return "What decides it holds (\(list(row.decidingHolding))), but "
        + "\(list(weak)) \(verb(weak, "fails", "fail"))."
    case .accepted:
      let accepted = row.decidingAccepted
      return "\(list(accepted)) \(verb(accepted, "fails", "fail")), and the policy accepts that."
        + (row.missing.isEmpty ? "" : " Not judged: \(list(row.missing)).")
    case .unproven: return unproven(row)
    case .mitigated:
      let holding = row.decidingHolding
      return "\(list(holding)) \(verb(holding, "holds", "hold"))."
    case .doesNotApply:
      if let condition = row.threat.condition, row.hosts(.doesNotApply).contains(where: \.isRefuted)
      {
        return "Its condition does not hold (\(condition.says))."
      }
      let deciding = row.threat.evidence.deciding.map { ($0, hosts) }
      return Self.list(deciding, of: hosts, joined: "and")
        + " \(deciding.count == 1 ? "has" : "have") nothing to check here."
    }
  }

  /// Says what is not known; where one host is asked about, also why.
  private static func unproven(_ row: ThreatAssessment.Row) -> String {
    var sentences: [String] = []
    let failing = row.decidingFailing
    if !failing.isEmpty, let condition = row.threat.condition {
      let names = list(failing.map { ($0.control, $0.hosts) }, of: row.hostCount, joined: "and")
      sentences.append(
        "\(names) \(failing.count == 1 ? "fails" : "fail"), but no run shows its condition: "
          + "\(condition.says).")
    }
    let missing = row.missing
    if !missing.isEmpty {
      let reasons =
        row.hostCount == 1
        ? Dictionary(
          (row.hosts.first?.unjudged ?? []).map { ($0.control, $0.reason) }
        ) { first, _ in first } : [:]
      let names = missing.prefix(mostNamed).map { entry in
        entry.control
          + (reasons[entry.control].map { " (\($0.words))" }
            ?? count(entry.hosts, of: row.hostCount))
      }
      let more = missing.count - names.count
      sentences.append(
        "Not judged: \(names.joined(separator: ", "))" + (more > 0 ? " and \(more) more." : "."))
    }
    return sentences.isEmpty
      ? toBeChecked(row.threat, "No run has a check of it") : sentences.joined(separator: " ")
  }

  private static func list(
    _ controls: [(control: ControlID, hosts: Int)], of hosts: Int, joined word: String
  ) -> String {
    var names = controls.prefix(mostNamed).map { $0.control + count($0.hosts, of: hosts) }
    let more = controls.count - names.count
    if more > 0 { names.append("\(more) more") }
    guard let last = names.popLast() else { return "nothing" }
    return names.isEmpty ? last : names.joined(separator: ", ") + " \(word) " + last
  }

  /// On how many hosts, where there are several.
  private static func count(_ hosts: Int, of all: Int) -> String {
    all > 1 ? " (\(hosts) of \(all))" : ""
  }
}

extension ThreatAssessment.Unjudged.Reason {
  /// The words used for people.
  fileprivate var words: String {
    switch self {
    case .manual: "a person must decide"
    case .info: "the tool gives no verdict"
    case .notApplicable: "nothing to judge"
    case .notEvaluated: "no run looked at it"
    }
  }
}
