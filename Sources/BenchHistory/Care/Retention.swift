internal import BenchModel

/// Which runs of one host and tool stay, by the rules of `restic forget`.
///
/// Of each day, week, month or year that has a run the newest run stays, until so many of them have one. All of it is in
/// UTC, and weeks begin on Monday.
package struct Retention: Hashable, Sendable {
  /// Why a run stays.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case last
    case daily
    case weekly
    case monthly
    case yearly
    case within
    /// It is the oldest run, and a count was not used up.
    case oldest
    /// It is a baseline.
    case baseline
    /// What is known of its host now stands on it.
    case current
  }

  /// How many of the newest runs stay.
  package var last: Int?
  /// Of how many days, weeks, months and years that have a run the newest one stays.
  package var daily: Int?
  package var weekly: Int?
  package var monthly: Int?
  package var yearly: Int?
  /// Every run stays that began within this time before the newest one.
  package var within: RetentionSpan?

  /// Creates rules by which no run stays.
  package init() {}

  /// Whether no rule is given.
  package var isEmpty: Bool { self == Retention() }

  /// Returns why each run stays: nothing for one that goes.
  ///
  /// - Parameter starts: The starts of the runs of a host and tool in seconds since 1970, the newest first.
  /// - Returns: As many lists, in the same order.
  package func reasons(_ starts: [Int64]) -> [[Reason]] {
    guard let newest = starts.first else { return [] }
    let limit = within.map { $0.start(before: newest) }
    var buckets = [
      Bucket(.last, last), Bucket(.daily, daily), Bucket(.weekly, weekly),
      Bucket(.monthly, monthly), Bucket(.yearly, yearly),
    ]
    return starts.enumerated().map { place, start in
      var reasons: [Reason] = []
      if let limit, start > limit { reasons.append(.within) }
      for index in buckets.indices where buckets[index].left > 0 {
        let key = buckets[index].key(start, place)
        let isNew = key != buckets[index].key
        // Where there are fewer runs than a count asks for, the history stays as long as it is.
        guard isNew || place == starts.count - 1 else { continue }
        buckets[index].key = key
        buckets[index].left -= 1
        let reason = isNew ? buckets[index].reason : .oldest
        if !reasons.contains(reason) { reasons.append(reason) }
      }
      return reasons
    }
  }

  /// A count with the last day, week, month or year that took one of it.
  private struct Bucket {
    let reason: Reason
    var left: Int
    var key: Int64?

    init(_ reason: Reason, _ count: Int?) {
      self.reason = reason
      left = count ?? 0
    }

    /// What runs have in common of which one stays.
    func key(_ start: Int64, _ place: Int) -> Int64 {
      let day = CivilTime.days(start)
      switch reason {
      case .daily: return day
      // The first of January 1970 was a Thursday.
      case .weekly: return RetentionSpan.floor(day + 3, by: 7)
      case .monthly:
        let date = CivilTime.civil(start)
        return date.year * 12 + date.month
      case .yearly: return CivilTime.civil(start).year
      case .last, .within, .oldest, .baseline, .current: return Int64(place)
      }
    }
  }
}

/// A length of time as restic writes it: `30d`, or `2y5m7d3h`.
package struct RetentionSpan: Hashable, Sendable {
  private var years = 0
  private var months = 0
  private var days = 0
  private var hours = 0
  /// The greatest number of each unit.
  private static let most = 100_000

  /// Reads numbers, each with `y`, `m` (months), `d` or `h` behind it; nil for anything else, and for no time at all.
  package init?(_ text: String) {
    var number: Int?
    var seen: Set<Character> = []
    for character in text {
      if let digit = character.isASCII ? character.wholeNumberValue : nil {
        let value = (number ?? 0) * 10 + digit
        guard value <= Self.most else { return nil }
        number = value
        continue
      }
      guard let value = number, seen.insert(character).inserted else { return nil }
      number = nil
      switch character {
      case "y": years = value
      case "m": months = value
      case "d": days = value
      case "h": hours = value
      default: return nil
      }
    }
    guard number == nil, years + months + days + hours > 0 else { return nil }
  }

  /// The time that lies so long before another.
  ///
  /// A month before the 31st of March is the 31st of February, which is the 3rd of March, as in restic.
  package func start(before time: Int64) -> Int64 {
    let date = CivilTime.civil(time)
    let month = date.year * 12 + date.month - 1 - Int64(years * 12 + months)
    guard
      let first = CivilTime.seconds(
        year: Int(Self.floor(month, by: 12)),
        month: Int(month - Self.floor(month, by: 12) * 12) + 1,
        day: 1, hour: 0, minute: 0, second: 0)
    else { return .min }
    let rest = (time % 86_400 + 86_400) % 86_400
    return first + (date.day - 1 - Int64(days)) * 86_400 + rest - Int64(hours) * 3_600
  }

  fileprivate static func floor(_ number: Int64, by divisor: Int64) -> Int64 {
    number / divisor - (number % divisor < 0 ? 1 : 0)
  }
}
