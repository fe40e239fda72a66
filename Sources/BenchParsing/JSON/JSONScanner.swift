/// A mark or a value of a JSON text, in the order in which they stand.
enum JSONToken: Equatable {
  case openObject
  case closeObject
  case openArray
  case closeArray
  case colon
  case comma
  /// A string, whose text is handed out with it.
  case string
  /// A number, `true`, `false` or `null`, whose text is handed out with it.
  case bare
}

/// Cuts JSON into tokens byte by byte, and never fails.
///
/// A string is handed out with its escapes as they stand, because what they mean depends on the tool: see
/// ``JSONText``. It ends at its quote, or at the end of the line: the tools write none over two lines.
struct JSONScanner {
  private enum State {
    case between
    case string
    case escape
    case bare
  }

  /// The text of the token that was handed out last.
  private(set) var text: [UInt8] = []
  private var state = State.between
  /// Strings longer than this are cut: no name or remediation text comes near it.
  private static let longest = 1 << 20

  /// Whether a string is open, as at the end of a file that was cut off.
  var isInsideString: Bool { state == .string || state == .escape }

  /// Reads bytes and hands out the tokens that end in them.
  ///
  /// - Parameters:
  ///   - bytes: The next bytes of the text.
  ///   - handle: Is called with each token; returning false stops the scan after it.
  /// - Returns: How many bytes were read.
  mutating func read(_ bytes: Bytes, _ handle: (JSONToken, [UInt8]) -> Bool) -> Int {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .string:
        let end = Self.endOfPlain(bytes, from: index)
        if end > index {
          append(bytes.part(index, end))
          index = end
          continue
        }
        if byte == ASCII.quote {
          state = .between
          index += 1
          if !handle(.string, text) { return index }
          continue
        }
        if byte == ASCII.lineFeed {
          state = .between
          if !handle(.string, text) { return index + 1 }
        } else {
          if byte == ASCII.backslash { state = .escape }
          append(byte)
        }
        index += 1
      case .escape:
        state = .string
        // A name that ends in a backslash, at the end of a line.
        if byte == ASCII.lineFeed { continue }
        append(byte)
        index += 1
      case .bare:
        if Self.isBare(byte) {
          append(byte)
          index += 1
        } else {
          state = .between
          if !handle(.bare, text) { return index }
        }
      case .between:
        index += 1
        guard let token = begin(byte) else { continue }
        if !handle(token, text) { return index }
      }
    }
    return index
  }

  /// Ends the text, and hands out a bare value that stood at its very end.
  mutating func finish(_ handle: (JSONToken, [UInt8]) -> Bool) {
    if state == .bare { _ = handle(.bare, text) }
    state = .between
  }

  private mutating func begin(_ byte: UInt8) -> JSONToken? {
    switch byte {
    case ASCII.openBrace: return .openObject
    case ASCII.closeBrace: return .closeObject
    case ASCII.openBracket: return .openArray
    case ASCII.closeBracket: return .closeArray
    case ASCII.colon: return .colon
    case ASCII.comma: return .comma
    case ASCII.quote:
      text.removeAll(keepingCapacity: true)
      state = .string
    default:
      if Self.isBare(byte) {
        text.removeAll(keepingCapacity: true)
        append(byte)
        state = .bare
      }
    }
    return nil
  }

  /// The index of the next byte that ends a string or means more than itself.
  private static func endOfPlain(_ bytes: Bytes, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == ASCII.quote || byte == ASCII.backslash || byte == ASCII.lineFeed || byte == 0 {
        break
      }
      index += 1
    }
    return index
  }

  private mutating func append(_ plain: Bytes) {
    text.append(contentsOf: plain.prefix(max(Self.longest - text.count, 0)))
  }

  private mutating func append(_ byte: UInt8) {
    // No name has a NUL, and SQLite's texts end at one.
    if byte != 0, text.count < Self.longest { text.append(byte) }
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || ASCII.isLetter(byte) || byte == ASCII.dash || byte == ASCII.dot
      || byte == 0x2B
  }
}
