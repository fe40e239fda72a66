import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

struct `A log that was cut off and appended to` {
  private static func offsets(_ bytes: [UInt8], by step: Int) -> [Int] {
    Array(stride(from: 1, to: bytes.count, by: step))
  }

  @Test(arguments: ["s4-head-stdout.txt", "s4-v1.1.0-log.txt"])
  func `has the whole of the next run wherever it was cut`(next: String) throws {
    let first = try Fixture.bytes("s4-v1.1.0-log.txt")
    let second = try Fixture.bytes(next)
    let whole = try #require(SeenRun.runs(second).first)
    for end in Self.offsets(first, by: 37) {
      // Without a line feed, half an escape sequence or half a start makes the next line another, and
      // what follows a blank in a list may be a name.
      let line = first[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
      let isList = line.contains(UInt8(ascii: "*")) && [0x20, 0x2C].contains(first[end - 1])
      let isSeamless = first[end - 1] != 0x1B && end > 42 && !isList
      for seam in [[], [0x0A]] as [[UInt8]] where isSeamless || !seam.isEmpty {
        let runs = SeenRun.runs(Array(first[..<end]) + seam + second)
        #expect(runs.last?.checks == whole.checks, "cut at \(end)")
        #expect(runs.last?.start == whole.start, "cut at \(end)")
      }
    }
  }

  @Test(arguments: [
    "[WARN]      * Running as root: Initializing 2026-11-23T03:49:27+00:00",
    "[INFO]       * Users: alice,Initializing Mon Nov 23 03:54:09 UTC 2026",
  ])
  func `does not begin in a name`(line: String) {
    let log = """
      Initializing 2026-01-01T00:00:00+00:00
      [WARN] 4.1 - Ensure that a user for the container has been created (Automated)
      \(line)
      [NOTE] 4.2 - Ensure that containers use only trusted base images (Manual)

      """
    let runs = SeenRun.runs(Array(log.utf8))
    #expect(runs.count == 1)
    #expect(runs.first?.checks.count == 2)
  }

  @Test func `has the next run after a document that was never closed`() throws {
    let document = try Fixture.bytes("s1-v1.3.5-log.json")
    let text = try Fixture.bytes("s4-head-stdout.txt")
    let whole = try #require(SeenRun.runs(text).first)
    for end in Self.offsets(document, by: 211) {
      for seam in [[], [0x0A]] as [[UInt8]] {
        let runs = SeenRun.runs(Array(document[..<end]) + seam + text)
        #expect(runs.contains { $0.form == .text && $0.checks == whole.checks }, "cut at \(end)")
      }
    }
  }

  @Test func `has the next document after one that was never closed`() throws {
    let document = try Fixture.bytes("s4-head-log.json")
    let whole = try #require(SeenRun.runs(document).first)
    for end in Self.offsets(document, by: 401) {
      let runs = SeenRun.runs(Array(document[..<end]) + [0x0A] + document)
      #expect(runs.contains { $0.checks == whole.checks && $0.hasEnd }, "cut at \(end)")
    }
  }

  @Test func `may have lost any number of lines at its head`() throws {
    let lines = try Fixture.text("s4-head-stdout.txt").split(
      separator: "\n", omittingEmptySubsequences: false)
    let whole = try #require(SeenRun.runs(try Fixture.bytes("s4-head-stdout.txt")).first).checks
    for start in lines.indices {
      let runs = SeenRun.runs(Array(lines[start...].joined(separator: "\n").utf8))
      let checks = runs.first?.checks ?? []
      #expect(runs.count <= 1, "from line \(start)")
      #expect(checks == Array(whole.suffix(checks.count)), "from line \(start)")
    }
  }
}
