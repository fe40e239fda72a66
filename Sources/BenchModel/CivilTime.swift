/// A date, or a date and a time, as a person or a log writes it in ISO 8601.
package struct CivilTime: Hashable, Sendable {
  /// Seconds since 1970, in UTC.
  package let seconds: Int64
  /// Whether there is a time behind the date; without one the seconds are those of midnight.
  package let hasTime: Bool
  /// The last second of what is written: of the day for a date, of the minute for a time without seconds.
  package let end: Int64
  /// The minute and the month as written.
  package let minute: Int
  package let month: Int

  /// Reads `2026-11-23`, or that with `T` or a blank, `03:49` or `03:49:27`, and `Z`, `+05:30` or nothing.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - ignoringTail: Whether what follows the seconds and is no offset is passed over.
  package init?(_ text: String, ignoringTail: Bool = false) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    var (hour, minute, second, offset) = (0, 0, 0, 0)
    var length: Int64 = 86_400
    if bytes.count > 10 {
      guard bytes.count >= 16, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A,
        let hours = Self.number(bytes[11..<13]), let minutes = Self.number(bytes[14..<16])
      else { return nil }
      (hour, minute) = (hours, minutes)
      length = 60
      var tail = bytes[16...]
      if tail.first == 0x3A, tail.count >= 3, let seconds = Self.number(tail.dropFirst().prefix(2))
      {
        second = seconds
        length = 1
        tail = tail.dropFirst(3)
      }
      if let read = Self.offset(String(decoding: tail, as: UTF8.self)) {
        offset = read
      } else if !tail.isEmpty, !ignoringTail {
        return nil
      }
    }
    guard
      let seconds = Self.seconds(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    // Its zone may put the last hours of 9999 into a year of five digits.
    guard (0...Self.latest).contains(seconds - Int64(offset)) else { return nil }
    self.seconds = seconds - Int64(offset)
    self.hasTime = bytes.count > 10
    self.end = self.seconds + length - 1
    self.minute = minute
    self.month = month
  }

  /// The number that up to four digits make.
  package static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(byte &- 0x30)
    }
    return value
  }

  /// The seconds of `+05:30`, `-0330` or `Z`; nil for anything else.
  package static func offset(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    if bytes == [0x5A] { return 0 }
    guard [3, 5, 6].contains(bytes.count), bytes[0] == 0x2B || bytes[0] == 0x2D else { return nil }
    // Zones without a name of their own print their hours alone: `+03`.
    let digits = bytes.dropFirst().filter { $0 != 0x3A } + (bytes.count == 3 ? [0x30, 0x30] : [])
    guard digits.count == 4, let hours = number(digits[0..<2]), let minutes = number(digits[2..<4]),
      hours <= 15, minutes < 60
    else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return bytes[0] == 0x2D ? -seconds : seconds
  }

  /// The seconds since 1970 of a civil date and time in UTC; nil if there is no such date.
  package static func seconds(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
  ) -> Int64? {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1970...9999).contains(year), (1...12).contains(month), hour < 24, minute < 60,
      second < 61
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

  /// No tool is older than this, the first second of 2013, in which the first version of Docker was released.
  package static let earliest: Int64 = 1_356_998_400

  /// The last second of 9999.
  private static let latest: Int64 = 253_402_300_799

  /// The times that are stored: those of the years 0 to 9999, and a day on both sides for zones.
  ///
  /// Sums of their differences stay far from the ends of 64 bits.
  package static let storable: ClosedRange<Int64> = -62_167_305_600...253_402_387_199

  /// Whether a bench tool can have run at a time: not before 2013, and not after 9999.
  package static func isPlausible(_ seconds: Int64) -> Bool {
    (earliest...latest).contains(seconds)
  }

  /// The seconds since 1970 of a time that is counted from there in seconds, milliseconds, microseconds or
  /// nanoseconds.
  ///
  /// The unit is told by the size: what is a plausible time in one is none in any other.
  ///
  /// - Parameter text: Digits, and perhaps a fraction.
  /// - Returns: The seconds, or nil if the number is no plausible time in any unit.
  package static func epoch(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }),
      let number = Int64(parts[0])
    else { return nil }
    let units: [Int64] = [1, 1_000, 1_000_000, 1_000_000_000]
    return units.lazy.map { number / $0 }.first(where: isPlausible)
  }

  /// Writes a time as RFC 3339 in UTC, `2026-11-23T03:49:27Z`.
  package static func rfc3339(_ seconds: Int64) -> String {
    let (year, month, day) = civil(seconds)
    let rest = (seconds % 86_400 + 86_400) % 86_400
    return
      "\(year)-\(two(month))-\(two(day))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// Writes a time for a table, `2026-11-23 03:49`.
  package static func short(_ seconds: Int64) -> String {
    let text = rfc3339(seconds)
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
  }

  /// Writes the date of a time in UTC, `2026-11-23`.
  package static func date(_ seconds: Int64) -> String { String(rfc3339(seconds).prefix(10)) }

  /// The number of the day of a time in UTC, counted from 1970.
  package static func days(_ seconds: Int64) -> Int64 {
    seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
  }

  /// The date of a time in UTC.
  package static func civil(_ seconds: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days(seconds) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
