import ArgumentParser
import BenchAnalysis
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchService

/// Shows the threat model against the evidence of the runs.
struct ThreatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threats", abstract: "Show the threat model against the evidence of the runs.",
    discussion: """
      Each threat names the controls that decide it. It is exposed if one of them fails and nobody \
      accepts that, accepted if somebody does, mitigated if all of them were judged and hold, partly \
      mitigated if another control weakens that or stands in for one that fails, unproven if one was \
      not judged, and does not apply where its condition is refuted. The sentence beside the state \
      says what it rests on.

      The model is ours with what the team's policy adds, words otherwise or hides. Without a \
      database the model alone is shown.

      Example:
        benchtrail threats --host web-1
        benchtrail threats --system kubernetes --verbose
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(help: "Only threats to docker or kubernetes.")
  var system: Threat.System?

  @Flag(help: "Show the model alone, without any run.")
  var modelOnly = false

  @Flag(name: .shortAndLong, help: "Print descriptions, and every finding that exposes a threat.")
  var verbose = false

  func run() throws {
    // Without a database the model alone is shown, unless somebody names one.
    let isThere = LogFile.exists(question.store.location)
    guard !modelOnly, isThere || question.store.isNamed || !hosts.hosts.isEmpty else {
      let policy = try question.policy.load(question.store.catalog.load())
      let assessment = try Failure.wording { try question.query(policy).threats(in: nil) }
      return try write(assessment, Basis(isJudged: false))
    }
    let asked = try question.open(hosts)
    let assessment = try Failure.wording { try asked.query.threats(in: asked.repository) }
    try write(assessment, asked.basis)
  }

  private func write(_ assessment: ThreatAssessment, _ basis: Basis) throws {
    try output.write(basis) {
      ThreatsJSON(assessment, system: system)
    } document: {
      ThreatsReport.document(assessment, system: system, isVerbose: verbose)
    }
  }
}

extension Threat.System: ExpressibleByArgument {
  /// Reads a system by its name.
  package init?(argument: String) { self.init(name: argument) }

  /// The names that help and completions offer.
  package static var allValueStrings: [String] { allCases.map(\.name) }
}
