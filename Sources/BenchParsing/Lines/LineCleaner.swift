/// Takes from a line what a terminal, a logger, a capture or a page put into it.
///
/// - Escape sequences are dropped, also where they were spelled out: `#033[` (rsyslog), `^[[`
///   (`cat -v`), `\u001b[` (JSON), `\x1b[`, `\033[` and `\e[`.
/// - A line that stands in quotation marks loses them and its escapes; see ``QuotedLine``.
/// - Blanks, dashes and quotation marks of a word processor become those of ASCII, entities what they stand for, and tags
///   nothing; see ``Markup``.
/// - What a capture put around the mark, the id and the title is taken off on both sides; see ``MarkedLine``.
/// - Other control characters become what they were made from. The tool prints with `printf %b`,
///   so the user `CORP\alice` comes out with a BEL: it is turned back into `\a`, which is also what
///   the tool's JSON has.
struct LineCleaner {
  private(set) var bytes: [UInt8] = []
  /// Whether the line has Markdown's escapes, as in `\[FAIL\]`.
  private var hasEscapes = false

  /// Cleans a line into ``bytes``.
  mutating func clean(_ line: Bytes) {
    bytes.removeAll(keepingCapacity: true)
    // A program that colours whole lines of others puts the sequences outside the quotation marks.
    let line = Self.withoutSequences(line)
    if let quoted = QuotedLine(line) {
      copy(quoted.before)
      var text: [UInt8] = []
      quoted.text(into: &text)
      text.withUnsafeBufferPointer { copy($0) }
    } else {
      copy(line)
    }
    while bytes.last == ASCII.space { bytes.removeLast() }
    // A carriage return as `cat -v` shows it.
    while bytes.count > 1, bytes.last == 0x4D, bytes[bytes.count - 2] == ASCII.caret {
      bytes.removeLast(2)
    }
    MarkedLine.tidy(&bytes)
  }

  /// A line without the blanks and sequences at both its ends; with its blanks where there are no sequences.
  private static func withoutSequences(_ line: Bytes) -> Bytes {
    var rest = line.trimmed()
    var hasAny = false
    while rest.first == ASCII.escape, rest.count > 2, rest[1] == ASCII.openBracket,
      let end = endOfControl(rest, from: 2)
    {
      rest = rest.part(end, rest.count).trimmed()
      hasAny = true
    }
    while let last = rest.last, last == 0x6D || last == 0x4B {
      var start = rest.count - 2
      while start > 1, ASCII.isDigit(rest[start]) || rest[start] == ASCII.semicolon { start -= 1 }
      guard start > 0, rest[start] == ASCII.openBracket, rest[start - 1] == ASCII.escape else {
        break
      }
      rest = rest.part(0, start - 1).trimmed()
      hasAny = true
    }
    return hasAny && QuotedLine(rest) != nil ? rest : line
  }

  private mutating func copy(_ line: Bytes) {
    hasEscapes = line.firstIndex(of: "\\[").map { line.has("\\]", at: $0 + 6) } ?? false
    var index = 0
    while index < line.count {
      let byte = line[index]
      switch byte {
      case ASCII.escape:
        index = Self.endOfSequence(line, from: index + 1)
        continue
      case ASCII.hash where line.has("#033[", at: index):
        if let end = Self.endOfControl(line, from: index + 5) {
          index = end
          continue
        }
      case ASCII.caret where line.has("^[[", at: index):
        if let end = Self.endOfControl(line, from: index + 3) {
          index = end
          continue
        }
      case ASCII.backslash:
        if let start = Self.spelledEscape(line, at: index),
          let end = Self.endOfControl(line, from: start)
        {
          index = end
          continue
        }
        if hasEscapes, index + 1 < line.count, Self.isPunctuation(line[index + 1]) {
          append(line[index + 1])
          index += 2
          continue
        }
      default:
        if let end = Markup.read(line, at: index, into: &bytes) {
          index = end
          continue
        }
      }
      append(byte)
      index += 1
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard byte < ASCII.space || byte == 0x7F else {
      bytes.append(byte)
      return
    }
    switch byte {
    case 0x07: bytes += [ASCII.backslash, UInt8(ascii: "a")]
    case 0x08: bytes += [ASCII.backslash, UInt8(ascii: "b")]
    case 0x09: bytes.append(ASCII.space)
    case 0x0B: bytes += [ASCII.backslash, UInt8(ascii: "v")]
    case 0x0C: bytes += [ASCII.backslash, UInt8(ascii: "f")]
    default: break
    }
  }

  /// The index after an escape sequence whose ESC stands right before a start.
  private static func endOfSequence(_ line: Bytes, from start: Int) -> Int {
    guard start < line.count else { return start }
    switch line[start] {
    case ASCII.openBracket:
      if let end = endOfControl(line, from: start + 1) { return end }
      // A sequence that was cut off: its parameters go, what follows stays.
      var index = start + 1
      while index < line.count, (0x20...0x3F).contains(line[index]) { index += 1 }
      return index
    case ASCII.closeBracket:
      var index = start + 1
      while index < line.count, line[index] != ASCII.bell, line[index] != ASCII.escape {
        index += 1
      }
      return min(index + 1, line.count)
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      return min(start + 2, line.count)
    case 0x37, 0x38, 0x3D, 0x3E, 0x44, 0x45, 0x48, 0x4D, 0x63:
      // Cursor, keypad, line and reset: one more character.
      return start + 1
    default:
      return start
    }
  }

  /// The index after the parameters and the final byte of a control sequence.
  static func endOfControl(_ line: Bytes, from start: Int) -> Int? {
    var index = start
    while index < line.count {
      switch line[index] {
      case 0x20...0x3F: index += 1
      // All that programs print; not `I`, which is the first letter of a run's first line, and may
      // follow a sequence that was cut off.
      case 0x40...0x48, 0x4A...0x7E: return index + 1
      default: return nil
      }
    }
    return nil
  }

  /// The index behind an escape that was spelled out with a bracket: `\u001b[`.
  static func spelledEscape(_ line: Bytes, at index: Int) -> Int? {
    if line.has("\\u001b[", at: index) || line.has("\\u001B[", at: index) { return index + 7 }
    if line.has("\\x1b[", at: index) || line.has("\\x1B[", at: index) { return index + 5 }
    if line.has("\\033[", at: index) { return index + 5 }
    if line.has("\\e[", at: index) { return index + 3 }
    return nil
  }

  /// Whether Markdown puts a backslash before a byte.
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > ASCII.space && byte < 0x7F && !ASCII.isDigit(byte) && !ASCII.isLetter(byte)
  }

  /// Appends the text that a JSON string stands for.
  static func unescapeJSON(_ text: Bytes, into output: inout [UInt8]) {
    var index = 0
    while index < text.count {
      guard text[index] == ASCII.backslash, index + 1 < text.count else {
        let start = index
        index += 1
        while index < text.count, text[index] != ASCII.backslash { index += 1 }
        output.append(contentsOf: text.part(start, index))
        continue
      }
      switch text[index + 1] {
      case UInt8(ascii: "n"): output.append(ASCII.lineFeed)
      case UInt8(ascii: "r"): output.append(ASCII.carriageReturn)
      case UInt8(ascii: "t"): output.append(ASCII.tab)
      case UInt8(ascii: "b"): output.append(ASCII.backspace)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "u"):
        if let (scalar, length) = scalar(text, at: index + 2) {
          output.append(
            contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
          index += length
        } else {
          output += [ASCII.backslash, UInt8(ascii: "u")]
        }
      default: output.append(text[index + 1])
      }
      index += 2
    }
  }

  /// The scalar that the digits behind `\u` name, and how many bytes they take.
  ///
  /// Four, or ten where a pair of surrogates names it, `\ud83d\ude00`. A surrogate alone and broken digits give nil.
  static func scalar(_ text: Bytes, at index: Int) -> (Unicode.Scalar, Int)? {
    guard let unit = codeUnit(text, at: index) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (scalar, 4) }
    guard unit < 0xDC00, text.has("\\u", at: index + 4),
      let low = codeUnit(text, at: index + 6), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (scalar, 10)
  }

  private static func codeUnit(_ text: Bytes, at index: Int) -> UInt32? {
    guard index + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text.part(index, index + 4) {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }
}
