package import BenchCatalog
package import BenchModel
private import BenchParsing

/// Runs as the whole way from bytes to findings gives them.
package enum Reading {
  /// The context that the tests read in.
  package static let context = RunContext(
    host: "web-1", fallbackTime: 1_700_000_000, fallbackSource: .file)

  /// The runs of a log with what was noticed about each.
  package static func results(
    _ bytes: [UInt8], host: String = "web-1",
    by normalizer: Normalizer = Normalizer(catalog: .embedded)
  ) -> [(run: Run, diagnostics: [Diagnostic])] {
    var context = Self.context
    context.host = host
    return LogReader.runs(in: bytes).map { normalizer.normalize($0, context) }
  }

  /// The runs of a log.
  package static func runs(_ bytes: [UInt8], host: String = "web-1") -> [Run] {
    results(bytes, host: host).map(\.run)
  }

  /// The only run of a fixture.
  ///
  /// - Throws: If there is no such file, or it does not hold exactly one run.
  package static func run(_ fixture: String, host: String = "web-1") throws -> Run {
    let runs = runs(try Fixture.bytes(fixture), host: host)
    guard let run = runs.first, runs.count == 1 else { throw NotOneRun(fixture: fixture) }
    return run
  }

  private struct NotOneRun: Error {
    var fixture: String
  }
}
