import BenchCatalog
import BenchModel
private import CNettle

/// The SHA-256 of what a finding is known by.
///
/// Item names are an attacker's to choose: with a weaker hash one could be made to hide behind another's alert.
struct Fingerprint: Hashable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Digests texts, each with its length, so that no two lists give the same bytes.
  init(_ texts: [String]) { self.init(Self.bytes(texts), []) }

  /// Digests what a finding of a host is known by.
  ///
  /// - Parameters:
  ///   - host: The bytes of the host's name, with its length.
  ///   - rest: Those of the texts behind it.
  init(_ host: [UInt8], _ rest: [UInt8]) {
    var context = sha256_ctx()
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, host.count, host)
    nettle_sha256_update(&context, rest.count, rest)
    withUnsafeMutableBytes(of: &words) {
      nettle_sha256_digest(&context, 32, $0.bindMemory(to: UInt8.self).baseAddress)
    }
    self.words = words
  }

  /// Digests what a finding, or an item of it, is known by: the control, never its number, which moves.
  init(_ host: String, _ finding: Finding, _ item: Item?) {
    self.init(Self.bytes([host]), Self.bytes(Self.texts(finding, item)))
  }

  /// What a finding, or an item of it, is known by on its host.
  ///
  /// A check that no edition knows is known by its number and title.
  static func texts(_ finding: Finding, _ item: Item?) -> [String] {
    let name =
      finding.control.map { [$0] } ?? ["unmapped", finding.checkID, finding.titleWithoutMarks]
    return name + (item.map { [$0.kind.name, $0.stableName] } ?? [])
  }

  /// Texts with their lengths.
  static func bytes(_ texts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for text in texts {
      bytes.append(contentsOf: String(text.utf8.count).utf8)
      bytes.append(0x3A)
      bytes.append(contentsOf: text.utf8)
    }
    return bytes
  }

  /// The digest in hexadecimal digits.
  var hex: String {
    String(unsafeUninitializedCapacity: 64) { digits in
      write(to: digits)
      return 64
    }
  }

  /// Writes 64 hexadecimal digits.
  func write(to digits: UnsafeMutableBufferPointer<UInt8>) {
    withUnsafeBytes(of: words) { bytes in
      for (index, byte) in bytes.enumerated() {
        digits[2 * index] = Self.digit(byte >> 4)
        digits[2 * index + 1] = Self.digit(byte & 15)
      }
    }
  }

  @inline(__always)
  private static func digit(_ number: UInt8) -> UInt8 {
    number &+ (number < 10 ? 0x30 : 0x57)
  }

  static func == (lhs: Self, rhs: Self) -> Bool { lhs.words == rhs.words }

  /// Each word of a digest tells as much as all.
  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// What the fingerprints of a text that hosts share are of, without the host.
struct FingerprintTexts {
  /// The bytes behind the host's name, by the places of the fingerprints.
  private(set) var texts: [[UInt8]] = []

  /// Adds what a finding, or an item of it, is known by.
  ///
  /// - Returns: The place of its fingerprint.
  mutating func add(_ finding: Finding, _ item: Item?) -> Int32 {
    texts.append(Fingerprint.bytes(Fingerprint.texts(finding, item)))
    return Int32(truncatingIfNeeded: texts.count - 1)
  }
}

/// Counts how often a name came up, for consumers that drop what has the name of another.
struct Occurrences<Name: Hashable> {
  private var counts: [Name: Int] = [:]

  /// How often a name has come up, this time included.
  mutating func next(_ name: Name) -> Int {
    func count(_ number: inout Int) -> Int {
      number += 1
      return number
    }
    return count(&counts[name, default: 0])
  }
}
