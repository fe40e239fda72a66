/// Turns the bytes of a log to UTF-8: drops a byte order mark and converts UTF-16.
///
/// PowerShell's `>` writes UTF-16. A log without a mark counts as UTF-16 if its first four bytes are
/// two ASCII characters in that encoding.
struct TextDecoding {
  private enum Encoding {
    case utf8
    case utf16(bigEndian: Bool)
  }

  private var encoding: Encoding?
  private var head: [UInt8] = []
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?
  private var output: [UInt8] = []

  /// Decodes the next bytes and hands the result on; bytes of UTF-8 are handed on uncopied.
  mutating func decode(_ chunk: Bytes, _ body: (Bytes) -> Void) {
    if let encoding {
      pass(chunk, encoding, body)
      return
    }
    head.append(contentsOf: chunk)
    if head.count >= 4 { begin(body) }
  }

  /// Ends the text.
  mutating func finish(_ body: (Bytes) -> Void) {
    if encoding == nil { begin(body) }
  }

  private mutating func begin(_ body: (Bytes) -> Void) {
    let bytes = head
    head = []
    var skip = 0
    let encoding: Encoding
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      (encoding, skip) = (.utf8, 3)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      (encoding, skip) = (.utf16(bigEndian: false), 2)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      (encoding, skip) = (.utf16(bigEndian: true), 2)
    } else if bytes.count >= 4, bytes[1] == 0, bytes[3] == 0, bytes[0] != 0, bytes[2] != 0 {
      encoding = .utf16(bigEndian: false)
    } else if bytes.count >= 4, bytes[0] == 0, bytes[2] == 0, bytes[1] != 0, bytes[3] != 0 {
      encoding = .utf16(bigEndian: true)
    } else {
      encoding = .utf8
    }
    self.encoding = encoding
    bytes.withUnsafeBufferPointer { pass($0.part(skip, bytes.count), encoding, body) }
  }

  private mutating func pass(_ chunk: Bytes, _ encoding: Encoding, _ body: (Bytes) -> Void) {
    guard case .utf16(let bigEndian) = encoding else {
      body(chunk)
      return
    }
    output.removeAll(keepingCapacity: true)
    for byte in chunk {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      append(bigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first))
    }
    output.withUnsafeBufferPointer(body)
  }

  private mutating func append(_ unit: UInt16) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        append(scalar: 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
        return
      }
      append(scalar: 0xFFFD)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else {
      append(scalar: UInt32(unit))
    }
  }

  private mutating func append(scalar value: UInt32) {
    if value < 0x80 {
      output.append(UInt8(value))
    } else {
      output.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }
  }
}
