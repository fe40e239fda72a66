package import BenchModel
private import CNettle

extension Digest {
  /// The digest of bytes.
  package init(of content: UnsafeBufferPointer<UInt8>) {
    var context = sha256_ctx()
    var output: (UInt64, UInt64) = (0, 0)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, content.count, content.baseAddress)
    withUnsafeMutableBytes(of: &output) {
      nettle_sha256_digest(&context, 16, $0.bindMemory(to: UInt8.self).baseAddress)
    }
    self.init(output.0, output.1)
  }

  /// The digest of bytes.
  package init(of content: [UInt8]) {
    self = content.withUnsafeBufferPointer { Digest(of: $0) }
  }
}

/// Collects values to bytes in a form from which each of them could be read again, for a digest.
package struct DigestInput {
  package private(set) var bytes: [UInt8] = []

  /// Creates an empty input.
  package init() {}

  /// Adds a text with its length.
  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 {
      add($0.count)
      bytes.append(contentsOf: $0)
    }
  }

  /// Adds a number.
  package mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds bytes with their length.
  package mutating func add(_ content: [UInt8]) {
    add(content.count)
    bytes.append(contentsOf: content)
  }

  /// Adds another digest.
  package mutating func add(_ digest: Digest) {
    withUnsafeBytes(of: digest.bytes.0) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: digest.bytes.1) { bytes.append(contentsOf: $0) }
  }
}

extension ChainDigest {
  /// The digest of bytes.
  package init(of content: [UInt8]) {
    var context = sha256_ctx()
    var output = [UInt8](repeating: 0, count: Self.size)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, content.count, content)
    nettle_sha256_digest(&context, Self.size, &output)
    self = ChainDigest(output) ?? .none
  }
}
