import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `The time of a run` {
  @Test func `is that of the log`() throws {
    let run = try Reading.run("s4-v1.3.5-fr-stdout.txt")
    #expect(run.timeSource == .log)
    #expect(CivilTime.rfc3339(run.startedAt) == "2026-11-23T04:26:39Z")
  }

  @Test func `does not know the minutes of March 2021`() throws {
    let results = Reading.results(try Fixture.bytes("s4-519f20b-twice-log.txt"))
    #expect(results.count == 2)
    for (run, diagnostics) in results {
      #expect(run.timeSource == .logWithoutMinutes)
      #expect(diagnostics.contains { $0.kind == .minutesUnknown })
    }
  }

  /// A log of section 4 of edition 7, of each start.
  private static func springLog(_ starts: String..., heading: String) -> [UInt8] {
    let lines = """
      [INFO] 4 - Container Images and Build File
      [NOTE] 4.2  - Ensure that containers use only trusted base images (Not Scored)
      [WARN] 4.5  - Ensure Content trust for Docker is Enabled (Scored)
      [PASS] 4.9  - Ensure that COPY is used instead of ADD in Dockerfiles (Not Scored)

      [INFO] Checks: 3
      [INFO] Score: -1

      """
    return Array(starts.map { "Initializing \($0)\n\n\(heading)\n\(lines)" }.joined().utf8)
  }

  @Test(arguments: [
    ("", [TimeSource.logWithoutMinutes]), ("Section A - Checks result", [.logWithoutMinutes]),
    ("Section A - Check results", [.log]),
  ])
  func `believes minutes that are the month of versions with another heading`(
    heading: String, sources: [TimeSource]
  ) {
    let results = Reading.results(Self.springLog("2021-09-28T20:09:43+02:00", heading: heading))
    #expect(results.map(\.run.timeSource) == sources)
    #expect(results.map { CivilTime.rfc3339($0.run.startedAt) } == ["2021-09-28T18:09:43Z"])
    let isNoted = results.flatMap(\.diagnostics).contains { $0.kind == .minutesUnknown }
    #expect(isNoted == (sources != [.log]))
  }

  @Test func `believes minutes that are the month where another run has other minutes`() {
    let (hour, other) = ("2021-09-28T20:09:43+02:00", "2021-09-28T19:44:43+02:00")
    for starts in [(other, hour), (hour, other)] {
      let log = Self.springLog(starts.0, starts.1, heading: "")
      #expect(Reading.runs(log).map(\.timeSource) == [.log, .log])
    }
    let log = Self.springLog(hour, hour, heading: "")
    #expect(Reading.runs(log).map(\.timeSource) == [.logWithoutMinutes, .logWithoutMinutes])
  }

  @Test(arguments: ["1.3.6", "1.5.0", "1.6.0"])
  func `believes minutes that are the month of every later version`(version: String) throws {
    var text = try Fixture.text("s1-v1.6.0-log.txt")
    let start = try #require(text.split(separator: "\n").first { $0.contains("Initializing ") })
    text.replace(start, with: "Initializing 2026-11-23T03:11:27+00:00")
    let (run, _) = try #require(Reading.results(Array(text.utf8)).first)
    #expect(run.timeSource == .log)
  }

  @Test(
    arguments: [
      ("1763869836", "2025-11-23T03:50:36Z"), ("1763869836123", "2025-11-23T03:50:36Z"),
      ("1763869836123456", "2025-11-23T03:50:36Z"), ("1763869836123456789", "2025-11-23T03:50:36Z"),
      ("86400", nil), ("0", nil), ("-1763869836", nil), ("1356998399", nil), ("999999999999", nil),
      ("9223372036854775808", nil), ("99999999999999999999999999999999999999999", nil),
    ] as [(String, String?)])
  func `reads the start of JSON in any unit`(start: String, time: String?) throws {
    let text = """
      {"dockerbenchsecurity": "1.6.0", "start": \(start), "tests": [{"id": "2", "desc": "Docker daemon",
      "results": [{"id": "2.1", "desc": "Run the Docker daemon as a non-root user, if possible (Manual)",
      "result": "INFO"}]}], "checks": 1, "score": 0, "end": 1763869850}
      """
    let results = Reading.results(Array(text.utf8))
    let (run, diagnostics) = try #require(results.first)
    #expect(run.isComplete)
    if let time {
      #expect(run.timeSource == .log)
      #expect(CivilTime.rfc3339(run.startedAt) == time)
      #expect(!diagnostics.contains { if case .startUnread = $0.kind { true } else { false } })
    } else {
      #expect(run.timeSource == .file)
      #expect(run.startedAt == Reading.context.fallbackTime)
      #expect(diagnostics.contains { $0.kind == .startUnread(String(start.prefix(40))) })
    }
  }

  @Test func `does not believe a clock that was never set`() throws {
    let text = try Fixture.text("s4-v1.1.0-log.txt").replacing(
      "Mon Nov 23 03:15:38 UTC 2026", with: "Thu Jan  1 00:00:12 UTC 1970")
    let (run, diagnostics) = try #require(Reading.results(Array(text.utf8)).first)
    #expect(run.timeSource == .file)
    #expect(
      diagnostics.contains { $0.kind == .startUnread("Thu Jan  1 00:00:12 UTC 1970") })
  }

  @Test(
    arguments: [
      ("2018-11-23T03:49:27 CET", "2018-11-23T02:49:27Z", nil),
      (
        "2018-11-23T03:49:27 IST", "2018-11-22T22:19:27Z",
        .zoneGuessed(zone: "IST", offset: "+05:30")
      ),
      ("2018-11-23T03:49:27 XYZT", "2018-11-23T03:49:27Z", .zoneUnknown(zone: "XYZT")),
      ("Fri Nov 23 03:49:27 XYZT 2018", "2018-11-23T03:49:27Z", .zoneUnknown(zone: "XYZT")),
    ] as [(String, String, Diagnostic.Kind?)])
  func `says what is doubtful of a zone`(start: String, time: String, doubt: Diagnostic.Kind?)
    throws
  {
    let text = try Fixture.text("s4-v1.1.0-log.txt").replacing(
      "Mon Nov 23 03:15:38 UTC 2026", with: start)
    let (run, diagnostics) = try #require(Reading.results(Array(text.utf8)).first)
    #expect(run.timeSource == .log)
    #expect(CivilTime.rfc3339(run.startedAt) == time)
    #expect(diagnostics.map(\.kind) == (doubt.map { [$0] } ?? []))
  }

  @Test func `takes the time that it is given where the log has none`() throws {
    let text = try Fixture.text("s4-head-stdout.txt").split(separator: "\n").filter {
      !$0.contains("Initializing")
    }
    let (run, diagnostics) = try #require(
      Reading.results(Array(text.joined(separator: "\n").utf8)).first)
    #expect(run.startedAt == Reading.context.fallbackTime)
    #expect(run.timeSource == .file)
    #expect(!run.isComplete)
    #expect(diagnostics.contains { $0.kind == .headMissing })
  }

  @Test func `says that it could not read a time`() throws {
    let text = try Fixture.text("s4-v1.1.0-log.txt").replacing(
      "Mon Nov 23 03:15:38 UTC 2026", with: "Xyz Qqq 23 03:15:38")
    let (run, diagnostics) = try #require(Reading.results(Array(text.utf8)).first)
    #expect(run.timeSource == .file)
    #expect(diagnostics.contains { $0.kind == .startUnread("Xyz Qqq 23 03:15:38") })
  }
}
