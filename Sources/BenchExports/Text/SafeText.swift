import BenchModel
import BenchReports

/// Makes texts from logs fit to be shown by programs that nobody here can look into.
///
/// Fields that a program matches by keep the exact text wherever their format can carry it. What a person will read goes
/// through here: no character may hide, turn the text around, end a line or become a link, and none disappears.
enum SafeText {
  /// The most characters of a name in a sentence.
  static let nameLimit = 256

  /// Spells out what a person could not see, or a viewer could take for more than text, as `\u202e`.
  ///
  /// Without braces or angle brackets, which SARIF, HTML and Markdown would take for their own.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - markup: Further characters, which the format's viewers take for markup.
  ///   - keepsLinks: Whether the text is the team's own, in which a link is meant as one.
  /// - Returns: A text of one line, all of which can be seen.
  static func spelled(
    _ text: String, markup: String = "", keepsLinks: Bool = false
  ) -> String {
    if isPlain(text, markup, keepsLinks: keepsLinks) { return text }
    let markup = Set(markup.unicodeScalars)
    var output = ""
    output.reserveCapacity(text.utf8.count)
    var last: (Unicode.Scalar, Unicode.Scalar) = (" ", " ")
    for scalar in text.unicodeScalars {
      // Viewers make links of what has a scheme.
      let isLink = !keepsLinks && scalar == "/" && last == (":", "/")
      if isLink || markup.contains(scalar) || scalar.isHidden {
        let digits = String(scalar.value, radix: 16)
        let width = digits.utf8.count > 4 ? 8 : 4
        output += width == 4 ? "\\u" : "\\U"
        output += String(repeating: "0", count: width - digits.utf8.count) + digits
      } else {
        output.unicodeScalars.append(scalar)
      }
      last = (last.1, scalar)
    }
    return output
  }

  /// Cuts a text down to so many characters, and says so at its end.
  ///
  /// The mark has part of the whole text's digest: two names must not become one by being cut.
  static func clipped(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars
    let count = scalars.count
    guard count > limit else { return text }
    let mark = "… (\(count) characters, \(Fingerprint([text]).hex.prefix(8)))"
    return String(scalars.prefix(max(limit - mark.unicodeScalars.count, 0))) + mark
  }

  /// A name for a sentence: spelled out and cut.
  static func name(_ text: String, markup: String = "", limit: Int = nameLimit) -> String {
    clipped(spelled(text, markup: markup), to: limit)
  }

  /// Whether a text has nothing but visible ASCII that is neither markup nor a link.
  private static func isPlain(_ text: String, _ markup: String, keepsLinks: Bool) -> Bool {
    let signs = ASCIISet(markup)
    return text.utf8.withContiguousStorageIfAvailable { bytes in
      for (index, byte) in bytes.enumerated() {
        guard byte &- 0x20 < 0x5F, !signs.contains(byte) else { return false }
        if byte == 0x2F, !keepsLinks, index >= 2, bytes[index - 1] == 0x2F, bytes[index - 2] == 0x3A
        {
          return false
        }
      }
      return true
    } ?? false
  }
}

/// Some characters of ASCII.
struct ASCIISet {
  private var bits = SIMD2<UInt64>()

  /// Takes the characters of a text that are ASCII.
  init(_ characters: String) {
    for byte in characters.utf8 where byte < 0x80 { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  /// Whether a byte is one of the characters.
  func contains(_ byte: UInt8) -> Bool {
    byte < 0x80 && bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }
}

extension String {
  /// The text with some of its characters, all of them ASCII, replaced.
  func escaping(_ characters: String, by replacement: (Unicode.Scalar) -> String) -> String {
    let bytes = ASCIISet(characters)
    guard utf8.contains(where: bytes.contains) else { return self }
    var output = ""
    for scalar in unicodeScalars {
      if scalar.isASCII, bytes.contains(UInt8(truncatingIfNeeded: scalar.value)) {
        output += replacement(scalar)
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// The text with the signs of HTML and XML as entities.
  var withEntities: String {
    escaping("&<>\"'") { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: "&apos;"
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether the character is not seen, or may turn the text around, or is one that XML does not have.
  var isHidden: Bool {
    if value < 0x7F { return value < 0x20 }
    return isUnsafe || properties.isDefaultIgnorableCodePoint
      || properties.isNoncharacterCodePoint
  }
}
