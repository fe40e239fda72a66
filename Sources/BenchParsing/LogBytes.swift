import BenchModel

/// The bytes of a log, as far as nobody has taken them.
struct LogBytes {
  private var bytes: [UInt8] = []
  /// How many of the bytes were taken.
  private var taken = 0
  /// Where in the log the first one stands that was not.
  private var start = 0
  /// Whether there were too many bytes since they were taken last.
  private var isOverfull = false

  /// Adds the next bytes of the log.
  mutating func append(_ chunk: Bytes) {
    if taken > 0, taken * 2 >= bytes.count {
      bytes.removeFirst(taken)
      taken = 0
    }
    bytes.append(contentsOf: chunk)
    guard bytes.count - taken > Evidence.mostBytes else { return }
    isOverfull = true
    start += bytes.count - taken
    bytes = []
    taken = 0
  }

  /// Takes the bytes before a place, or all of them.
  ///
  /// - Returns: The bytes; nil where they were too many.
  mutating func take(before offset: Int?) -> [UInt8]? {
    let count = min(max((offset ?? .max) - start, 0), bytes.count - taken)
    defer {
      taken += count
      start += count
      isOverfull = false
    }
    return isOverfull ? nil : Array(bytes[taken..<taken + count])
  }
}
