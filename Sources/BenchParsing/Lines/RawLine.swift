import BenchModel

/// What the raw bytes of a line tell before the line is cleaned or classified.
enum RawLine {
  /// Finds the mark of the line that most lines are: a mark, in its colour or without one, at the very start
  /// and nothing to clean.
  ///
  /// - Returns: The status, and the index of what follows the mark.
  @inline(__always)
  static func fast(_ line: Bytes) -> (status: Status, text: Int)? {
    guard line.count >= 8, let base = line.baseAddress else { return nil }
    var index = 0
    if line[0] == ASCII.escape {
      guard line.count >= 18, line[1] == ASCII.openBracket, line[4] == 0x6D || line[6] == 0x6D
      else {
        return nil
      }
      index = line[4] == 0x6D ? 5 : 7
    }
    guard line[index] == ASCII.openBracket, let status = Mark.status(line, at: index) else {
      return nil
    }
    index += 6
    if line[index] == ASCII.space, line.has("\u{1b}[0m", at: index + 1) { index += 1 }
    if line[index] == ASCII.escape {
      guard index + 4 <= line.count, line[index + 1] == ASCII.openBracket, line[index + 3] == 0x6D
      else { return nil }
      index += 4
    }
    guard !needsCleaning(base + index, line.count - index), line[line.count - 1] != ASCII.openBrace
    else { return nil }
    return (status, index)
  }

  /// Whether any of the bytes may be something to clean: below a blank, not of ASCII, an ampersand or
  /// the bracket of a tag; eight at a time.
  @inline(__always)
  static func needsCleaning(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let raw = UnsafeRawPointer(base)
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var index = 0
    var found: UInt64 = 0
    while index + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let ampersands = word ^ (ones &* 0x26)
      let tags = word ^ (ones &* 0x3C)
      found |=
        (word &- ones &* 0x20) | word | ((ampersands &- ones) & ~ampersands)
        | ((tags &- ones) & ~tags)
      index += 8
    }
    if found & tops != 0 { return true }
    while index < count {
      if base[index] < ASCII.space || base[index] >= 0x7F || base[index] == 0x26
        || base[index] == 0x3C
      {
        return true
      }
      index += 1
    }
    return false
  }

  /// Where in a marked line the first line of another run begins: the log was cut off inside the line, and
  /// appended to.
  @inline(__always)
  static func gluedRun(_ line: Bytes) -> Int? {
    guard let last = line.last, ASCII.isDigit(last) || last == ASCII.dash else { return nil }
    return Mark(in: line) == nil ? nil : findGluedRun(line)
  }

  static func findGluedRun(_ line: Bytes) -> Int? {
    guard let start = line.firstIndex(of: "Initializing ") ?? line.firstIndex(of: "# ----------")
    else { return nil }
    // A name in a list may say this too, behind a blank or a comma; a line that was cut off goes on at once.
    if start > 0, line[start - 1] == ASCII.space || line[start - 1] == ASCII.comma,
      case .detail = DockerBenchSecurityLine(line.part(0, start))
    {
      return nil
    }
    switch DockerBenchSecurityLine(line.part(start, line.count)) {
    case .start, .banner: return start
    default: return nil
    }
  }

  /// Where in a line the heading of another run of Aqua docker-bench or kube-bench begins, if the line before it
  /// was cut off; none of their titles has a mark in it.
  static func gluedHeading(_ line: Bytes, from start: Int) -> Int? {
    guard line.hasBracket(from: start) else { return nil }
    var start = start
    while let index = line.firstIndex(of: "[INFO] ", from: start) {
      let rest = line.part(index, line.count)
      if case .result(.info, _, let title, _) = AquaLine(rest), !title.isEmpty { return index }
      start = index + 7
    }
    return nil
  }

  /// Whether a line begins a JSON document of one of the tools, and not a text that only looks like one.
  static func opensToolJSON(_ line: Bytes) -> Bool {
    line.has("{\"id\":", at: 0) || line.has("{\"Controls\":", at: 0) || line.has("[{\"id\":", at: 0)
      || line.has("{\"dockerbenchsecurity\"", at: 0)
  }

  /// Where in a line a JSON document of one of the tools begins, behind what a capture put before it.
  static func toolJSON(_ line: Bytes) -> Int? {
    guard let quote = line.firstIndex(of: ASCII.quote), quote > 1, quote < 256 else { return nil }
    let start = line[quote - 2] == ASCII.openBracket ? quote - 2 : quote - 1
    return opensToolJSON(line.part(start, line.count)) ? start : nil
  }

  /// Whether a line can follow one that ends in a bracket of JSON.
  static func continuesJSON(_ line: Bytes) -> Bool {
    guard let first = line.trimmed().first else { return false }
    return first == ASCII.quote || first == ASCII.openBrace
  }

  /// Whether a line begins a JSON document: `{`, or `[` before an object, a string or the line's end.
  static func opensJSON(_ line: Bytes) -> Bool {
    guard let start = line.firstIndex(where: { $0 > ASCII.space }) else { return false }
    if line[start] == ASCII.openBrace { return true }
    guard line[start] == ASCII.openBracket else { return false }
    guard let next = line[(start + 1)...].first(where: { $0 > ASCII.space }) else { return true }
    return next == ASCII.openBrace || next == ASCII.quote || line.has("[[{", at: start)
  }
}
