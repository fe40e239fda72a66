/// Takes off a marked line what a capture put around its mark, its id and its title.
///
/// Quotation marks, inline code and bold type open before the mark and close behind the title, or behind the mark alone. What
/// opens is what closes: a title that ends in a quotation mark of its own keeps it.
enum MarkedLine {
  /// Tidies a line without escape sequences; one without a mark stays as it is.
  static func tidy(_ line: inout [UInt8]) {
    guard line.contains(ASCII.openBracket), let mark = line.withUnsafeBufferPointer(Mark.init(in:))
    else { return }
    // The outermost first.
    let openings = line[..<mark.start].reversed().prefix { closing($0) != nil }
    for opening in openings.reversed() {
      if let closing = closing(opening) { dropLast(closing, &line, from: mark.end) }
    }
    separate(&line, behind: mark)
  }

  /// What closes what a byte opens.
  private static func closing(_ byte: UInt8) -> UInt8? {
    switch byte {
    case ASCII.quote, ASCII.apostrophe, ASCII.backtick, ASCII.asterisk, ASCII.underscore,
      UInt8(ascii: "~"):
      byte
    case UInt8(ascii: "("): UInt8(ascii: ")")
    default: nil
    }
  }

  /// Drops a byte at the end of a line, before a comma or a semicolon too.
  private static func dropLast(_ byte: UInt8, _ line: inout [UInt8], from start: Int) {
    var end = line.count
    while end > start, [ASCII.space, ASCII.comma, ASCII.semicolon].contains(line[end - 1]) {
      end -= 1
    }
    guard end > start, line[end - 1] == byte else { return }
    end -= 1
    while end > start, line[end - 1] == ASCII.space { end -= 1 }
    line.removeLast(line.count - end)
  }

  /// Takes off what stands right behind the mark and right behind the id.
  private static func separate(_ line: inout [UInt8], behind mark: Mark) {
    guard mark.end < line.count else { return }
    var end = mark.end
    while end < line.count, isCloser(line[end]) { end += 1 }
    if end > mark.end { line.removeSubrange(mark.end..<end) }
    var index = mark.end
    while index < line.count, line[index] == ASCII.space { index += 1 }
    let opening = index
    while index < line.count, isEmphasis(line[index]) { index += 1 }
    guard index < line.count, ASCII.isDigit(line[index]) else { return }
    if index > opening {
      line.removeSubrange(opening..<index)
      index = opening
    }
    while index < line.count,
      ASCII.isDigit(line[index]) || line[index] == ASCII.dot || ASCII.isLetter(line[index])
    {
      index += 1
    }
    var start = index
    if line[start - 1] == ASCII.dot { start -= 1 }
    while index < line.count, isCloser(line[index]) || line[index] == UInt8(ascii: ")") {
      index += 1
    }
    if index > start, index == line.count || line[index] == ASCII.space {
      line.removeSubrange(start..<index)
    }
  }

  private static func isEmphasis(_ byte: UInt8) -> Bool {
    byte == ASCII.asterisk || byte == ASCII.backtick || byte == ASCII.underscore
      || byte == UInt8(ascii: "~")
  }

  /// Whether a byte closes what opened before a mark or an id, or separates it from what follows.
  private static func isCloser(_ byte: UInt8) -> Bool {
    isEmphasis(byte) || byte == ASCII.quote || byte == ASCII.apostrophe || byte == ASCII.colon
      || byte == ASCII.comma
  }
}
