/// Collects an export's bytes, and hands them on in large pieces.
///
/// Pieces come in the order of the file; each ends with a whole character.
package final class ExportSink {
  private let take: (UnsafeRawBufferPointer) throws -> Void
  private let pieceSize: Int
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  /// Creates a sink.
  ///
  /// - Parameters:
  ///   - pieceSize: How many bytes are enough for a piece that is handed on.
  ///   - take: Gets the pieces, which it may look at while it is called.
  package init(
    pieceSize: Int = 1 << 18, _ take: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.take = take
    self.pieceSize = pieceSize
    capacity = pieceSize * 2
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// Adds a text, and hands on what there is, once it is enough.
  ///
  /// - Throws: What the taker throws.
  package func callAsFunction(_ text: String) throws {
    var text = text
    text.withUTF8 { append($0) }
    try flush()
  }

  /// Hands on what there is, once it is enough.
  ///
  /// - Throws: What the taker throws.
  func flush() throws {
    if count >= pieceSize { try drain() }
  }

  /// Hands on what there is.
  ///
  /// - Throws: What the taker throws.
  package func drain() throws {
    guard count > 0 else { return }
    let piece = UnsafeRawBufferPointer(start: start, count: count)
    count = 0
    try take(piece)
  }

  /// Adds bytes.
  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count).update(from: source, count: bytes.count)
  }

  /// Adds bytes.
  @inline(__always)
  func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  /// Adds a text that has no gaps.
  func append(_ text: TextBuffer) { append(text.bytes) }

  /// Adds ASCII.
  func append(_ literal: StaticString) { literal.withUTF8Buffer { append($0) } }

  /// Adds a number.
  func append(_ number: Int) {
    guard number >= 0 else {
      var text = String(number)
      text.withUTF8 { append($0) }
      return
    }
    var (digits, rest) = (1, number)
    while rest >= 10 { (digits, rest) = (digits + 1, rest / 10) }
    let place = reserve(digits)
    rest = number
    for index in stride(from: digits - 1, through: 0, by: -1) {
      place[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// Adds the first of a fingerprint's 64 digits.
  func append(_ fingerprint: Fingerprint, digits: Int = 64) {
    let place = reserve(64)
    fingerprint.write(to: UnsafeMutableBufferPointer(start: place, count: 64))
    count -= 64 - digits
  }

  /// Makes room for bytes that are written at once.
  ///
  /// - Returns: Where they begin: a pointer that holds until room is made again.
  @inline(__always)
  private func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if count + more > capacity { grow(to: count + more) }
    defer { count += more }
    return start + count
  }

  private func grow(to needed: Int) {
    let size = max(needed, capacity * 2)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: start, count: count)
    start.deallocate()
    (start, capacity) = (larger, size)
  }
}
