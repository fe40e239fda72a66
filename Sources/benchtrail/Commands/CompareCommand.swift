import BenchModel
import ArgumentParser
import BenchHistory
import BenchReports
import BenchService

/// Compares runs.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare runs: what got worse, what was fixed.",
    discussion: """
      Without runs, the latest run is compared with the one of the same host before it; with one, \
      that run with the latest of its host that checks the same, or, if it is that, with the one before; with three or more, the first with \
      each of the others, as a table. Runs of different hosts are compared only when both are named. A date stands for \
      the last run until its end.

      What differs because the check's logic changed is listed apart. What a run did \
      not evaluate is never fixed. The exit code is 0 whatever changed.

      Example:
        benchtrail compare web-1
        benchtrail compare web-1@2026-11-23T04:00 web-1
        benchtrail compare 2026-11-23T04:00 2026-11-23 --host web-1
        benchtrail compare baseline --host web-1
        benchtrail compare web-1 web-2 web-3
        benchtrail compare --fleet
      """, aliases: ["diff"])

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "The run before and those after: latest~1, a host, host@date, a date, baseline, or an id's beginning.",
      valueName: "run"), completion: .runs)
  var runs: [String] = []

  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

  @Flag(help: "Every host's newest run against the one before it.")
  var fleet = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "With '--fleet', the most rows of each list (default: 30).", valueName: "count"))
  var limit: Int?

  @Flag(name: .shortAndLong, help: "Also list failures that stayed, and what only one run has.")
  var verbose = false

  private static let mostRuns = 26

  func validate() throws {
    if fleet, !runs.isEmpty { throw ValidationError("'--fleet' takes no runs.") }
    if runs.count > Self.mostRuns {
      throw ValidationError("At most \(Self.mostRuns) runs can be compared at once.")
    }
    if let limit {
      guard fleet else { throw ValidationError("'--limit' goes with '--fleet'.") }
      if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
    }
    if fleet, verbose { throw ValidationError("'--verbose' does not go with '--fleet'.") }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    // What changed does not depend on what anybody accepts.
    let basis = asked.basis.unjudged
    if fleet {
      let fleet = try Failure.wording {
        try CompareRuns.fleet(query, in: repository)
      }
      return try output.write(basis) {
        FleetJSON(fleet, policy: query.policy)
      } document: {
        FleetReport.document(fleet, limit: limit ?? 30, policy: query.policy)
      }
    }
    if runs.count > 2 {
      let many = try Failure.wording {
        try CompareRuns.many(runs, query, in: repository)
      }
      return try output.write(basis) {
        MatrixJSON(many.base.summary, many.heads, policy: query.policy)
      } document: {
        MatrixReport.document(
          many.base, many.heads, isVerbose: verbose, policy: query.policy)
      }
    }
    let pair = try Failure.wording {
      try CompareRuns.pair(runs, query, in: repository)
    }
    try output.write(basis) {
      ComparisonJSON(
        pair.base.summary, pair.head.summary, pair.comparison, policy: query.policy)
    } document: {
      ComparisonReport.document(
        pair.base.summary, pair.head.summary, pair.comparison, isVerbose: verbose,
        policy: query.policy)
    }
  }
}
