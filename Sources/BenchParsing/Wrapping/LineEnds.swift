/// What a capture put behind every line: a backslash, the rest of a quotation, the end of a table's row.
enum LineEnds {
  /// What no title ends in.
  private static let foreign: Set<UInt8> = [
    ASCII.backslash, ASCII.quote, ASCII.comma, ASCII.semicolon, UInt8(ascii: "$"), ASCII.pipe,
    ASCII.backtick, UInt8(ascii: "~"), UInt8(ascii: "^"), ASCII.apostrophe, UInt8(ascii: "+"),
    ASCII.asterisk,
  ]
  /// No capture puts more there.
  private static let longest = 8

  /// Whether a line ends as a title may.
  static func isPlain(_ line: Bytes) -> Bool {
    guard let last = line.trimmed().last else { return true }
    // Titles may end in a quotation mark: "… set to 'info'".
    return last == ASCII.apostrophe || !foreign.contains(last)
  }

  /// The log without what stands behind all its marked lines; nil where nothing does.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    var ends: [[UInt8]] = []
    // Confluence sets a line in a typewriter's letters with `{{` and `}}`.
    var hasBraces = true
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        guard Mark(in: line) != nil, QuotedLine(line) == nil else { return }
        ends.append(Array(line.trimmed().suffix(longest)))
        if !line.trimmed().has("{{", at: 0) { hasBraces = false }
      }
      if ends.count == 400 { break }
    }
    guard ends.count > 1 else { return nil }
    var common: [UInt8] = hasBraces ? Array("}}".utf8) : []
    while common.count < longest {
      let candidates = ends.compactMap { $0.dropLast(common.count).last }
      guard let byte = candidates.first, candidates.count == ends.count,
        foreign.contains(byte) || byte == ASCII.space
          || byte == UInt8(ascii: "n")
            && ends[0].dropLast(common.count + 1).last == ASCII.backslash,
        candidates.count(where: { $0 == byte }) * 20 >= ends.count * 19
      else { break }
      common.insert(byte, at: 0)
    }
    while common.first == ASCII.space { common.removeFirst() }
    guard !common.isEmpty else { return nil }
    var log = WrappedLog()
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        var end = line.count
        while end > 0, line[end - 1] <= ASCII.space { end -= 1 }
        let line = line.part(0, end)
        let hasEnd = line.count >= common.count && line.suffix(common.count).elementsEqual(common)
        let start = hasBraces ? (line.firstIndex(of: "{{") ?? -2) + 2 : 0
        log.add(
          line.part(start, hasEnd ? line.count - common.count : line.count),
          number: lines.number(index), offset: lines.offset(index))
      }
    }
    return [log]
  }
}
