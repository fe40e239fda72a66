import BenchHistory
import BenchModel
import BenchTestSupport
import Foundation
import Testing

struct `The rules of retention` {
  /// The newest first: two runs of a Monday, one of the Sunday before it, one of the Monday before that, two of October, and
  /// two of the year before.
  private static let starts = [
    "2026-11-23T04:00Z", "2026-11-23T03:00Z", "2026-11-22T12:00Z", "2026-11-16T12:00Z",
    "2026-10-31T23:59Z", "2026-10-01T00:00Z", "2025-12-31T23:59Z", "2025-01-01T00:00Z",
  ].map { CivilTime($0)?.seconds ?? 0 }

  /// Reads `last=2 within=7d`.
  private static func retention(_ text: String) -> Retention {
    var retention = Retention()
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "=").map(String.init)
      let count = Int(parts[1])
      switch parts[0] {
      case "last": retention.last = count
      case "daily": retention.daily = count
      case "weekly": retention.weekly = count
      case "monthly": retention.monthly = count
      case "yearly": retention.yearly = count
      default: retention.within = RetentionSpan(parts[1])
      }
    }
    return retention
  }

  @Test(
    arguments: [
      ("last=2", [0, 1]), ("last=99", [0, 1, 2, 3, 4, 5, 6, 7]), ("daily=1", [0]),
      ("daily=3", [0, 2, 3]), ("weekly=2", [0, 2]), ("weekly=3", [0, 2, 4]), ("monthly=2", [0, 4]),
      ("monthly=3", [0, 4, 6]), ("monthly=9", [0, 4, 6, 7]), ("yearly=1", [0]),
      ("yearly=2", [0, 6]), ("yearly=3", [0, 6, 7]), ("within=1d", [0, 1, 2]),
      ("within=7d", [0, 1, 2, 3]), ("within=1m", [0, 1, 2, 3, 4]),
      ("within=1y", [0, 1, 2, 3, 4, 5, 6]), ("last=1 monthly=2", [0, 4]),
      ("daily=2 yearly=2", [0, 2, 6]), ("within=1h", [0]), ("last=2 within=1d", [0, 1, 2]),
    ] as [(String, [Int])])
  func `keep`(rules: String, kept: [Int]) {
    let reasons = Self.retention(rules).reasons(Self.starts)
    #expect(reasons.indices.filter { !reasons[$0].isEmpty } == kept)
  }

  @Test func `say why`() {
    let reasons = Self.retention("last=1 daily=2 yearly=3 within=1d").reasons(Self.starts)
    #expect(
      reasons == [
        [.within, .last, .daily, .yearly], [.within], [.within, .daily], [], [], [], [.yearly],
        [.oldest],
      ])
  }

  @Test func `keep nothing where nothing is asked or there`() {
    #expect(Retention().isEmpty)
    #expect(Retention().reasons([5, 4]) == [[], []])
    #expect(Self.retention("last=3").reasons([]) == [])
    #expect(!Self.retention("within=1h").isEmpty)
  }

  /// What the runs of a bucket have in common, as Foundation's calendar has it; without units a week.
  private static func key(_ start: Int64, _ units: Set<Calendar.Component>) -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "UTC") ?? calendar.timeZone
    var date = Date(timeIntervalSince1970: Double(start))
    guard units.isEmpty else { return calendar.dateComponents(units, from: date) }
    // The day on which the week began: Foundation counts from Sunday, which is 1.
    date -= Double((calendar.component(.weekday, from: date) + 5) % 7) * 86_400
    return calendar.dateComponents([.year, .month, .day], from: date)
  }

  /// The places of the runs of which one is the newest of the first so many buckets, and of the oldest where there are fewer.
  private static func kept(
    _ starts: [Int64], _ count: Int, _ units: Set<Calendar.Component>
  ) -> Set<Int> {
    var keys: [DateComponents] = []
    var kept: Set<Int> = []
    for (place, start) in starts.enumerated() {
      let key = key(start, units)
      if keys.contains(key) { continue }
      keys.append(key)
      if keys.count <= count { kept.insert(place) }
    }
    if keys.count < count, !starts.isEmpty { kept.insert(starts.count - 1) }
    return kept
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `keep what a calendar says`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let reach = [40 * 3_600, 60 * 86_400, 1_200 * 86_400].randomElement(using: &generator) ?? 1
    let starts = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
      Past.day(400) + Int64.random(in: 0...Int64(reach), using: &generator)
    }.sorted(by: >)
    var retention = Retention()
    var expected: Set<Int> = []
    let rules: [(WritableKeyPath<Retention, Int?>, Set<Calendar.Component>)] = [
      (\.daily, [.year, .month, .day]), (\.weekly, []),
      (\.monthly, [.year, .month]), (\.yearly, [.year]),
    ]
    for (path, units) in rules where Bool.random(using: &generator) {
      let count = Int.random(in: 1...8, using: &generator)
      retention[keyPath: path] = count
      expected.formUnion(Self.kept(starts, count, units))
    }
    let reasons = retention.reasons(starts)
    #expect(Set(reasons.indices.filter { !reasons[$0].isEmpty }) == expected)
  }
}

struct `A span of retention` {
  @Test(arguments: [
    "", "d", "30", "30x", "0d", "30d5", "1d1d", "-3d", "3 d", "999999999999d", "3٣d",
  ])
  func `is refused`(text: String) { #expect(RetentionSpan(text) == nil) }

  @Test(
    arguments: [
      ("2026-03-31T12:00Z", "1m", "2026-03-03T12:00Z"),
      ("2026-11-23T04:00Z", "1y", "2025-11-23T04:00Z"),
      ("2024-02-29T00:00Z", "1y", "2023-03-01T00:00Z"),
      ("2026-01-15T10:00Z", "2m3d", "2025-11-12T10:00Z"),
      ("2026-03-01T00:00Z", "1d1h", "2026-02-27T23:00Z"),
      ("2026-12-31T00:00Z", "1y12m", "2024-12-31T00:00Z"),
    ])
  func `ends so long before a run`(run: String, span: String, start: String) throws {
    let time = try #require(CivilTime(run)?.seconds)
    #expect(try #require(RetentionSpan(span)).start(before: time) == CivilTime(start)?.seconds)
  }

  @Test func `may be longer than there is time`() throws {
    #expect(try #require(RetentionSpan("9999y")).start(before: Past.day(0)) == .min)
    #expect(try #require(RetentionSpan("99999d")).start(before: Past.day(0)) < 0)
  }
}
