/// The order in which people number things: `log-2` stands before `log-10`.
package enum NaturalOrder {
  /// Whether a text stands before another: digits count as numbers, everything else by its bytes.
  package static func precedes(_ one: String, _ other: String) -> Bool {
    let (left, right) = (Array(one.utf8), Array(other.utf8))
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      guard isDigit(left[i]), isDigit(right[j]) else {
        if left[i] != right[j] { return left[i] < right[j] }
        (i, j) = (i + 1, j + 1)
        continue
      }
      let (a, b) = (number(left, from: &i), number(right, from: &j))
      if a.count != b.count { return a.count < b.count }
      if a != b { return a.lexicographicallyPrecedes(b) }
    }
    if left.count - i != right.count - j { return left.count - i < right.count - j }
    // `01` and `1` are one number; the bytes decide, so that the order is total.
    return left.lexicographicallyPrecedes(right)
  }

  /// Whether the first thing that tells two texts apart is a number in both.
  package static func areNumbered(_ one: String, _ other: String) -> Bool {
    let (left, right) = (Array(one.utf8), Array(other.utf8))
    var start = 0
    while start < left.count, start < right.count, left[start] == right[start] { start += 1 }
    // The number begins before the digit in which they differ: 19 and 12.
    while start > 0, isDigit(left[start - 1]) { start -= 1 }
    return start < left.count && start < right.count && isDigit(left[start])
      && isDigit(right[start])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The digits of a number without the zeros before it.
  private static func number(_ bytes: [UInt8], from index: inout Int) -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    return bytes[start..<index].drop { $0 == 0x30 }
  }
}
