/// How long ago something was, counted in whole days: what began 7 days and 5 hours ago is 7 days old.
package struct Age: Hashable, Sendable {
  /// Whole days; 0 for what lies ahead.
  package let days: Int

  /// Counts from one time to another, in seconds since 1970.
  package init(since start: Int64, until end: Int64) {
    let (seconds, isTooLarge) = end.subtractingReportingOverflow(start)
    days = isTooLarge ? (end > start ? Int.max : 0) : Int(max(seconds, 0) / 86_400)
  }
}
