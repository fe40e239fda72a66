import BenchHistory
import BenchModel

/// What is known of a host and system, as it is stored: many are read where they lie, and decoded by several threads.
struct StandingRow: Sendable {
  var host: String
  var id: Int
  var system: Tool.System
  var record: [UInt8]
  var before: [UInt8]?
  var firstAt: Int64

  /// What is stored; nil where that is damaged.
  var standing: KnownStanding? {
    let earlier = before.map { StandingRecord(bytes: $0) }
    if case .some(nil) = earlier { return nil }
    return StandingRecord(bytes: record).map {
      KnownStanding(
        id: id, system: system, record: $0, before: earlier ?? nil, firstAt: firstAt)
    }
  }
}
