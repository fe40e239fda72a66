import BenchModel

/// What is known of results, by what their logs have: the logs of a fleet, and those of a host from day to day, say
/// nearly always the same.
///
/// Each slot has one result, which gives way to the next that falls there; so no log makes this slow or large.
struct KnownResults<Reading: AnyObject> {
  private final class Entry {
    let result: PrintedResult.Kept
    let reading: Reading

    init(_ result: PrintedResult.Kept, _ reading: Reading) {
      self.result = result
      self.reading = reading
    }
  }

  private var slots: [Entry?] = []
  private var size = 0
  private static var count: Int { 1 << 13 }
  private static var mostBytes: Int { 8 << 20 }

  /// Returns what is known of each check of a run.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - read: Makes out what is known of a check that was not seen, or of one with lines that a terminal's width
  ///     broke off, which are handed over with it.
  /// - Returns: What is known, in the order of the checks.
  mutating func readings(
    _ parsed: ParsedRun, _ read: (_ check: ParsedCheck, _ rests: [ParsedRest]) -> Reading
  ) -> [Reading] {
    if slots.isEmpty { slots = Array(repeating: nil, count: Self.count) }
    let rests = parsed.rests.isEmpty ? [:] : Dictionary(grouping: parsed.rests, by: \.check)
    var readings: [Reading] = []
    readings.reserveCapacity(parsed.checks.count)
    parsed.bytes.withUnsafeBufferPointer { bytes in
      parsed.details.withUnsafeBufferPointer { details in
        for (number, check) in parsed.checks.enumerated() {
          if !rests.isEmpty, let own = rests[number] {
            readings.append(read(check, own))
            continue
          }
          guard let result = PrintedResult(check, bytes, details) else {
            readings.append(read(check, []))
            continue
          }
          let slot = Int(truncatingIfNeeded: result.hash & UInt64(Self.count - 1))
          if let known = slots[slot], result.isEqual(to: known.result) {
            readings.append(known.reading)
            continue
          }
          let reading = read(check, [])
          readings.append(reading)
          keep(result.kept, reading, in: slot)
        }
      }
    }
    return readings
  }

  private mutating func keep(_ result: PrintedResult.Kept, _ reading: Reading, in slot: Int) {
    if let old = slots[slot] { size -= old.result.size }
    size += result.size
    if size > Self.mostBytes {
      slots = Array(repeating: nil, count: Self.count)
      size = result.size
    }
    slots[slot] = Entry(result, reading)
  }
}
