import ArgumentParser
import BenchAnalysis
import BenchHistory
import BenchReports
import BenchService
import BenchStorage

/// Thins out the runs of hosts.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Keep some runs of each day, week, month and year, and remove the others.",
    discussion: """
      The rules are those of 'restic forget', for each host and tool: of so many days, weeks, months or years that have \
      a run the last one stays (UTC, weeks from Monday), and where there are fewer the oldest run too. A run stays \
      that any rule keeps. Baselines stay always, and so do the runs that what is known now stands on: what is open \
      stays open. Since when it is open is told by the runs that are left.

      Says what would go; with '--yes' it goes.

      Example:
        benchtrail prune --keep-last 30 --keep-daily 90 --keep-weekly 52 --keep-monthly 36
        benchtrail prune --keep-within 1y --host 'build-*' --yes
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("The last runs.", valueName: "count"))
  var keepLast: Int?

  @Option(help: ArgumentHelp("The last run of so many days.", valueName: "count"))
  var keepDaily: Int?

  @Option(help: ArgumentHelp("The last run of so many weeks.", valueName: "count"))
  var keepWeekly: Int?

  @Option(help: ArgumentHelp("The last run of so many months.", valueName: "count"))
  var keepMonthly: Int?

  @Option(help: ArgumentHelp("The last run of so many years.", valueName: "count"))
  var keepYearly: Int?

  @Option(
    help: ArgumentHelp(
      "All runs of so long a time before the newest one, as in 30d or 1y6m (y, m, d, h).",
      valueName: "span"))
  var keepWithin: RetentionSpan?

  @Option(
    name: .customLong("host"),
    help: ArgumentHelp(
      "Only this host, or the hosts of a pattern such as 'web-*'; may be repeated.",
      valueName: "host"), completion: .hosts)
  var hosts: [String] = []

  @Flag(help: "Remove the runs; without it, it is only said what would go.")
  var yes = false

  @Flag(name: .shortAndLong, help: "List the runs that stay, with the reasons.")
  var verbose = false

  private var retention: Retention {
    var retention = Retention()
    retention.last = keepLast
    retention.daily = keepDaily
    retention.weekly = keepWeekly
    retention.monthly = keepMonthly
    retention.yearly = keepYearly
    retention.within = keepWithin
    return retention
  }

  func validate() throws {
    try output.refuseGitHub()
    if retention.isEmpty {
      throw ValidationError(
        "Say what stays, as in '--keep-last 30 --keep-daily 90 --keep-weekly 52 --keep-monthly 36'."
      )
    }
    for (name, count) in [
      ("last", keepLast), ("daily", keepDaily), ("weekly", keepWeekly), ("monthly", keepMonthly),
      ("yearly", keepYearly),
    ] {
      if let count, count < 1 {
        throw ValidationError("'--keep-\(name) \(count)' must be 1 or more.")
      }
    }
  }

  func run() throws {
    let policy = try policy.load(store.catalog.load())
    let store = try store.openToCare(policy, isDryRun: !yes)
    try HostOptions.names(hosts, in: store)
    let plan = try Failure.wording {
      try PruneRuns.run(
        retention, hosts: hosts, at: Host.now, policy.catalog, isDryRun: !yes, in: store)
    }
    try output.write {
      PruneJSON(plan, isDryRun: !yes)
    } document: {
      PruneReport.document(plan, isDryRun: !yes, isVerbose: verbose)
    }
  }
}

extension RetentionSpan: ExpressibleByArgument {
  /// Reads `30d` or `1y6m`.
  package init?(argument: String) { self.init(argument) }
}
