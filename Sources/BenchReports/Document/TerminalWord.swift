/// A word of a line in a terminal.
struct TerminalWord: Sendable {
  var text: String
  var style: Document.Style
  /// Whether a blank stands before the word when it is not the first of its line.
  var isSpaced = true
  /// Whether the word begins a line.
  var isFirst = false
  /// How many columns the text takes.
  var columns: Int

  init(_ text: String, _ style: Document.Style, isSpaced: Bool = true, isFirst: Bool = false) {
    self.text = text
    self.style = style
    self.isSpaced = isSpaced
    self.isFirst = isFirst
    columns = text.columns
  }

  private static let blank = UInt8(ascii: " ")

  /// Cuts a line into words.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - isUTF8: Whether the terminal shows more than ASCII.
  /// - Returns: The words, with nothing in them that a terminal could take for a command.
  static func words(_ line: Document.Line, isUTF8: Bool) -> [TerminalWord] {
    var words: [TerminalWord] = []
    var (isSpaced, isFirst) = (false, false)
    for span in line {
      let text: String
      switch span.content {
      case .trusted(let ours): text = isUTF8 ? ours : ASCIIText.ours(ours)
      case .untrusted(let other):
        text = isUTF8 ? other.forTerminal : ASCIIText.spelled(other.forTerminal)
      case .lineBreak:
        isFirst = true
        continue
      }
      var rest = text[...]
      while !rest.isEmpty {
        let end = rest.utf8.firstIndex(of: blank) ?? rest.endIndex
        if end > rest.startIndex {
          words.append(
            TerminalWord(String(rest[..<end]), span.style, isSpaced: isSpaced, isFirst: isFirst))
          (isSpaced, isFirst) = (false, false)
        }
        guard end < rest.endIndex else { break }
        isSpaced = true
        rest = rest[rest.utf8.index(after: end)...]
      }
    }
    return words
  }
}

extension Collection<TerminalWord> {
  /// How many columns the words take in a line.
  var columns: Int {
    var sum = 0
    for word in self { sum += word.columns + (word.isSpaced ? 1 : 0) }
    return first?.isSpaced == true ? sum - 1 : sum
  }
}

extension [TerminalWord] {
  /// How many columns the widest of the lines takes that the words are in before any is folded.
  var widestLine: Int {
    var (widest, start) = (0, 0)
    for index in indices where self[index].isFirst && index > start {
      widest = Swift.max(widest, self[start..<index].columns)
      start = index
    }
    return Swift.max(widest, self[start...].columns)
  }

  /// Breaks words into lines.
  ///
  /// A word that is longer than a line is broken behind its signs, as a slug is behind its hyphens, and anywhere only where
  /// a part between two signs is longer than a line too.
  ///
  /// - Parameter width: The most columns of a line; a character that is wider has a line of its own.
  /// - Returns: The lines, none of them empty.
  func folded(_ width: Int) -> [[TerminalWord]] {
    if isEmpty { return [] }
    if columns <= width, !dropFirst().contains(where: \.isFirst) { return [self] }
    var folding = Folding(width: Swift.max(width, 1))
    for word in self { folding.add(word) }
    return folding.finish()
  }
}

/// Words on their way into lines.
private struct Folding {
  let width: Int
  private var lines: [[TerminalWord]] = []
  private var line: [TerminalWord] = []
  private var used = 0

  init(width: Int) { self.width = width }

  mutating func add(_ word: TerminalWord) {
    let blank = !line.isEmpty && word.isSpaced ? 1 : 0
    if word.isFirst || used + blank + word.columns > width { end() }
    guard word.columns > width else { return append(word) }
    // What is longer than a line is broken into parts as large as fit.
    var isSpaced = word.isSpaced
    var part = ""
    var columns = 0
    for piece in Self.pieces(word.text, atMost: width) {
      if columns + piece.columns > width, !part.isEmpty {
        append(TerminalWord(part, word.style, isSpaced: isSpaced))
        end()
        (part, columns, isSpaced) = ("", 0, false)
      }
      part += piece
      columns += piece.columns
    }
    append(TerminalWord(part, word.style, isSpaced: isSpaced))
  }

  mutating func finish() -> [[TerminalWord]] {
    end()
    return lines
  }

  private mutating func append(_ word: TerminalWord) {
    used += word.columns + (!line.isEmpty && word.isSpaced ? 1 : 0)
    line.append(word)
  }

  private mutating func end() {
    if !line.isEmpty { lines.append(line) }
    (line, used) = ([], 0)
  }

  /// A text in parts none of which is wider than a line, each as long as it may be without being broken well.
  private static func pieces(_ text: String, atMost width: Int) -> [String] {
    parts(text, behind: "-/:_,=&;").flatMap { part -> [String] in
      if part.columns <= width { return [part] }
      return parts(part, behind: ".").flatMap { $0.columns <= width ? [$0] : letters($0, width) }
    }
  }

  private static func letters(_ text: String, _ width: Int) -> [String] {
    text.flatMap { letter in
      // Of some scripts a letter may be made of any number of others.
      letter.columns <= width
        ? [String(letter)] : letter.unicodeScalars.map { String(Character($0)) }
    }
  }

  /// A text in parts that end behind one of some signs; several signs in a row stay together.
  private static func parts(_ text: String, behind signs: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var isSign = true
    for character in text {
      let isNextSign = signs.contains(character)
      if isSign, !isNextSign, !part.isEmpty, part.contains(where: { !signs.contains($0) }) {
        parts.append(part)
        part = ""
      }
      part.append(character)
      isSign = isNextSign
    }
    if !part.isEmpty { parts.append(part) }
    return parts
  }
}
