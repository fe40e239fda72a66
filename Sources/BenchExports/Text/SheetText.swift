/// Makes texts that a spreadsheet keeps as they are: by an apostrophe where it would calculate or convert.
enum SheetText {
  /// The words that a spreadsheet reads in numbers, dates and times, months by their English names.
  private static let words: Set<String> = [
    "a", "am", "e", "p", "pm", "t", "z",
    "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june",
    "jul", "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november",
    "dec", "december",
  ]
  private static let longest = words.map(\.utf8.count).max() ?? 0

  /// A name of which nobody knows what it looks like.
  ///
  /// An apostrophe of the name's own at such a place gets one before it: who takes one off there has the name.
  static func name(_ text: String) -> String {
    isConverted(text) ? "'" + text : inert(text, markingApostrophes: true)
  }

  /// Puts an apostrophe before what begins like a formula, also behind a semicolon, at which Excel cuts in half of Europe.
  static func inert(_ text: String, markingApostrophes: Bool = false) -> String {
    if text.utf8.allSatisfy(isInert) { return text }
    var output = ""
    var isStart = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
        if isStart { output += "'" }
        isStart = false
      case "'":
        if isStart, markingApostrophes { output += "'" }
        isStart = false
      case ";": isStart = true
      // A spreadsheet may drop blanks before it looks.
      case " ": break
      default: isStart = false
      }
      output.unicodeScalars.append(scalar)
    }
    return output
  }

  /// Whether a byte is part of a character that neither begins a formula nor comes before one.
  private static func isInert(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2C, 0x2E...0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  /// Whether a spreadsheet may read a text as a number, a date, a time or a truth: `1.10` as 1.1, `may-1` as a day.
  ///
  /// It has a digit, and no letters but those of the words.
  static func isConverted(_ text: String) -> Bool {
    var hasDigit = false
    var word = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z", "a"..."z":
        word.unicodeScalars.append(scalar)
        if word.utf8.count > longest { return false }
      default:
        if !word.isEmpty, !words.contains(word.lowercased()) { return isTruth(text) }
        word = ""
        if scalar.properties.numericType == .decimal {
          hasDigit = true
        } else if scalar.properties.isAlphabetic {
          return false
        }
      }
    }
    guard word.isEmpty || words.contains(word.lowercased()) else { return isTruth(text) }
    return hasDigit
  }

  private static func isTruth(_ text: String) -> Bool {
    guard text.utf8.count < 16 else { return false }
    return ["true", "false"].contains(text.lowercased().filter { $0 != " " })
  }
}
