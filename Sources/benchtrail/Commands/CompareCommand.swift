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
      that run with the latest of its host that checks the same; with three or more, the first with \
      each of the others, as a table. Runs of different hosts are compared only when both are named. A date stands for \
      the last run until its end.

      What another version of the tool judges by another criterion is shown apart. What a run did \
      not evaluate is never fixed. The exit code is 0 whatever changed.

      Example:
        benchtrail compare web-1@2026-11-23T04:00 web-1
        benchtrail compare 2026-11-23T04:00 2026-11-23 --host web-1
        benchtrail compare baseline --host web-1
        benchtrail compare web-1 web-2 web-3
        benchtrail compare --fleet
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "The run before and those after: latest~1, a host, host@date, a date, baseline, or an id's beginning.",
      valueName: "run"))
  var runs: [String] = []

  @Option(help: "The host that 'latest', 'baseline' and dates are limited to.")
  var host: String?

  @Flag(help: "Every host's newest run against the one before it.")
  var fleet = false

  @Option(help: ArgumentHelp("With '--fleet', the most rows of each list.", valueName: "count"))
  var limit = 30

  @Flag(name: .shortAndLong, help: "Also list failures that stayed, and what only one run has.")
  var verbose = false

  private static let mostRuns = 26

  func validate() throws {
    if fleet, !runs.isEmpty { throw ValidationError("'--fleet' takes no runs.") }
    if runs.count > Self.mostRuns {
      throw ValidationError("At most \(Self.mostRuns) runs can be compared at once.")
    }
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let (repository, query) = try question.open(host: host)
    if fleet {
      let fleet = try Failure.wording {
        try CompareRuns.fleet(query.filter, query.catalog, in: repository)
      }
      return try output.write {
        FleetJSON(fleet)
      } document: {
        FleetReport.document(fleet, limit: limit)
      }
    }
    if runs.count > 2 {
      let many = try Failure.wording {
        try CompareRuns.many(runs, host: host, until: query.until, query.catalog, in: repository)
      }
      return try output.write {
        MatrixJSON(many.base.summary, many.heads)
      } document: {
        MatrixReport.document(many.base, many.heads, isVerbose: verbose)
      }
    }
    let pair = try Failure.wording {
      try CompareRuns.pair(runs, host: host, until: query.until, query.catalog, in: repository)
    }
    try output.write {
      ComparisonJSON(pair.base.summary, pair.head.summary, pair.comparison)
    } document: {
      ComparisonReport.document(
        pair.base.summary, pair.head.summary, pair.comparison, isVerbose: verbose)
    }
  }
}
