package import BenchAnalysis
import BenchModel

/// `benchtrail.selection.v1`: a few chosen findings.
package struct SelectionJSON: Encodable {
  struct ChoiceJSON: Encodable {
    let control: String
    let checkId: String
    let title: String
    let severity: String?
    let score: Double
    let hosts: [String]
    let excluded: Bool
    let threats: [String]
    let reason: String?
    let newlyAnswered: [String]?
  }

  let schema = "benchtrail.selection.v1"
  let chosen: [ChoiceJSON]
  let passedOver: [ChoiceJSON]
  let answered: [String]
  let allExcluded: Bool

  /// Describes a selection.
  package init(_ selection: Selection) {
    chosen = selection.choices.map { choice in
      switch choice.reason {
      case .answers(let threats): Self.choice(choice.candidate, "answersThreats", threats)
      case .mostUrgent: Self.choice(choice.candidate, "mostUrgent", [])
      case .outside(let threats): Self.choice(choice.candidate, "outsideExcluded", threats)
      }
    }
    passedOver = selection.passedOver.map { Self.choice($0, nil, nil) }
    answered = selection.answered.sorted()
    allExcluded = selection.isAllExcluded
  }

  private static func choice(
    _ candidate: Selection.Candidate, _ reason: String?, _ answered: [String]?
  ) -> ChoiceJSON {
    ChoiceJSON(
      control: candidate.control, checkId: candidate.finding.checkID,
      title: candidate.finding.title, severity: candidate.severity?.name,
      score: (candidate.score * 1_000).rounded() / 1_000, hosts: candidate.hosts,
      excluded: candidate.isExcluded, threats: candidate.threats, reason: reason,
      newlyAnswered: answered)
  }
}
