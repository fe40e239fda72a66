/// What word processors, wikis and web pages make of characters, and what they stand for.
enum Markup {
  /// Reads what begins at an index.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - index: The index.
  ///   - output: Gets what it stands for, which may be nothing.
  /// - Returns: The index after it; nil where nothing of the kind begins.
  static func read(_ line: Bytes, at index: Int, into output: inout [UInt8]) -> Int? {
    switch line[index] {
    case 0xC2, 0xE2, 0xE3, 0xEF: typography(line, at: index, into: &output)
    case UInt8(ascii: "&"): entity(line, at: index, into: &output)
    case UInt8(ascii: "<"): endOfTag(line, at: index)
    case ASCII.openBrace: endOfMacro(line, at: index)
    default: nil
    }
  }

  // MARK: - Typography

  /// Reads a blank, dash or quotation mark that a word processor put in place of the ASCII one.
  private static func typography(
    _ line: Bytes, at index: Int, into output: inout [UInt8]
  ) -> Int? {
    let second = index + 1 < line.count ? line[index + 1] : 0
    if line[index] == 0xC2 {
      switch second {
      case 0xA0: output.append(ASCII.space)
      case 0xAD: break
      default: return nil
      }
      return index + 2
    }
    let third = index + 2 < line.count ? line[index + 2] : 0
    switch (line[index], second, third) {
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      output.append(ASCII.space)
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): break
    case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): output.append(ASCII.dash)
    case (0xE2, 0x80, 0xA8...0xA9): output.append(ASCII.space)
    case (0xE2, 0x94...0x95, 0x80...0xBF):
      output.append(isUpright(second, third) ? ASCII.pipe : ASCII.dash)
    case (0xEF, 0xBC, 0xBB): output.append(ASCII.openBracket)
    case (0xEF, 0xBC, 0xBD): output.append(ASCII.closeBracket)
    case (0xE2, 0x80, 0x98...0x9B): output.append(UInt8(ascii: "'"))
    case (0xE2, 0x80, 0x9C...0x9F): output.append(ASCII.quote)
    default: return nil
    }
    return index + 3
  }

  /// Whether a character of the drawings of tables is a line from top to bottom.
  private static func isUpright(_ second: UInt8, _ third: UInt8) -> Bool {
    second == 0x94 ? third == 0x82 || third == 0x83 : third == 0x91
  }

  // MARK: - HTML

  private static let entities: [(name: StaticString, text: StaticString)] = [
    ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'"), ("nbsp;", " "),
    ("ndash;", "-"), ("mdash;", "-"), ("lsquo;", "'"), ("rsquo;", "'"), ("ldquo;", "\""),
    ("rdquo;", "\""), ("lbrack;", "["), ("rbrack;", "]"), ("lsqb;", "["), ("rsqb;", "]"),
    ("lpar;", "("), ("rpar;", ")"), ("colon;", ":"), ("comma;", ","), ("sol;", "/"),
    ("lowbar;", "_"), ("hyphen;", "-"), ("Tab;", " "),
  ]

  /// Reads `&#39;`, `&#x27;` or a named entity, also where its ampersand was one itself: `&amp;#39;`.
  private static func entity(_ line: Bytes, at index: Int, into output: inout [UInt8]) -> Int? {
    if line.has("&amp;", at: index) {
      var inner: [UInt8] = []
      let start = index + 4
      if start + 1 < line.count, line[start + 1] != UInt8(ascii: "&"),
        let end = plainEntity(line, from: start + 1, into: &inner)
      {
        output += inner
        return end
      }
    }
    return plainEntity(line, from: index + 1, into: &output)
  }

  private static func plainEntity(
    _ line: Bytes, from start: Int, into output: inout [UInt8]
  ) -> Int? {
    if start < line.count, line[start] == ASCII.hash {
      return number(line, from: start + 1, into: &output)
    }
    for (name, text) in entities where line.has(name, at: start) {
      output.append(
        contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
      return start + name.utf8CodeUnitCount
    }
    return nil
  }

  private static func number(_ line: Bytes, from start: Int, into output: inout [UInt8]) -> Int? {
    var index = start
    let isHex = index < line.count && line[index] | 0x20 == UInt8(ascii: "x")
    if isHex { index += 1 }
    var value: UInt32 = 0
    let first = index
    while index < line.count, index - first < 7 {
      let byte = line[index]
      if ASCII.isDigit(byte) {
        value = value &* (isHex ? 16 : 10) &+ UInt32(byte &- 0x30)
      } else if isHex, (0x61...0x66).contains(byte | 0x20) {
        value = value &* 16 &+ UInt32((byte | 0x20) &- 0x57)
      } else {
        break
      }
      index += 1
    }
    guard index > first, index < line.count, line[index] == ASCII.semicolon,
      let scalar = Unicode.Scalar(value)
    else { return nil }
    // A line's end or an escape, which the line does not have elsewhere, is none here either.
    if value >= 0x20, value != 0x7F {
      let text = Array(String(Character(scalar)).utf8)
      let isRead = text.withUnsafeBufferPointer {
        value < 0x80 ? nil : typography($0, at: 0, into: &output)
      }
      if isRead == nil { output += text }
    }
    return index + 1
  }

  /// The elements that pages put around logs; `<none>`, which Docker prints, is none.
  private static let elements: Set<String> = [
    "a", "article", "b", "blockquote", "body", "br", "code", "dd", "del", "details", "div", "dl",
    "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "i", "ins", "kbd",
    "label", "li", "link", "main", "mark", "meta", "ol", "p", "pre", "s", "samp", "section",
    "small", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "th",
    "thead", "title", "tr", "tt", "u", "ul", "var",
  ]
  /// Those that end a line.
  private static let breaks: Set<String> = ["br", "p", "li", "tr", "div", "pre", "hr", "dd"]
  /// No tag is longer.
  private static let longestTag = 2_048

  private static func endOfTag(_ line: Bytes, at index: Int) -> Int? {
    tag(line, at: index)?.end
  }

  /// Reads the tag of an element that pages put around logs.
  ///
  /// - Returns: The element, and the index after the tag.
  private static func tag(_ line: Bytes, at index: Int) -> (element: String, end: Int)? {
    var start = index + 1
    if start < line.count, line[start] == UInt8(ascii: "/") { start += 1 }
    var end = start
    while end < line.count, end - start < 11, ASCII.isLetter(line[end]) || ASCII.isDigit(line[end])
    {
      end += 1
    }
    guard end > start, end < line.count,
      line[end] <= ASCII.space || line[end] == UInt8(ascii: "/") || line[end] == UInt8(ascii: ">")
    else { return nil }
    let element = String(decoding: line.part(start, end), as: UTF8.self).lowercased()
    guard elements.contains(element) else { return nil }
    while end < line.count, end - start < longestTag, line[end] != UInt8(ascii: ">") { end += 1 }
    return end < line.count && line[end] == UInt8(ascii: ">") ? (element, end + 1) : nil
  }

  /// The index after a tag that ends a line, such as `<br>` or `</li>`; nil where none begins.
  static func endOfBreak(_ line: Bytes, at index: Int) -> Int? {
    guard line[index] == UInt8(ascii: "<"), let tag = tag(line, at: index),
      breaks.contains(tag.element)
    else { return nil }
    return tag.end
  }

  // MARK: - Wikis

  private static let macros: [StaticString] = [
    "{color", "{code", "{noformat", "{quote", "{panel",
  ]

  /// The index after `{color:red}`, `{code}` and others of Confluence and Jira.
  private static func endOfMacro(_ line: Bytes, at index: Int) -> Int? {
    guard let name = macros.first(where: { line.has($0, at: index) }) else { return nil }
    var end = index + name.utf8CodeUnitCount
    guard end < line.count, line[end] == ASCII.closeBrace || line[end] == ASCII.colon else {
      return nil
    }
    while end < line.count, end - index < 200, line[end] != ASCII.closeBrace { end += 1 }
    return end < line.count && line[end] == ASCII.closeBrace ? end + 1 : nil
  }
}
