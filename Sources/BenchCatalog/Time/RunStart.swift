import BenchModel

/// When a run began, by what its log says of it.
struct RunStart {
  /// The time as read; nil if the log says none, or nothing that can be read.
  let reading: StartTimes.Reading?
  private let text: String
  private let line: Int
  /// When the log was captured, if the text around it says so.
  private let capturedAt: Int64?

  /// Reads what a run says of its start.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - times: What reads dates; asked for only where the run has one.
  init(_ parsed: ParsedRun, _ times: @autoclosure () -> StartTimes) {
    line = parsed.line
    capturedAt = parsed.capturedAt
    guard !parsed.startText.isEmpty else {
      (text, reading) = ("", nil)
      return
    }
    text = parsed.string(parsed.startText)
    if parsed.form == .json, let seconds = CivilTime.epoch(text) {
      reading = StartTimes.Reading(
        seconds: seconds, minute: 0, month: 0, isISO: false, zoneDoubt: nil)
    } else {
      reading = times().read(text)
    }
  }

  /// The time of the run, or the one that a person gave where its log has none.
  ///
  /// - Parameters:
  ///   - context: What a person said.
  ///   - isMonthForMinutes: Whether the log has the month where the minutes belong.
  ///   - diagnostics: What was noticed.
  /// - Returns: Seconds since 1970, and where they come from.
  func time(
    _ context: RunContext, isMonthForMinutes: Bool = false, _ diagnostics: inout [Diagnostic]
  ) -> (seconds: Int64, source: TimeSource) {
    guard !text.isEmpty else {
      // What a person says counts more than what a capture does.
      if let capturedAt, context.fallbackSource == .file { return (capturedAt, .log) }
      return (context.fallbackTime, context.fallbackSource)
    }
    // A clock that was never set says 1970.
    guard let reading, CivilTime.isPlausible(reading.seconds) else {
      diagnostics.append(Diagnostic(.startUnread(text), line: line))
      return (context.fallbackTime, context.fallbackSource)
    }
    if let doubt = reading.zoneDoubt {
      diagnostics.append(Diagnostic(doubt.diagnostic, line: line))
    }
    guard isMonthForMinutes else { return (reading.seconds, .log) }
    diagnostics.append(Diagnostic(.minutesUnknown, line: line))
    return (reading.seconds, .logWithoutMinutes)
  }
}
