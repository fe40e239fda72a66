/// A check's title as a tool prints it, and without what is not the title.
package enum PrintedTitle {
  /// What stands in brackets behind titles: who judges, or whether it counts.
  private static let marks = ["not scored", "not applicable", "scored", "automated", "manual"]

  /// Takes off the id before a title and the marks behind it, also marks whose brackets are not in pairs, and folds
  /// blanks.
  package static func tidy(_ printed: String) -> String {
    var words = printed.split(whereSeparator: \.isWhitespace)
    if words.count > 1, isID(words[0]) { words.removeFirst() }
    var title = words.joined(separator: " ")
    while let shorter = withoutEnd(title) { title = shorter }
    return title
  }

  /// Whether a word is an id such as `1.1.34`.
  private static func isID(_ word: Substring) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.count < 4 && part.utf8.allSatisfy { $0 &- 0x30 < 10 }
      }
  }

  /// A title without the last thing that does not belong to it; nil if all does.
  private static func withoutEnd(_ title: String) -> String? {
    if title.last == ")", title.count(where: { $0 == ")" }) > title.count(where: { $0 == "(" }) {
      let rest = trimmed(title.dropLast())
      let word = marks.first { rest.lowercased().hasSuffix(" " + $0) }
      return word.map { trimmed(rest.dropLast($0.count)) } ?? rest
    }
    guard let open = title.lastIndex(of: "("), open > title.startIndex else { return nil }
    var inner = title[title.index(after: open)...]
    while inner.last == ")" || inner.last == " " { inner.removeLast() }
    while inner.first == " " { inner.removeFirst() }
    guard inner.isEmpty || marks.contains(inner.lowercased()) else { return nil }
    return trimmed(title[..<open])
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
