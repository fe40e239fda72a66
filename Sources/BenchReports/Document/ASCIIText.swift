import BenchModel

/// Text for a terminal whose locale has only ASCII.
enum ASCIIText {
  /// Our own signs, and what stands for them.
  private static let signs: [Unicode.Scalar: String] = [
    "→": "->", "←": "<-", "×": "x", "…": "...", "–": "-", "—": "--", "•": "*", "·": ".", "≥": ">=",
    "≤": "<=", "‘": "'", "’": "'", "“": "\"", "”": "\"", "\u{A0}": " ", "─": "-", "│": "|",
    // The bars of a chart, from low to high.
    "▁": "_", "▂": ",", "▃": "-", "▄": "~", "▅": "=", "▆": "+", "▇": "*", "█": "#",
  ]

  /// Our own text in ASCII; a sign that nothing stands for is a question mark.
  static func ours(_ text: String) -> String {
    replacing(text) { signs[$0] ?? "?" }
  }

  /// Somebody else's text in ASCII, with every other character spelled out, as what steers a terminal is.
  static func spelled(_ text: String) -> String {
    replacing(text) { $0.spelled }
  }

  private static func replacing(
    _ text: String, _ replacement: (Unicode.Scalar) -> String
  ) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return text.unicodeScalars.reduce(into: "") { output, scalar in
      output += scalar.isASCII ? String(Character(scalar)) : replacement(scalar)
    }
  }
}

extension Unicode.Scalar {
  /// The character by its number, such as `\u{e9}`; the byte of a name that it stands for as `\xe9`.
  package var spelled: String {
    byteStoodFor.map { "\\x" + String($0, radix: 16) } ?? "\\u{" + String(value, radix: 16) + "}"
  }
}
