/// The first 16 bytes of a SHA-256, by which equal content is known.
///
/// Names in logs are an attacker's to choose, so a weaker hash could be made to take one content for another.
package struct Digest: Hashable, Sendable {
  package let bytes: (UInt64, UInt64)

  /// Takes a digest as it was stored, the first byte first.
  package init(_ first: UInt64, _ second: UInt64) { bytes = (first, second) }

  /// Takes the bytes of a digest; nil unless there are 16.
  package init?(stored: [UInt8]) {
    guard stored.count == 16 else { return nil }
    bytes = stored.withUnsafeBytes {
      (
        $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
  }

  /// Reads 32 hexadecimal digits.
  package init?(hexadecimal text: String) {
    guard text.utf8.count == 32, let first = UInt64(text.prefix(16), radix: 16),
      let second = UInt64(text.suffix(16), radix: 16), text.utf8.first != 0x2B,
      text.utf8.first != 0x2D
    else { return nil }
    self.init(first.bigEndian, second.bigEndian)
  }

  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.bytes == rhs.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes.0) }

  /// The digest as 32 hexadecimal digits.
  package var hexadecimal: String {
    withUnsafeBytes(of: bytes) { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  /// The first 63 bits, as an id that is never negative.
  package var id: Int64 { Int64(bitPattern: bytes.0.bigEndian >> 1) }
}
