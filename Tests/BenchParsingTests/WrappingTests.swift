import BenchModel
import BenchTestSupport
import Testing

@testable import BenchParsing

/// What programs and people put around a log makes no difference to what is read of it.
struct `A wrapped log` {
  /// The texts of all tools as a terminal without colours has them, without what a command printed: a tab or a line's end
  /// does not survive every capture.
  private static let logs =
    Fixture.texts + Fixture.aquaTexts

  private static func plain(_ name: String) throws -> [UInt8] {
    Capture.withoutColors(try Fixture.bytes(name)).filter { $0 != 0x0D }
  }

  /// The results of each run, with their titles.
  private static func results(_ bytes: [UInt8]) -> [[String]] {
    SeenRun.runs(bytes).map(\.lines)
  }

  /// What differs between two readings: how many runs and results each has, and the first results that only one has.
  private static func difference(_ one: [[String]], _ other: [[String]]) -> String? {
    if one == other { return nil }
    let (left, right) = (one.flatMap(\.self), other.flatMap(\.self))
    return "\(one.map(\.count)), not \(other.map(\.count)); "
      + "\(left.filter { !right.contains($0) }.prefix(2)), not "
      + "\(right.filter { !left.contains($0) }.prefix(2))"
  }

  @Test func `is of more than sixty captures`() {
    #expect((Capture.all + Capture.pasted).count > 60)
  }

  @Test(arguments: Capture.pasted)
  func `gives the results of the plain one`(capture: Capture) throws {
    for name in Self.logs {
      let bytes = try Self.plain(name)
      #expect(Self.difference(Self.results(capture(bytes)), Self.results(bytes)) == nil, "\(name)")
    }
  }

  /// JSON is not put together from lines that are quoted one by one, nor taken out of pages; and what word processors make
  /// of its titles stays.
  private static let notOfJSON: Set = [
    "Ansible's YAML", "CSV with a time", "CSV, the line first", "CSV, the line last", "HTML",
    "HTML on one line", "HTML with breaks", "an HTML list", "Node.js", "YAML", "logfmt",
    "quoted code", "strings in lines", "a string in JSON twice", "a dash of a word processor",
    "blanks that do not break",
  ]

  @Test(arguments: Capture.pasted.filter { !notOfJSON.contains($0.description) })
  func `of JSON gives the results of the plain one`(capture: Capture) throws {
    // Names with quotation marks make s6's JSON invalid.
    let documents = Fixture.documents.filter { $0 != "s6-v1.6.0-log.json" }
    for name in documents + Fixture.aquaDocuments {
      let bytes = try Self.plain(name)
      #expect(Self.difference(Self.results(capture(bytes)), Self.results(bytes)) == nil, "\(name)")
    }
  }

  /// In which others may be captured again.
  private static let outer = [
    Capture.encodings[0], Capture.encodings[4], Capture.prefixes[2], Capture.jsonFile,
  ]

  @Test(arguments: Capture.pasted)
  func `may be wrapped again`(capture: Capture) throws {
    for name in ["s1-v1.3.5-log.txt", "before-kube-cis-1.6-node-stdout.txt"] {
      let bytes = try Self.plain(name)
      let plain = Self.results(bytes)
      for outer in Self.outer {
        #expect(
          Self.difference(Self.results(outer(capture(bytes))), plain) == nil,
          "\(name), then \(outer)")
      }
    }
  }

  @Test func `of anchors that refer to each other is no more than it is`() {
    var yaml = "a0: &a0 ['[FAIL] 4.1.1 x']\n"
    for level in 1...12 {
      let names = Array(repeating: "*a\(level - 1)", count: 12).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(names)]\n"
    }
    #expect(LogReader.runs(in: yaml.utf8).allSatisfy { $0.bytes.count < 1 << 20 })
  }
}
