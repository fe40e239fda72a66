import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

struct `A log reader` {
  @Test(arguments: Fixture.texts)
  func `accounts for every line`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    var counted = 0
    for lines in LogReader.runs(in: bytes).map(\.tally) {
      counted += lines.checks + lines.details + lines.banner + lines.totals
      counted += lines.remediation + lines.blank + lines.noise + lines.unread
    }
    #expect(counted == bytes.count { $0 == 0x0A })
  }

  @Test func `reads a text log`() throws {
    let runs = SeenRun.runs(try Fixture.bytes("s4-head-stdout.txt"))
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.form == .text)
    #expect(run.version == "1.6.0")
    #expect(run.start.hasPrefix("2026-11-23T"))
    #expect(run.hasEnd)
    #expect(run.printed.allSatisfy { $0 != nil })
    let first = try #require(run.checks.first { $0.id == "1.1.1" })
    #expect(first.status == .warn)
    #expect(
      first.title == "Ensure a separate partition for containers has been created (Automated)")
  }

  @Test func `reads nested JSON`() throws {
    let runs = SeenRun.runs(try Fixture.bytes("s1-v1.3.5-log.json"))
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.form == .json)
    #expect(run.version == "1.3.5")
    #expect(!run.start.isEmpty)
    #expect(run.printed == [115, -4])
    #expect(run.checks.count == 115)
    let check = try #require(run.checks.first { $0.id == "4.1" })
    #expect(check.status == .warn)
    #expect(
      check.details.first
        == "running as root:  bastion-ssh portainer ci-runner postgres-db api web-frontend")
    #expect(check.details.dropFirst().first == "bastion-ssh")
  }

  @Test func `reads flat JSON with repeated keys`() throws {
    let run = try #require(SeenRun.runs(try Fixture.bytes("s1-fa9b227-log.json")).first)
    #expect(!run.start.isEmpty)
    #expect(run.checks.allSatisfy { $0.title.isEmpty })
    #expect(Set(run.checks.map(\.id)).count == run.checks.count)
    let check = try #require(run.checks.first { $0.id == "5.4" })
    #expect(check.status == .warn)
    #expect(!check.details.isEmpty)
    #expect(run.checks.first { $0.id == "1.4" }?.status == .absent)
  }

  @Test func `reads every fixture whole`() throws {
    for name in Fixture.texts {
      let run = try #require(LogReader.runs(in: try Fixture.bytes(name)).first)
      #expect(run.tally.unread == 0, "\(name)")
      #expect(run.diagnostics.isEmpty, "\(name)")
      #expect(run.hasStart, "\(name)")
    }
    for name in Fixture.documents {
      let runs = LogReader.runs(in: try Fixture.bytes(name))
      #expect(runs.count == 1, "\(name)")
      #expect(runs.first?.hasStart == true, "\(name)")
      #expect(runs.first?.hasEnd == true, "\(name)")
    }
  }

  @Test func `accounts for every line`() throws {
    for name in Fixture.texts {
      let bytes = try Fixture.bytes(name)
      let run = try #require(LogReader.runs(in: bytes).first)
      let tally = run.tally
      let counted =
        tally.checks + tally.details + tally.banner + tally.totals + tally.remediation + tally.blank
        + tally.noise + tally.unread
      #expect(counted <= bytes.count { $0 == 0x0A } + 1, "\(name)")
      // The banner stands before the run that it announces.
      #expect(counted >= bytes.count { $0 == 0x0A } - 9, "\(name)")
    }
  }

  @Test func `reads two runs in a file`() throws {
    let runs = SeenRun.runs(try Fixture.bytes("s4-519f20b-twice-log.txt"))
    #expect(runs.count == 2)
    #expect(runs.first?.checks.map(\.id) == runs.last?.checks.map(\.id))
    #expect(runs.first?.start != runs.last?.start)
  }

  @Test func `reads runs of any form one after the other`() throws {
    let names = [
      "s4-head-stdout.txt", "s4-head-log.json", "s4-v1.1.0-log.txt", "s4-fa9b227-log.json",
    ]
    var bytes: [UInt8] = []
    for name in names { bytes += try Fixture.bytes(name) + [0x0A] }
    let runs = SeenRun.runs(bytes)
    var expected: [SeenRun] = []
    for name in names { expected += SeenRun.runs(try Fixture.bytes(name)) }
    #expect(runs.map(\.checks.count).sorted() == expected.map(\.checks.count).sorted())
    for run in expected { #expect(runs.contains(run)) }
  }

  @Test func `keeps the line of each check`() throws {
    let text = try Fixture.text("s4-head-stdout.txt")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let run = try #require(LogReader.runs(in: Array(text.utf8)).first)
    for check in run.checks {
      let line = String(lines[Int(check.line) - 1])
      #expect(line.contains(run.string(check.title)))
    }
  }

  @Test(
    arguments: [
      ("", .nothing), ("\n\n", .blank), ("hello\nworld\n", .text("hello")),
      ("{\"a\": 1}\n", .otherJSON),
      ("[1, 2]\n", .text("[1, 2]")), ("Usage: sh docker-bench-security.sh [OPTIONS]\n", .usage),
    ] as [(String, LogContent)])
  func `says what a log without a run holds`(text: String, content: LogContent) {
    var reader = LogReader()
    let runs = Array(text.utf8).withUnsafeBufferPointer { reader.read($0) } + reader.finish()
    #expect(runs.isEmpty)
    #expect(reader.contentWithoutRun == content)
  }

  @Test func `says that a log without a run is binary`() {
    var reader = LogReader()
    let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x0A]
    let runs = bytes.withUnsafeBufferPointer { reader.read($0) } + reader.finish()
    #expect(runs.isEmpty)
    #expect(reader.contentWithoutRun == .binary)
  }

  @Test func `says that the tool did not reach the daemon`() throws {
    var reader = LogReader()
    let bytes = try Fixture.bytes("s4-head-no-daemon-stdout.txt")
    let runs = bytes.withUnsafeBufferPointer { reader.read($0) } + reader.finish()
    #expect(runs.isEmpty)
    #expect(reader.contentWithoutRun == .noDaemon)
  }

  @Test(arguments: Fixture.texts + Fixture.aquaTexts)
  func `refuses a log that was turned round`(name: String) throws {
    let lines = Capture.withoutColors(try Fixture.bytes(name)).filter { $0 != 0x0D }
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A few results tell no order.
    guard SeenRun.runs(try Fixture.bytes(name)).first?.checks.count ?? 0 > 20 else { return }
    var reader = LogReader()
    let log = Array(lines.reversed().joined(separator: [UInt8(ascii: "\n")]))
    let runs = log.withUnsafeBufferPointer { reader.read($0) } + reader.finish()
    #expect(runs.isEmpty)
    #expect(reader.contentWithoutRun == .reversed)
  }
}
