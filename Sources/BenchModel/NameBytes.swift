/// Names whose bytes are not UTF-8, as files and hosts may have them, as texts and back.
///
/// Two texts are equal only where the bytes are. A name of valid UTF-8 is itself. Of any other each byte beyond ASCII has a
/// stand-in, a character for private use that no output shows as it is: it is spelled out, as `\xe9`.
package enum NameBytes {
  /// Stands for the byte 0; the others follow.
  private static let first: UInt32 = 0x10_FE00

  /// The text that a name is kept as.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    guard let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.byteStoodFor != nil })
    else { return standingIn(for: bytes) }
    return text
  }

  /// The text of stand-ins, whether or not the bytes are UTF-8.
  package static func standingIn(for bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.unicodeScalars.append(
        byte < 0x80
          ? Unicode.Scalar(byte) : Unicode.Scalar(first + UInt32(byte)) ?? Unicode.Scalar(byte))
    }
    return text
  }

  /// The bytes of a name that is kept as a text.
  package static func bytes(_ text: String) -> [UInt8] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let byte = scalar.byteStoodFor {
        bytes.append(byte)
      } else {
        bytes += String(scalar).utf8
      }
    }
    return bytes
  }

  /// Calls a closure with the bytes of a name and a zero behind them, as the system wants them.
  package static func withCString<R>(_ text: String, _ body: (UnsafePointer<CChar>) -> R) -> R? {
    (bytes(text) + [0]).withUnsafeBytes { bytes in
      bytes.assumingMemoryBound(to: CChar.self).baseAddress.map(body)
    }
  }
}

extension Unicode.Scalar {
  /// The byte of a name that the character stands for; nil for any other character.
  package var byteStoodFor: UInt8? {
    (0x10_FE80...0x10_FEFF).contains(value) ? UInt8(truncatingIfNeeded: value) : nil
  }
}
