/// A log whose line feeds are not there any more: spelled out as `\n`, made tags, or made blanks.
enum OneLineLog {
  /// A line with fewer marks is one line.
  private static let fewest = 3

  /// The logs of a text that has such lines; nil where it has none.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    var log = WrappedLog()
    var others: [WrappedLog] = []
    var isFound = false
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        let parts = parts(of: line)
        if parts.isEmpty {
          log.add(line, number: lines.number(index), offset: lines.offset(index))
          return
        }
        isFound = true
        if let header = HostHeader(line) {
          // Each host has a line of its own.
          if !log.numbers.isEmpty {
            others.append(log)
            log = WrappedLog()
          }
          log.host = header.host
        }
        for part in parts {
          // Of several texts on a line each is a log of its own, and none twice.
          if part != parts[0] {
            var other = WrappedLog(host: log.host)
            add(part, lines, index, to: &other)
            others.append(other)
          } else {
            add(part, lines, index, to: &log)
          }
        }
      }
    }
    return isFound ? others + [log] : nil
  }

  private static func add(
    _ text: [UInt8], _ lines: LogLines, _ index: Int, to log: inout WrappedLog
  ) {
    for line in text.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
      log.add(line, number: lines.number(index), offset: lines.offset(index))
    }
  }

  /// The texts that a line holds, each once; none where it is nothing but a line.
  private static func parts(of line: Bytes) -> [[UInt8]] {
    let marks = marks(in: line)
    if marks.isEmpty, let document = document(in: line) { return [document] }
    guard marks.count > 1, RawLine.toolJSON(line) == nil, !RawLine.opensToolJSON(line) else {
      return []
    }
    if marks.count >= fewest, let items = items(of: line, before: marks[0].start) { return [items] }
    if let depth = escapes(before: marks, in: line) {
      var texts: [[UInt8]] = []
      var start = 0
      // `stdout` and `stdout_lines` may stand on one line.
      while start < line.count, let range = escaped(line, from: start, marks) {
        let text = unescaped(line.part(range), times: depth)
        if !texts.contains(text) { texts.append(text) }
        start = range.upperBound + 1
      }
      return texts
    }
    guard marks.count >= fewest else { return [] }
    return [broken(line, marks)]
  }

  private static func marks(in line: Bytes) -> [Mark] {
    var marks: [Mark] = []
    var start = 0
    while start < line.count, var mark = Mark(in: line.part(start, line.count)) {
      mark.start += start
      marks.append(mark)
      start = mark.end
    }
    return marks
  }

  // MARK: - Documents

  /// The JSON of a tool that a line holds as a string, or as a list of its lines.
  private static func document(in line: Bytes) -> [UInt8]? {
    let plain = ToolJSON.firstKey(in: line)
    if let plain, let items = items(of: line, before: plain) { return items }
    guard let key = plain ?? ToolJSON.firstEscapedKey(in: line) else { return nil }
    // An escape more doubles the backslashes.
    var first = key
    while first > 0, line[first - 1] == ASCII.backslash { first -= 1 }
    let count = key - first + 1
    guard let start = line.part(0, first).firstIndex(where: isBracket),
      plain == nil || line.part(start, first).firstIndex(of: "\\n") != nil,
      let end = line.lastIndex(where: { $0 == ASCII.closeBrace || $0 == ASCII.closeBracket }),
      start < end
    else { return nil }
    return unescaped(line.part(start, end + 1), times: count.bitWidth - count.leadingZeroBitCount)
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == ASCII.openBrace || byte == ASCII.openBracket
  }

  // MARK: - Lists

  /// The lines of a list of strings, as programs print one: `['[INFO] 4 …', "[FAIL] 4.1.1 …"]`.
  private static func items(of line: Bytes, before end: Int) -> [UInt8]? {
    let openings: [StaticString] = ["['", "[\"", "('", "(\""]
    guard let start = openings.compactMap({ line.firstIndex(of: $0) }).min(),
      start < end
    else { return nil }
    var text: [UInt8] = []
    var count = 0
    var index = start + 1
    while index < line.count {
      while index < line.count, line[index] <= ASCII.space || line[index] == ASCII.comma {
        index += 1
      }
      guard index < line.count, line[index] == ASCII.quote || line[index] == ASCII.apostrophe else {
        break
      }
      let quote = line[index]
      var close = index + 1
      while close < line.count, line[close] != quote {
        close += line[close] == ASCII.backslash ? 2 : 1
      }
      guard close < line.count else { break }
      var item: [UInt8] = []
      unescape(line.part(index + 1, close), into: &item)
      while item.last == ASCII.lineFeed { item.removeLast() }
      if !text.isEmpty || count > 0 { text.append(ASCII.lineFeed) }
      text += item
      count += 1
      index = close + 1
    }
    return count >= fewest ? text : nil
  }

  // MARK: - Escapes

  /// How often the line was escaped, by the backslashes of the `n` before its marks; nil where it was not.
  private static func escapes(before marks: [Mark], in line: Bytes) -> Int? {
    for mark in marks.dropFirst() {
      var index = colorless(line, before: mark.start)
      guard index > 1, line[index - 1] == UInt8(ascii: "n") else { continue }
      index -= 1
      var count = 0
      while index > 0, line[index - 1] == ASCII.backslash {
        count += 1
        index -= 1
      }
      if count > 0 { return count.bitWidth - count.leadingZeroBitCount }
    }
    return nil
  }

  /// The index at which the colour before a mark begins, spelled out or without its escape.
  private static func colorless(_ line: Bytes, before end: Int) -> Int {
    let start = Mark.withoutColor(line, before: end)
    for word: StaticString in ["\\u001b", "\\u001B", "\\x1b", "\\x1B", "\\033", "\\e"] {
      let length = word.utf8CodeUnitCount
      guard line.has(word, at: start - length) else { continue }
      var index = start - length
      // An escaped backslash is two of them.
      while index > 0, line[index - 1] == ASCII.backslash { index -= 1 }
      return index
    }
    return start
  }

  /// Where the next text with escaped line feeds is: between its quotation marks, or to the end of the line.
  private static func escaped(_ line: Bytes, from start: Int, _ marks: [Mark]) -> Range<Int>? {
    guard let feed = line.firstIndex(of: "\\n", from: start),
      let last = marks.last, feed < last.start
    else { return nil }
    var quote: Int?
    var index = feed
    while index > start {
      index -= 1
      let byte = line[index]
      guard byte == ASCII.quote || byte == ASCII.apostrophe,
        index == 0 || line[index - 1] != ASCII.backslash,
        // An apostrophe inside a word closes and opens nothing.
        byte == ASCII.quote || index == 0 || !ASCII.isLetter(line[index - 1])
          || line[index - 1] | 0x20 == 0x62
      else { continue }
      quote = index
      break
    }
    guard let quote else {
      let first = marks.first { $0.start >= start }?.start ?? feed
      return beginning(line, from: start, before: min(first, feed))..<line.count
    }
    index = quote + 1
    while index < line.count {
      if line[index] == ASCII.backslash {
        index += 2
        continue
      }
      if line[index] == line[quote] { break }
      index += 1
    }
    return quote + 1..<min(index, line.count)
  }

  /// Where the first line of a log begins behind what a program put before it.
  private static func beginning(_ line: Bytes, from start: Int, before end: Int) -> Int {
    for word: StaticString in ["# ---", "# Docker", "Initializing "] {
      if let index = line.firstIndex(of: word, from: start), index < end { return index }
    }
    return colorless(line, before: end)
  }

  private static func unescaped(_ text: Bytes, times: Int) -> [UInt8] {
    var text = Array(text)
    for _ in 0..<times {
      var next: [UInt8] = []
      text.withUnsafeBufferPointer { unescape($0, into: &next) }
      text = next
    }
    return text
  }

  /// Undoes the escapes of JSON, and those of other languages.
  private static func unescape(_ text: Bytes, into output: inout [UInt8]) {
    var index = 0
    while index < text.count {
      guard text[index] == ASCII.backslash, index + 1 < text.count else {
        output.append(text[index])
        index += 1
        continue
      }
      switch text[index + 1] {
      case UInt8(ascii: "e"): output.append(ASCII.escape)
      case UInt8(ascii: "x") where text.has("\\x1b", at: index) || text.has("\\x1B", at: index):
        output.append(ASCII.escape)
        index += 2
      case UInt8(ascii: "0") where text.has("\\033", at: index):
        output.append(ASCII.escape)
        index += 2
      case UInt8(ascii: "r"): break
      default:
        LineCleaner.unescapeJSON(
          text.part(index, index + escapeLength(text, at: index)), into: &output)
        index += escapeLength(text, at: index) - 2
      }
      index += 2
    }
  }

  private static func escapeLength(_ text: Bytes, at index: Int) -> Int {
    guard text[index + 1] == UInt8(ascii: "u") else { return 2 }
    return 2 + (LineCleaner.scalar(text, at: index + 2)?.1 ?? 0)
  }

  // MARK: - Breaks

  /// The line with a line feed before each mark, heading and total, and in place of each tag that ends a line.
  private static func broken(_ line: Bytes, _ marks: [Mark]) -> [UInt8] {
    let starts = Set(marks.map { Mark.withoutColor(line, before: $0.start) })
    let words: [StaticString] = [
      "== Remediations", "== Summary", "Initializing ", "Section A - ", "Section B - ",
      "Section C - ", "# ---", "# Docker",
    ]
    var text: [UInt8] = []
    var index = 0
    while index < line.count {
      if let end = Markup.endOfBreak(line, at: index) {
        text.append(ASCII.lineFeed)
        index = end
        continue
      }
      if line.has("\u{2028}", at: index) {
        text.append(ASCII.lineFeed)
        index += 3
        continue
      }
      if starts.contains(index) || words.contains(where: { line.has($0, at: index) })
        || isCount(line, at: index)
      {
        while text.last == ASCII.space { text.removeLast() }
        if let last = text.last, last != ASCII.lineFeed { text.append(ASCII.lineFeed) }
      }
      text.append(line[index])
      index += 1
    }
    return text
  }

  /// Whether `10 checks PASS` begins here.
  private static func isCount(_ line: Bytes, at index: Int) -> Bool {
    guard ASCII.isDigit(line[index]), index == 0 || line[index - 1] <= ASCII.space else {
      return false
    }
    var end = index
    while end < line.count, ASCII.isDigit(line[end]) { end += 1 }
    return line.has(" checks ", at: end)
  }
}
