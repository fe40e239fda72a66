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
      findings are. What the policy accepts stays in the list and is marked. What a run did not evaluate \
      is still open if an earlier run found it failing: that is listed last, with the run that it is from.

      With --raw it prints the log itself instead: of a run that a logger wrapped in a document, the document.

      Example:
        benchtrail show web-1@2026-11-23 --outcome fail --outcome manual
        benchtrail show latest --host web-1 --raw | grep Initializing
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "The run: latest, latest~2, a host, host@date, baseline, or an id's beginning.",
      valueName: "run"), completion: .runs)
  var name = "latest"

  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

  @Option(
    name: .customLong("outcome"),
    help: ArgumentHelp("Only findings with this outcome; may be repeated.", valueName: "outcome"))
  var outcomes: [OutcomeName] = []

  @Flag(help: "List all findings.")
  var all = false

  @Flag(help: "Print the log that the run was read from, byte for byte (unzipped, as UTF-8).")
  var raw = false

  func validate() throws {
    if raw, output.format != nil {
      throw ValidationError("'--raw' prints the log as it is, so it excludes '--format'.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    if raw { return try printLog(repository, query) }
    let run = try Failure.wording {
      try query.run(named: name, in: repository)
    }
    let wanted: [Outcome] =
      if !outcomes.isEmpty {
        outcomes.map(\.outcome)
      } else {
        all || output.form == .json ? Outcome.allCases : [.fail]
      }
    let findings = run.findings.filter {
      wanted.contains($0.outcome)
        && query.findings.matches($0, of: run.summary.release.tool, query.policy)
    }
    let stillOpen =
      wanted.contains(.fail)
      ? try Failure.wording { try query.stillOpen(after: run.summary, in: repository) } : nil
    let judgement = query.judgement
    let judge = { judgement.judge($0, host: run.summary.host) }
    try output.write(asked.basis) {
      ShowJSON(run.summary, findings, stillOpen: stillOpen, judge: judge)
    } document: {
      let title =
        wanted == [.fail]
        ? "What fails" : wanted.count == Outcome.allCases.count ? "All findings" : "Findings"
      return RunReport.show(
        run.summary, findings, title: title, stillOpen: stillOpen ?? [], judgement)
    }
  }
}

extension ShowCommand {
  /// Prints the log of the run; what could steer a terminal is spelled out there.
  private func printLog(_ repository: any RunRepository, _ query: HostQuery) throws {
    let evidence = try Failure.wording {
      let run = try query.run(named: name, in: repository).summary
      guard let bytes = try repository.evidence(of: run.id) else {
        throw ServiceError.noEvidence(run: run.name)
      }
      return bytes
    }
    guard output.output == nil else {
      let file = try OutputFile(output.output, mode: output.mode)
      try file.write(String(decoding: evidence, as: UTF8.self))
      return try file.finish()
    }
    guard Output.isTerminal(1) else { return Output.write(evidence) }
    let lines = String(decoding: evidence, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    Output.write(lines.map { Untrusted(String($0)).forTerminal }.joined(separator: "\n"))
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
