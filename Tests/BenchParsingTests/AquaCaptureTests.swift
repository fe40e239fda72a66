import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

struct `A captured Aqua log` {
  @Test(arguments: Capture.all)
  func `gives the results of the plain one`(capture: Capture) throws {
    for name in Fixture.aquaTexts where !name.contains("pty") {
      let bytes = try Fixture.bytes(name)
      let plain = try #require(SeenRun.runs(bytes).first)
      let runs = SeenRun.runs(capture(bytes))
      #expect(runs.count == 1, "\(name)")
      #expect(runs.first?.lines == plain.lines, "\(name)")
      #expect(runs.first?.targets == plain.targets, "\(name)")
      #expect(runs.first?.totals == plain.totals, "\(name)")
      #expect(runs.first?.hasEnd == true, "\(name)")
    }
  }

  @Test(arguments: Capture.all)
  func `in colour gives the results of the plain one`(capture: Capture) throws {
    let terminal = try Fixture.bytes("s1-aqua-cis-1.6.0-pty-stdout.txt")
    let plain = try #require(SeenRun.runs(terminal).first)
    let runs = SeenRun.runs(capture(terminal.filter { $0 != 0x0D }))
    #expect(runs.map(\.lines) == [plain.lines])
    #expect(runs.first?.targets == plain.targets)
    #expect(runs.first?.hasEnd == true)
  }

  @Test(arguments: [
    Capture.prefixes[0], Capture.prefixes[7], Capture.prefixes[10], Capture.encodings[0],
    Capture.jsonFile,
  ])
  func `keeps what a command printed`(capture: Capture) throws {
    let bytes = try Fixture.bytes("s2-aqua-cis-1.6.0-raw-stdout.txt")
    #expect(SeenRun.runs(capture(bytes)).map(\.checks) == SeenRun.runs(bytes).map(\.checks))
  }

  @Test(arguments: Capture.encodings.filter { "\($0)" != "CR alone" } + [Capture.jsonFile])
  func `of JSON gives the run of the plain one`(capture: Capture) throws {
    for name in Fixture.aquaDocuments {
      let bytes = try Fixture.bytes(name)
      #expect(SeenRun.runs(capture(bytes)) == SeenRun.runs(bytes), "\(name)")
    }
  }

  @Test(arguments: Capture.prefixes)
  func `of JSON may have something before its only line`(capture: Capture) throws {
    for name in Fixture.aquaDocuments {
      let bytes = try Fixture.bytes(name)
      #expect(SeenRun.runs(capture(bytes)) == SeenRun.runs(bytes), "\(name)")
    }
  }

  @Test(arguments: [1, 7, 4_096])
  func `may be handed over in pieces`(chunk: Int) throws {
    for name in Fixture.aquaTexts + Fixture.aquaDocuments {
      let bytes = try Fixture.bytes(name)
      #expect(SeenRun.runs(bytes, chunk: chunk) == SeenRun.runs(bytes), "\(name)")
    }
  }

  @Test(arguments: [80, 100, 120])
  func `has the ids and words of the plain one where a terminal broke its lines`(width: Int) throws
  {
    for name in ["before-kube-cis-1.6-stdout.txt", "s1-aqua-cis-1.2-stdout.txt"] {
      let bytes = try Fixture.bytes(name)
      let plain = try #require(SeenRun.runs(bytes).first)
      let run = try #require(SeenRun.runs(Capture.wrapped(at: width)(bytes)).first)
      #expect(run.checks.map(\.id) == plain.checks.map(\.id), "\(name)")
      #expect(run.checks.map(\.status) == plain.checks.map(\.status), "\(name)")
    }
  }
}
