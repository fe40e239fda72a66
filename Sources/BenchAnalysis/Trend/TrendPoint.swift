/// What a point of a trend's series is.
package enum TrendPoint: Hashable, Sendable {
  /// A run of one host.
  case run
  /// The end of so many days.
  case days(Int)
}
