/// Says on standard error how far a long import has come, if a person can see it.
final class Progress {
  private var files = 0
  private var runs = 0
  private var logs = 0
  private let isShown = Output.isTerminal(2)
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var hasLine = false

  init() {
    start = clock.now
    last = clock.now
  }

  /// Counts files and runs, and kept logs that are read again.
  func note(files: Int = 0, runs: Int = 0, logs: Int = 0) {
    self.files += files
    self.runs += runs
    self.logs += logs
    guard isShown else { return }
    let now = clock.now
    guard now - start > .seconds(1), now - last > .milliseconds(200) else { return }
    last = now
    hasLine = true
    let isRefreshing = self.files == 0 && self.runs == 0
    Output.errorText(
      isRefreshing
        ? "\r\(self.logs) kept logs read again" : "\r\u{1b}[K\(self.files) files, \(self.runs) runs"
    )
  }

  /// Takes the line away.
  func finish() {
    if hasLine { Output.errorText("\r\u{1b}[K") }
  }
}
