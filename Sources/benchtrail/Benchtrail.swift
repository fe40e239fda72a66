import ArgumentParser

/// The command `benchtrail`.
@main
struct Benchtrail: ParsableCommand {
  /// The version of this program.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "benchtrail",
    abstract: "Keeps the trail of docker-bench and kube-bench runs: what fails, and what changed.",
    discussion: """
      Logs of docker-bench-security, Aqua docker-bench and kube-bench go in, as text or JSON and however they were \
      captured; every \
      check keeps its identity when the tool renumbers it.

      Example:
        benchtrail import /var/log/docker-bench.log
        benchtrail show
        benchtrail compare

      Runs are named as git names commits: latest, latest~2, web-1, web-1@2025-01-12, baseline, or \
      the beginning of an id.

      Exit codes: 0 fine, 1 the gate tripped, 2 the input could not be read (nothing was changed), \
      3 the runs cannot be compared, 64 usage.
      """,
    version: version,
    subcommands: [
      ImportCommand.self, HostsCommand.self, RunsCommand.self, ShowCommand.self,
      CompareCommand.self,
      TrendCommand.self, TopCommand.self, StrideCommand.self, ThreatsCommand.self,
      ShortlistCommand.self, ReportCommand.self, ExportCommand.self,
      GateCommand.self,
      BaselineCommand.self,
      PolicyCommand.self,
      ExplainCommand.self,
      DatabaseCommand.self,
    ])

  static func main() {
    Output.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      for message in failure.messages { Output.error("benchtrail: \(message)") }
      exit(withError: ExitCode(failure.code))
    } catch {
      exit(withError: error)
    }
  }
}
