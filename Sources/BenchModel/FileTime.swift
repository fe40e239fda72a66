/// A file's time of change, to the nanosecond.
package struct FileTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970, in UTC.
  package var seconds: Int64
  /// From 0 to 999,999,999.
  package var nanoseconds: Int

  /// Creates a time.
  package init(seconds: Int64, nanoseconds: Int = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The seconds from another time to this one; an estimate where they are ages apart.
  package func seconds(since other: FileTime) -> Double {
    Double(seconds) - Double(other.seconds) + Double(nanoseconds - other.nanoseconds) / 1e9
  }

  /// The nanoseconds since 1970; nil for a time beyond what 64 bits hold (the year 2262).
  package var total: Int64? {
    let (whole, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !isTooLarge else { return nil }
    let (sum, isBeyond) = whole.addingReportingOverflow(Int64(nanoseconds))
    return isBeyond ? nil : sum
  }

  package static func < (lhs: FileTime, rhs: FileTime) -> Bool {
    (lhs.seconds, lhs.nanoseconds) < (rhs.seconds, rhs.nanoseconds)
  }
}
