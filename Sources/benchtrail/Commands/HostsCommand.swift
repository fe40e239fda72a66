import ArgumentParser
import BenchAnalysis
import BenchReports
import BenchService

/// Shows all hosts at a glance.
struct HostsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hosts",
    abstract: "Show the fleet at a glance: a line for each host, the worst first.",
    discussion: """
      Open failures are those that nobody has accepted. Worse and fixed count what the newest run \
      of each system changed: regressed or newly seen, and fixed. The gate is shown where the \
      policy has thresholds; 'gate' has its reasons.

      Example:
        benchtrail hosts
        benchtrail hosts --worse --sort worse
        benchtrail hosts --silent --silent-after 7
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(
    help: ArgumentHelp(
      "The order: name, open, worse, fixed, last (longest without a run), compliance (least).",
      valueName: "order"))
  var sort: HostOrder?

  @Flag(help: "Only hosts that are silent.")
  var silent = false

  @Flag(help: "Only hosts on which something got worse.")
  var worse = false

  @Option(
    help: ArgumentHelp("Without a run for more whole days a host is silent.", valueName: "days"))
  var silentAfter = 2

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The most hosts to list.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
    if !(0...1_000_000).contains(silentAfter) {
      throw ValidationError("'--silent-after \(silentAfter)' must be from 0 to a million.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts)
    let (repository, query) = (asked.repository, asked.query)
    let choice = FleetOverview.Choice(order: sort, isSilent: silent, isWorse: worse)
    let fleet = try Failure.wording {
      try query.overview(
        silentAfter: silentAfter, listing: choice, limit: limit, in: repository)
    }
    let options = HostsReport.Options(
      choice, limit: limit, isNarrow: output.form == .text && Output.width < HostsReport.wide)
    try output.write(asked.basis) {
      HostsJSON(fleet, options)
    } document: {
      HostsReport.document(fleet, options)
    }
  }
}

extension HostOrder: ExpressibleByArgument {}
