private import CNettle

/// The first 16 bytes of a SHA-256: names are an attacker's to choose, so a weaker hash could be made to
/// take one state for another.
struct Digest: Hashable {
  let bytes: (UInt64, UInt64)

  init(_ content: [UInt8]) {
    var context = sha256_ctx()
    var output = [UInt8](repeating: 0, count: 16)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, content.count, content)
    nettle_sha256_digest(&context, 16, &output)
    bytes = output.withUnsafeBytes {
      (
        $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
  }

  static func == (lhs: Self, rhs: Self) -> Bool { lhs.bytes == rhs.bytes }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes.0) }

  /// The first 63 bits, as an id that is never negative.
  var id: Int64 { Int64(bitPattern: bytes.0.bigEndian >> 1) }
}

/// Collects values to bytes in a form from which each of them could be read again, for a digest.
struct DigestInput {
  private(set) var bytes: [UInt8] = []

  /// Adds a text with its length.
  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 {
      add($0.count)
      bytes.append(contentsOf: $0)
    }
  }

  /// Adds a number.
  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds bytes with their length.
  mutating func add(_ content: [UInt8]) {
    add(content.count)
    bytes.append(contentsOf: content)
  }

  /// Adds another digest.
  mutating func add(_ digest: Digest) {
    withUnsafeBytes(of: digest.bytes.0) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: digest.bytes.1) { bytes.append(contentsOf: $0) }
  }
}
