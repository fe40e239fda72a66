import ArgumentParser
import BenchAnalysis
import BenchReports

extension PolicyCommand {
  /// Lists what ends soon.
  struct Due: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "due",
      abstract: "List the waivers and attestations that end soon or have ended.",
      discussion: """
        The soonest first. Needs no database. Exits with 1 with '--strict' if there is anything to \
        list.

        Example:
          benchtrail policy due --within 30d
          benchtrail policy due --within 12w --strict
        """)

    @OptionGroup var question: QueryOptions
    @OptionGroup var output: OutputOptions

    @Option(
      help: ArgumentHelp("How far ahead an end is told, such as 30d or 4w.", valueName: "duration"))
    var within = Days(30)

    @Flag(help: "Exit with 1 if there is anything to list.")
    var strict = false

    func validate() throws { try within.check("--within") }

    func run() throws {
      let (policy, source) = try question.policyInForce()
      guard let path = source.map({ PolicyOptions.shown($0.path) }) else {
        throw PolicyCommand.noPolicy
      }
      let time = question.asOf.time
      let due = PolicyDue(policy, at: time, days: within.count)
      try output.write(question.asOf.basis(source)) {
        PolicyDueJSON(due, policy, path: path, time: time)
      } document: {
        PolicyDueReport.document(due, policy, path: path)
      }
      if strict, !due.entries.isEmpty { throw ExitCode(Failure.tripped) }
    }
  }
}
