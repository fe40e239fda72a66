import BenchCatalog
import BenchModel
private import CNettle

/// The SHA-256 of what a finding is known by, in hexadecimal digits.
///
/// Item names are an attacker's to choose: with a weaker hash one could be made to hide behind another's alert.
struct Fingerprint: Hashable {
  let hex: String

  /// Digests texts, each with its length, so that no two lists give the same bytes.
  init(_ texts: [String]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for text in texts {
      bytes.append(contentsOf: String(text.utf8.count).utf8)
      bytes.append(0x3A)
      bytes.append(contentsOf: text.utf8)
    }
    var context = sha256_ctx()
    var output = [UInt8](repeating: 0, count: 32)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    nettle_sha256_digest(&context, output.count, &output)
    hex = String(unsafeUninitializedCapacity: 64) { digits in
      for (index, byte) in output.enumerated() {
        digits[2 * index] = Self.digit(byte >> 4)
        digits[2 * index + 1] = Self.digit(byte & 15)
      }
      return 64
    }
  }

  private static func digit(_ number: UInt8) -> UInt8 {
    number < 10 ? 0x30 + number : 0x57 + number
  }

  /// Digests what a finding, or an item of it, is known by: the control, never its number, which moves.
  ///
  /// A check that no edition knows is known by its number and title.
  init(_ host: String, _ finding: Finding, _ item: Item?) {
    let name =
      finding.control.map { [$0] } ?? ["unmapped", finding.checkID, finding.titleWithoutMarks]
    let part = item.map { [$0.kind.name, $0.stableName] } ?? []
    self.init([host] + name + part)
  }
}

/// Counts how often a name came up, for consumers that drop what has the name of another.
struct Occurrences {
  private var counts: [String: Int] = [:]

  /// How often a name has come up, this time included.
  mutating func next(_ name: String) -> Int {
    func count(_ number: inout Int) -> Int {
      number += 1
      return number
    }
    return count(&counts[name, default: 0])
  }
}
