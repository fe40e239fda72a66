private import CZlib
package import BenchModel

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// A file, or standard input, whose bytes are handed out a piece at a time, unzipped if need be.
package struct LogFile {
  /// Why a file could not be read.
  package struct Unreadable: Error, Hashable, Sendable {
    package var path: String
    /// The number of the system's error, `errno`.
    package var code: Int32
  }

  /// The path; `-` is standard input.
  package let path: String

  private static let chunkSize = 1 << 20

  /// Creates a file from its path.
  package init(path: String) { self.path = path }

  /// Whether there is a file at a path.
  package static func exists(_ path: String) -> Bool {
    NameBytes.withCString(path) { access($0, F_OK) } == 0
  }

  /// Reads the file to its end, in pieces of at most a megabyte.
  ///
  /// Files that gzip wrote are unzipped, also where several were put one after the other. One that
  /// is damaged or ends early is read as far as it goes.
  ///
  /// - Parameter body: Is called with each piece.
  /// - Returns: What was noticed.
  /// - Throws: ``Unreadable``, or what the closure throws.
  @discardableResult
  package func read(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> [Diagnostic] {
    let descriptor = path == "-" ? 0 : NameBytes.withCString(path) { open($0, O_RDONLY) } ?? -1
    guard descriptor >= 0 else { throw Unreadable(path: path, code: errno) }
    defer { if descriptor > 0 { close(descriptor) } }
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.chunkSize)
    defer { buffer.deallocate() }
    // A pipe hands out a line at a time; enough of it tells how lines end.
    var count = try fill(buffer, from: 0, descriptor, atLeast: 1 << 16)
    if count >= 2, buffer[0] == 0x1F, buffer[1] == 0x8B {
      return try unzip(buffer, count, descriptor, body)
    }
    while count > 0 {
      try body(UnsafeBufferPointer(rebasing: buffer[0..<count]))
      count = try fill(buffer, from: 0, descriptor, atLeast: 1)
    }
    return []
  }

  /// Returns the bytes of a small file, unzipped if need be.
  ///
  /// - Parameter limit: The most bytes; of a larger file one byte more is returned, which tells that there is more.
  /// - Returns: The bytes.
  /// - Throws: ``Unreadable``
  package func bytes(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read { bytes += $0.prefix(max(limit + 1 - bytes.count, 0)) }
    return bytes
  }

  private func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, from start: Int, _ descriptor: Int32,
    atLeast least: Int
  ) throws -> Int {
    var filled = start
    while filled < least, let base = buffer.baseAddress {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, base + filled, buffer.count - filled)
      #else
        let count = Darwin.read(descriptor, base + filled, buffer.count - filled)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw Unreadable(path: path, code: errno)
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private func unzip(
    _ input: UnsafeMutableBufferPointer<UInt8>, _ count: Int, _ descriptor: Int32,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> [Diagnostic] {
    var stream = z_stream()
    // 16 more than the largest window asks zlib for gzip's header and checksum.
    guard
      inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return [Diagnostic(.brokenCompression, severity: .error)] }
    defer { inflateEnd(&stream) }
    let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.chunkSize)
    defer { output.deallocate() }
    var available = count
    var isDone = false
    while available > 0 {
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(available)
      while stream.avail_in > 0 {
        if isDone {
          // Another file follows; anything else after the end, such as padding, ends the reading.
          guard stream.next_in?.pointee == 0x1F, inflateReset(&stream) == Z_OK else { return [] }
          isDone = false
        }
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let result = inflate(&stream, Z_NO_FLUSH)
        let produced = output.count - Int(stream.avail_out)
        if produced > 0 { try body(UnsafeBufferPointer(rebasing: output[0..<produced])) }
        if result == Z_STREAM_END {
          isDone = true
        } else if result != Z_OK {
          return [Diagnostic(.brokenCompression)]
        }
      }
      available = try fill(input, from: 0, descriptor, atLeast: 1)
    }
    return isDone ? [] : [Diagnostic(.brokenCompression)]
  }
}
