package import BenchCatalog
package import BenchHistory
package import BenchModel
import BenchParsing

/// Reads the kept logs of all runs again, where the readers or the catalogue are not those that the runs were understood by.
///
/// Afterwards the repository is what it would be if all logs were imported anew. Names of runs, labels, baselines and what
/// a person said stay. A run whose log was not kept stays as it was understood.
package struct RefreshRuns: Sendable {
  package let catalog: Catalog

  /// Creates a refresh.
  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// Brings the repository up to date, in one transaction.
  ///
  /// - Parameters:
  ///   - repository: Where the runs are.
  ///   - isForced: Whether the logs are read again also where nothing tells that they have to be.
  ///   - progress: Is told of contents that are done.
  /// - Returns: What was done; nil where nothing was to do.
  /// - Throws: The repository's errors.
  package func run(
    in repository: any RunRepository, isForced: Bool = false,
    progress: (_ contents: Int) -> Void = { _ in }
  ) throws -> Renewal? {
    try repository.write(isDryRun: false) {
      try run(with: $0, isForced: isForced, progress: progress)
    }
  }

  /// Brings the repository up to date, within a transaction.
  func run(
    with writer: any RunWriting, isForced: Bool = false, progress: (_ contents: Int) -> Void
  ) throws -> Renewal? {
    let understanding = catalog.understanding
    if try !isForced && writer.understanding() == understanding { return nil }
    return try writer.renew(as: understanding, progress: progress, reader())
  }

  /// Returns what reads the runs of a log that was kept.
  package func reader() -> ([UInt8]) -> [Run] {
    let normalizer = Normalizer(catalog: catalog)
    let context = RunContext(host: "", fallbackTime: 0, fallbackSource: .file)
    return { bytes in LogReader.runs(in: bytes).map { normalizer.normalize($0, context).0 } }
  }
}
