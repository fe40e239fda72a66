import ArgumentParser
import BenchAnalysis
import BenchReports
import BenchService

/// Shows one host on one screen.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show one host on one screen: what is open, what changed, what to fix first.",
    discussion: """
      Open failures are those that nobody has accepted, those among them that the newest run did not \
      evaluate. Worse and fixed are what the newest run of each system changed, as in 'hosts'; the \
      most urgent are those of 'top'; the gate is shown where the policy has thresholds.

      The host may be left out where the database has one only.

      Example:
        benchtrail status web-1
        benchtrail status web-1 --as-of 2026-11-23 --format json
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Argument(
    help: ArgumentHelp("The host, as '--host' names it too.", valueName: "host"), completion: .hosts
  )
  var name: String?

  @Option(
    help: ArgumentHelp("Without a run for more whole days the host is silent.", valueName: "days"))
  var silentAfter = 2

  func validate() throws {
    try output.refuseGitHub()
    if let name, let other = hosts.hosts.first(where: { $0 != name }) {
      throw ValidationError("'\(name)' and '--host \(other)' are two hosts; name one.")
    }
    if !(0...1_000_000).contains(silentAfter) {
      throw ValidationError("'--silent-after \(silentAfter)' must be from 0 to a million.")
    }
  }

  func run() throws {
    var meant = hosts
    if let name { meant.hosts = [name] }
    let asked = try question.open(meant)
    let status = try Failure.wording {
      try asked.query.status(silentAfter: silentAfter, in: asked.repository)
    }
    try output.write(asked.basis) {
      StatusJSON(status)
    } document: {
      StatusReport.document(status)
    }
  }
}
