import BenchModel

/// Finds the logs that programs and people have wrapped in other texts, however deep.
///
/// Each step takes off one layer: a document, the escapes of a log on one line, the hosts' names before its lines, what
/// stands behind all of them. What a step finds is looked at again, so the layers may stand in any order.
enum Wrapping {
  /// No text is looked for in more layers than these.
  static let deepest = 6
  /// How much of a log is looked at to see whether it is wrapped.
  private static let mostLooked = 1 << 20

  /// The logs inside a text.
  ///
  /// - Returns: Them, in the order in which they stand; nil where the text is one itself.
  static func parts(of text: Bytes) -> [WrappedLog]? {
    if let report = JUnitReport.logs(in: text) { return report }
    let lines = LogLines(text)
    switch WrappedJSON.find(in: lines) {
    case .toolDocuments: return nil
    case .logs(let logs): return logs
    case .nothing: break
    }
    if let logs = TimePrefix.logs(in: lines) ?? WrappedYAML.logs(in: lines)
      ?? TableLog.logs(in: lines) ?? OneLineLog.logs(in: lines)
    {
      return logs
    }
    // Marks in its strings are what commands printed.
    if isDocument(lines) { return nil }
    return HostLines.logs(in: lines) ?? QuotedField.logs(in: lines) ?? LineEnds.logs(in: lines)
      ?? FirstLine.logs(in: lines)
  }

  /// Whether the first line that tells is one of a tool's JSON, whatever stands before each of its lines.
  private static func isDocument(_ lines: LogLines) -> Bool {
    for index in 0..<lines.count {
      let answer = lines.withLine(index) { line -> Bool? in
        if ToolJSON.firstKey(in: line) != nil { return true }
        return Mark(in: line) == nil ? nil : false
      }
      if let answer { return answer }
    }
    return false
  }

  /// Whether a log is wrapped in something, by the first of its lines that tells.
  ///
  /// - Parameters:
  ///   - bytes: What was read of the log so far.
  ///   - start: Where the first line begins that was not looked at; gets where the next one does.
  /// - Returns: Whether it is; nil where no line tells yet.
  static func isFound(in bytes: Bytes, from start: inout Int) -> Bool? {
    while start < bytes.count {
      let rest = bytes.part(start, bytes.count)
      let end = rest.firstIndex(of: ASCII.lineFeed) ?? rest.count
      // Of a document on one line its beginning tells.
      guard end < rest.count || rest.count > 1 << 12 else { return nil }
      if let answer = isFound(in: rest.part(0, end), before: rest) { return answer }
      if end == rest.count { break }
      start += end + 1
    }
    return bytes.count > mostLooked ? false : nil
  }

  private static func isFound(in line: Bytes, before rest: Bytes) -> Bool? {
    if RawLine.opensJSON(line) { return !opensToolDocument(rest) }
    if HostHeader(line) != nil || HostLines.isRule(line) || line.firstIndex(of: "<testsuite") != nil
      || line.firstIndex(of: "kind: CISKubeBenchReport") != nil
    {
      return true
    }
    if let mark = Mark(in: line) {
      let isFirst = mark.prefixLength(line) == 0 || isColored(line, before: mark.start)
      let isAlone = Mark(in: line.part(mark.end, line.count)) == nil
      return !(isFirst && isAlone && LineEnds.isPlain(line))
    }
    for word: StaticString in ["Initializing ", "# Docker Bench for", "# -------", "# CIS Docker"] {
      guard let index = line.firstIndex(of: word) else { continue }
      return index > 0 || line.firstIndex(of: "\\n") != nil || !LineEnds.isPlain(line)
    }
    return line.firstIndex(of: "\\n[") != nil ? true : nil
  }

  /// Whether nothing but a colour stands before an index.
  private static func isColored(_ line: Bytes, before end: Int) -> Bool {
    line.first == ASCII.escape
      && !line.part(1, end).dropFirst().contains {
        !ASCII.isDigit($0) && $0 != ASCII.semicolon && $0 != 0x6D
      }
  }

  /// Whether a text begins with a document of one of the tools, as the tool writes it.
  private static func opensToolDocument(_ text: Bytes) -> Bool {
    guard let quote = text.part(0, 256).firstIndex(of: ASCII.quote),
      text.part(0, quote).allSatisfy({
        $0 <= ASCII.space || $0 == ASCII.openBrace || $0 == ASCII.openBracket
      })
    else { return false }
    return text.has("\"dockerbenchsecurity\"", at: quote) || text.has("\"Controls\"", at: quote)
      || text.has("\"id\"", at: quote)
  }
}
