import BenchModel

/// Who accepted or decided something, when, until when and why, as words.
enum Acceptance {
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
