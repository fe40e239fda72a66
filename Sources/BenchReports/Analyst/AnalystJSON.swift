import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchRemedy

/// `benchtrail.document.v1`: what an analyst hands in.
package struct AnalystJSON: Encodable {
  struct SystemJSON: Encodable {
    let system: String
    /// How many threats to the system the model has.
    let total: Int
    let threats: [ThreatsJSON.ThreatJSON]
  }

  struct SurfaceJSON: Encodable {
    let surface: String
    let open: Int
    let categories: [String: Int]
  }

  struct SnippetJSON: Encodable {
    let title: String
    let file: String
    let language: String
    let text: String
    let hosts: [String]
  }

  struct FindingJSON: Encodable {
    let printed: String
    let checkId: String
    let title: String
    let control: String
    let meaning: String?
    let severity: String?
    let surface: String?
    let hosts: [String]
    let threats: [String]
    let weakens: [String]
    let rationale: String?
    let hardening: String?
    let note: String?
    let impact: String?
    let restart: String?
    let effort: String?
    let snippets: [SnippetJSON]
    let verification: String?
    let expected: String
    let residualRisk: [String]
    let before: SelectionJSON.EvidenceJSON?
    let now: SelectionJSON.EvidenceJSON?
    let after: SelectionJSON.EvidenceJSON?

    init(_ finding: WrittenFinding) {
      let candidate = finding.candidate
      printed = finding.printed.word
      checkId = finding.printed.id
      title = finding.printed.title
      control = candidate.control
      meaning = finding.control?.title
      severity = candidate.severity?.name
      surface = finding.risk?.surface
      hosts = candidate.hosts
      threats = finding.opens.map(\.id)
      weakens = finding.weakens.map(\.id)
      rationale = finding.advice?.rationale
      hardening = finding.advice?.fix.title
      note = finding.advice?.fix.note
      impact = finding.advice?.impact
      restart = finding.advice?.restart
      effort = finding.advice?.effort
      snippets = finding.snippets.map {
        SnippetJSON(
          title: $0.title, file: $0.fileName, language: $0.language, text: $0.text, hosts: $0.hosts)
      }
      verification = finding.advice?.verification
      expected = finding.expected
      residualRisk = finding.residual
      before = candidate.before.map(SelectionJSON.EvidenceJSON.init)
      now = candidate.now.map(SelectionJSON.EvidenceJSON.init)
      after = finding.after.flatMap { after in
        after.finding.map {
          SelectionJSON.EvidenceJSON(Selection.Evidence(run: after.run, finding: $0))
        }
      }
    }
  }

  let schema = "benchtrail.document.v1"
  let title: String
  let author: String?
  let date: String
  let hosts: [String]
  let runs: [String]
  let systems: [SystemJSON]
  let surfaces: [SurfaceJSON]
  let findings: [FindingJSON]
  let passedOver: [SelectionJSON.ChoiceJSON]
  let meanings: [SelectionJSON.MeaningJSON]?

  /// Describes a document.
  package init(_ document: AnalystDocument) {
    title = document.options.title
    author = document.options.author
    date = CivilTime.date(document.options.time)
    hosts = document.report.runs.map(\.host).uniqued
    runs = document.runs.map(\.name)
    systems = document.systems.map { system, threats in
      SystemJSON(
        system: system.name, total: threats.total,
        threats: threats.rows.map(ThreatsJSON.ThreatJSON.init))
    }
    let matrix = document.matrix
    surfaces = matrix.surfaces.map { surface in
      SurfaceJSON(
        surface: surface, open: matrix.count(surface: surface),
        categories: Dictionary(
          Stride.allCases.map { ($0.name, matrix[$0, surface]) }
        ) { first, _ in first })
    }
    findings = document.findings.map(FindingJSON.init)
    let selection = SelectionJSON(
      document.report.selection, meanings: document.report.meanings)
    passedOver = selection.passedOver
    meanings = selection.meanings
  }
}
