import ArgumentParser
import BenchInput
import BenchModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

      Variables: BENCHTRAIL_DB, BENCHTRAIL_POLICY, BENCHTRAIL_FORMAT and BENCHTRAIL_CATALOG stand for the options of \
      these names, BENCHTRAIL_HOST for the host of an import; an option goes before its variable. Without a command, \
      'hosts' is meant where there is a database. Options may stand before the command.

      Exit codes: 0 fine, 1 the gate failed, 2 the input could not be read (nothing was changed), \
      3 the runs cannot be compared, 4 done and kept, but the result could not be written, 64 usage.
      """,
    version: version,
    subcommands: [
      ImportCommand.self, HostsCommand.self, StatusCommand.self, RunsCommand.self, ShowCommand.self,
      CompareCommand.self,
      TrendCommand.self, TopCommand.self, StrideCommand.self, ThreatsCommand.self,
      ShortlistCommand.self, ReportCommand.self, ExportCommand.self,
      GateCommand.self, NotifyCommand.self,
      BaselineCommand.self,
      PolicyCommand.self,
      WaiveCommand.self, AttestCommand.self,
      ExplainCommand.self,
      ForgetCommand.self, RenameCommand.self, LabelCommand.self, PruneCommand.self,
      DatabaseCommand.self,
    ])

  @Flag(help: "Print what this program contains, by which licence, with the texts, and end.")
  var licenses = false

  func run() throws {
    guard licenses else { throw CleanExit.helpRequest(self) }
    Output.write(Licenses.text)
  }

  /// The words of the command line, those that are not UTF-8 too, as the name of a file may be.
  private static var arguments: [String] {
    (1..<max(Int(CommandLine.argc), 1)).compactMap { index in
      CommandLine.unsafeArgv[index].map { word in
        NameBytes.text(UnsafeRawBufferPointer(start: word, count: strlen(word)))
      }
    }
  }

  static func main() {
    Output.prepare()
    var words: [String] = []
    do {
      words = try Arguments(
        arguments,
        hasDatabase: { LogFile.exists(StoreOptions.defaultLocation) },
        environment: Output.environment
      ).words
      var command = try parseAsRoot(words)
      try command.run()
    } catch let failure as Failure {
      failure.end()
    } catch {
      if let usage = UsageError(error, words) {
        // A shell that asks what our older script asked gets nothing to show.
        if Arguments.areCompletion(words) { exit(withError: ExitCode.success) }
        usage.failure.end()
      }
      exit(withError: error)
    }
  }
}
