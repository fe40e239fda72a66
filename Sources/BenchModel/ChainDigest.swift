/// A whole SHA-256, which people keep to prove later what a database had.
package struct ChainDigest: Hashable, Sendable {
  package static let size = 32
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Takes the bytes of a digest; nil unless there are 32.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 hexadecimal digits.
  package init?(hexadecimal text: String) {
    let digits = text.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46: byte - 0x37
      case 0x61...0x66: byte - 0x57
      default: nil
      }
    }
    guard digits.count == 2 * Self.size, text.utf8.count == digits.count else { return nil }
    bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The digest that the first entry names: 32 zeros.
  package static let none = ChainDigest(zeros: size)

  private init(zeros count: Int) { bytes = Array(repeating: 0, count: count) }

  /// The digest as 64 hexadecimal digits.
  package var hexadecimal: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
