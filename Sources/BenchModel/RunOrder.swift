/// Where a run stands among the runs of its host and system: by its start, and where starts tie, in the order of import.
///
/// This is the one order of runs: every list, every "run before" and every fold goes by it, in memory and in SQL. Within an
/// import, files stand by path in natural order and the runs of a file in the order of their places, so the order of
/// import covers both.
package struct RunOrder: Hashable, Comparable, Sendable {
  /// Seconds since 1970, in UTC.
  package var startedAt: Int64
  /// What a file's time of change has beyond its seconds; 0 for a time that a log or a person gives.
  package var nanoseconds: Int
  /// The number of the run in the order of import, counted over the database.
  package var sequence: Int64

  /// Creates a place.
  package init(startedAt: Int64, nanoseconds: Int = 0, sequence: Int64 = 0) {
    self.startedAt = startedAt
    self.nanoseconds = nanoseconds
    self.sequence = sequence
  }

  /// Whether two runs have the same start, so that only the order of import tells which came first.
  package func ties(with other: RunOrder) -> Bool {
    startedAt == other.startedAt && nanoseconds == other.nanoseconds
  }

  package static func < (lhs: RunOrder, rhs: RunOrder) -> Bool {
    (lhs.startedAt, lhs.nanoseconds, lhs.sequence) < (rhs.startedAt, rhs.nanoseconds, rhs.sequence)
  }
}
