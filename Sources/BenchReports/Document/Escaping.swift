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
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
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

  /// The columns that the character takes in a terminal: 0 for combining marks, 2 for wide ones.
  var columns: Int {
    switch value {
    case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}

extension StringProtocol {
  /// The columns that the text takes in a terminal.
  var columns: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.columns }
  }
}
