/// A line that stands whole in quotation marks, as programs print the items of a list or the cells of a table.
struct QuotedLine {
  /// What stands before the quotation marks and is part of the line: the cells of CSV.
  var before: Bytes
  /// The text between them, with its escapes.
  var inner: Bytes
  var quote: UInt8

  /// Reads a line; nil for one of another shape.
  ///
  /// Behind the closing mark may stand a comma or a semicolon. Before the opening one stand blanks, the bullet of a list
  /// or, of CSV, other cells; anything else shows that the quotation marks are of the line itself.
  init?(_ line: Bytes) {
    var body = line.trimmed()
    while let last = body.last, last == ASCII.comma || last == ASCII.semicolon {
      body = body.part(0, body.count - 1).trimmed()
    }
    guard body.count >= 2, let quote = body.last,
      quote == ASCII.quote || quote == ASCII.apostrophe || quote == ASCII.backtick,
      let first = body.firstIndex(of: quote), first < body.count - 1
    else { return nil }
    let before = body.part(0, first)
    let inner = body.part(first + 1, body.count - 1)
    guard Mark(in: before) == nil else { return nil }
    // Of inline code the mark alone may be one, and something else at the end of the line.
    if quote == ASCII.backtick, inner.contains(quote) { return nil }
    let isItem = Self.isBullet(before)
    guard isItem || (quote == ASCII.quote && Self.endsInCell(before)) else { return nil }
    self.before = isItem ? Bytes(start: nil, count: 0) : before
    self.inner = inner
    self.quote = quote
  }

  /// Appends the text without its escapes.
  func text(into output: inout [UInt8]) {
    if quote == ASCII.quote, inner.hasByte(ASCII.backslash) {
      return LineCleaner.unescapeJSON(inner, into: &output)
    }
    var index = 0
    while index < inner.count {
      let byte = inner[index]
      let next = index + 1 < inner.count ? inner[index + 1] : 0
      // CSV and YAML double it; Python has a backslash before it.
      let isPair = next == quote && (byte == quote || byte == ASCII.backslash)
      output.append(isPair ? quote : byte)
      index += isPair ? 2 : 1
    }
  }

  /// Whether a text is nothing but the bullet of a list: `-`, `*`, `+`, `1.` or `1)`, or nothing.
  private static func isBullet(_ text: Bytes) -> Bool {
    let text = text.trimmed()
    guard let last = text.last else { return true }
    if text.count == 1 {
      return last == ASCII.dash || last == ASCII.asterisk || last == UInt8(ascii: "+")
        || last == ASCII.openBracket
    }
    return (last == ASCII.dot || last == UInt8(ascii: ")"))
      && text.dropLast().allSatisfy(ASCII.isDigit)
  }

  /// Whether a text ends between two cells of CSV.
  private static func endsInCell(_ text: Bytes) -> Bool {
    guard let last = text.last else { return false }
    return last == ASCII.comma || last == ASCII.semicolon || last == ASCII.tab
  }
}
