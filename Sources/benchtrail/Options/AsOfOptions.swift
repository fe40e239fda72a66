import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports

/// As of when a question is answered.
struct AsOfOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "Answer as of this time, such as 2026-11-23 or '2026-11-23 03:49': by the runs until then, and the policy and the ages of then.",
      valueName: "time"))
  var text: String?

  /// The time that is asked for, in seconds since 1970; the end of the day for a date, of the minute for a time without seconds.
  var end: Int64? {
    text.flatMap { CivilTime($0)?.end }
  }

  /// The time that ages are counted to.
  var time: Int64 { end ?? Host.now }

  /// The time that is asked about, where it has passed.
  var pastTime: Int64? { end.flatMap { $0 < Host.now ? $0 : nil } }

  func validate() throws {
    if let text, CivilTime(text) == nil {
      throw ValidationError("'--as-of \(text)' is no time such as 2025-01-12 or 2025-01-12T03:00Z.")
    }
  }

  /// What an output goes by.
  func basis(_ source: PolicySource?, filter: String? = nil) -> Basis {
    Basis(
      asOf: end, filter: filter, policy: source,
      shownPath: source.map { PolicyOptions.shown($0.path) } ?? "")
  }
}
