package import BenchModel

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Cuts the bytes of runs at their sections.
///
/// Where it cuts decides only how much is shared, never what is given back. A part begins at each heading of a section,
/// which in text is a mark and a number without a dot (`[INFO] 4 - Container Images`), and in JSON an object that begins
/// with such an id or with its `section`. Lines with a run's date are the run's own: `Initializing ...`, and in JSON
/// `"start"` and the number behind `"end"`.
package final class EvidenceCut {
  private let compression = Compression()
  /// What was packed already, which need not be packed again.
  private var packed: Set<Digest> = []
  private static let mostPacked = 100_000
  /// Longer parts are cut at a line's end, or anywhere.
  private static let longestPart = 1 << 16
  /// In longer lines, which are JSON's, parts begin too.
  private static let longestLine = 1 << 10
  /// Shorter parts are not worth a row.
  private static let shortestPart = 256
  /// Further dates than these belong to what is shared.
  private static let mostOwn = 8

  /// Creates a cutter, which is to be used by one thread at a time.
  package init() {}

  /// Cuts bytes.
  ///
  /// - Parameter bytes: The bytes of one run.
  /// - Returns: The bytes with their parts.
  package func cut(_ bytes: [UInt8]) -> Evidence {
    var parts: [Evidence.Part] = []
    var input = DigestInput()
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      func share(until end: Int) {
        guard end > start else { return }
        let part = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let digest = Digest(of: part)
        let isNew = packed.insert(digest).inserted
        parts.append(
          Evidence.Part(
            range: start..<end, digest: digest, packed: isNew ? compression.pack(part) : nil))
        input.add(1)
        input.add(digest)
        start = end
      }
      func own(_ range: Range<Int>) {
        share(until: range.lowerBound)
        parts.append(Evidence.Part(range: range, digest: nil))
        input.add(0)
        start = range.upperBound
      }
      var count = 0
      Self.lines(bytes) { line in
        if count < Self.mostOwn, let date = Self.date(in: bytes, line) {
          count += 1
          return own(date)
        }
        let isLong = line.upperBound - start > Self.longestPart
        if isLong || line.lowerBound - start >= Self.shortestPart && Self.isHeading(bytes, line) {
          share(until: line.lowerBound)
        }
        if line.count > Self.longestLine { Self.objects(bytes, line) { share(until: $0) } }
      }
      share(until: bytes.count)
    }
    if packed.count > Self.mostPacked { packed = [] }
    return Evidence(bytes: bytes, parts: parts, digest: Digest(of: input.bytes))
  }

  /// Calls a closure with each line and its line feed.
  private static func lines(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count {
      let found = memchr(base + start, 0x0A, bytes.count - start)
      let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? bytes.count
      body(start..<end)
      start = end
    }
  }

  /// What of a line is a run's date; nil for a line without one.
  private static func date(
    in bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>
  ) -> Range<Int>? {
    var index = line.lowerBound
    if has("Initializing ", bytes, index, line.upperBound) { return line }
    while index < line.upperBound, bytes[index] == 0x20 { index += 1 }
    if has("\"start\": ", bytes, index, line.upperBound) { return line }
    guard has("], \"checks\": ", bytes, index, line.upperBound), line.count < 200 else {
      return nil
    }
    while index < line.upperBound, !has("\"end\": ", bytes, index, line.upperBound) { index += 1 }
    return index < line.upperBound ? index..<line.upperBound : nil
  }

  /// Whether a section begins with a line.
  private static func isHeading(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>
  ) -> Bool {
    var index = line.lowerBound
    let end = line.upperBound
    func skipColor() {
      guard index < end, bytes[index] == 0x1B else { return }
      while index < end, bytes[index] != UInt8(ascii: "m") { index += 1 }
      index += 1
    }
    skipColor()
    if has("[INFO]", bytes, index, end) {
      index += 6
      skipColor()
      guard index < end, bytes[index] == 0x20 else { return false }
      index += 1
      skipColor()
      return isSectionNumber(bytes, index, end, before: 0x20)
    }
    if has("== ", bytes, index, end) { return true }
    while index < end, bytes[index] == 0x20 { index += 1 }
    return isObject(bytes, index, end)
      || has("\"id\": \"", bytes, index, end)
        && isSectionNumber(bytes, index + 7, end, before: UInt8(ascii: "\""))
  }

  /// Whether an object of JSON with a section begins at a place.
  private static func isObject(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    if has("{\"section\":", bytes, start, end) { return true }
    let number =
      has("{\"id\":\"", bytes, start, end)
      ? start + 7 : has("{\"id\": \"", bytes, start, end) ? start + 8 : end
    return isSectionNumber(bytes, number, end, before: UInt8(ascii: "\""))
  }

  /// Whether digits stand at a place, and a certain byte behind them.
  private static func isSectionNumber(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, before follower: UInt8
  ) -> Bool {
    var index = start
    while index < end, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index > start && index < end && bytes[index] == follower
  }

  /// Calls a closure with the places in a long line of JSON at which parts begin.
  private static func objects(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ body: (Int) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var last = line.lowerBound
    var start = line.lowerBound + 1
    while start < line.upperBound {
      let found = memchr(base + start, 0x7B, line.upperBound - start)
      let next = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? line.upperBound
      while next - last > longestPart {
        last += longestPart
        body(last)
      }
      guard found != nil else { return }
      if next - last >= shortestPart, isObject(bytes, next, line.upperBound) {
        last = next
        body(next)
      }
      start = next + 1
    }
  }

  private static func has(
    _ text: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard let base = bytes.baseAddress, end - start >= count else { return false }
    return memcmp(base + start, text.utf8Start, count) == 0
  }
}
