package import BenchAnalysis
import BenchModel

/// `benchtrail.selection.v1`: a few chosen findings.
package struct SelectionJSON: Encodable {
  /// A finding that was chosen or passed over.
  struct ChoiceJSON: Encodable {
    let control: String
    let checkId: String
    let title: String
    let severity: String?
    let score: Double
    let surface: String?
    let hosts: [String]
    let excluded: Bool
    let outside: Bool
    let unfixable: Bool
    let threats: [String]
    let reason: String
    /// Of a chosen one the threats that none before it answers.
    let newlyAnswered: [String]?
    let mostSevere: Bool?
    /// Of one passed over the threats that no chosen one answers.
    let furtherThreats: [String]?
    let before: EvidenceJSON?
    let now: EvidenceJSON?

    init(
      _ candidate: Selection.Candidate, _ reason: String, newlyAnswered: [String]? = nil,
      isMostSevere: Bool? = nil, further: [String]? = nil
    ) {
      control = candidate.control
      checkId = candidate.finding.checkID
      title = candidate.finding.title
      severity = candidate.severity?.name
      score = (candidate.score * 1_000).rounded() / 1_000
      surface = candidate.surface.isEmpty ? nil : candidate.surface
      hosts = candidate.hosts
      excluded = candidate.isExcluded
      outside = candidate.isOutside
      unfixable = candidate.isUnfixable
      threats = candidate.threats
      self.reason = reason
      self.newlyAnswered = newlyAnswered
      mostSevere = isMostSevere
      furtherThreats = further
      before = candidate.before.map(EvidenceJSON.init)
      now = candidate.now.map(EvidenceJSON.init)
    }
  }

  /// What a run printed of a finding.
  struct EvidenceJSON: Encodable {
    let run: String
    let host: String
    let edition: String?
    let startedAt: String
    let checkId: String
    let title: String
    let printed: String
    let outcome: String
    let source: SourceJSON

    init(_ evidence: Selection.Evidence) {
      let (own, finding) = (evidence.run, evidence.finding)
      run = own.name
      host = own.host
      edition = own.release.edition
      startedAt = CivilTime.rfc3339(own.startedAt)
      checkId = finding.checkID
      title = finding.title
      printed = finding.printed.word
      outcome = finding.outcome.name
      source = SourceJSON(path: own.path, line: finding.line)
    }
  }

  /// What a name means on some hosts.
  struct MeaningJSON: Encodable {
    let name: String
    let id: String?
    let edition: String?
    let control: String
    let hosts: [String]

    init(_ meaning: Selection.Meaning) {
      name = meaning.name
      id = meaning.id
      edition = meaning.edition
      control = meaning.control
      hosts = meaning.hosts
    }
  }

  let schema = "benchtrail.selection.v1"
  let chosen: [ChoiceJSON]
  let passedOver: [ChoiceJSON]
  let answered: [String]
  let allExcluded: Bool
  let missingOutside: Int
  /// Missing where no finding was named.
  let meanings: [MeaningJSON]?

  /// Describes a selection.
  ///
  /// - Parameters:
  ///   - selection: The chosen findings.
  ///   - meanings: What the names of the analyst mean; empty where the program chose.
  package init(_ selection: Selection, meanings: [Selection.Meaning] = []) {
    chosen = selection.choices.map(Self.chosen)
    passedOver = selection.passedOver.map(Self.passedOver)
    answered = selection.answered.sorted()
    allExcluded = selection.isAllExcluded
    missingOutside = selection.missingOutside
    self.meanings = meanings.isEmpty ? nil : meanings.map(MeaningJSON.init)
  }

  private static func chosen(_ choice: Selection.Choice) -> ChoiceJSON {
    let kind: (reason: String, threats: [String]?) =
      switch choice.reason {
      case .answers(let threats): ("answersThreats", threats)
      case .mostUrgent: ("mostUrgent", [])
      case .outside(let threats): ("outside", threats)
      case .named: ("named", nil)
      }
    return ChoiceJSON(
      choice.candidate, kind.reason, newlyAnswered: kind.threats,
      isMostSevere: kind.reason == "answersThreats" ? choice.isMostSevere : nil)
  }

  private static func passedOver(_ passed: Selection.PassedOver) -> ChoiceJSON {
    let kind: (reason: String, threats: [String]?) =
      switch passed.reason {
      case .excluded: ("excluded", nil)
      case .unfixable: ("unfixable", nil)
      case .surfaceFull: ("surfaceFull", nil)
      case .keptForOutside: ("keptForOutside", nil)
      case .lessSevere(let threats): ("lessSevere", threats)
      case .answersFewer(let threats): ("answersFewer", threats)
      case .answersNothingFurther: ("answersNothingFurther", [])
      case .lessUrgent: ("lessUrgent", nil)
      }
    return ChoiceJSON(passed.candidate, kind.reason, further: kind.threats)
  }
}
