#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The bytes that logs are read by.
enum ASCII {
  static let bell = UInt8(0x07)
  static let backspace = UInt8(0x08)
  static let tab = UInt8(0x09)
  static let lineFeed = UInt8(0x0A)
  static let carriageReturn = UInt8(0x0D)
  static let escape = UInt8(0x1B)
  static let space = UInt8(0x20)
  static let quote = UInt8(ascii: "\"")
  static let hash = UInt8(ascii: "#")
  static let apostrophe = UInt8(ascii: "'")
  static let backtick = UInt8(ascii: "`")
  static let pipe = UInt8(ascii: "|")
  static let asterisk = UInt8(ascii: "*")
  static let comma = UInt8(ascii: ",")
  static let dash = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let openBracket = UInt8(ascii: "[")
  static let backslash = UInt8(ascii: "\\")
  static let closeBracket = UInt8(ascii: "]")
  static let caret = UInt8(ascii: "^")
  static let underscore = UInt8(ascii: "_")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")

  /// Whether a byte is `0` to `9`.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether a byte is an ASCII letter.
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}

/// The bytes of one line, or of a part of one, owned by somebody else.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// Returns the bytes of a range, which is clamped to what there is.
  @inline(__always)
  func part(_ start: Int, _ end: Int) -> Bytes {
    let start = Swift.min(Swift.max(start, 0), count)
    return Bytes(rebasing: self[start..<Swift.min(Swift.max(end, start), count)])
  }

  /// Returns the bytes of a range, which is clamped to what there is.
  @inline(__always)
  func part(_ range: Range<Int>) -> Bytes { part(range.lowerBound, range.upperBound) }

  /// Whether it is the beginning of a mark: `[W`, `[FAIL`.
  var isHeadOfMark: Bool {
    let words: [StaticString] = ["[WARN]", "[PASS]", "[INFO]", "[NOTE]", "[FAIL]"]
    return (1...5).contains(count)
      && words.contains { word in
        zip(self, UnsafeBufferPointer(start: word.utf8Start, count: 6)).allSatisfy { $0 == $1 }
      }
  }

  /// Whether there is a bracket that opens.
  @inline(__always)
  func hasBracket(from start: Int = 0) -> Bool { hasByte(ASCII.openBracket, from: start) }

  /// Whether there is a byte at or after an index; ``contains`` takes several times as long.
  @inline(__always)
  func hasByte(_ byte: UInt8, from start: Int = 0) -> Bool {
    guard let baseAddress, start < count else { return false }
    return memchr(baseAddress + start, Int32(byte), count - start) != nil
  }

  /// Whether the bytes at an index are those of a literal.
  @inline(__always)
  func has(_ literal: StaticString, at index: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    var offset = 0
    while offset < length {
      if self[index + offset] != literal.utf8Start[offset] { return false }
      offset += 1
    }
    return true
  }

  /// Whether the bytes end in a literal.
  func hasSuffix(_ literal: StaticString) -> Bool {
    has(literal, at: count - literal.utf8CodeUnitCount)
  }

  /// The index of the first occurrence of a literal at or after an index.
  func firstIndex(of literal: StaticString, from start: Int = 0) -> Int? {
    let length = literal.utf8CodeUnitCount
    guard length > 0, count >= length else { return nil }
    guard let baseAddress else { return nil }
    let first = Int32(literal.utf8Start[0])
    var index = Swift.max(start, 0)
    while index <= count - length,
      let found = memchr(baseAddress + index, first, count - length - index + 1)
    {
      index = UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
      if has(literal, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// The bytes without the blanks at both ends.
  func trimmed() -> Bytes {
    var start = 0
    var end = count
    while start < end, self[start] <= ASCII.space { start += 1 }
    while end > start, self[end - 1] <= ASCII.space { end -= 1 }
    return part(start, end)
  }

  /// The whole of the bytes as a decimal number that fits an `Int32`, or nil.
  func number() -> Int? {
    var index = 0
    var isNegative = false
    if index < count, self[index] == ASCII.dash {
      isNegative = true
      index += 1
    }
    guard index < count, count - index <= 9 else { return nil }
    var value = 0
    while index < count {
      guard ASCII.isDigit(self[index]) else { return nil }
      value = value * 10 + Int(self[index] &- 0x30)
      index += 1
    }
    return isNegative ? -value : value
  }
}
