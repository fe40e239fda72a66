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

  @Test(arguments: ["s1-aqua-cis-1.2-ids-stdout.txt", "before-kube-cis-1.6-stdout.txt"])
  func `has the whole of the next Aqua run wherever it was cut`(next: String) throws {
    for first in [next, "s4-v1.1.0-log.txt"] {
      let first = try Fixture.bytes(first)
      let second = try Fixture.bytes(next)
      let whole = try #require(SeenRun.runs(second).first)
      for end in Self.offsets(first, by: 23) where end > 60 {
        let runs = SeenRun.runs(Array(first[..<end]) + [0x0A] + second)
        #expect(runs.last?.checks == whole.checks, "cut at \(end)")
        #expect(runs.last?.targets == whole.targets, "cut at \(end)")
      }
    }
  }

  @Test(arguments: ["s1-aqua-cis-1.2-ids-stdout.txt", "before-kube-cis-1.6-stdout.txt"])
  func `has the next Aqua run on the same line`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let whole = try #require(SeenRun.runs(bytes).first)
    var lineStart = 0
    for end in Self.offsets(bytes, by: 1) where end > 60 {
      if bytes[end - 1] == 0x0A { lineStart = end }
      // The tools' own lines without a mark may be cut anywhere; a sample of the offsets is enough.
      guard end - lineStart < 7 ? end % 5 == 0 : end % 97 == 0 else { continue }
      let line = String(decoding: bytes[lineStart..<end], as: UTF8.self)
      // In these, what follows is a part of the title, or of the id.
      if line.hasPrefix("[") && line.count > 6 && !line.contains("Ensure that") { continue }
      let runs = SeenRun.runs(Array(bytes[..<end]) + bytes)
      #expect(runs.last?.checks == whole.checks, "cut at \(end): \(line)")
    }
  }

  @Test(arguments: ["[", "[W", "[WARN", "[WARN]", "\u{1b}[1;31m[WA"])
  func `has the next Aqua run behind half a mark`(half: String) throws {
    let second = try Fixture.bytes("s1-aqua-cis-1.2-stdout.txt")
    for name in ["s4-head-stdout.txt", "s1-aqua-cis-1.2-ids-stdout.txt"] {
      let lines = try Fixture.text(name).split(separator: "\n").prefix(20)
      let first = Array((lines.joined(separator: "\n") + "\n" + half).utf8)
      let runs = SeenRun.runs(first + second)
      #expect(runs.count == 2, "\(name)")
      #expect(runs.last?.checks == SeenRun.runs(second).first?.checks, "\(name)")
    }
  }

  @Test(arguments: ["s4-head-log.json", "s1-v1.3.5-log.json", "s1-aqua-cis-1.2-ids-stdout.json"])
  func `has the Aqua text right behind a document`(document: String) throws {
    var first = try Fixture.bytes(document)
    while first.last == 0x0A { first.removeLast() }
    let alone = SeenRun.runs(first)
    for name in Fixture.aquaTexts where !name.contains("pty") {
      let second = try Fixture.bytes(name)
      for seam in [[], [0x0A]] as [[UInt8]] {
        let runs = SeenRun.runs(first + seam + second)
        #expect(runs.map(\.checks) == (alone + SeenRun.runs(second)).map(\.checks), "\(name)")
        #expect(runs.map(\.hasEnd) == (alone + SeenRun.runs(second)).map(\.hasEnd), "\(name)")
      }
    }
  }

  @Test func `has its own checks where the next document is of Aqua's tools`() throws {
    for name in Fixture.aquaDocuments {
      let document = try Fixture.bytes(name)
      let whole = try #require(SeenRun.runs(document).first)
      for end in Self.offsets(document, by: max(document.count / 300, 1)) where end > 2 {
        let cut = Array(document[..<end])
        let alone = SeenRun.runs(cut + [0x0A])
        let runs = SeenRun.runs(cut + [0x0A] + document)
        #expect(runs.last?.checks == whole.checks, "\(name) cut at \(end)")
        #expect(runs.last?.targets == whole.targets, "\(name) cut at \(end)")
        #expect(
          runs.dropLast().flatMap(\.lines) == alone.flatMap(\.lines),
          "\(name) cut at \(end) \(String(decoding: cut.suffix(80), as: UTF8.self))")
      }
    }
  }
}
