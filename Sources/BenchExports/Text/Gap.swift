/// What each host has for itself in a text that hosts share.
enum Gap: Hashable, Sendable {
  /// A text of the host, by its place among those of ``HostTexts``.
  case host(Int32)
  /// A text of the run whose log has the finding, by its place.
  case run(Int32)
  /// The line of the log, as it is known.
  case line
  /// The same, at least 1.
  case place
  /// The line behind that.
  case end
  /// A text of the time since when the finding fails, by its place.
  case since(Int32)
  /// A fingerprint in hexadecimal digits, by the place of what it is of; see ``FingerprintTexts``.
  case fingerprint(Int32)
  /// The first 16 digits of a fingerprint, by the place of what it is of.
  case mark(Int32)
  /// What the format puts there itself, by a number of its own.
  case own(Int32)

  /// The digits of a mark.
  static let markLength = 16
}
