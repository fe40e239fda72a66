import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

struct `A captured log` {
  @Test(arguments: Capture.all)
  func `gives the checks of the plain one`(capture: Capture) throws {
    for name in ["s4-head-stdout.txt", "s1-v1.3.5-log.txt", "s4-v1.1.0-log.txt"] {
      let bytes = try Fixture.bytes(name)
      let plain = try #require(SeenRun.runs(bytes).first)
      let runs = SeenRun.runs(capture(bytes))
      #expect(runs.count == 1, "\(name)")
      #expect(runs.first == plain, "\(name)")
    }
  }

  @Test(arguments: Capture.all)
  func `of hostile names gives the ids and words of the plain one`(capture: Capture) throws {
    let bytes = try Fixture.bytes("s6-v1.6.0-log.txt")
    let plain = try #require(SeenRun.runs(bytes).first)
    let run = try #require(SeenRun.runs(capture(bytes)).first)
    #expect(run.checks.map(\.id) == plain.checks.map(\.id))
    #expect(run.checks.map(\.status) == plain.checks.map(\.status))
    #expect(run.printed == plain.printed)
  }

  @Test(arguments: Capture.prefixes + Capture.encodings)
  func `of two runs gives both`(capture: Capture) throws {
    let bytes = try Fixture.bytes("s4-519f20b-twice-log.txt")
    #expect(SeenRun.runs(capture(bytes)) == SeenRun.runs(bytes))
  }

  @Test(arguments: [
    Capture.encodings[0], Capture.encodings[3], Capture.encodings[4], Capture.prefixes[9],
  ])
  func `of JSON gives the checks of the plain one`(capture: Capture) throws {
    for name in ["s4-head-log.json", "s4-fa9b227-log.json", "s1-v1.3.5-log.json"] {
      let bytes = try Fixture.bytes(name)
      #expect(SeenRun.runs(capture(bytes)) == SeenRun.runs(bytes), "\(name)")
    }
  }

  @Test func `of JSON may be one run a line or a list`() throws {
    let compact = try Fixture.bytes("s4-head-log.json").filter { $0 != 0x0A }
    let plain = SeenRun.runs(compact)
    #expect(plain.count == 1)
    #expect(SeenRun.runs(compact + [0x0A] + compact + [0x0A]) == plain + plain)
    let list = [UInt8(ascii: "[")] + compact + Array(",\n".utf8) + compact + Array("]\n".utf8)
    #expect(SeenRun.runs(list) == plain + plain)
  }

  @Test func `may have an unfinished document before the text`() throws {
    let document = try Fixture.bytes("s4-head-log.json")
    let text = try Fixture.bytes("s4-head-stdout.txt")
    let runs = SeenRun.runs(Array(document.prefix(document.count / 2)) + [0x0A] + text)
    #expect(runs.count == 2)
    #expect(runs.filter { $0.form == .text } == SeenRun.runs(text))
  }

  @Test(arguments: [1, 7, 4_096])
  func `may be handed over in pieces`(chunk: Int) throws {
    for name in Fixture.texts + Fixture.documents + ["s4-519f20b-twice-log.txt"] {
      let bytes = try Fixture.bytes(name)
      #expect(SeenRun.runs(bytes, chunk: chunk) == SeenRun.runs(bytes), "\(name)")
    }
  }

  @Test(arguments: Capture.encodings + Capture.combinations)
  func `may be handed over in odd pieces`(capture: Capture) throws {
    let bytes = capture(try Fixture.bytes("s4-v1.1.0-log.txt"))
    for chunk in [1, 3] { #expect(SeenRun.runs(bytes, chunk: chunk) == SeenRun.runs(bytes)) }
  }
}
