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
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54 || bytes[10] == 0x20,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
      let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19])
    else { return nil }
    // Alpine's date knows no `%:z` and prints nothing, another busybox prints the letters: the
    // container's zone is then UTC, as nearly always.
    let zone = String(decoding: bytes[19...], as: UTF8.self)
    let offset = Self.offset(zone) ?? 0
    guard
      let seconds = Self.seconds(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return Reading(
      seconds: seconds - Int64(offset), minute: minute, month: month, isISO: true, guessedZone: nil)
  }

  // MARK: - Localized dates

  private func readLocalized(_ text: String) -> Reading? {
    var parts = DateParts()
    let tokens = Self.tokens(text)
    var words: [(position: Int, month: Int)] = []
    for (position, token) in tokens.enumerated() {
      if parts.takeClock(token) || parts.takeNumber(token) || parts.takeHalf(token) { continue }
      for length in [3, 2, 1] where position + length <= tokens.count {
        let word = tokens[position..<position + length].joined(separator: " ").lowercased()
        if let month = months[Self.trim(word)] {
          words.append((position, month))
          break
        }
      }
      if let zone = zones[token] {
        parts.offset = Self.offset(zone.offset)
        parts.guessedZone = zone.isAmbiguous ? (token, zone.offset) : nil
      } else if let offset = Self.offset(token) {
        parts.offset = offset
      }
    }
    // A weekday's name may be a month's in another language ("mar." is Tuesday and March); the
    // weekday stands first in nearly every locale.
    if let word = words.last, parts.month == nil { parts.month = word.month }
    return parts.reading
  }

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = [""]
    for character in text {
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

  // MARK: - Numbers

  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(byte &- 0x30)
    }
    return value
  }

  /// The seconds of `+05:30`, `-0330` or `Z`; nil for anything else.
  static func offset(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    if bytes == [0x5A] { return 0 }
    guard bytes.count == 5 || bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D else { return nil }
    let digits = bytes.dropFirst().filter { $0 != 0x3A }
    guard digits.count == 4, let hours = number(digits[0..<2]), let minutes = number(digits[2..<4]),
      hours <= 15, minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return bytes[0] == 0x2D ? -seconds : seconds
  }

  /// The seconds since 1970 of a civil date and time in UTC; nil if there is no such date.
  static func seconds(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
  ) -> Int64? {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1970...9999).contains(year), (1...12).contains(month), hour < 24, minute < 60, second < 61
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
    guard (1...length).contains(day) else { return nil }
    // Days from civil, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }
}
