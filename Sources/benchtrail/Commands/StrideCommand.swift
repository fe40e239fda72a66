import BenchAnalysis
import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchService

/// Shows which threats the open failures open.
struct StrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stride",
    abstract: "Show the open failures by STRIDE category and attack surface.",
    discussion: """
      What the policy accepts does not count. The change is measured against what was known before \
      the newest run of each host and system, or with '--base' against its baseline or a day; what \
      has nothing before it does not count as a change.

      Example:
        benchtrail stride --host web-1
        benchtrail stride --base 2026-11-23T04:00
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

  @Option(
    help: ArgumentHelp(
      "What the change is measured against: previous, baseline, or a date.", valueName: "base"))
  var base = "previous"

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("How many failures of each category are listed.", valueName: "count"))
  var limit = 5

  func validate() throws {
    if HostReading.Base(base) == nil {
      throw ValidationError("'--base \(base)' is neither previous nor baseline nor a date.")
    }
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    let base = HostReading.Base(base) ?? .previous
    let movement = try Failure.wording { try query.stride(base: base, in: repository) }
    try output.write(asked.basis) {
      StrideJSON(movement, baseWords: base.words)
    } document: {
      StrideReport.document(movement, baseWords: base.words, limit: limit)
    }
  }
}

extension HostReading.Base {
  /// Reads `previous`, `baseline`, or a date with or without a time.
  init?(_ text: String) {
    switch text {
    case "previous": self = .previous
    case "baseline": self = .baseline
    default:
      guard let time = CivilTime(text) else { return nil }
      self = .time(time.end, text: text)
    }
  }

  /// What the change is measured against, in words.
  var words: String {
    switch self {
    case .previous: "the run before"
    case .baseline: "the baseline"
    case .time(_, let text): text
    }
  }
}
