extension Unicode.Scalar {
  /// The character as JSON, and YAML in double quotes, spell it out: `\u` and four digits, a pair of them beyond those.
  package var jsonEscape: String {
    String(self).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }.joined()
  }
}
