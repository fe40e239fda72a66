import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchStorage

/// Shows which threats the open failures open.
struct StrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stride",
    abstract: "Show the open failures by STRIDE category and attack surface.",
    discussion: """
      What the policy accepts does not count. The change is measured against what was known before \
      the newest run of each host, or with '--base' against its baseline or a day.

      Example:
        benchtrail stride --host web-1
        benchtrail stride --base 2026-11-23T04:00
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(
    help: ArgumentHelp(
      "What the change is measured against: previous, baseline, or a date.", valueName: "base"))
  var base = "previous"

  @Option(help: ArgumentHelp("How many failures of each category are listed.", valueName: "count"))
  var limit = 5

  func validate() throws {
    if HostReading.Base(base) == nil {
      throw ValidationError("'--base \(base)' is neither previous nor baseline nor a date.")
    }
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let policy = try policy.load()
    let judgement = Judgement(policy, at: self.policy.time)
    var matrix = StrideMatrix(judgement)
    var before = StrideMatrix(judgement)
    var hasBase = false
    let base = HostReading.Base(base) ?? .previous
    try hosts.forEach(store, self.policy, policy, base: base) { _, _, findings, earlier in
      matrix.add(findings)
      if let earlier {
        before.add(earlier)
        hasBase = true
      }
    }
    try output.write {
      StrideJSON(matrix, base: hasBase ? before : nil, baseWords: base.words)
    } document: {
      StrideReport.document(
        matrix, base: hasBase ? before : nil, baseWords: base.words, limit: limit)
    }
  }
}
