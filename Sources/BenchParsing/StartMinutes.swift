import BenchModel

/// Tells of the runs of a log whose minutes are the month whether that is so by chance.
///
/// Versions of ten days in March 2021 print the month in place of the minutes, in every run. Where another run of
/// the same version in the same log has other minutes, minutes are what they all are. So a run that may be of such a
/// version is held back until one tells or the log ends, and those behind it wait with it.
struct StartMinutes {
  private struct Waiting {
    var run: ParsedRun
    var isOpen: Bool
  }

  private var waiting: [Waiting] = []
  /// The last run whose minutes are not the month.
  private var proof: ParsedRun?
  /// More runs and bytes than these are not held back.
  private static let mostRuns = 64
  private static let mostBytes = ParsedRun.mostBytes

  /// Takes runs in the order in which they stand.
  ///
  /// - Parameter runs: The runs.
  /// - Returns: Those that wait for nothing more, in the same order.
  mutating func take(_ runs: [ParsedRun]) -> [ParsedRun] {
    for run in runs {
      waiting.append(Waiting(run: run, isOpen: false))
      switch Self.areMinutesMonth(run) {
      case nil: break
      case true?:
        let isProven = proof.map { Self.isSameVersion($0, run) } ?? false
        waiting[waiting.count - 1].run.hasProvenMinutes = isProven
        waiting[waiting.count - 1].isOpen = !isProven
      case false?:
        proof = run
        for index in waiting.indices
        where waiting[index].isOpen && Self.isSameVersion(waiting[index].run, run) {
          waiting[index].run.hasProvenMinutes = true
          waiting[index].isOpen = false
        }
      }
    }
    var bytes = waiting.reduce(0) { $0 + $1.run.bytes.count }
    var count = 0
    while count < waiting.count,
      !waiting[count].isOpen || waiting.count - count > Self.mostRuns || bytes > Self.mostBytes
    {
      bytes -= waiting[count].run.bytes.count
      count += 1
    }
    return release(count)
  }

  /// Ends the log.
  ///
  /// - Returns: The runs that still waited.
  mutating func finish() -> [ParsedRun] {
    proof = nil
    return release(waiting.count)
  }

  private mutating func release(_ count: Int) -> [ParsedRun] {
    let runs = waiting.prefix(count).map(\.run)
    waiting.removeFirst(count)
    return runs
  }

  /// Whether the minutes of a run are its month; nil for a run that can't be of those versions, by its heading or by
  /// the form of its start.
  private static func areMinutesMonth(_ run: ParsedRun) -> Bool? {
    guard run.tool == .dockerBenchSecurity, run.form == .text, !run.hasResultsHeading else {
      return nil
    }
    return run.withBytes(run.startText) { text in
      guard text.count >= 19, text[4] == ASCII.dash, text[7] == ASCII.dash,
        text[10] == UInt8(ascii: "T"), text[13] == ASCII.colon, text[16] == ASCII.colon,
        // A locale may write the date like this too, with a blank and the zone's name behind it.
        text.count == 19 || text[19] != ASCII.space
      else { return nil }
      return text[5] == text[14] && text[6] == text[15]
    }
  }

  /// Whether two runs can be of one version: they print the same, and have the same titles for the ids that both have.
  private static func isSameVersion(_ one: ParsedRun, _ other: ParsedRun) -> Bool {
    guard one.hasSections == other.hasSections,
      one.string(one.toolVersion) == other.string(other.toolVersion)
    else { return false }
    let titles = Dictionary(
      one.checks.map { (one.string($0.id), one.string($0.title)) }, uniquingKeysWith: { $1 })
    var common = 0
    for check in other.checks where !check.isCut {
      guard let title = titles[other.string(check.id)] else { continue }
      guard title == other.string(check.title) else { return false }
      common += 1
    }
    return common > 0
  }
}
