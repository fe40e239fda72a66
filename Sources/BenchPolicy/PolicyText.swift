/// The text of a policy's file by its Unicode scalars, as YAML counts them.
struct PolicyText {
  var scalars: String.UnicodeScalarView

  init(_ text: String) { scalars = text.unicodeScalars }

  var string: String { String(scalars) }

  /// The ends of lines that YAML knows; a carriage return before a line feed belongs to it.
  static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
  /// How much of a line an error shows.
  private static let shown = 60

  /// The index of a place; nil at and behind the end of its line.
  func index(of place: PolicyError.Place) -> String.Index? {
    guard let start = start(ofLine: place.line) else { return nil }
    let end = scalars[start...].firstIndex(where: Self.breaks.contains) ?? scalars.endIndex
    guard let index = scalars.index(start, offsetBy: place.column - 1, limitedBy: end), index < end
    else { return nil }
    return index
  }

  /// The beginning of a line, without the blanks at its ends.
  func line(_ number: Int) -> String {
    guard let start = start(ofLine: number) else { return "" }
    let line = scalars[start...].prefix { !Self.breaks.contains($0) }
      .drop { $0 == " " || $0 == "\t" }
    return String(String.UnicodeScalarView(line.prefix(Self.shown)))
  }

  /// The place of a character by its number.
  func place(_ character: Int) -> PolicyError.Place {
    let text = string
    guard let end = text.index(text.startIndex, offsetBy: character, limitedBy: text.endIndex)
    else { return PolicyError.Place(line: 1, column: 1) }
    var (line, lineStart, wasReturn) = (1, scalars.startIndex, false)
    var index = scalars.startIndex
    while index < end {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      if Self.breaks.contains(scalar) {
        if !(wasReturn && scalar == "\n") { line += 1 }
        lineStart = index
      }
      wasReturn = scalar == "\r"
    }
    return PolicyError.Place(line: line, column: scalars.distance(from: lineStart, to: end) + 1)
  }

  private func start(ofLine number: Int) -> String.Index? {
    var (line, index, wasReturn) = (1, scalars.startIndex, false)
    while line < number || wasReturn {
      guard index < scalars.endIndex else { return nil }
      let scalar = scalars[index]
      if wasReturn, scalar == "\n" {
        scalars.formIndex(after: &index)
        wasReturn = false
        continue
      }
      wasReturn = false
      guard line < number else { break }
      scalars.formIndex(after: &index)
      if Self.breaks.contains(scalar) {
        line += 1
        wasReturn = scalar == "\r"
      }
    }
    return index
  }

  /// How many keys may be announced by a question mark, as only collections need it.
  private static let announcedLimit = 16

  /// What makes the text cost more than its length, without which nobody misses anything: aliases of aliases, and keys
  /// that hold keys that hold keys.
  ///
  /// Finds all anchors and aliases, and texts that merely look like them: a reason would need both ` &word` and
  /// ` *word` where a value can begin. Both count only there, so `R &D` and `"*"` are none.
  var refusal: PolicyError? {
    var (anchor, firstAnnounced): (PolicyError.Place?, PolicyError.Place?)
    var (hasAlias, announced) = (false, 0)
    // Whether a value can begin here, or behind the next blank, as the word is a tag; and whether it would be in
    // brackets, or at the beginning of a line.
    var (canBegin, isTag, isStart) = (true, false, true)
    var wasBlank = true
    var place = PolicyError.Place(line: 1, column: 1)
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      let next = index < scalars.endIndex ? scalars[index] : "\n"
      if Self.breaks.contains(scalar) {
        // The line feed of a pair ends the line.
        if !(scalar == "\r" && next == "\n") {
          place = PolicyError.Place(line: place.line + 1, column: 1)
        }
        (canBegin, isTag, isStart, wasBlank) = (true, false, true, true)
        continue
      }
      switch scalar {
      case " ", "\t":
        canBegin = canBegin || isTag
        wasBlank = true
      case "?" where canBegin && (isStart || Self.isBlank(next)):
        announced += 1
        firstAnnounced = firstAnnounced ?? place
        (isStart, wasBlank) = (true, false)
      case "-", "?", ":": (canBegin, isStart, wasBlank) = (true, false, false)
      case "[", "{", ",": (canBegin, isStart, wasBlank) = (true, true, false)
      default:
        if canBegin, scalar == "&" { anchor = anchor ?? place }
        if canBegin, scalar == "*" { hasAlias = true }
        isTag = scalar == "!" || isTag && !wasBlank
        (canBegin, isStart, wasBlank) = (false, false, false)
      }
      place.column += 1
    }
    if hasAlias, let anchor { return PolicyError(.anchor, at: anchor) }
    guard announced > Self.announcedLimit, let firstAnnounced else { return nil }
    return PolicyError(.keyIsNoText, at: firstAnnounced)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || breaks.contains(scalar)
  }
}
