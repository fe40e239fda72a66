import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

/// Logs with several runs, whole and damaged.
struct `A log with runs of Aqua's tools` {
  private static let several = [
    "s1-aqua-cis-1.2-ids-stdout.txt", "s2-aqua-cis-1.6.0-raw-stdout.txt",
    "s1-aqua-cis-1.6.0-pty-stdout.txt", "before-kube-cis-1.6-node-stdout.txt",
    "after-kube-cis-1.6-stdout.txt", "before-kube-v0.3.0-cis-1.5-stdout.txt",
    "before-kube-eks-stig-stdout.txt",
  ]

  @Test(arguments: several, several)
  func `has both of two`(first: String, second: String) throws {
    // A target without a summary of the whole may go on with another target.
    let (one, two) = (try Fixture.bytes(first), try Fixture.bytes(second))
    #expect(SeenRun.runs(one + two) == SeenRun.runs(one) + SeenRun.runs(two))
  }

  @Test(
    arguments: several + Fixture.aquaDocuments,
    ["s4-head-stdout.txt", "s4-v1.1.0-log.txt", "s1-v1.3.5-log.txt", "s4-head-log.json"])
  func `has those of docker-bench-security`(own: String, other: String) throws {
    // docker-bench-security does not end its JSON with a line feed.
    let (one, two) = (try Fixture.bytes(own), try Fixture.bytes(other) + [0x0A])
    let (runs, others) = (SeenRun.runs(one), SeenRun.runs(two))
    let areBoth = (
      SeenRun.runs(one + two) == runs + others, SeenRun.runs(two + one) == others + runs
    )
    #expect(areBoth == (true, true))
  }

  @Test(arguments: several, Fixture.aquaDocuments)
  func `has text and JSON`(text: String, document: String) throws {
    let (one, two) = (try Fixture.bytes(text), try Fixture.bytes(document))
    let (runs, others) = (SeenRun.runs(one), SeenRun.runs(two))
    let areBoth = (
      SeenRun.runs(one + two) == runs + others, SeenRun.runs(two + one) == others + runs
    )
    #expect(areBoth == (true, true))
  }

  @Test(arguments: several)
  func `may end anywhere`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let whole = try #require(SeenRun.runs(bytes).first)
    for end in stride(from: 0, to: bytes.count, by: 211) {
      let runs = SeenRun.runs(Array(bytes[..<end]))
      #expect(runs.count <= 1, "cut at \(end)")
      guard let run = runs.first else { continue }
      // Whether the line that is cut is a heading may not be known yet.
      let sure = run.checks.dropLast()
      let known = whole.checks.prefix(sure.count)
      #expect(sure.map(\.id) == known.map(\.id), "cut at \(end)")
      #expect(sure.map(\.status) == known.map(\.status), "cut at \(end)")
      #expect(sure.map(\.title) == known.map(\.title), "cut at \(end)")
      #expect(run.tool == whole.tool, "cut at \(end)")
      // kube-bench may be told not to print its totals.
      #expect(!run.hasEnd || whole.tool == .kubeBench || end > bytes.count - 20, "cut at \(end)")
    }
  }

  @Test(arguments: several)
  func `has the whole of the next run wherever one was cut`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let next = try Fixture.bytes("s1-aqua-cis-1.2-ids-stdout.txt")
    let whole = try #require(SeenRun.runs(next).first)
    for end in stride(from: 211, to: bytes.count, by: 397) {
      let line = bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
      // A remediation, and what a command printed, may be anything; so may be what follows half a mark.
      let text = Capture.withoutColors(Array(line))
      let isSeamless = text.first == UInt8(ascii: "[") && text.count > 8
      for seam in [[], [0x0A]] as [[UInt8]] where isSeamless || !seam.isEmpty {
        let last = SeenRun.runs(Array(bytes[..<end]) + seam + next).last
        #expect(last?.lines == whole.lines, "cut at \(end) with \(seam)")
        #expect(last?.targets == whole.targets, "cut at \(end) with \(seam)")
      }
    }
  }

  @Test(arguments: ["s1-aqua-cis-1.2-stdout.txt", "after-kube-cis-1.6-stdout.txt"])
  func `may have lost any number of lines at its head`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let lines = AquaText.lines(bytes)
    let whole = try #require(SeenRun.runs(bytes).first)
    for start in stride(from: 0, to: lines.count, by: 3) {
      let runs = SeenRun.runs(AquaText.bytes(Array(lines[start...])))
      let found = runs.flatMap(\.lines)
      #expect(runs.count <= 1, "from line \(start)")
      #expect(found == Array(whole.lines.suffix(found.count)), "from line \(start)")
    }
  }

  @Test(arguments: several)
  func `may have any byte flipped`(fixture: String) throws {
    try FlippedBytes.read(fixture, seed: 11, rounds: 200)
  }

  @Test func `may have a million of the same line`() {
    for line in ["[INFO] 1 Heading", "== Summary ==", "[FAIL] 1.1 x", "\t x", "0 checks INFO"] {
      let bytes = Array(String(repeating: line + "\n", count: 100_000).utf8)
      for run in LogReader.runs(in: bytes) { #expect(run.checks.count <= 100_000) }
    }
  }
}
