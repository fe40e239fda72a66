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
    /// Whether the date is written in the tool's own ISO 8601, and not in that of a locale such as Danish English,
    /// which has the zone's abbreviation behind it.
    package var isISO: Bool
    /// What is doubtful of the zone.
    package var zoneDoubt: ZoneDoubt?
  }

  /// What is doubtful of a zone that was taken.
  package enum ZoneDoubt: Hashable, Sendable {
    /// The abbreviation has several meanings, and this offset is the commonest.
    case guessed(zone: String, offset: String)
    /// Nothing is known of the abbreviation, and UTC was taken.
    case unknown(zone: String)

    /// What is said of it to a person.
    var diagnostic: Diagnostic.Kind {
      switch self {
      case .guessed(let zone, let offset): .zoneGuessed(zone: zone, offset: offset)
      case .unknown(let zone): .zoneUnknown(zone: zone)
      }
    }
  }

  /// What an abbreviation of a zone stands for, in seconds east of UTC, and what is doubtful of that.
  typealias Zone = (offset: Int, doubt: ZoneDoubt?)

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
    guard let time = CivilTime(text, ignoringTail: true), time.hasTime else { return nil }
    var reading = Reading(
      seconds: time.seconds, minute: time.minute, month: time.month, isISO: true, zoneDoubt: nil)
    if CivilTime(text) != nil { return reading }
    let word = Self.wordBehindClock(text)
    var half = DateParts()
    // The clock counts half a day: the date only looks like ISO 8601.
    if half.takeHalf(word) { return nil }
    if let offset = CivilTime.offset(word) {
      reading.seconds -= Int64(offset)
    } else if let zone = zone(word) {
      reading.seconds -= Int64(zone.offset)
      reading.zoneDoubt = zone.doubt
      reading.isISO = false
    } else if word.contains("/"), word.utf8.allSatisfy({ ("+"..."z").contains(Unicode.Scalar($0)) })
    {
      // A zone by its place, `Europe/Berlin`, which no tool prints.
      reading.zoneDoubt = .unknown(zone: word)
    }
    // Alpine's date knows no `%:z` and prints nothing, another busybox prints the letters: the
    // container's zone is then UTC, as nearly always.
    return reading
  }

  /// The first word behind the minutes, the seconds and their fraction of `2026-11-23T03:49:27.12 CET`.
  private static func wordBehindClock(_ text: String) -> String {
    var tail = text.utf8.dropFirst(16)
    if tail.first == UInt8(ascii: ":") { tail = tail.dropFirst(3) }
    if tail.first == UInt8(ascii: ".") || tail.first == UInt8(ascii: ",") {
      tail = tail.dropFirst().drop { $0 &- 0x30 < 10 }
    }
    let blank = UInt8(ascii: " ")
    return String(decoding: tail.drop { $0 == blank }.prefix { $0 != blank }, as: UTF8.self)
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
      if let offset = CivilTime.offset(token) {
        (parts.offset, parts.zoneDoubt) = (offset, nil)
      } else if let zone = zone(token) {
        if case .unknown = zone.doubt {
          if parts.offset == nil { parts.zoneDoubt = zone.doubt }
        } else {
          (parts.offset, parts.zoneDoubt) = (zone.offset, zone.doubt)
        }
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

  /// What a word stands for that is the abbreviation of a zone; nil for any other word.
  private func zone(_ word: String) -> Zone? {
    if let zone = zones[word], let offset = CivilTime.offset(zone.offset) {
      return (offset, zone.isAmbiguous ? .guessed(zone: word, offset: zone.offset) : nil)
    }
    return Self.looksLikeZone(word) ? (0, .unknown(zone: word)) : nil
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
