/// A mark, a key or a value of a JSON text, in the order in which they stand.
enum JSONToken: Equatable {
  case openObject
  case closeObject
  case openArray
  case closeArray
  case comma
  /// A string that a colon follows, whose text is handed out with it.
  case key
  /// Any other string, whose text is handed out with it.
  case string
  /// A number, `true`, `false` or `null`, whose text is handed out with it.
  case bare
}

/// Cuts JSON into tokens, and never fails.
///
/// A string is handed out with its escapes as they stand, because what they mean depends on the tool: see
/// ``JSONText``. It ends at its quote, or at the end of the line: the tools write none over two lines. What a
/// string is, a key or a value, shows in what follows it, so it is handed out when that is known.
///
/// Nearly all strings lie whole in the bytes that are read, and are handed out where they lie: most are of keys
/// that nobody asks for, and cost no more than to find their end.
struct JSONScanner {
  private enum State {
    case between
    case string
    case escape
    case bare
    /// Behind a string whose next mark has not come yet.
    case held
  }

  /// The text that could not be handed out where it lies.
  private(set) var text: [UInt8] = []
  private var state = State.between
  /// Strings longer than this are cut: no name or remediation text comes near it.
  static let longest = 1 << 20

  /// Whether a string is open, as at the end of a file that was cut off.
  var isInsideString: Bool { state == .string || state == .escape }

  /// Whether a string ended that was not handed out yet.
  var isHolding: Bool { state == .held }

  /// Reads bytes and hands out the tokens that end in them.
  ///
  /// - Parameters:
  ///   - bytes: The next bytes of the text.
  ///   - handle: Is called with each token and its text, which is valid during the call; returning false stops the
  ///     scan after it.
  /// - Returns: How many bytes were read.
  mutating func read(_ bytes: Bytes, _ handle: (JSONToken, Bytes) -> Bool) -> Int {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .between:
        if byte == ASCII.quote {
          guard let end = Self.endOfString(bytes, from: index + 1) else {
            text.removeAll(keepingCapacity: true)
            state = .string
            index += 1
            continue
          }
          let whole = bytes.part(index + 1, end)
          index = end + 1
          while index < bytes.count, bytes[index] <= ASCII.space { index += 1 }
          guard index < bytes.count, let token = Self.token(before: bytes[index]) else {
            text.removeAll(keepingCapacity: true)
            append(whole)
            state = .held
            continue
          }
          if token == .key { index += 1 }
          if !handle(token, whole) { return index }
        } else if let token = Self.mark(byte) {
          index += 1
          if !handle(token, Bytes(start: nil, count: 0)) { return index }
        } else if Self.isBare(byte) {
          var end = index + 1
          while end < bytes.count, Self.isBare(bytes[end]) { end += 1 }
          let whole = bytes.part(index, min(end, index + Self.longest))
          index = end
          if end == bytes.count {
            text.removeAll(keepingCapacity: true)
            append(whole)
            state = .bare
          } else if !handle(.bare, whole) {
            return index
          }
        } else {
          index += 1
        }
      case .held:
        let isKey = byte == ASCII.colon
        guard isKey || byte == ASCII.quote || Self.mark(byte) != nil || Self.isBare(byte) else {
          index += 1
          continue
        }
        state = .between
        if isKey { index += 1 }
        if !text.withUnsafeBufferPointer({ handle(isKey ? .key : .string, $0) }) { return index }
      case .string:
        let end = Self.endOfPlain(bytes, from: index)
        append(bytes.part(index, end))
        index = end
        guard index < bytes.count else { continue }
        switch bytes[index] {
        case ASCII.quote, ASCII.lineFeed: state = .held
        case ASCII.backslash:
          append(bytes.part(index, index + 1))
          state = .escape
        // No name has a NUL, and SQLite's texts end at one.
        case 0: break
        default: append(bytes.part(index, index + 1))
        }
        index += 1
      case .escape:
        state = .string
        // A name that ends in a backslash, at the end of a line.
        if byte == ASCII.lineFeed { continue }
        if byte != 0 { append(bytes.part(index, index + 1)) }
        index += 1
      case .bare:
        if Self.isBare(byte) {
          append(bytes.part(index, index + 1))
          index += 1
        } else {
          state = .between
          if !text.withUnsafeBufferPointer({ handle(.bare, $0) }) { return index }
        }
      }
    }
    return index
  }

  /// Ends the text, and hands out a string or a bare value that stood at its very end.
  mutating func finish(_ handle: (JSONToken, Bytes) -> Bool) {
    if state == .bare || state == .held {
      let token: JSONToken = state == .bare ? .bare : .string
      _ = text.withUnsafeBufferPointer { handle(token, $0) }
    }
    state = .between
  }

  /// What a string is before one of the bytes that nearly always follow one; nil before any other.
  @inline(__always)
  private static func token(before byte: UInt8) -> JSONToken? {
    switch byte {
    case ASCII.colon: .key
    case ASCII.comma, ASCII.closeBrace, ASCII.closeBracket: .string
    default: nil
    }
  }

  @inline(__always)
  private static func mark(_ byte: UInt8) -> JSONToken? {
    switch byte {
    case ASCII.openBrace: .openObject
    case ASCII.closeBrace: .closeObject
    case ASCII.openBracket: .openArray
    case ASCII.closeBracket: .closeArray
    case ASCII.comma: .comma
    default: nil
    }
  }

  /// The index of the quote or line feed that ends a string; nil where the bytes end before, or where the text is
  /// not to be handed out as it lies.
  @inline(__always)
  private static func endOfString(_ bytes: Bytes, from start: Int) -> Int? {
    var index = start
    while true {
      index = endOfPlain(bytes, from: index)
      guard index < bytes.count, index - start <= longest else { return nil }
      switch bytes[index] {
      case ASCII.quote, ASCII.lineFeed: return index
      case ASCII.backslash:
        guard index + 1 < bytes.count, bytes[index + 1] != 0 else { return nil }
        index += bytes[index + 1] == ASCII.lineFeed ? 1 : 2
      case 0: return nil
      default: index += 1
      }
    }
  }

  /// The index of the next quote, backslash or control character, eight bytes at a time.
  @inline(__always)
  private static func endOfPlain(_ bytes: Bytes, from start: Int) -> Int {
    var index = start
    if let base = bytes.baseAddress {
      let raw = UnsafeRawPointer(base)
      let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
      while index + 8 <= bytes.count {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let quotes = word ^ (ones &* UInt64(ASCII.quote))
        let escapes = word ^ (ones &* UInt64(ASCII.backslash))
        // A top bit where a byte is zero, or below a blank; above the lowest one it may be wrong.
        let found =
          ((quotes &- ones) & ~quotes | (escapes &- ones) & ~escapes
            | (word &- ones &* UInt64(ASCII.space)) & ~word) & tops
        if found != 0 { return index + found.trailingZeroBitCount / 8 }
        index += 8
      }
    }
    while index < bytes.count, bytes[index] >= ASCII.space, bytes[index] != ASCII.quote,
      bytes[index] != ASCII.backslash
    {
      index += 1
    }
    return index
  }

  private mutating func append(_ plain: Bytes) {
    text.append(contentsOf: plain.prefix(max(Self.longest - text.count, 0)))
  }

  @inline(__always)
  private static func isBare(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || ASCII.isLetter(byte) || byte == ASCII.dash || byte == ASCII.dot
      || byte == 0x2B
  }
}
