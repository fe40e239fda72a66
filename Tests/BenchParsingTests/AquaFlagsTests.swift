import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

/// Logs with parts left out, as the flags leave them out.
struct `A run of kube-bench with flags` {
  private static let fixtures = [
    "before-kube-cis-1.6-stdout.txt", "before-kube-cis-1.23-stdout.txt",
  ]

  /// The parts of a log: of each target its results, its remediations and its summary, and the totals.
  private static func parts(_ fixture: String) throws -> [(kind: String, lines: [String])] {
    var parts: [(kind: String, lines: [String])] = [("results", [])]
    for line in AquaText.lines(try Fixture.bytes(fixture)).dropLast() {
      if line == "== Summary total ==" {
        parts.append(("totals", []))
      } else if line.hasPrefix("== Summary") {
        parts.append(("summary", []))
      } else if line.hasPrefix("== Remediations") {
        parts.append(("remediations", []))
      } else if parts[parts.count - 1].kind == "summary", line.hasPrefix("[INFO]") {
        parts.append(("results", []))
      }
      parts[parts.count - 1].lines.append(line)
    }
    return parts
  }

  /// A log without some of its parts.
  private static func log(_ fixture: String, without kinds: [String]) throws -> [UInt8] {
    AquaText.bytes(try parts(fixture).filter { !kinds.contains($0.kind) }.flatMap(\.lines) + [""])
  }

  @Test(
    arguments: fixtures,
    [
      [], ["remediations"], ["summary"], ["totals"], ["summary", "totals"],
      ["remediations", "summary"], ["remediations", "totals"],
      ["remediations", "summary", "totals"],
    ])
  func `has the results of the whole one`(fixture: String, flags: [String]) throws {
    let plain = try #require(SeenRun.runs(try Fixture.bytes(fixture)).first)
    let runs = SeenRun.runs(try Self.log(fixture, without: flags))
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.lines == plain.lines)
    #expect(run.targets.map(\.id) == plain.targets.map(\.id))
    #expect(run.targets.map(\.firstCheck) == plain.targets.map(\.firstCheck))
    #expect(run.totals == (flags.contains("totals") ? nil : plain.totals))
    #expect(run.targets.allSatisfy { ($0.printed == nil) == flags.contains("summary") })
    #expect(run.hasEnd)
  }

  @Test(arguments: [
    Capture.encodings[0], Capture.prefixes[0], Capture.prefixes[7], Capture.jsonFile,
    Capture.prefixes[10],
  ])
  func `has its results also when it was captured`(capture: Capture) throws {
    for flags in [["remediations", "summary"], ["remediations", "summary", "totals"]] {
      let bytes = try Self.log(Self.fixtures[0], without: flags)
      #expect(
        SeenRun.runs(capture(bytes)).map(\.lines) == SeenRun.runs(bytes).map(\.lines), "\(flags)")
    }
  }

  @Test(
    arguments: Capture.prefixes + [Capture.encodings[0], Capture.encodings[4], Capture.jsonFile])
  func `has its targets also where its blank lines have something in them`(capture: Capture) throws
  {
    for flags in [["remediations", "summary"], ["remediations", "summary", "totals"]] {
      let bytes = try Self.log(Self.fixtures[0], without: flags)
      #expect(SeenRun.runs(capture(bytes)) == SeenRun.runs(bytes), "\(flags)")
    }
  }

  @Test(arguments: fixtures)
  func `is no run without results`(fixture: String) throws {
    var reader = LogReader()
    let log = try Self.log(fixture, without: ["results"])
    let runs = log.withUnsafeBufferPointer { reader.read($0) } + reader.finish()
    #expect(runs.isEmpty)
    #expect(reader.contentWithoutRun == .totals)
  }

  @Test func `may be of one target`() throws {
    let whole = try #require(
      SeenRun.runs(try Fixture.bytes("before-kube-cis-1.6-stdout.txt")).first)
    let run = try #require(
      SeenRun.runs(try Fixture.bytes("before-kube-cis-1.6-node-stdout.txt")).first)
    #expect(run.checks == Array(whole.checks(of: 3)))
    #expect(run.totals == whole.targets[3].printed)
  }

  @Test func `may be of a few checks`() throws {
    let whole = try #require(SeenRun.runs(try Fixture.bytes("s1-aqua-cis-1.2-stdout.txt")).first)
    let run = try #require(SeenRun.runs(try Fixture.bytes("s1-aqua-cis-1.2-ids-stdout.txt")).first)
    #expect(run.checks.map(\.id) == ["1.2.1", "2.2.a", "2.2.b", "4.5", "5.10"])
    for line in run.lines { #expect(whole.lines.contains(line)) }
  }
}
