/// What a log without a run holds, for the message that says so.
package enum LogContent: Hashable, Sendable {
  case nothing
  /// Blanks and escape sequences alone.
  case blank
  /// The usage text that the tool prints for `-h` and for a flag that it does not know.
  case usage
  /// The tool could not reach the Docker daemon.
  case noDaemon
  /// JSON that is not a run's.
  case otherJSON
  case binary
  /// The log of another tool of the family, by its name, whose checks only look like those that are known.
  case relative(String)
  /// The results of a run, the last one first.
  case reversed
  /// The beginning of a run, without its results.
  case beginning
  /// The totals of a run, without its results.
  case totals
  /// Some other text, with its first line that is not blank.
  case text(String)
}
