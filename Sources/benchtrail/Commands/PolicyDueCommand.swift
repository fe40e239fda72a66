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

    @OptionGroup var policy: PolicyOptions
    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(
      help: ArgumentHelp("How far ahead an end is told, such as 30d or 4w.", valueName: "days"))
    var within = Days(30)

    @Flag(help: "Exit with 1 if there is anything to list.")
    var strict = false

    func validate() throws { try within.check("--within") }

    func run() throws {
      guard let path = policy.location else { throw PolicyCommand.noPolicy }
      let policy = try policy.load(catalog.load())
      let time = asOf.time
      let due = PolicyDue(policy, at: time, days: within.count)
      try output.write {
        PolicyDueJSON(due, policy, path: path, time: time)
      } document: {
        PolicyDueReport.document(due, policy, path: path)
      }
      if strict, !due.entries.isEmpty { throw ExitCode(Failure.tripped) }
    }
  }
}
