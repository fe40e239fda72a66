import BenchModel

/// Puts numbers and texts together to bytes.
struct NumberWriter {
  private(set) var bytes: [UInt8] = []

  /// Adds a number that is not negative.
  mutating func add(_ number: Int) { add(raw: UInt64(bitPattern: Int64(number))) }

  /// Adds a number of either sign.
  mutating func add(signed number: Int64) {
    add(raw: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
  }

  /// Adds a number whose digits are all used.
  mutating func add(fixed number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds a text.
  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func add(raw: UInt64) {
    var rest = raw
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}

/// Reads numbers and texts that a ``NumberWriter`` put together; past a fault all of them are 0.
struct NumberReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var isFaulty = false
  /// No number that is stored comes near it, and those of all hosts can be added up.
  private static let most: UInt64 = 1 << 40

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether all was there, and nothing is left.
  var isSound: Bool { !isFaulty && index == bytes.count }

  /// A number; never negative.
  mutating func number() -> Int {
    let raw = raw()
    guard raw <= Self.most else {
      isFaulty = true
      return 0
    }
    return Int(raw)
  }

  /// A number of either sign.
  mutating func signed() -> Int64 {
    let raw = raw()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// A time, told from another one.
  mutating func time(from start: Int64) -> Int64 {
    let time = start &+ signed()
    guard CivilTime.storable.contains(time) else {
      isFaulty = true
      return 0
    }
    return time
  }

  /// A number whose digits are all used.
  mutating func fixed() -> Int64 {
    guard bytes.count - index >= 8 else {
      isFaulty = true
      return 0
    }
    defer { index += 8 }
    return Int64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
        fromByteOffset: index, as: Int64.self))
  }

  /// A number of things of which each takes so many bytes at least.
  mutating func count(least: Int) -> Int {
    let count = number()
    guard count <= (bytes.count - index) / least else {
      isFaulty = true
      return 0
    }
    return count
  }

  /// A text.
  mutating func text() -> String {
    let count = count(least: 1)
    if count == 0 { return "" }
    defer { index += count }
    return String(decoding: bytes[index..<index + count], as: UTF8.self)
  }

  private mutating func raw() -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while index < bytes.count, shift < 64, !isFaulty {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    isFaulty = true
    return 0
  }
}
