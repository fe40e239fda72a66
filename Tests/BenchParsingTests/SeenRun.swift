import BenchModel

@testable import BenchParsing

/// A parsed run as values that can be compared: texts in place of ranges.
struct SeenRun: Equatable {
  struct Check: Equatable {
    var id: String
    var title: String
    var status: Status
    var details: [String]
  }

  struct Target: Equatable {
    var id: String
    var title: String
    var kind: String
    var version: String
    var printed: ResultCounts?
    var firstCheck: Int
  }

  var tool: Tool
  var form: ParsedRun.Form
  var version: String
  var start: String
  var printed: [Int?]
  var hasEnd: Bool
  var checks: [Check]
  var targets: [Target]
  var totals: ResultCounts?

  init(_ run: ParsedRun) {
    tool = run.tool
    form = run.form
    version = run.string(run.toolVersion)
    start = run.string(run.startText)
    printed = [run.printedChecks, run.printedScore]
    hasEnd = run.hasEnd
    checks = run.checks.map { check in
      Check(
        id: run.string(check.id), title: run.string(check.title), status: check.status,
        details: run.details(of: check).map { run.string($0.text) })
    }
    targets = run.targets.map { target in
      Target(
        id: run.string(target.id), title: run.string(target.title), kind: run.string(target.kind),
        version: run.string(target.version), printed: target.printed, firstCheck: target.firstCheck)
    }
    totals = run.totals
  }

  /// The results as lines, without what stands below them.
  var lines: [String] { checks.map { "[\($0.status.word)] \($0.id) \($0.title)" } }

  /// The results of a target.
  func checks(of target: Int) -> ArraySlice<Check> {
    let end = target + 1 < targets.count ? targets[target + 1].firstCheck : checks.count
    return checks[targets[target].firstCheck..<end]
  }

  /// The runs of a log that is handed over in pieces.
  static func runs(
    _ bytes: [UInt8], chunk: Int = .max, formats: TextFormats = TextFormats()
  ) -> [SeenRun] {
    parsed(bytes, chunk: chunk, formats: formats).map(SeenRun.init)
  }

  static func parsed(
    _ bytes: [UInt8], chunk: Int, formats: TextFormats = TextFormats()
  ) -> [ParsedRun] {
    var reader = LogReader(formats: formats)
    var runs: [ParsedRun] = []
    bytes.withUnsafeBufferPointer { all in
      var start = 0
      while start < all.count {
        let end = start + min(chunk, all.count - start)
        runs += reader.read(UnsafeBufferPointer(rebasing: all[start..<end]))
        start = end
      }
    }
    return runs + reader.finish()
  }
}
