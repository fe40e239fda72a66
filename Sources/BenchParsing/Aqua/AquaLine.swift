import BenchModel

/// What one line of the text of Aqua docker-bench or kube-bench says, read with no regard to the lines
/// around it.
///
/// Offsets count from the first byte of the line that was classified.
enum AquaLine: Equatable {
  /// `[FAIL] 2.2.b Ensure the logging level is set to 'info' (Scored)`; headings look like a skipped check.
  case result(Status, id: Range<Int>, title: Range<Int>, mark: Int)
  /// `== Remediations master ==`
  case remediations(target: Range<Int>, start: Int)
  /// `== Summary ==`
  case summary(target: Range<Int>, start: Int)
  /// `48 checks FAIL`
  case count(Status, Int)
  case blank
  /// A line of a remediation, of a command's output, or of another program.
  case other
}

extension AquaLine {
  /// Classifies a line that has neither escape sequences nor control characters.
  init(_ line: Bytes) {
    if let mark = Mark(in: line) {
      self =
        Self.marked(mark.status, line, from: mark.end, prefix: mark.prefixLength(line)) ?? .other
    } else {
      self = Self.unmarked(line)
    }
  }

  /// Classifies what follows a mark; nil if it is no result of these tools.
  ///
  /// - Parameters:
  ///   - status: The mark's word.
  ///   - line: The line.
  ///   - start: The index after the mark.
  ///   - prefix: The length of what a capture put before the mark.
  /// - Returns: The result, or nil.
  @inline(__always)
  static func marked(_ status: Status, _ line: Bytes, from start: Int, prefix: Int) -> AquaLine? {
    guard status != .note else { return nil }
    var index = Mark.text(line, after: start)
    let idStart = index
    var hasDigit = false
    var hasParts = false
    var hasLetter = false
    while index < line.count, isIDByte(line[index]) {
      hasDigit = hasDigit || ASCII.isDigit(line[index])
      hasLetter = hasLetter || ASCII.isLetter(line[index])
      hasParts = hasParts || line[index] == ASCII.dot || line[index] == ASCII.dash
      index += 1
    }
    // Checks have an id of several parts, headings one of any.
    guard hasDigit, hasParts || (status == .info && !hasLetter), index - idStart <= 32,
      index == line.count || line[index] == ASCII.space,
      ASCII.isDigit(line[idStart]) || ASCII.isLetter(line[idStart])
    else { return nil }
    let idEnd = index
    while index < line.count, line[index] == ASCII.space { index += 1 }
    // docker-bench-security has a dash there.
    if index < line.count, line[index] == ASCII.dash,
      index + 1 == line.count || line[index + 1] == ASCII.space
    {
      return nil
    }
    var end = line.count
    while end > index, line[end - 1] == ASCII.space { end -= 1 }
    return .result(status, id: idStart..<idEnd, title: index..<end, mark: prefix)
  }

  /// Whether a byte can stand in an id such as `1.2.13`, `2.2.b` or `V-242443`.
  @inline(__always)
  private static func isIDByte(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || byte == ASCII.dot || ASCII.isLetter(byte) || byte == ASCII.dash
  }

  private static func unmarked(_ line: Bytes) -> AquaLine {
    var end = line.count
    while end > 0, line[end - 1] <= ASCII.space { end -= 1 }
    guard end > 0 else { return .blank }
    let line = line.part(0, end)
    if line.has("==", at: end - 2) {
      if let start = line.firstIndex(of: "== Remediations") {
        return .remediations(
          target: target(line, from: start + 15), start: Mark.withoutColor(line, before: start))
      }
      if let start = line.firstIndex(of: "== Summary") {
        return .summary(
          target: target(line, from: start + 10), start: Mark.withoutColor(line, before: start))
      }
    }
    if end > 12, line.has(" checks ", at: end - 12) {
      var start = end - 12
      while start > 0, ASCII.isDigit(line[start - 1]) { start -= 1 }
      if let count = line.part(start, end - 12).number(), let status = word(line, at: end - 4) {
        return .count(status, count)
      }
    }
    return .other
  }

  /// The name between `== Summary` and `==`.
  private static func target(_ line: Bytes, from start: Int) -> Range<Int> {
    var (start, end) = (start, line.count - 2)
    while start < end, line[start] == ASCII.space { start += 1 }
    while end > start, line[end - 1] == ASCII.space { end -= 1 }
    return start..<max(start, end)
  }

  private static func word(_ line: Bytes, at index: Int) -> Status? {
    if line.has("PASS", at: index) { return .pass }
    if line.has("FAIL", at: index) { return .fail }
    if line.has("WARN", at: index) { return .warn }
    return line.has("INFO", at: index) ? .info : nil
  }

  /// Whether a text has what Docker's client prints without a daemon.
  static func isDaemonMissing(_ text: Bytes) -> Bool {
    text.firstIndex(of: "Cannot connect to the Docker daemon") != nil
  }

  /// Whether a heading's text is the one that docker-bench begins its results with.
  static func isDockerBenchmark(_ title: Bytes) -> Bool {
    title.firstIndex(of: "Docker") != nil && title.firstIndex(of: "Benchmark") != nil
  }
}
