import ArgumentParser
import BenchModel
import BenchReports
import BenchService
import BenchStorage

/// Takes runs out of the database.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take runs out of the database, with all that only they refer to.",
    discussion: """
      Says what would go; with '--yes' it goes, all of it or, if anything fails, none. What is known of the hosts is \
      then as if these runs had never been imported, and a host without runs is gone. A log that is imported again \
      brings its runs back.

      A host's name alone is its newest run, as everywhere; '--host' means all of its runs. 'prune' keeps some of \
      each day, week and month.

      Example:
        benchtrail forget web-1~1
        benchtrail forget --host 'old-*' --yes
        benchtrail forget --before 2025-01-01 --label env=test
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("The runs.", valueName: "run"), completion: .runs)
  var names: [String] = []

  @OptionGroup var hosts: HostOptions

  @Option(
    help: ArgumentHelp("Only runs that began before this date or time (UTC).", valueName: "date"))
  var before: String?

  @Flag(help: "Remove the runs; without it, it is only said what would go.")
  var yes = false

  func validate() throws {
    try output.refuseGitHub()
    let isChosen = !hosts.areAll || before != nil
    if names.isEmpty, !isChosen {
      throw ValidationError("Name runs, or choose them with '--host', '--before' or '--label'.")
    }
    if !names.isEmpty, isChosen {
      throw ValidationError("Runs by name exclude '--host', '--before' and '--label'.")
    }
    if let before, CivilTime(before) == nil {
      throw ValidationError(
        "'--before \(before)' is no date such as 2025-01-12 or 2025-01-12T03:00Z.")
    }
  }

  func run() throws {
    let policy = try policy.load(store.catalog.load())
    let store = try store.openToCare(policy, isDryRun: !yes)
    let choice = RunChoice(
      names: names, hosts: try hosts.names(in: store), labels: hosts.pairs,
      before: before.flatMap { CivilTime($0)?.seconds }, now: Host.now)
    let forgotten = try Failure.wording {
      try ForgetRuns.run(choice, isDryRun: !yes, in: store)
    }
    try output.write {
      ForgetJSON(forgotten, isDryRun: !yes)
    } document: {
      ForgetReport.document(forgotten, isDryRun: !yes)
    }
  }
}
