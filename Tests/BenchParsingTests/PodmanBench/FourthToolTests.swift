import BenchModel
import BenchTestSupport
import Testing

@testable import BenchParsing

/// A tool that is nothing but a folder and a row.
struct `A fourth tool` {
  private static let formats = TextFormats(further: TextFormats.further + [PodmanBenchFold.self])

  private static let log = Array(
    """
    Podman Bench 0.3 started 2026-11-23T03:49:27+00:00

    ok 1.1 Containers run without root
    not ok 1.2 Images are signed
      * docker.io/library/nginx
      * docker.io/library/redis
    Error: no such image
    2 checks, 1 not ok

    """.utf8)

  private static let others =
    Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments

  private static func runs(_ bytes: [UInt8], chunk: Int = .max) -> [SeenRun] {
    SeenRun.runs(bytes, chunk: chunk, formats: formats)
  }

  @Test(arguments: [1, 7, .max])
  func `is read`(chunk: Int) throws {
    let runs = Self.runs(Self.log, chunk: chunk)
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.tool.name == "podman-bench")
    #expect(run.version == "0.3")
    #expect(run.start == "2026-11-23T03:49:27+00:00")
    #expect(run.hasEnd)
    #expect(run.printed == [2, nil])
    #expect(
      run.lines == ["[PASS] 1.1 Containers run without root", "[FAIL] 1.2 Images are signed"])
    #expect(run.checks[1].details == ["docker.io/library/nginx", "docker.io/library/redis"])
  }

  @Test func `is not read without its row`() {
    #expect(SeenRun.runs(Self.log).isEmpty)
  }

  @Test func `has every line in its tally`() throws {
    let run = try #require(
      SeenRun.parsed(Self.log, chunk: .max, formats: Self.formats).first)
    #expect(run.line == 1)
    #expect(run.checks.map(\.line) == [3, 4])
    let tally = run.tally
    #expect(
      [tally.banner, tally.checks, tally.details, tally.noise, tally.blank] == [1, 2, 2, 1, 1])
  }

  @Test(arguments: Capture.prefixes + Capture.encodings + Capture.wrappings)
  func `is read out of a capture`(capture: Capture) throws {
    let plain = try #require(Self.runs(Self.log).first)
    // A line of another program between the lines of a run is its noise.
    #expect(Self.runs(capture(Self.log)).map(\.lines) == [plain.lines], "\(capture)")
  }

  @Test(arguments: others)
  func `stands beside each of the others in one log`(other: String) throws {
    let bytes = try Fixture.bytes(other)
    let own = Self.runs(Self.log)
    let known = SeenRun.runs(bytes)
    #expect(Self.runs(bytes + [0x0A] + Self.log) == known + own)
    #expect(Self.runs(Self.log + bytes) == own + known)
    let mixed = Self.log + bytes + [0x0A] + Self.log + Self.log + bytes
    #expect(Self.runs(mixed) == own + known + own + own + known)
    #expect(Self.runs(mixed, chunk: 4_093) == own + known + own + own + known)
  }

  @Test(arguments: others)
  func `that is cut off is followed by each of the others`(other: String) throws {
    let bytes = try Fixture.bytes(other)
    let known = SeenRun.runs(bytes)
    let lines = String(decoding: Self.log, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    // Before its first check it is no run.
    for count in 3...6 {
      let head = Array((lines.prefix(count).joined(separator: "\n") + "\n").utf8)
      let runs = Self.runs(head + bytes)
      #expect(runs.dropFirst().map(\.checks) == known.map(\.checks), "\(count)")
      #expect(runs.first?.hasEnd == false, "\(count)")
      #expect(runs.first?.checks == Self.runs(head).first?.checks, "\(count)")
    }
  }

  @Test(arguments: Fixture.texts)
  func `follows a run that is cut off`(other: String) throws {
    let text = try Fixture.text(other).split(separator: "\n")
    let head = Array((text.prefix(text.count / 2).joined(separator: "\n") + "\n").utf8)
    let runs = Self.runs(head + Self.log)
    #expect(runs.last == Self.runs(Self.log).first)
    #expect(runs.dropLast().map(\.lines) == SeenRun.runs(head).map(\.lines))
  }

  @Test(arguments: Fixture.aquaTexts)
  func `follows results that are cut off`(other: String) throws {
    // Amid remediations any text may stand.
    let text = try Fixture.text(other).split(separator: "\n").prefix { !$0.contains("== ") }
    let head = Array((text.prefix(20).joined(separator: "\n") + "\n").utf8)
    let runs = Self.runs(head + Self.log)
    #expect(runs.last == Self.runs(Self.log).first)
    #expect(runs.dropLast().map(\.lines) == SeenRun.runs(head).map(\.lines))
  }

  @Test(arguments: others)
  func `changes nothing of the others`(other: String) throws {
    let bytes = try Fixture.bytes(other)
    #expect(Self.runs(bytes) == SeenRun.runs(bytes))
  }

  @Test(arguments: others)
  func `changes nothing of the others' tallies`(other: String) throws {
    let bytes = try Fixture.bytes(other)
    let with = SeenRun.parsed(bytes, chunk: .max, formats: Self.formats)
    let without = SeenRun.parsed(bytes, chunk: .max)
    #expect(with.map(\.tally) == without.map(\.tally))
    #expect(with.map(\.diagnostics) == without.map(\.diagnostics))
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `changes nothing of the corpus`() throws {
    for folder in Corpus.folders {
      for log in folder.logs {
        let bytes = try folder.bytes(log)
        #expect(Self.runs(bytes) == SeenRun.runs(bytes), "\(folder)/\(log)")
      }
    }
  }
}
