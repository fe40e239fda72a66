import BenchModel

/// How a text is written into a policy, as YAML and as JSON.
enum WrittenText {
  /// The first character of a text that may not stand in a policy: one that ends a line, that a terminal could take for a
  /// command, or that hides or turns round what is beside it in a review.
  static func unwritable(in text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { scalar in
      // The one behind a sign that is to be shown as a picture hides nothing.
      scalar.isUnsafe && scalar.value != 0xFE0F || scalar.value & 0xFFFE == 0xFFFE
    }
  }

  /// A text as a value of YAML, with quotes where it could be read as something else.
  ///
  /// - Parameters:
  ///   - text: The text, which has no ``unwritable(in:)`` characters.
  ///   - isInList: Whether it stands between brackets.
  /// - Returns: The text as it is, or in double quotes, or in single ones where it has a double quote or a backslash.
  static func yaml(_ text: String, isInList: Bool) -> String {
    if isPlain(text, isInList: isInList) { return text }
    let needsSingle = text.unicodeScalars.contains { $0 == "\"" || $0 == "\\" }
    return needsSingle ? "'" + doubling(["'"], with: "'", in: text) + "'" : "\"" + text + "\""
  }

  /// Puts a character before some; by scalars, as what is combined with a quote hides it from a search for quotes.
  private static func doubling(
    _ marked: Set<Unicode.Scalar>, with mark: Unicode.Scalar, in text: String
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if marked.contains(scalar) { scalars.append(mark) }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// Words that YAML takes for nothing or for a truth value.
  private static let reserved: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  /// Whether a text needs no quotes; such that might do without get them too.
  private static func isPlain(_ text: String, isInList: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      first == "/" || first.properties.isAlphabetic, last != " ",
      !reserved.contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", "_", "-", "/", "(", ")", ";", "!", "'", "+",
        "=", "$", "~":
        true
      case ",": !isInList
      default: scalar.value > 0xA0 && !scalar.properties.isWhitespace
      }
    }
  }

  /// A text as a string of JSON.
  static func json(_ text: String) -> String {
    "\"" + doubling(["\\", "\""], with: "\\", in: text) + "\""
  }
}
