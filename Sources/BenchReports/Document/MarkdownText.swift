/// Text for Markdown, in which no more is escaped than must be.
///
/// A person reads the text too, so that a sign is escaped only where GitHub or GitLab would take it for markup: an
/// underline within a word, a parenthesis or a bracket that cannot end a link is none.
struct MarkdownText {
  private let scalars: [Unicode.Scalar]
  private let isOurs: Bool
  private let isCell: Bool
  /// Whether it begins a line outside a table, where some signs begin a block.
  private let isFirst: Bool
  /// The place of the first sign that is no blank: blanks before it change nothing.
  private let start: Int

  /// Escapes a text.
  ///
  /// - Parameters:
  ///   - text: The text, without anything that is unsafe in a terminal.
  ///   - isOurs: Whether it is our own, so that an address or a number sign in it is meant.
  ///   - isCell: Whether it stands in a table, where a pipe ends the cell.
  ///   - isFirst: Whether it begins its line.
  /// - Returns: The text with a backslash or an entity wherever it needs one.
  static func escaped(
    _ text: String, isOurs: Bool, isCell: Bool, isFirst: Bool = true
  ) -> String {
    let scalars = Array(text.unicodeScalars)
    let own = MarkdownText(
      scalars: scalars, isOurs: isOurs, isCell: isCell, isFirst: isFirst && !isCell,
      start: scalars.firstIndex { $0 != " " } ?? 0)
    return own.scalars.indices.reduce(into: "") { $0 += own.escaped(at: $1) }
  }

  private subscript(index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  private func isWord(_ index: Int) -> Bool {
    self[index].map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
  }

  /// Whether the sign at a place is taken for text only with a backslash before it.
  private func isMarkup(_ index: Int) -> Bool {
    let (sign, next) = (scalars[index], self[index + 1])
    func isNext(_ signs: String) -> Bool { next.map(signs.unicodeScalars.contains) ?? false }
    let isDigitNext = next.map { ("0"..."9").contains($0) } ?? false
    switch sign {
    case "`", "*", "~", "$": return !isOurs || sign != "$"
    // What follows the end of the text is not known.
    case "\\": return next == nil || isNext("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    case "_": return !(isWord(index - 1) && isWord(index + 1))
    // A footnote, a wiki link, a change, a box to tick.
    case "[":
      return isNext("^[+-")
        || (isFirst && index == start && isNext(" xX") && self[index + 2] == "]")
    case "]": return next == nil || isNext("([:")
    case "{": return isNext("+-")
    case "!": return isNext("[") || (isDigitNext && !isOurs)
    case "|": return isCell
    case "+", "-", "=": return isFirst && index == start && (next == nil || isNext(" -="))
    case "#", ">": return isFirst && index == start
    case ".", ")":
      return isFirst && index > start && (next == nil || isNext(" "))
        && scalars[start..<index].allSatisfy { ("0"..."9").contains($0) }
    default: return false
    }
  }

  /// Whether an entity such as `&amp;` or `&#64;` begins at a place, or may be ended by what follows the text.
  private func isEntity(_ index: Int) -> Bool {
    let name = scalars[(index + 1)...].prefix {
      $0 == "#" || ($0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)))
    }
    let end = self[index + 1 + name.count]
    return !name.isEmpty && (end == nil || end == ";")
  }

  private func escaped(at index: Int) -> String {
    let sign = scalars[index]
    func follows(_ count: Int, _ signs: String) -> Bool {
      index >= count && scalars[(index - count)..<index].allSatisfy(signs.unicodeScalars.contains)
    }
    switch sign {
    // An entity is no tag. An address or a mention is looked for in the text as it is shown, so an element of its own
    // takes the sign out of it.
    case "<": return "&lt;"
    case "&" where isEntity(index): return "&amp;"
    case "@" where !isOurs && index + 1 < scalars.count: return "<span>@</span>"
    case "#" where !isOurs && isWord(index + 1): return "<span>#</span>"
    case ":" where !isOurs && self[index + 1] == "/" && self[index + 2] == "/": return "&#58;"
    case "." where !isOurs && follows(3, "wW"): return "&#46;"
    default: return isMarkup(index) ? "\\" + String(sign) : String(sign)
    }
  }
}

extension Untrusted {
  /// The text for Markdown: no markup, mention or link comes of it, and what a terminal or a reader of lines could take
  /// for a command is spelled out.
  func forMarkdown(isCell: Bool = false, isFirst: Bool = true) -> String {
    MarkdownText.escaped(forTerminal, isOurs: false, isCell: isCell, isFirst: isFirst)
  }
}
