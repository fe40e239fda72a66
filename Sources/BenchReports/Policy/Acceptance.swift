import BenchAnalysis
import BenchModel

/// Who accepted or decided something, when, until when and why, as words.
enum Acceptance {
  /// Says what is known of a waiver; none of it is escaped.
  static func words(_ waiver: Waiver) -> String {
    words(
      by: waiver.owner, from: waiver.accepted, until: waiver.end, ticket: waiver.ticket,
      reason: waiver.reason)
  }

  /// Joins what is known; none of it is escaped.
  static func words(
    by owner: String, from accepted: Int64?, until end: Int64?, ticket: String?, reason: String
  ) -> String {
    var text = owner
    if let accepted { text += ", " + CivilTime.date(accepted) }
    // The last day on which it holds is the one before its end.
    if let end { text += ", until " + CivilTime.date(end - 1) }
    if let ticket { text += ", " + ticket }
    return reason.isEmpty ? text : text + ": " + reason
  }
}
