/// A word of a file's or folder's name: letters and digits between other characters.
struct NameWord {
  /// The word in small letters.
  var text: String
  /// Where it stands in the name's bytes.
  var range: Range<Int>
  /// Whether a dot stands right before it.
  var isBehindDot: Bool

  /// Whether it has digits only.
  var isNumber: Bool { text.utf8.allSatisfy { $0 &- 0x30 < 10 } }

  /// Its number; nil where it has other characters, or is too long for one.
  var number: Int? { isNumber ? Int(text) : nil }

  /// Its letters, where digits alone follow them; else the word.
  var letters: String {
    let end = text.utf8.lastIndex { $0 &- 0x30 >= 10 }
    guard let end else { return text }
    let letters = text[...end]
    return letters.utf8.contains { $0 &- 0x30 < 10 } ? text : String(letters)
  }

  /// Whether it is a digest's beginning, as of a commit: at least seven hexadecimal digits with letters among them.
  var isDigest: Bool {
    text.utf8.count >= 7 && text.utf8.contains { $0 &- 0x30 < 10 }
      && text.utf8.allSatisfy { $0 &- 0x30 < 10 || (0x61...0x66).contains($0) }
  }

  /// Cuts a name into its words.
  static func words(of name: String) -> [NameWord] {
    let bytes = Array(name.utf8)
    var words: [NameWord] = []
    var start: Int?
    for index in 0...bytes.count {
      if index < bytes.count, isPart(bytes[index]) {
        start = start ?? index
      } else if let first = start {
        let text = String(decoding: bytes[first..<index], as: UTF8.self).lowercased()
        words.append(
          NameWord(
            text: text, range: first..<index,
            isBehindDot: first > 0 && bytes[first - 1] == UInt8(ascii: ".")))
        start = nil
      }
    }
    return words
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// Whether an address such as `10.0.0.1` stands at a place.
  static func isAddress(_ words: [NameWord], at index: Int) -> Bool {
    guard index + 4 <= words.count else { return false }
    return (0..<4).allSatisfy { offset in
      let word = words[index + offset]
      return (0...255).contains(word.number ?? -1) && (offset == 0 || word.isBehindDot)
    }
  }
}

/// Dates in names.
enum NameDate {
  /// How many words from a place on are a date with the time behind it; 0 where none stands there.
  static func length(_ words: [NameWord], at index: Int) -> Int {
    var length = date(words, at: index)
    guard length > 0 else { return 0 }
    while index + length < words.count, isTime(words[index + length].text),
      !NameWord.isAddress(words, at: index + length)
    {
      length += 1
    }
    return length
  }

  private static func date(_ words: [NameWord], at index: Int) -> Int {
    let word = words[index].text
    if isWhole(word) { return 1 }
    let next = index + 1 < words.count ? words[index + 1].text : ""
    let afterNext = index + 2 < words.count ? words[index + 2].text : ""
    if isYear(word) {
      guard isMonth(next) else { return isWeek(next) ? 2 : 1 }
      return isDay(afterNext) ? 3 : 2
    }
    return isDay(word) && isMonth(next) && isYear(afterNext) ? 3 : 0
  }

  /// Whether a word is a date by itself: `20261101`, that with a time, or a count of seconds since 1970.
  private static func isWhole(_ word: String) -> Bool {
    let digits = word.utf8.prefix { $0 &- 0x30 < 10 }.count
    let rest = word.utf8.dropFirst(digits)
    if rest.isEmpty, digits == 10 || digits == 13, word.utf8.first == UInt8(ascii: "1") {
      return true
    }
    guard [8, 12, 14].contains(digits), rest.isEmpty || "tz".utf8.contains(rest.first ?? 0) else {
      return false
    }
    let parts = [4, 2, 2].reduce(into: (texts: [String](), place: 0)) { parts, count in
      parts.texts.append(
        String(decoding: word.utf8.dropFirst(parts.place).prefix(count), as: UTF8.self))
      parts.place += count
    }.texts
    return isYear(parts[0]) && isMonth(parts[1]) && isDay(parts[2])
  }

  private static func isYear(_ word: String) -> Bool {
    word.utf8.count == 4 && (2000...2099).contains(Int(word) ?? 0)
  }

  private static func isMonth(_ word: String) -> Bool {
    (word.utf8.count <= 2 && (1...12).contains(Int(word) ?? 0)) || HostWords.months.contains(word)
  }

  private static func isDay(_ word: String) -> Bool {
    // A time may follow at once: 01T0300.
    let day = word.utf8.prefix { $0 &- 0x30 < 10 }
    let rest = word.utf8.dropFirst(day.count)
    return (1...2).contains(day.count)
      && (1...31).contains(Int(String(decoding: day, as: UTF8.self)) ?? 0)
      && (rest.isEmpty || rest.first == UInt8(ascii: "t"))
  }

  private static func isWeek(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "w") && (1...53).contains(Int(word.dropFirst()) ?? 0)
  }

  private static func isTime(_ word: String) -> Bool {
    if ["z", "utc", "gmt"].contains(word) { return true }
    let digits = word.utf8.first == UInt8(ascii: "t") ? word.dropFirst() : word[...]
    let end = digits.utf8.last == UInt8(ascii: "z") ? digits.dropLast() : digits
    return !end.isEmpty && end.utf8.allSatisfy { $0 &- 0x30 < 10 }
  }
}
