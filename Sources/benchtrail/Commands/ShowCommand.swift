import BenchService
import ArgumentParser
import BenchAnalysis
import BenchHistory
import BenchModel
import BenchReports

/// Shows one run.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a run found.",
    discussion: """
      As text only the failures are listed, unless --outcome or --all asks for more; as JSON all \
      findings are. What the policy accepts stays in the list and is marked.

      Example:
        benchtrail show web-1@2026-11-23 --outcome fail --outcome manual
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "The run: latest, latest~2, a host, host@date, baseline, or an id's beginning.",
      valueName: "run"))
  var name = "latest"

  @Option(help: "The host that 'latest' and 'baseline' are limited to.")
  var host: String?

  @Option(
    name: .customLong("outcome"),
    help: ArgumentHelp("Only findings with this outcome; may be repeated.", valueName: "outcome"))
  var outcomes: [OutcomeName] = []

  @Flag(help: "List all findings.")
  var all = false

  func run() throws {
    let (repository, query) = try question.open()
    let run = try Failure.wording {
      try repository.run(named: name, host: host, until: query.until)
    }
    let wanted: [Outcome] =
      if !outcomes.isEmpty {
        outcomes.map(\.outcome)
      } else {
        all || output.format == .json ? Outcome.allCases : [.fail]
      }
    let findings = run.findings.filter { wanted.contains($0.outcome) }
    let judgement = query.judgement
    let judge = { judgement.judge($0, host: run.summary.host) }
    try output.write {
      ShowJSON(run.summary, findings, judge: judge)
    } document: {
      let title =
        wanted == [.fail]
        ? "What fails" : wanted.count == Outcome.allCases.count ? "All findings" : "Findings"
      return RunReport.show(run.summary, findings, title: title, judgement)
    }
  }
}

/// An outcome as a person names it.
enum OutcomeName: String, ExpressibleByArgument, CaseIterable {
  case pass, fail, manual, info, notApplicable

  var outcome: Outcome {
    switch self {
    case .pass: .pass
    case .fail: .fail
    case .manual: .manual
    case .info: .info
    case .notApplicable: .notApplicable
    }
  }
}
