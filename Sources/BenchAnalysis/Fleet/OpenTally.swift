package import BenchModel

/// How many failures are open, by severity.
///
/// Tallies are ordered by how bad they are: one critical failure more is worse than any number of
/// high ones.
package struct OpenTally: Hashable, Comparable, Sendable {
  /// By the numbers of the severities; in place of a dictionary, as there is one for each host.
  private var counts = SIMD4<Int>()
  /// Failures of checks without a severity.
  package private(set) var unrated = 0

  /// Creates a tally of nothing.
  package init() {}

  /// How many failures of a severity are open.
  package subscript(severity: Severity) -> Int { counts[Int(severity.rawValue)] }

  /// How many are open in all.
  package var total: Int { counts.wrappedSum() + unrated }

  /// Counts a failure.
  package mutating func add(_ severity: Severity?) {
    if let severity { counts[Int(severity.rawValue)] += 1 } else { unrated += 1 }
  }

  /// Adds the failures of another host.
  package static func += (lhs: inout OpenTally, rhs: OpenTally) {
    lhs.counts &+= rhs.counts
    lhs.unrated += rhs.unrated
  }

  package static func < (lhs: OpenTally, rhs: OpenTally) -> Bool {
    (lhs[.critical], lhs[.high], lhs[.medium], lhs[.low], lhs.unrated)
      < (rhs[.critical], rhs[.high], rhs[.medium], rhs[.low], rhs.unrated)
  }
}
