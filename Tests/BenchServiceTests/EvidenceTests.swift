import BenchCatalog
import BenchInput
import BenchModel
import BenchReports
import BenchService
import BenchTestSupport
import Foundation
import Testing

@testable import BenchParsing

struct `The logs of an import` {
  /// The runs of a log with their evidence, as an import reads them.
  private static func runs(_ bytes: [UInt8]) throws -> [Run] {
    let folder = try LogFolder()
    try folder.write("bench.log", bytes, changed: 0)
    let repository = MemoryRepository()
    let result = try ImportLogs(folder.reading()).run(into: repository)
    return try result.runs.map { imported in
      let stored = try repository.run(imported.id)
      var run = Run(
        host: "", release: stored.summary.release, form: stored.summary.form,
        startedAt: stored.summary.startedAt, timeSource: stored.summary.timeSource,
        isComplete: stored.summary.isComplete, printedChecks: nil, printedScore: nil,
        line: stored.summary.line, findings: stored.findings)
      run.evidence = repository.kept(imported.id)
      return run
    }
  }

  /// Whether the runs that are read from the evidence of each run are what that run is.
  private static func check(_ runs: [Run], _ place: Comment) throws {
    for run in runs {
      let evidence = try #require(run.evidence, place)
      let again = Reading.runs(evidence.bytes)
      guard again.indices.contains(evidence.place) else {
        Issue.record("no run \(evidence.place) in the evidence: \(place)")
        continue
      }
      let read = again[evidence.place]
      #expect(read.release == run.release, place)
      #expect(read.isComplete == run.isComplete, place)
      #expect(
        read.findings.map { Self.relative($0, read) }
          == run.findings.map { Self.relative($0, run) },
        place)
    }
  }

  private static func relative(_ finding: Finding, _ run: Run) -> Finding {
    var finding = finding
    finding.line -= run.line
    return finding
  }

  /// The evidence of the stretches, one after the other.
  private static func joined(_ runs: [Run]) -> [UInt8] {
    runs.compactMap(\.evidence).filter { $0.place == 0 }.flatMap(\.bytes)
  }

  private static let text = Result { try Fixture.bytes("s1-v1.6.1-log.txt") }
  private static let json = Result { try Fixture.bytes("s1-fa9b227-log.json") }
  private static let aqua = Result { try Fixture.bytes("s1-aqua-cis-1.2-stdout.txt") }

  /// The two texts of one log, the second of another day.
  private static func other(_ text: [UInt8]) -> [UInt8] {
    Array(
      String(decoding: text, as: UTF8.self)
        .replacing("2026-11-23T03:53:31", with: "2026-11-24T03:53:31").utf8)
  }

  @Test func `are given back whole, run by run`() throws {
    let (text, json, aqua) = (try Self.text.get(), try Self.json.get(), try Self.aqua.get())
    let noise = Array("something of a shell\n\n".utf8)
    let logs: [(name: String, log: [UInt8], runs: Int)] = [
      ("one", text, 1), ("appended", text + Self.other(text), 2),
      ("with noise about", noise + text + noise + Self.other(text) + noise, 2),
      ("cut off, and appended to", text.prefix(4_001) + Self.other(text), 2),
      ("JSON", json, 1), ("text and JSON", text + json, 2), ("JSON and text", json + text, 2),
      ("JSON on one line", json.filter { $0 != 0x0A } + json.filter { $0 != 0x0A }, 2),
      ("Aqua's", aqua, 1), ("Aqua's and ours", aqua + text, 2),
      ("with carriage returns", text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, 1),
    ]
    for (name, log, count) in logs {
      let runs = try Self.runs(log)
      #expect(runs.count == count, "\(name)")
      #expect(Self.joined(runs) == log, "\(name)")
      try Self.check(runs, "\(name)")
    }
  }

  @Test func `are the document, where one wraps them`() throws {
    let lines = String(decoding: try Self.text.get(), as: UTF8.self)
    let both = lines + String(decoding: Self.other(Array(lines.utf8)), as: UTF8.self)
    let ansible = try JSONEncoder().encode(["stdout": both])
    let before = Array("PLAY [all]\n".utf8)
    let runs = try Self.runs(before + ansible + Array("\n".utf8))
    #expect(runs.count == 2)
    #expect(runs.map { $0.evidence?.place } == [0, 1])
    #expect(runs.allSatisfy { $0.evidence?.bytes == before + ansible + Array("\n".utf8) })
    try Self.check(runs, "Ansible")
    // Docker's driver makes a document of each line.
    let driver = both.split(separator: "\n", omittingEmptySubsequences: false).map {
      "{\"log\":\"" + $0.replacing("\u{1b}", with: "\\u001b").replacing("\"", with: "\\\"")
        + "\\n\",\"stream\":\"stdout\"}\n"
    }.joined()
    let wrapped = try Self.runs(Array(driver.utf8))
    #expect(wrapped.count == 2)
    #expect(Self.joined(wrapped) == Array(driver.utf8))
    #expect(wrapped.allSatisfy { $0.evidence?.place == 0 })
    try Self.check(wrapped, "json-file")
  }

  @Test func `are kept decoded`() throws {
    let text = String(decoding: try Self.text.get(), as: UTF8.self)
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let runs = try Self.runs(utf16)
    #expect(Self.joined(runs) == Array(text.utf8))
  }

  @Test func `are not kept where nobody wants them`() throws {
    let folder = try LogFolder()
    try folder.write("bench.log", try Self.text.get(), changed: 0)
    let reading = LogReading(
      LogFiles.entries([folder.folder.path]), hosts: .name("web-1"), now: Past.day(9),
      keepsEvidence: false, .embedded)
    let repository = MemoryRepository()
    let result = try ImportLogs(reading).run(into: repository)
    #expect(result.runs.count == 1)
    #expect(result.runs.allSatisfy { repository.evidence(of: $0.id) == nil })
  }

  @Test(arguments: Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments)
  func `tell again what their runs found`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let runs = try Self.runs(bytes)
    #expect(Self.joined(runs) == bytes)
    try Self.check(runs, "\(fixture)")
  }

  @Test(.enabled(if: Corpus.isPresent), arguments: Corpus.folders)
  func `tell again what their runs found, over the whole corpus`(folder: Corpus.Folder) throws {
    for log in folder.logs {
      let bytes = try folder.bytes(log)
      let runs = try Self.runs(bytes)
      if runs.isEmpty { continue }
      let joined = Self.joined(runs)
      // A byte order mark, UTF-16 and gzip are not what is kept.
      if String(validating: bytes, as: UTF8.self) != nil, bytes.first != 0xEF {
        #expect(joined == bytes, "\(folder) \(log)")
      }
      try Self.check(runs, "\(folder) \(log)")
    }
  }
}
