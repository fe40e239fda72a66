import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchStorage

/// Lists what is most urgent.
struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top", abstract: "List the most urgent open failures, of one host or of all.",
    discussion: """
      A score is severity x exposure x hosts x items x age x whether it is new; '--why' prints each \
      term. What the policy accepts is left out and counted.

      Example:
        benchtrail top -n 10 --why
        benchtrail top --by fix --host web-1
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
  var limit = 10

  @Option(help: "What failures are brought together by: control, fix, host, stride, item.")
  var by = Ranking.Grouping.control

  @Flag(help: "Print the terms of each score.")
  var why = false

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
  }

  func run() throws {
    let policy = try policy.load()
    let time = self.policy.time
    var builder = RankingBuilder(by: by, Judgement(policy, at: time), time: time)
    try hosts.forEach(store, self.policy, policy) { _, _, findings, _ in builder.add(findings) }
    let ranking = builder.build()
    let scope = TopReport.Options(grouping: by, limit: limit, isExplained: why, time: time)
    try output.write {
      TopJSON(ranking, scope)
    } document: {
      TopReport.document(ranking, scope)
    }
  }
}

extension Ranking.Grouping: ExpressibleByArgument {}
