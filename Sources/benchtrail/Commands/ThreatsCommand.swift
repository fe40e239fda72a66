import ArgumentParser
import BenchAnalysis
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports

/// Shows the threat model against the evidence of the runs.
struct ThreatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threats", abstract: "Show the threat model against the evidence of the runs.",
    discussion: """
      A threat is exposed if a control that answers it fails and nobody accepts that, accepted if \
      somebody does, mitigated if every one of them that was judged holds, and unknown if none was \
      judged. The model is ours with the team's own threats from the policy. Without a database the \
      model alone is shown.

      Example:
        benchtrail threats --host web-1
        benchtrail threats --system kubernetes --verbose
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(help: "Only threats to docker or kubernetes.")
  var system: Threat.System?

  @Flag(help: "Show the model alone, without any run.")
  var modelOnly = false

  @Flag(name: .shortAndLong, help: "Print descriptions, and every finding that exposes a threat.")
  var verbose = false

  func run() throws {
    let policy = try policy.load()
    var assessment = ThreatAssessment(
      policy.threatModel, Judgement(policy, at: self.policy.time))
    if !modelOnly, LogFile.exists(store.location) || hosts.host != nil {
      try hosts.forEach(store, self.policy, policy) { _, reading, findings, _ in
        let systems = Set(
          findings.runs.compactMap { Threat.System(reading.keys.release($0.release).tool.system) })
        assessment.add(findings.host, findings.findings, systems: systems)
      }
    }
    try output.write {
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
