import ArgumentParser
import BenchAnalysis
import BenchModel

/// Which policy counts, and as of when.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "The policy (default: benchtrail.yaml in this folder or the nearest one above it).",
      valueName: "file"))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "Take runs, waivers and ages as of this time, in ISO 8601.", valueName: "time"))
  var asOf: String?

  /// The time that is asked for; the end of the day for a date.
  var asOfTime: Int64? {
    asOf.flatMap { CivilTime($0) }.map { $0.hasTime ? $0.seconds : $0.seconds + 86_399 }
  }

  /// The time that ages are counted to.
  var time: Int64 { asOfTime ?? Host.now }

  func validate() throws {
    if let asOf, CivilTime(asOf) == nil {
      throw ValidationError("'--as-of \(asOf)' is no time such as 2025-01-12 or 2025-01-12T03:00Z.")
    }
  }

  /// The policy; an empty one where there is no file.
  func load() throws -> Policy { Policy() }
}

extension Policy {
  /// The names that hosts have now.
  var hostNames: HostNames { HostNames(renames: renames) }
}
