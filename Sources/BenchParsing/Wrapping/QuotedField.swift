/// A text in whose lines the log's stand in quotation marks, amid other fields: `time=… msg="[FAIL] …" host=web-1`.
enum QuotedField {
  private static let longestName = 24

  /// The log without the other fields; nil where its lines have none.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    var counts: [[UInt8]: Int] = [:]
    var (marked, surrounded) = (0, 0)
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        guard let mark = Mark(in: line) else { return }
        marked += 1
        let start = Mark.withoutColor(line, before: mark.start)
        guard start > 0, isQuote(line[start - 1]),
          let end = end(of: line[start - 1], in: line, from: mark.end)
        else { return }
        if line.part(end + 1, line.count).contains(where: { $0 > ASCII.space && $0 != ASCII.comma })
        {
          surrounded += 1
        }
        counts[name(line, before: start - 1), default: 0] += 1
      }
    }
    guard let (name, count) = counts.max(by: { $0.value < $1.value }), marked > 2,
      count * 10 >= marked * 9, surrounded * 2 > marked
    else { return nil }
    var log = WrappedLog()
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        guard let text = text(of: name, in: line) else { return }
        log.add(text, number: lines.number(index), offset: lines.offset(index))
      }
    }
    return [log]
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == ASCII.quote || byte == ASCII.apostrophe
  }

  /// The name of the field that an index stands behind, with what is behind it, as in `msg=` and `"log"=>`: no blank is in
  /// it.
  private static func name(_ line: Bytes, before end: Int) -> [UInt8] {
    var start = end
    while start > 0, end - start < longestName, line[start - 1] > ASCII.space,
      line[start - 1] != ASCII.comma, line[start - 1] != ASCII.openBrace
    {
      start -= 1
    }
    return Array(line.part(start, end))
  }

  /// The text of a field without its escapes; programs take the other quotation marks where one stands in the text.
  private static func text(of name: [UInt8], in line: Bytes) -> [UInt8]? {
    var start = 0
    while start < line.count, let quote = line[start...].firstIndex(where: isQuote) {
      start = quote + 1
      guard line.part(0, quote).suffix(name.count).elementsEqual(name),
        !name.isEmpty || line.part(0, quote).allSatisfy({ $0 <= ASCII.space }),
        let end = end(of: line[quote], in: line, from: start)
      else { continue }
      var text: [UInt8] = []
      LineCleaner.unescapeJSON(line.part(start, end), into: &text)
      while let last = text.last, last == ASCII.lineFeed || last == ASCII.carriageReturn {
        text.removeLast()
      }
      return text
    }
    return nil
  }

  /// The index of the quotation mark that closes a text; an apostrophe inside a word closes nothing.
  private static func end(of quote: UInt8, in line: Bytes, from start: Int) -> Int? {
    var index = start
    while index < line.count {
      if line[index] == ASCII.backslash {
        index += 2
        continue
      }
      if line[index] == quote {
        let next = index + 1 < line.count ? line[index + 1] : ASCII.space
        if quote == ASCII.quote || !(ASCII.isLetter(next) || ASCII.isDigit(next)) { return index }
      }
      index += 1
    }
    return nil
  }
}
