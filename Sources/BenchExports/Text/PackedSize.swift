import CZlib

/// Counts the bytes that a text has once gzip compressed it.
///
/// What the compressor holds back is not counted yet: less than a hundred kilobytes.
final class PackedSize {
  /// How many bytes came out so far.
  private(set) var count = 0
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableBufferPointer<UInt8>
  private let isReady: Bool

  /// Begins with no text.
  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(capacity: 1 << 16)
    isReady =
      deflateInit_(stream, 6, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Adds a piece of the text.
  func add(_ piece: UnsafeRawBufferPointer) {
    // Fails only for want of memory: then every byte counts.
    guard isReady else {
      count += piece.count
      return
    }
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: piece.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: piece.count)
    while stream.pointee.avail_in > 0 {
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      guard deflate(stream, Z_NO_FLUSH) == Z_OK else { return }
      count += output.count - Int(stream.pointee.avail_out)
    }
  }
}
