/// A pattern over the bytes of a text, made of parts that each take some of it: what globs, patterns over paths, the
/// stable forms of names and the lines below a check are matched by.
///
/// Takes time in the product of both lengths at most, and memory in an eighth of it, whatever somebody wrote.
package struct TextPattern: Sendable {
  /// What one part takes.
  package enum Part: Sendable {
    /// These bytes, of which there is one at least.
    case literal([UInt8])
    /// One Unicode scalar, or one byte of what is none.
    case scalar
    /// Any bytes, but `least` of them at least and none that is `excluded`: as few as will do, or as many as will do.
    /// Of the latter a pattern has one at most, and it excludes nothing.
    case any(least: Int = 0, excluded: UInt8? = nil, takesMost: Bool = false)
    /// As many bytes of the rest as a function tells; nil where they do not fit.
    case measured(@Sendable (ArraySlice<UInt8>) -> Int?)
  }

  private let parts: [Part]

  /// Creates a pattern that fits texts of these parts, one after the other.
  package init(_ parts: [Part]) { self.parts = parts }

  /// A part that takes any bytes, and which it takes now.
  private struct Choice {
    var part: Int
    var start: Int
    var end: Int
  }

  /// Matches a text to its end.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - starts: Where the match may begin, in the order in which it is tried.
  /// - Returns: What each part took that takes any bytes, in order; nil if the pattern does not fit.
  package func match(_ text: [UInt8], from starts: [Int] = [0]) -> [Range<Int>]? {
    var search = Search(parts: parts, text: text)
    for start in starts where search.run(from: start) {
      return search.choices.map { $0.start..<$0.end }
    }
    return nil
  }

  private struct Search {
    let parts: [Part]
    let text: [UInt8]
    var choices: [Choice] = []
    /// For each part that takes any bytes the ends that were looked at, once one choice was taken back.
    ///
    /// Another beginning
    /// of the part that comes to such an end need not go on: from there all was tried.
    private var tried: [UInt64] = []

    init(parts: [Part], text: [UInt8]) {
      self.parts = parts
      self.text = text
    }

    mutating func run(from start: Int) -> Bool {
      choices = []
      var (part, position) = (0, start)
      while true {
        if part == parts.count, position == text.count { return true }
        if part < parts.count, let end = take(part, at: position) {
          (part, position) = (part + 1, end)
          continue
        }
        guard let next = choose() else { return false }
        (part, position) = next
      }
    }

    /// Where a part ends that begins at a place; nil where it does not fit.
    private mutating func take(_ part: Int, at position: Int) -> Int? {
      switch parts[part] {
      case .literal(let literal):
        return text[position...].starts(with: literal) ? position + literal.count : nil
      case .scalar:
        guard position < text.count else { return nil }
        var end = position + 1
        if text[position] >= 0xC0 { while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 } }
        return end
      case .measured(let measure):
        return measure(text[position...]).map { position + $0 }
      case .any(let least, let excluded, let takesMost):
        guard position + least <= text.count,
          !text[position..<position + least].contains(where: { $0 == excluded })
        else { return nil }
        var choice = Choice(
          part: part, start: position, end: takesMost ? text.count : position + least)
        guard settle(&choice) else { return nil }
        choices.append(choice)
        return choice.end
      }
    }

    /// Lets the last part that takes any bytes take others.
    private mutating func choose() -> (part: Int, position: Int)? {
      if tried.isEmpty {
        tried = Array(repeating: 0, count: (parts.count * (text.count + 1)) >> 6 + 1)
      }
      while var choice = choices.popLast() {
        guard step(&choice), settle(&choice) else { continue }
        choices.append(choice)
        return (choice.part + 1, choice.end)
      }
      return nil
    }

    /// Moves the end of what a part takes to the next place at which the part behind it can begin.
    ///
    /// - Returns: Whether there is one that was not tried before.
    private mutating func settle(_ choice: inout Choice) -> Bool {
      let next = choice.part + 1 < parts.count ? parts[choice.part + 1] : nil
      repeat {
        if !tried.isEmpty {
          let place = choice.part * (text.count + 1) + choice.end
          let bit: UInt64 = 1 << UInt64(place & 63)
          if tried[place >> 6] & bit != 0 { return false }
          tried[place >> 6] |= bit
        }
        switch next {
        case .literal(let literal):
          if choice.end < text.count, text[choice.end] == literal.first { return true }
        case nil:
          if choice.end == text.count { return true }
        default: return true
        }
      } while step(&choice)
      return false
    }

    /// Moves the end of what a part takes by a byte; false where it can't be moved.
    private func step(_ choice: inout Choice) -> Bool {
      guard case .any(let least, let excluded, let takesMost) = parts[choice.part] else {
        return false
      }
      if takesMost {
        choice.end -= 1
        return choice.end >= choice.start + least
      }
      guard choice.end < text.count, text[choice.end] != excluded else { return false }
      choice.end += 1
      return true
    }
  }
}
