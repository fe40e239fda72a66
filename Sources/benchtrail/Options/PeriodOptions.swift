import ArgumentParser
import BenchModel

/// From when until when something is listed.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only from this time on, such as 2026-11-23.", valueName: "time"))
  var since: String?

  @Option(
    help: ArgumentHelp("Only until this time; a date means the end of its day.", valueName: "time"))
  var until: String?

  func validate() throws {
    for (name, text) in [("since", since), ("until", until)] {
      if let text, CivilTime(text) == nil {
        throw ValidationError(
          "--\(name) \(text): use a time such as 2026-11-23 or 2026-11-23T03:49Z.")
      }
    }
    if let sinceTime, let untilTime, sinceTime > untilTime {
      throw ValidationError("--since \(since ?? ""): it is after --until \(until ?? "").")
    }
  }

  /// The first second that is meant, since 1970.
  var sinceTime: Int64? { since.flatMap { CivilTime($0)?.seconds } }

  /// The last second that is meant.
  var untilTime: Int64? { until.flatMap { CivilTime($0)?.end } }
}
