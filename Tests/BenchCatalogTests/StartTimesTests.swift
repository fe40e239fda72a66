@testable import BenchCatalog
import BenchModel
import Testing

struct `The start of a run` {
  private static let times = Catalog.embedded.startTimes

  @Test(arguments: [
    ("Mon Nov 23 03:16:01 UTC 2026", "2026-11-23T03:16:01Z"),
    ("Mo 23. Nov 05:26:28 CET 2026", "2026-11-23T04:26:28Z"),
    ("Sun Nov 22 11:26:33 PM EST 2026", "2026-11-23T04:26:33Z"),
    ("Sun Nov 22 12:26:33 AM EST 2026", "2026-11-22T05:26:33Z"),
    ("Sun Nov 22 12:26:33 PM EST 2026", "2026-11-22T17:26:33Z"),
    ("lun. 23 nov. 2026 05:26:39 CET", "2026-11-23T04:26:39Z"),
    ("mar. 24 mars 2026 05:26:39 CET", "2026-03-24T04:26:39Z"),
    ("2026年 11月 23日 月曜日 13:26:45 JST", "2026-11-23T04:26:45Z"),
    ("Mon 23 Nov 00:56:58 NST 2026", "2026-11-23T04:26:58Z"),
    ("Mon Nov  2 03:16:01 UTC 2026", "2026-11-02T03:16:01Z"),
    ("ma 23 nov 2026 05:26:28 CET", "2026-11-23T04:26:28Z"),
    ("Пн 23 ноя 2026 07:26:28 MSK", "2026-11-23T04:26:28Z"),
    ("Sa 21. Nov 12:30:45 CET 2020", "2020-11-21T11:30:45Z"),
    ("Mon Jan  1 06:06:40 -03 2024", "2024-01-01T09:06:40Z"),
    ("wo 31 jan 2024  1:01:39 UTC", "2024-01-31T01:01:39Z"),
    ("su 31.12.2023 23.59.59 +0000", "2023-12-31T23:59:59Z"),
    ("西元2023年12月31日 (週日) 23時59分59秒 UTC", "2023-12-31T23:59:59Z"),
    ("2023年12月31日 星期日 23:59:59 UTC", "2023-12-31T23:59:59Z"),
    ("Sunday, December 31, 2023 PM11:59:59 UTC", "2023-12-31T23:59:59Z"),
    ("Chủ nhật, 31 Tháng 12 năm 2023 23:59:59 UTC", "2023-12-31T23:59:59Z"),
    ("sun 31.des 2023, 23:59:59 UTC", "2023-12-31T23:59:59Z"),
    ("2026-11-23T03:49:27+00:00", "2026-11-23T03:49:27Z"),
    ("2026-11-23T09:57:24+05:30", "2026-11-23T04:27:24Z"),
    ("2026-11-23T00:57:30-03:30", "2026-11-23T04:27:30Z"),
    ("2026-11-23T04:49:08", "2026-11-23T04:49:08Z"),
    ("2026-11-23T04:26:07%:z", "2026-11-23T04:26:07Z"),
  ])
  func `is read in every locale`(text: String, time: String) throws {
    let reading = try #require(Self.times.read(text))
    #expect(CivilTime.rfc3339(reading.seconds) == time)
    #expect(reading.zoneDoubt == nil)
  }

  @Test(arguments: [
    ("Mon Nov 23 09:56:51 IST 2026", "2026-11-23T04:26:51Z", "IST", "+05:30"),
    ("Mon Nov 23 09:56:51 CST 2026", "2026-11-23T01:56:51Z", "CST", "+08:00"),
    ("2018-11-23T09:56:51 IST", "2018-11-23T04:26:51Z", "IST", "+05:30"),
    ("2018-11-23 09:56:51 PST", "2018-11-23T17:56:51Z", "PST", "-08:00"),
  ])
  func `says which meaning of a zone was taken`(
    text: String, time: String, zone: String, offset: String
  ) throws {
    let reading = try #require(Self.times.read(text))
    #expect(CivilTime.rfc3339(reading.seconds) == time)
    #expect(reading.zoneDoubt == .guessed(zone: zone, offset: offset))
  }

  @Test(arguments: [
    ("Mon Nov 23 09:56:51 XYZ 2026", "2026-11-23T09:56:51Z", "XYZ"),
    ("2018-11-23T03:49:27 XYZT", "2018-11-23T03:49:27Z", "XYZT"),
    ("2018-11-23T03:49:27XYZ", "2018-11-23T03:49:27Z", "XYZ"),
  ])
  func `says that a zone is not known`(text: String, time: String, zone: String) throws {
    let reading = try #require(Self.times.read(text))
    #expect(CivilTime.rfc3339(reading.seconds) == time)
    #expect(reading.zoneDoubt == .unknown(zone: zone))
  }

  @Test(
    arguments: [
      ("2018-11-23T03:49:27 CET", "2018-11-23T02:49:27Z", false),
      ("2018-07-23T03:49:27 CEST", "2018-07-23T01:49:27Z", false),
      ("2018-11-23T03:49:27CET", "2018-11-23T02:49:27Z", false),
      ("2018-11-23 03:49:27 EST", "2018-11-23T08:49:27Z", false),
      ("2018-11-23T03:49:27 UTC", "2018-11-23T03:49:27Z", false),
      ("2018-11-23T03:49:27.123456 CET", "2018-11-23T02:49:27Z", false),
      ("2018-11-23T03:49 CET", "2018-11-23T02:49:00Z", false),
      ("2018-11-23T03:49:27,123456789+01:00", "2018-11-23T02:49:27Z", true),
      ("2018-11-23 03:49:27 +0100", "2018-11-23T02:49:27Z", true),
      ("2018-11-23T03:49:27 -03", "2018-11-23T06:49:27Z", true),
      ("2018-11-23T03:49:27 PM EST", nil, false),
      ("2018-11-23 03:49:27 PM EST", "2018-11-23T20:49:27Z", false),
      ("2018-11-23T03:49:27+01:00", "2018-11-23T02:49:27Z", true),
      ("2018-11-23T03:49:27", "2018-11-23T03:49:27Z", true),
      ("2018-11-23T03:49:27%:z", "2018-11-23T03:49:27Z", true),
      ("2018-11-23T03:49:27:z", "2018-11-23T03:49:27Z", true),
      ("2018-11-23T03:49:27 and more", "2018-11-23T03:49:27Z", true),
    ] as [(String, String?, Bool)])
  func `has the zone behind an ISO date, whose abbreviation only a locale prints`(
    text: String, time: String?, isISO: Bool
  ) throws {
    guard let time else {
      #expect(Self.times.read(text) == nil)
      return
    }
    let reading = try #require(Self.times.read(text))
    #expect(CivilTime.rfc3339(reading.seconds) == time)
    #expect(reading.zoneDoubt == nil)
    #expect(reading.isISO == isISO)
  }

  @Test func `has a doubt where the zone is a place`() throws {
    let reading = try #require(Self.times.read("2026-03-29T02:30:00 Europe/Berlin"))
    #expect(CivilTime.rfc3339(reading.seconds) == "2026-03-29T02:30:00Z")
    #expect(reading.zoneDoubt == .unknown(zone: "Europe/Berlin"))
  }

  @Test(arguments: [
    "9999-12-31T23:59:59-15:59", "10000-01-01T00:00:00Z", "", "yesterday", "03:16:01",
    "Nov 23 03:16:01", "23 2026 03:16:01",
    "Mon Nov 31 03:16:01 UTC 2026",
    "Mon Foo 23 03:16:01 UTC 2026", "2026-11-23", "2026-02-30T03:16:01", "11/12/2026 03:16:01",
    "99:99:99 23 Nov 2026", "Mon Nov 23 03:16 UTC 2026",
  ])
  func `is not guessed`(text: String) {
    #expect(Self.times.read(text) == nil)
  }

  @Test func `is read without a trap from anything`() {
    for text in [
      String(repeating: "9", count: 10_000), "::", "-:-:-", "2026年年年", "٠٠:٠٠:٠٠ ٢٣ نوفمبر ٢٠٢٦",
    ] {
      _ = Self.times.read(text)
    }
  }

  @Test func `has every month in English`() {
    for (number, month) in [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].enumerated() {
      #expect(Self.times.read("Mon \(month) 10 03:16:01 UTC 2025")?.month == number + 1)
    }
  }
}
