import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

struct `A damaged log` {
  private static func head(of text: String, lines: Int) -> [UInt8] {
    Array(
      text.split(separator: "\n", omittingEmptySubsequences: false).prefix(lines).joined(
        separator: "\n"
      ).utf8)
  }

  @Test func `has a glued run behind a shorter prefix`() {
    let prefix = String(repeating: "x", count: 100)
    let log = """
      Initializing 2026-01-01T00:00:00+00:00
      \(prefix) [WARN] 1.1 - foo
      [WARN] 1.2 - abc# -----------------

      """
    _ = LogReader.runs(in: Array(log.utf8))
  }

  @Test func `of text may end at any byte`() throws {
    let bytes = try Fixture.bytes("s4-v1.1.0-log.txt")
    try Self.cut(bytes, isText: true)
  }

  @Test func `of text with details and totals may end at any byte`() throws {
    let text = try Fixture.text("s4-head-stdout.txt")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    try Self.cut(
      Array((lines.prefix(40) + lines.suffix(12)).joined(separator: "\n").utf8), isText: true)
  }

  @Test func `of flat JSON may end at any byte`() throws {
    try Self.cut(try Fixture.bytes("s4-fa9b227-log.json"), isText: false)
  }

  @Test func `of nested JSON may end at any byte`() throws {
    try Self.cut(Array(try Fixture.bytes("s4-head-log.json").prefix(4_000)), isText: false)
  }

  /// Expects that a cut log has a beginning of the whole one's checks, and more of them the later it is cut.
  private static func cut(_ bytes: [UInt8], isText: Bool) throws {
    let whole = try #require(SeenRun.runs(bytes).first).checks
    var last = 0
    for end in 0...bytes.count {
      let runs = SeenRun.runs(Array(bytes[..<end]))
      #expect(runs.count <= 1, "cut at \(end)")
      let checks = runs.first?.checks ?? []
      #expect(checks.count >= last, "cut at \(end)")
      last = max(last, checks.count)
      guard checks.count <= whole.count else {
        Issue.record("cut at \(end) there are more checks")
        continue
      }
      let sure = checks.dropLast()
      #expect(Array(sure) == Array(whole.prefix(sure.count)), "cut at \(end)")
      if let check = checks.last {
        let full = whole[checks.count - 1]
        #expect(check.id == full.id && check.status == full.status, "cut at \(end)")
        #expect(full.title.hasPrefix(check.title), "cut at \(end)")
      }
    }
    #expect(last == whole.count)
  }

  @Test(arguments: ["s4-v1.1.0-log.txt", "s4-head-stdout.txt", "s6-v1.6.0-log.txt"])
  func `of text may have any byte flipped`(name: String) throws {
    try FlippedBytes.read(name, seed: 1, rounds: 500)
  }

  @Test(arguments: ["s4-fa9b227-log.json", "s4-head-log.json", "s6-v1.6.0-log.json"])
  func `of JSON may have any byte flipped`(name: String) throws {
    try FlippedBytes.read(name, seed: 2, rounds: 500)
  }

  @Test func `may be noise alone`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let noise = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(LogReader.runs(in: noise).isEmpty)
    }
  }

  @Test(arguments: [
    "[", "{", "{\"", "\"", "\\", "[{\"a\":", "\u{1b}", "\r", ",", "]", "a", "[WARN] ", "\u{0}",
  ])
  func `may be a megabyte of the same`(piece: String) {
    let count = (1 << 20) / piece.utf8.count
    let bytes = Array(String(repeating: piece, count: count).utf8)
    let runs = LogReader.runs(in: bytes)
    #expect(runs.allSatisfy { $0.checks.isEmpty })
  }

  @Test func `may have a line without end after a run`() throws {
    let bytes = try Fixture.bytes("s4-v1.1.0-log.txt")
    let tail = [UInt8](repeating: 0x61, count: 9 << 20)
    let runs = SeenRun.runs(bytes + tail, chunk: 1 << 20)
    #expect(runs.count == 1)
    #expect(runs.first?.checks.count == SeenRun.runs(bytes).first?.checks.count)
  }

  @Test func `may be nested without end before a run`() throws {
    let text = try Fixture.bytes("s4-v1.1.0-log.txt")
    let opening = Array(String(repeating: "[{\"a\":", count: 100_000).utf8)
    let runs = SeenRun.runs(opening + [0x0A] + text)
    #expect(runs.filter { !$0.checks.isEmpty } == SeenRun.runs(text))
  }

  @Test func `may have no end of a name`() throws {
    let name = String(repeating: "a", count: 1 << 20)
    let log =
      "Initializing 2026-11-23T03:49:27+00:00\n[WARN] 4.1 - Ensure\n[WARN]  * Running as root: \(name)\n"
    let run = try #require(SeenRun.runs(Array(log.utf8)).first)
    #expect(run.checks.first?.details.first?.utf8.count == name.utf8.count + 17)
  }
}
