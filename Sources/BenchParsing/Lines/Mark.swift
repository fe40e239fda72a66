import BenchModel

/// The mark `[WARN]` that all tools put before a result.
struct Mark: Equatable {
  var status: Status
  /// The index of its bracket.
  var start: Int

  /// The index after it.
  var end: Int { start + 6 }

  /// Finds the first mark of a line.
  ///
  /// What stands before it is the capture's: `docker compose`, `ts`, journald, syslog, CRI, CI systems
  /// and mail all put something there, and the tools themselves print their mark first. So no list of
  /// prefixes is needed.
  init?(in line: Bytes) {
    var index = 0
    while index + 5 < line.count {
      if line[index] == ASCII.openBracket, let status = Self.status(line, at: index) {
        self.status = status
        start = index
        return
      }
      index += 1
    }
    return nil
  }

  /// The length of what a capture put before the mark, without the remains of a colour.
  func prefixLength(_ line: Bytes) -> Int { Self.withoutColor(line, before: start) }

  /// The index at which a colour that lost its escape character begins, if one ends at an index: `[31m`.
  static func withoutColor(_ line: Bytes, before end: Int) -> Int {
    guard end > 0, end <= line.count, line[end - 1] == 0x6D else { return end }
    var start = end - 1
    while start > 0, ASCII.isDigit(line[start - 1]) || line[start - 1] == ASCII.semicolon {
      start -= 1
    }
    return start > 0 && line[start - 1] == ASCII.openBracket ? start - 1 : end
  }

  /// The status of the mark whose bracket opens at an index that has five bytes after it.
  @inline(__always)
  static func status(_ line: Bytes, at index: Int) -> Status? {
    guard line[index + 5] == ASCII.closeBracket else { return nil }
    switch (line[index + 1], line[index + 2], line[index + 3], line[index + 4]) {
    case (0x57, 0x41, 0x52, 0x4E): return .warn
    case (0x50, 0x41, 0x53, 0x53): return .pass
    case (0x49, 0x4E, 0x46, 0x4F): return .info
    case (0x4E, 0x4F, 0x54, 0x45): return .note
    case (0x46, 0x41, 0x49, 0x4C): return .fail
    default: return nil
    }
  }

  /// The index of the text that follows a mark: a capture that dropped the escape characters leaves `[0m` behind.
  @inline(__always)
  static func text(_ line: Bytes, after end: Int) -> Int {
    var index = end
    while index < line.count, line[index] == ASCII.space { index += 1 }
    if line.has("[0m", at: index) { index += 3 } else if line.has("[m", at: index) { index += 2 }
    while index < line.count, line[index] == ASCII.space { index += 1 }
    return index
  }
}
