import BenchModel

/// What one line of a docker-bench-security log says, read with no regard to the lines around it.
///
/// Offsets count from the first byte of the line that was classified.
enum DockerBenchSecurityLine: Equatable {
  /// `Initializing 2024-10-21T09:26:06+02:00`
  case start(time: Range<Int>)
  /// `Section B - Remediation measures`
  case section(LogSection)
  /// `# Docker Bench for Security v1.6.0`, or another line of the banner.
  case banner(version: Range<Int>?)
  /// `[WARN] 4.1  - Ensure that a user for the container has been created`; headings look the same.
  case check(Status, id: Range<Int>, title: Range<Int>)
  /// `[WARN]      * Running as root: web`
  case detail(Range<Int>)
  /// `[INFO] Ensure that experimental features are not implemented in production (Deprecated)`
  case unnumbered(Status, Range<Int>)
  /// `[INFO] Checks: 117`
  case checks(Int)
  /// `[INFO] Score: -17`
  case score(Int)
  case blank
  /// A line of the shell, of docker, or of the capture.
  case noise
}

/// The parts of a log since March 2021.
enum LogSection: Equatable {
  case results
  case remediation
  case score
}

extension DockerBenchSecurityLine {
  /// The index at which the text of a line without a mark begins, behind what a capture put there.
  func start(in line: Bytes) -> Int {
    switch self {
    case .start: line.firstIndex(of: "Initializing ") ?? 0
    case .banner: line.firstIndex(of: "# ") ?? 0
    case .section: line.firstIndex(of: "Section ") ?? 0
    default: 0
    }
  }

  /// Classifies a line that has neither escape sequences nor control characters.
  init(_ line: Bytes) {
    if let mark = Mark(in: line) {
      self = mark.status == .fail ? .noise : Self.marked(mark.status, line, from: mark.end)
    } else {
      self = Self.unmarked(line)
    }
  }

  /// Classifies what follows a mark.
  @inline(__always)
  static func marked(_ status: Status, _ line: Bytes, from start: Int) -> DockerBenchSecurityLine {
    var index = Mark.text(line, after: start)
    var end = line.count
    while end > index, line[end - 1] == ASCII.space { end -= 1 }
    guard index < end else { return .unnumbered(status, end..<end) }
    let first = line[index]
    if first == ASCII.asterisk, index + 1 == end || line[index + 1] == ASCII.space {
      return .detail(min(index + 2, end)..<end)
    }
    let idStart = index
    guard ASCII.isDigit(first) || Self.startsLetteredID(line, at: index, end: end) else {
      return unnumbered(status, line, index..<end)
    }
    while index < end, Self.isIDByte(line[index]) { index += 1 }
    let idEnd = index
    while index < end, line[index] == ASCII.space { index += 1 }
    guard index > idEnd, index < end, line[index] == ASCII.dash,
      index + 1 == end || line[index + 1] == ASCII.space
    else { return unnumbered(status, line, idStart..<end) }
    index += 1
    while index < end, line[index] == ASCII.space { index += 1 }
    return .check(status, id: idStart..<idEnd, title: index..<end)
  }

  /// Whether an id such as `C.5.3.1` begins here, or the slip `id_2` of October 2018.
  private static func startsLetteredID(_ line: Bytes, at index: Int, end: Int) -> Bool {
    if index + 2 < end, line[index] | 0x20 == 0x63, line[index + 1] == ASCII.dot,
      ASCII.isDigit(line[index + 2])
    {
      return true
    }
    return line.has("id_", at: index)
  }

  @inline(__always)
  private static func isIDByte(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || byte == ASCII.dot || ASCII.isLetter(byte) || byte == ASCII.underscore
  }

  /// Tells the two totals from other marked lines without a number.
  private static func unnumbered(
    _ status: Status, _ line: Bytes, _ range: Range<Int>
  ) -> DockerBenchSecurityLine {
    if status == .info {
      if line.has("Checks: ", at: range.lowerBound),
        let count = line.part(range.lowerBound + 8, range.upperBound).trimmed().number()
      {
        return .checks(count)
      }
      if line.has("Score: ", at: range.lowerBound),
        let score = line.part(range.lowerBound + 7, range.upperBound).trimmed().number()
      {
        return .score(score)
      }
    }
    return .unnumbered(status, range)
  }

  /// Classifies a line without a mark, wherever the capture put it.
  private static func unmarked(_ line: Bytes) -> DockerBenchSecurityLine {
    let trimmed = line.trimmed()
    guard !trimmed.isEmpty else { return .blank }
    if let index = line.firstIndex(of: "Initializing "), Self.hasClock(line, from: index + 13) {
      var end = line.count
      while end > index + 13, line[end - 1] <= ASCII.space { end -= 1 }
      return .start(time: index + 13..<end)
    }
    if let index = line.firstIndex(of: "Section ") {
      if line.has("A - Check results", at: index + 8) { return .section(.results) }
      if line.has("B - Remediation measures", at: index + 8) { return .section(.remediation) }
      if line.has("C - Score", at: index + 8) { return .section(.score) }
    }
    if let index = line.firstIndex(of: "# Docker Bench for Security v") {
      return banner(line, versionFrom: index + 29)
    }
    // The first commits name the benchmark instead.
    if let index = line.firstIndex(of: "# CIS Docker 1.6 Benchmark v") {
      return banner(line, versionFrom: index + 28)
    }
    if line.firstIndex(of: "# ------") != nil || line.firstIndex(of: "# Docker, Inc. (c)") != nil
      || line.firstIndex(of: "# Checks for dozens of common") != nil
      || line.firstIndex(of: "# Inspired by the CIS") != nil
      || line.firstIndex(of: "# Based on the CIS") != nil
      || (trimmed.count == 1 && trimmed[0] == ASCII.hash)
    {
      return .banner(version: nil)
    }
    return .noise
  }

  private static func banner(_ line: Bytes, versionFrom start: Int) -> DockerBenchSecurityLine {
    var end = start
    while end < line.count, ASCII.isDigit(line[end]) || line[end] == ASCII.dot { end += 1 }
    return .banner(version: start < end ? start..<end : nil)
  }

  /// Whether a clock stands anywhere from an index on, as in every form of `date`: `12:34:56`, `1:34:56`,
  /// `12.34.56`, or the minutes' and hours' letters of Chinese, Japanese and Korean.
  private static func hasClock(_ line: Bytes, from start: Int) -> Bool {
    var index = start
    while index + 6 < line.count {
      if ASCII.isDigit(line[index]), line[index + 1] == ASCII.colon || line[index + 1] == ASCII.dot,
        ASCII.isDigit(line[index + 2]), ASCII.isDigit(line[index + 3]),
        line[index + 4] == line[index + 1], ASCII.isDigit(line[index + 5]),
        ASCII.isDigit(line[index + 6])
      {
        return true
      }
      index += 1
    }
    let rest = line.part(start, line.count)
    return rest.firstIndex(of: "\u{6642}") != nil || rest.firstIndex(of: "\u{65F6}") != nil
      || rest.firstIndex(of: "\u{C2DC}") != nil
  }
}
