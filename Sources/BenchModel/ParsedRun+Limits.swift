extension ParsedRun {
  /// The most bytes that are kept of a run, so that no log fills the memory: the run of a host with
  /// five thousand containers is half as long.
  package static let mostBytes = 16 << 20
  /// The most checks that are kept of a run: a dozen times what any benchmark has, since a finding takes far more
  /// memory than its line.
  package static let mostChecks = 4_096

  /// Whether no further check may be kept of the run; the first time this is so, it is noted.
  ///
  /// - Parameter line: The 1-based line of the check.
  /// - Returns: Whether the run is full.
  package mutating func isFull(forCheckAt line: Int) -> Bool {
    if isOverfull { return true }
    if checks.count >= Self.mostChecks {
      isOverfull = true
      diagnostics.append(Diagnostic(.tooManyChecks(limit: Self.mostChecks), line: line))
      return true
    }
    guard hasManyBytes else { return false }
    noteTooLong(at: line)
    return true
  }

  /// Whether no further detail of the last check may be kept; the first time this is so, it is noted, and the check is
  /// marked as one of which not all is known.
  ///
  /// - Parameter line: The 1-based line of the detail.
  /// - Returns: Whether the run is full.
  package mutating func isFull(forDetailAt line: Int) -> Bool {
    if isOverfull { return true }
    guard hasManyBytes else { return false }
    leaveOut(at: line)
    return true
  }

  /// Notes that further details of the last check were not kept, and that nothing else will be.
  ///
  /// - Parameter line: The 1-based line at which they stand.
  package mutating func leaveOut(at line: Int) {
    guard !isOverfull else { return }
    noteTooLong(at: line)
    markShortened()
  }

  /// Notes that a text of the last check is longer than what is kept of one.
  ///
  /// - Parameters:
  ///   - limit: How many bytes are kept.
  ///   - line: The 1-based line of the check.
  package mutating func shortenText(limit: Int, at line: Int) {
    guard !isOverfull else { return }
    diagnostics.append(Diagnostic(.textTooLong(limit: limit), line: line))
    markShortened()
  }

  private mutating func markShortened() {
    guard let last = checks.indices.last else { return }
    details.append(ParsedDetail(text: .empty, form: .leftOut))
    checks[last].detailCount += 1
  }

  private var hasManyBytes: Bool {
    bytes.count + (checks.count + details.count) * 24 >= Self.mostBytes
  }

  private mutating func noteTooLong(at line: Int) {
    isOverfull = true
    diagnostics.append(Diagnostic(.runTooLong(limit: Self.mostBytes), line: line))
  }

  /// Gives back the room that a run of a few lines does not need: a log may have a hundred thousand of them.
  package mutating func shrink() {
    guard bytes.count < 2_048, checks.count < 32 else { return }
    // An array of a whole slice would be the same with all its room.
    bytes = bytes.map { $0 }
    checks = checks.map { $0 }
    details = details.map { $0 }
  }

  /// Returns what stands below a check, without the mark for what was left out.
  package func texts(below check: ParsedCheck) -> [String] {
    details(of: check).filter { $0.form != .leftOut }.map { string($0.text) }
  }

  /// Whether not all of what stands below a check was kept.
  package func isShortened(_ check: ParsedCheck) -> Bool {
    details(of: check).last?.form == .leftOut
  }
}
