import BenchModel
import BenchReports

/// A text as bytes, to which more is appended, with gaps that each host fills.
///
/// An export of a large fleet has millions of small texts: each is looked through eight bytes at a time, and copied
/// once.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []
  /// The gaps, in their order, each with the number of the bytes before it.
  private(set) var gaps: [(offset: Int, gap: Gap)] = []

  /// Whether there is nothing.
  var isEmpty: Bool { bytes.isEmpty && gaps.isEmpty }

  /// The text, without what is in its gaps.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends what needs no escaping.
  @inline(__always)
  mutating func append(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends what is escaped already, with its gaps.
  mutating func append(_ other: TextBuffer) {
    for (offset, gap) in other.gaps { gaps.append((bytes.count + offset, gap)) }
    bytes.append(contentsOf: other.bytes)
  }

  /// Appends a gap.
  mutating func append(_ gap: Gap) { gaps.append((bytes.count, gap)) }

  /// Appends what needs no escaping.
  mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a number.
  mutating func append(_ number: some FixedWidthInteger) {
    if let small = UInt8(exactly: number), small < 10 {
      bytes.append(0x30 + small)
    } else {
      append(raw: String(number))
    }
  }

}

// MARK: - JSON

extension TextBuffer {
  /// Appends a string of JSON with its quotes.
  mutating func append(quoted text: String) {
    bytes.append(0x22)
    append(inside: text)
    bytes.append(0x22)
  }

  /// Appends a text that stands inside a string of JSON.
  mutating func append(inside text: String) {
    var text = text
    text.withUTF8 { append(inside: $0) }
  }

  private mutating func append(inside text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < text.count {
      let end = Self.endOfPlain(text, from: start)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { return }
      start = end + 1
      switch text[end] {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x09: append("\\t")
      case 0x0D: append("\\r")
      case 0x80...:
        while start < text.count, text[start] >= 0x80 { start += 1 }
        let rest = UnsafeBufferPointer(rebasing: text[end..<start])
        for scalar in String(decoding: rest, as: UTF8.self).unicodeScalars {
          append(raw: scalar.isUnsafe ? scalar.jsonEscape : String(scalar))
        }
      // A page that has the document in a script element must not end there.
      default: append(raw: Unicode.Scalar(text[end]).jsonEscape)
      }
    }
  }

  /// The index of the next byte that does not stand for itself: of a control character, of `"`, `\` or `<`, or of a
  /// character that is not ASCII.
  private static func endOfPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    var index = start
    while index + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      // A top bit where a byte is one of these; above the lowest one it may be wrong.
      let found =
        (word | zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x3C)
          | zeros(word ^ ones &* 0x7F) | ((word &- ones &* 0x20) & ~word)) & tops
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < raw.count {
      switch raw[index] {
      case 0x22, 0x3C, 0x5C, 0x7F..., ..<0x20: return index
      default: index += 1
      }
    }
    return index
  }
}
