import BenchModel
private import CZstd

/// Packs bytes as Zstandard does (RFC 8878), one frame for each call.
package final class Compression {
  private let context: OpaquePointer?
  /// The fastest of the levels that still find repeated lines.
  private static let level: Int32 = 1

  /// Creates a packer, which is to be used by one thread at a time.
  package init() { context = ZSTD_createCCtx() }

  deinit { ZSTD_freeCCtx(context) }

  /// Packs bytes.
  package func pack(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let most = ZSTD_compressBound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      let size = ZSTD_compressCCtx(
        context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count, Self.level)
      // Fails only for want of memory: the buffer is as large as the result can be.
      count = ZSTD_isError(size) != 0 ? 0 : size
    }
  }

  /// Unpacks bytes.
  ///
  /// - Parameters:
  ///   - packed: What ``pack(_:)`` gave.
  ///   - size: How many bytes it was made of.
  /// - Returns: The bytes; nil for what is damaged, or has another size.
  package static func unpack(_ packed: [UInt8], size: Int) -> [UInt8]? {
    guard (0...Evidence.mostBytes).contains(size) else { return nil }
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let unpacked = packed.withUnsafeBytes {
        ZSTD_decompress(buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
      }
      isWhole = ZSTD_isError(unpacked) == 0 && unpacked == size
      count = isWhole ? size : 0
    }
    return isWhole ? bytes : nil
  }
}
