import BenchModel

/// A result as its log has it: the bytes from its id to the last line below it, where these stand in a row.
struct PrintedResult {
  private let check: ParsedCheck
  /// Where in the run the bytes begin.
  private let start: Int32
  private let bytes: UnsafeBufferPointer<UInt8>
  private let details: UnsafeBufferPointer<ParsedDetail>
  /// A number that equal results have in common.
  let hash: UInt64

  /// More bytes or lines than these are no result that comes again and again.
  private static let mostBytes = 1 << 14
  private static let mostDetails = 1 << 10

  /// Finds a result's bytes; nil if they don't stand in a row, or are too many.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - bytes: The bytes of its run, which must outlive this value.
  ///   - details: The details of its run, which must outlive it too.
  init?(
    _ check: ParsedCheck, _ bytes: UnsafeBufferPointer<UInt8>,
    _ details: UnsafeBufferPointer<ParsedDetail>
  ) {
    let (first, count) = (Int(check.firstDetail), Int(check.detailCount))
    guard first >= 0, count >= 0, count <= Self.mostDetails, first <= details.count - count else {
      return nil
    }
    self.start = check.id.isEmpty ? check.title.start : check.id.start
    let start = Int(self.start)
    var end = start + Int(check.id.count)
    guard start >= 0, Self.extend(&end, by: check.title) else { return nil }
    for index in first..<first + count {
      guard Self.extend(&end, by: details[index].text) else { return nil }
    }
    guard end <= bytes.count, end - start <= Self.mostBytes else { return nil }
    self.check = check
    self.bytes = UnsafeBufferPointer(rebasing: bytes[start..<end])
    self.details = UnsafeBufferPointer(rebasing: details[first..<first + count])
    hash = Self.hash(self.bytes, UInt64(check.status.rawValue) << 32 | UInt64(count))
  }

  @inline(__always)
  private static func extend(_ end: inout Int, by range: TextRange) -> Bool {
    guard range.count >= 0, Int(range.start) >= end else { return range.isEmpty }
    end = Int(range.start) + Int(range.count)
    return true
  }

  /// Mixes bytes, eight at a time, to a number.
  ///
  /// Nothing but speed depends on how well: all that two results can take from each other is a slot.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= raw.count {
      let product = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        .multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
      hash = product.high ^ product.low
      index += 8
    }
    while index < raw.count {
      hash = (hash ^ UInt64(raw[index])) &* 0x100_0000_01B3
      index += 1
    }
    return hash ^ hash >> 32
  }

  /// The same result, kept beyond its run.
  var kept: Kept { Kept(check: check, start: start, bytes: Array(bytes), details: Array(details)) }

  /// A result that outlives its run.
  struct Kept {
    fileprivate let check: ParsedCheck
    fileprivate let start: Int32
    fileprivate let bytes: [UInt8]
    fileprivate let details: [ParsedDetail]

    /// How many bytes it takes, roughly.
    var size: Int { bytes.count + details.count * 16 + 256 }
  }

  /// Whether a result that was kept says the same: the word, and the texts, wherever in their runs they stand.
  func isEqual(to kept: Kept) -> Bool {
    let other = kept.check
    let distance = start &- kept.start
    guard check.status == other.status, check.isCut == other.isCut,
      check.id.count == other.id.count, check.title.count == other.title.count,
      check.title.start &- other.title.start == distance || check.title.isEmpty,
      bytes.count == kept.bytes.count, details.count == kept.details.count
    else { return false }
    let isLaidOutAlike = kept.details.withUnsafeBufferPointer { others in
      for index in details.indices {
        let (one, other) = (details[index], others[index])
        guard one.text.count == other.text.count, one.form == other.form,
          one.isCut == other.isCut,
          one.text.start &- other.text.start == distance || one.text.isEmpty
        else { return false }
      }
      return true
    }
    return isLaidOutAlike
      && kept.bytes.withUnsafeBytes { Self.equal(UnsafeRawBufferPointer(bytes), $0) }
  }

  /// Whether as many bytes are the same, eight at a time.
  private static func equal(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool
  {
    guard one.count == other.count else { return false }
    var index = 0
    var difference: UInt64 = 0
    while index + 8 <= one.count {
      difference |=
        one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < one.count {
      difference |= UInt64(one[index] ^ other[index])
      index += 1
    }
    return difference == 0
  }
}
