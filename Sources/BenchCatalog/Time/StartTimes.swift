import BenchModel

/// Reads the date that a run prints behind `Initializing`, which is `date`'s in the host's locale.
///
/// Since March 2021 it is ISO 8601; before, the order of the parts, the language and the clock follow
/// LANG, and the zone is an abbreviation. The words come from `catalog/dates/`, which has those of
/// every locale of glibc.
package struct StartTimes: Sendable {
  /// A time as read.
  package struct Reading: Hashable, Sendable {
    /// Seconds since 1970, in UTC.
    package var seconds: Int64
    package var minute: Int
    package var month: Int
    /// Whether the date is written as ISO 8601 is.
    package var isISO: Bool
    /// The zone's abbreviation and the offset that was taken, where it has several meanings.
    package var guessedZone: (zone: String, offset: String)?

    package static func == (lhs: Self, rhs: Self) -> Bool {
      lhs.seconds == rhs.seconds && lhs.minute == rhs.minute && lhs.month == rhs.month
        && lhs.isISO == rhs.isISO && lhs.guessedZone?.zone == rhs.guessedZone?.zone
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(seconds) }
  }

  private var months: [String: Int] = [:]
  private var zones: [String: (offset: String, isAmbiguous: Bool)] = [:]

  /// Reads the tables `months.tsv` and `zones.tsv`.
  init(months monthTable: Table, zones zoneTable: Table) {
    for fields in monthTable.body { months[String(fields[0])] = Int(fields[1]) }
    for fields in zoneTable.body {
      zones[String(fields[0])] = (String(fields[1]), fields[2].hasPrefix("ambiguous"))
    }
  }

  /// Reads a date in any form that `date` gives it.
  ///
  /// - Parameter text: The text behind `Initializing`.
  /// - Returns: The time, or nil if it can't be told without guessing.
  package func read(_ text: String) -> Reading? {
    readISO(text) ?? readLocalized(text)
  }

  // MARK: - ISO 8601

  private func readISO(_ text: String) -> Reading? {
    // Alpine's date knows no `%:z` and prints nothing, another busybox prints the letters: the
    // container's zone is then UTC, as nearly always.
    guard let time = CivilTime(text, ignoringTail: true), time.hasTime else { return nil }
    return Reading(
      seconds: time.seconds, minute: time.minute, month: time.month, isISO: true, guessedZone: nil)
  }

  // MARK: - Localized dates

  private func readLocalized(_ text: String) -> Reading? {
    var parts = DateParts()
    let tokens = Self.tokens(text)
    var words: [(position: Int, month: Int)] = []
    var position = 0
    while position < tokens.count {
      let token = tokens[position]
      let here = position
      position += 1
      let length = [3, 2, 1].first { length in
        here + length <= tokens.count && month(tokens[here..<here + length]) != nil
      }
      // A name of several words may have a number in it, as "tháng 12" has.
      if let length, length > 1 || token.contains(where: \.isLetter),
        let month = month(tokens[here..<here + length])
      {
        words.append((here, month))
        position += length - 1
        continue
      }
      if parts.takeClock(token) || parts.takeNumber(token) { continue }
      // Beside the clock only: "Sa" is a German Saturday, and a Vietnamese morning.
      let isBesideClock =
        (here > 0 && DateParts.isClock(tokens[here - 1]))
        || (here + 1 < tokens.count && DateParts.isClock(tokens[here + 1]))
      if isBesideClock, parts.takeHalf(token) { continue }
      if let zone = zones[token] {
        parts.offset = CivilTime.offset(zone.offset)
        parts.guessedZone = zone.isAmbiguous ? (token, zone.offset) : nil
      } else if let offset = CivilTime.offset(token) {
        parts.offset = offset
      } else if parts.offset == nil, Self.looksLikeZone(token) {
        parts.guessedZone = (token, "+00:00")
      }
    }
    // A weekday's name may be a month's in another language ("mar." is Tuesday and March); the
    // weekday stands first in nearly every locale.
    if let word = words.last, parts.month == nil { parts.month = word.month }
    return parts.reading
  }

  private func month(_ words: ArraySlice<String>) -> Int? {
    months[Self.trim(words.joined(separator: " ").lowercased())]
  }

  private static func looksLikeZone(_ token: String) -> Bool {
    (3...5).contains(token.utf8.count) && token.utf8.allSatisfy { $0 &- 0x41 < 26 }
  }

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = [""]
    for character in text {
      let last = tokens[tokens.count - 1].last
      if character.isLetter, last == "." || last == "月" || last == "年" || last == "日",
        tokens[tokens.count - 1].first?.isNumber == true
      {
        // "31.des" is two words, and so are a day and what follows it in Chinese.
        tokens.append("")
      } else if character.isNumber, last == "月" || last == "年" || last == "日" {
        tokens.append("")
      }
      if character == " " || character == "," || character == "\u{a0}" || character == "\u{202f}" {
        tokens.append("")
      } else if let digit = character.wholeNumberValue, digit < 10 {
        tokens[tokens.count - 1].append(String(digit))
      } else {
        tokens[tokens.count - 1].append(character)
      }
    }
    return tokens.filter { !$0.isEmpty }
  }

  private static func trim(_ word: String) -> String {
    var word = Substring(word)
    while let last = word.last, last == "." || last == "," { word = word.dropLast() }
    return String(word)
  }
}
