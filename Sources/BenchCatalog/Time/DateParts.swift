import BenchModel

/// The parts of a localized date, as its words are read one after the other.
struct DateParts {
  var year: Int?
  var month: Int?
  var day: Int?
  var clock: (hour: Int, minute: Int, second: Int)?
  var isAfternoon: Bool?
  var offset: Int?
  var zoneDoubt: StartTimes.ZoneDoubt?

  private static let mornings: Set<String> = [
    "am", "a.m.", "上午", "午前", "오전", "sa", "π.μ.", "πμ", "ص", "पूर्वाह्न", "পূর্বাহ্ণ", "öö",
  ]
  private static let afternoons: Set<String> = [
    "pm", "p.m.", "下午", "午後", "오후", "ch", "μ.μ.", "μμ", "م", "अपराह्न", "অপরাহ্ণ", "ös",
  ]

  /// Takes `05:26:39`, also with the unit's letters of Chinese, Japanese and Korean.
  mutating func takeClock(_ token: String) -> Bool {
    var text = token
    for half in ["AM", "PM"] where text.hasPrefix(half) && text.count > 6 {
      isAfternoon = half == "PM"
      text = String(text.dropFirst(2))
    }
    // Finland's clock has points.
    let points = text.split(separator: ".", omittingEmptySubsequences: false)
    if points.count == 3, points.allSatisfy({ $0.utf8.count == 2 }) {
      text = points.joined(separator: ":")
    }
    for unit in ["時", "时", "시", "分", "분"] {
      text = text.split(separator: unit, omittingEmptySubsequences: false).joined(separator: ":")
    }
    let parts = text.split(separator: ":").map { $0.prefix { $0.isASCII && $0.isNumber } }
    guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]),
      let second = Int(parts[2]), parts.allSatisfy({ $0.utf8.count <= 2 }), hour < 24, minute < 60
    else { return false }
    clock = (hour, minute, second)
    return true
  }

  /// Whether a word is a clock's time.
  static func isClock(_ token: String) -> Bool {
    var parts = DateParts()
    return parts.takeClock(token)
  }

  /// Takes a word for the half of the day.
  mutating func takeHalf(_ token: String) -> Bool {
    let word = token.lowercased()
    if Self.mornings.contains(word) {
      isAfternoon = false
    } else if Self.afternoons.contains(word) {
      isAfternoon = true
    } else {
      return false
    }
    return true
  }

  /// Takes a year, a day, a month with its unit, or a date in numbers.
  mutating func takeNumber(_ token: String) -> Bool {
    // Taiwan puts the era before the year.
    let token = token.hasPrefix("西元") ? String(token.dropFirst(2)) : token
    let digits = token.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int(digits), digits.utf8.count <= 4 else { return false }
    let rest = token.dropFirst(digits.count)
    if takeNumericDate(token) { return true }
    switch rest {
    case "月", "월": month = value
    case "年", "년": year = value
    case "日", "일": day = value
    case "", ".", "º", "°", "er", "-a":
      if digits.utf8.count == 4 {
        // Thailand counts from the death of the Buddha.
        year = value > 2_400 ? value - 543 : value
      } else {
        day = value
      }
    default: return false
    }
    return true
  }

  /// Takes `23.11.2026`, `2026-11-23` and the like, if the order of day and month is beyond doubt.
  private mutating func takeNumericDate(_ token: String) -> Bool {
    let parts = token.split { "./-".contains($0) }
    guard parts.count == 3, let first = Int(parts[0]), let second = Int(parts[1]),
      let third = Int(parts[2]), token.allSatisfy({ $0.isASCII })
    else { return false }
    if parts[0].utf8.count == 4 {
      (year, month, day) = (first, second, third)
    } else if token.contains(".") || first > 12 {
      (day, month, year) = (first, second, third)
    } else if second > 12 {
      (month, day, year) = (first, second, third)
    }
    if let short = year, short < 100 { year = 2_000 + short }
    return true
  }

  /// The time that the parts make, if none is missing.
  var reading: StartTimes.Reading? {
    guard let year, let month, let day, var clock else { return nil }
    if let isAfternoon, clock.hour <= 12 { clock.hour = clock.hour % 12 + (isAfternoon ? 12 : 0) }
    guard
      let seconds = CivilTime.seconds(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
        second: clock.second)
    else { return nil }
    return StartTimes.Reading(
      seconds: seconds - Int64(offset ?? 0), minute: clock.minute, month: month, isISO: false,
      zoneDoubt: zoneDoubt)
  }
}
