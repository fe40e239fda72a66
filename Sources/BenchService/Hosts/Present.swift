package import BenchHistory

extension RunRepository {
  /// The end of the present, where a run starts after it: a clock that ran wrong makes no run the latest one.
  ///
  /// - Parameter now: The time, in seconds since 1970.
  /// - Returns: The last second at which a run of now may start; nil where no run starts later.
  /// - Throws: The repository's errors.
  package func present(at now: Int64) throws -> Int64? {
    let (end, isTooLarge) = now.addingReportingOverflow(ImportNotice.clockTolerance)
    guard !isTooLarge else { return nil }
    return try newestStart().flatMap { $0 > end ? end : nil }
  }
}
