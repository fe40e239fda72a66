import BenchModel
import Testing

struct `A civil time` {
  @Test(
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00", 0), ("1970-01-01T00:00:01Z", 1),
      ("1970-01-01 00:01", 60), ("1970-01-01T05:30:00+05:30", 0),
      ("1970-01-01T02:00:00-0330", 19_800),
      ("1970-01-02T00:00:00+15:00", 32_400), ("2000-02-29", 951_782_400),
      ("2000-03-01", 951_868_800),
      ("2024-02-29T23:59:59Z", 1_709_251_199), ("2100-02-28", 4_107_456_000),
      ("2026-11-23T03:49:27+00:00", 1_795_405_767), ("2026-11-23T03:49:60Z", 1_795_405_800),
      ("9999-12-31T23:59:59Z", 253_402_300_799),
      ("9999-12-31T23:59:59+15:59", 253_402_243_259), ("2016-12-31T23:59:60Z", 1_483_228_800),
    ] as [(String, Int64)])
  func `is read`(text: String, seconds: Int64) {
    #expect(CivilTime(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-2", "2026-1-23", "26-11-23", "2026/11/23", "2026-13-01",
    "2026-00-10", "2026-11-00", "2026-11-31", "2023-02-29", "1900-02-29", "2100-02-29",
    "1969-12-31",
    "2026-11-23T", "2026-11-23T3:49", "2026-11-23T24:00", "2026-11-23T03:60", "2026-11-23T03:49:61",
    "2026-11-23T03:49:2", "2026-11-23T03:49:27 ", "2026-11-23T03:49:27%:z", "2026-11-23T03:49:27+5",
    "2026-11-23T03:49:27+16:00", "2026-11-23T03:49:27+05:60", "2026-11-23x03:49", "+026-11-23",
    "２０２６-11-23", "latest", "2026-11-23T03:49:27ZZ", "2026-11-23\u{0}",
    "9999-12-31T23:59:59-15:59", "10000-01-01T00:00:00Z", "1970-01-01T00:00:00+00:01",
  ])
  func `that is none is refused`(text: String) {
    #expect(CivilTime(text) == nil)
  }

  @Test(arguments: [
    "2026-11-23T03:49:27%:z", "2026-11-23T03:49:27 and more", "2026-11-23T03:49:27",
  ])
  func `may have a tail that is passed over`(text: String) {
    #expect(CivilTime(text, ignoringTail: true)?.seconds == 1_795_405_767)
  }

  @Test func `tells a date from a date with a time`() throws {
    #expect(try #require(CivilTime("2026-11-23")).hasTime == false)
    let time = try #require(CivilTime("2026-11-23T03:11:27"))
    #expect(time.hasTime)
    #expect((time.month, time.minute) == (11, 11))
  }

  @Test(arguments: [
    ("2026-11-23", "2026-11-23T23:59:59Z"), ("2026-11-23 03:49", "2026-11-23T03:49:59Z"),
    ("2026-11-23T03:49Z", "2026-11-23T03:49:59Z"),
    ("2026-11-23T03:49+05:30", "2026-11-22T22:19:59Z"),
    ("2026-11-23T03:49:27", "2026-11-23T03:49:27Z"),
    ("2026-11-23T03:49:00+05:30", "2026-11-22T22:19:00Z"),
    ("2026-11-23T03:49:60Z", "2026-11-23T03:50:00Z"),
    ("9999-12-31", "9999-12-31T23:59:59Z"),
  ])
  func `ends with the last second of what is written`(text: String, end: String) throws {
    #expect(CivilTime.rfc3339(try #require(CivilTime(text)).end) == end)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"),
      (1_709_251_199, "2024-02-29T23:59:59Z"), (1_795_405_767, "2026-11-23T03:49:27Z"),
      (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func `is written as RFC 3339`(seconds: Int64, text: String) {
    #expect(CivilTime.rfc3339(seconds) == text)
  }

  @Test func `comes back from RFC 3339 for every day of 60 years`() {
    for day in 0..<Int64(60 * 366) {
      let seconds = day * 86_400 + day % 86_400
      #expect(CivilTime(CivilTime.rfc3339(seconds))?.seconds == seconds)
    }
  }

  @Test(
    arguments: [
      ("1763869836", 1_763_869_836), ("1763869836.123", 1_763_869_836),
      ("1763869836123", 1_763_869_836), ("1763869836123456", 1_763_869_836),
      ("1763869836123456789", 1_763_869_836), ("1356998400", 1_356_998_400),
      ("1356998400000", 1_356_998_400), ("253402300799", 253_402_300_799),
      ("253402300799999", 253_402_300_799), ("1356998399", nil), ("0", nil), ("-1763869836", nil),
      ("253402300800", nil), ("9223372036854775807", 9_223_372_036), ("9223372036854775808", nil),
      ("99999999999999999999999999", nil), ("", nil), (".", nil), ("1763869836.", nil),
      ("1763869836.1.2", nil), ("null", nil), ("1e9", nil), ("+1763869836", nil),
    ] as [(String, Int64?)])
  func `is read from a count since 1970 in any unit`(text: String, seconds: Int64?) {
    #expect(CivilTime.epoch(text) == seconds)
  }

  @Test func `is written without a trap, however large`() {
    #expect(CivilTime.rfc3339(.max) == "292277026596-12-04T15:30:07Z")
    #expect(CivilTime.rfc3339(.min).hasSuffix("-01-27T08:29:52Z"))
    #expect(!CivilTime.isPlausible(.max) && !CivilTime.isPlausible(.min))
  }

  @Test func `is short in a table`() {
    #expect(CivilTime.short(1_795_405_767) == "2026-11-23 03:49")
  }

  @Test(
    arguments: [
      ("Z", 0), ("+05:30", 19_800), ("-0330", -12_600), ("+00:00", 0), ("", nil), ("z", nil),
      ("+5:30", nil), ("05:30", nil), ("+05:3a", nil), ("+:0530", 19_800),
    ] as [(String, Int?)])
  func `has an offset`(text: String, seconds: Int?) {
    #expect(CivilTime.offset(text) == seconds)
  }
}
