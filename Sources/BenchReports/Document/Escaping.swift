/// Text that somebody else chose: it reaches an output only through a renderer's escaping.
package struct Untrusted: Hashable, Sendable {
  fileprivate let raw: String

  /// Wraps a text from a log or a database.
  package init(_ raw: String) { self.raw = raw }

  /// The lines of a text that keeps them.
  var lines: [String] {
    let lines = raw.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.last == "" ? lines.dropLast() : lines
  }

  /// The text for a terminal: control characters, and characters that turn or hide text, are spelled out.
  package var forTerminal: String {
    if raw.utf8.allSatisfy({ $0 &- 0x20 < 0x5F }) { return raw }
    guard raw.unicodeScalars.contains(where: { $0.isUnsafe }) else { return raw }
    var text = ""
    for scalar in raw.unicodeScalars {
      if scalar.isUnsafe {
        text += scalar.spelled
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a terminal may take the character for a command, or show the text around it in another order.
  package var isUnsafe: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true
    // Marks and overrides of direction, line separators, the byte order mark, tags.
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      true
    default: false
    }
  }
}
