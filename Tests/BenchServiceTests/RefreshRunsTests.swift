import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchHistory
import BenchInput
import BenchModel
import BenchService
import BenchStorage
import BenchTestSupport
import Foundation
import Testing

/// Databases that were filled by an older catalogue, and read again by a newer one.
struct `A refresh` {
  /// A catalogue that lacks every so manieth check of each tool, as one of before would.
  private static let older = Result<Catalog, any Error> {
    let files = ["docker-bench-security", "docker-bench", "kube-bench"].map { tool in
      let path = "\(tool)/checks.tsv"
      let lines = (Catalog.embedded.text(path) ?? "").split(separator: "\n")
      let kept = lines.enumerated().filter { $0.offset == 0 || $0.offset % 7 != 3 }
      return (path: path, bytes: Array(kept.map { $0.element + "\n" }.joined().utf8))
    }
    return try Catalog(files)
  }

  /// Imports a folder, whose folders are the hosts.
  private static func add(_ folder: LogFolder, to store: RunStore) throws -> Renewal? {
    var reading: LogReading {
      get throws {
        LogReading(
          LogFiles.entries([folder.folder.path]),
          hosts: .pattern(try #require(HostPattern("{host}/*"))), now: Past.day(9), store.catalog)
      }
    }
    return try ImportLogs(try reading).run(into: store).renewal
  }

  /// All that is known: the export for programs, and the runs with their labels.
  private static func known(_ store: RunStore) throws -> [String] {
    var text = ""
    let query = HostQuery(policy: Policy(store.catalog), time: Past.day(40))
    try WriteExport(query, format: .json, toolVersion: "1").run(in: store) {
      text += String(decoding: $0, as: UTF8.self)
    }
    let runs = try store.runs(RunFilter()).map { run in
      "\(run.host) \(run.startedAt) \(run.release) \(Outcome.allCases.map { run.counts[$0] ?? 0 }) \(run.unmapped) \(run.isComplete)"
    }
    // A run whose log has no time keeps the id that its content gave it.
    let lines = text.split(separator: "\n").map(String.init).map {
      $0.replacing(#/"(id|run|head)":"[0-9a-f]{16}"/#, with: "")
    }
    return lines + runs.sorted()
  }

  private static func expectEqual(_ folder: LogFolder) throws {
    var store = try RunStore(older.get())
    _ = try add(folder, to: store)
    let before = try store.runs(RunFilter()).map(\.name)
    #expect(try store.understanding() == older.get().understanding)
    store.catalog = .embedded
    let renewal = try #require(try RefreshRuns(.embedded).run(in: store))
    #expect(renewal.runs == before.count)
    #expect(renewal.unread == 0)
    #expect(renewal.withoutLog == 0)
    let fresh = try RunStore(.embedded)
    _ = try add(folder, to: fresh)
    let (found, expected) = (Set(try known(store)), Set(try known(fresh)))
    let difference = found.symmetricDifference(expected).sorted()
    #expect(difference.isEmpty, "\(difference.count): \(difference.prefix(4))")
    #expect(try store.runs(RunFilter()).map(\.name) == before)
    #expect(try store.check() == [])
    #expect(try store.checkStandings() == [])
    #expect(try RefreshRuns(.embedded).run(in: store) == nil)
  }

  @Test func `makes of an old database what an import anew would`() throws {
    let folder = try LogFolder()
    let fixtures = Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments
    for (number, fixture) in fixtures.enumerated() {
      try folder.write(
        "\(fixture.prefix(2))/\(number).log", Fixture.bytes(fixture), changed: Int64(number) * 60)
    }
    try Self.expectEqual(folder)
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `does so of the whole corpus`() throws {
    let folder = try LogFolder()
    // Each log is a host of its own: which forms are one run is settled when they are imported.
    for (number, run) in Corpus.folders.enumerated() {
      let host = run.name.split(separator: "/").joined(separator: "-")
      for log in run.logs {
        try folder.write("\(host)-\(log)/log", run.bytes(log), changed: Int64(number) * 60)
      }
    }
    try Self.expectEqual(folder)
  }

  @Test func `comes first where something is imported`() throws {
    let folder = try LogFolder()
    try folder.write("web-1/1.log", Fixture.bytes("s1-v1.6.1-log.txt"), changed: 0)
    var store = try RunStore(Self.older.get())
    #expect(try Self.add(folder, to: store)?.runs == 0)
    let unmapped = try store.runs(RunFilter())[0].unmapped
    #expect(unmapped > 0)
    store.catalog = .embedded
    #expect(try Self.add(folder, to: store)?.runs == 1)
    #expect(try store.runs(RunFilter()).map(\.unmapped) == [0])
    #expect(try Self.add(folder, to: store) == nil)
  }

  @Test func `leaves runs without a log, labels and baselines as they are`() throws {
    let folder = try LogFolder()
    try folder.write("web-1/1.log", Fixture.bytes("s1-v1.6.1-log.txt"), changed: 0)
    var store = try RunStore(Self.older.get())
    let reading = LogReading(
      LogFiles.entries([folder.folder.path]), hosts: .name("web-1"), now: Past.day(9),
      keepsEvidence: false, store.catalog)
    _ = try ImportLogs(reading, labels: [("baseline", "yes"), ("env", "prod")]).run(into: store)
    let before = try store.run(named: "latest")
    store.catalog = .embedded
    #expect(try RefreshRuns(.embedded).run(in: store)?.withoutLog == 1)
    let after = try store.run(named: "baseline", hosts: ["web-1"])
    #expect(after.findings == before.findings)
    #expect(after.summary.labels == ["baseline": "yes", "env": "prod"])
  }

  @Test func `takes nothing over where it ends early`() throws {
    struct Stopped: Error {}
    let folder = try LogFolder()
    try folder.write("web-1/1.log", Fixture.bytes("s1-v1.6.1-log.txt"), changed: 0)
    let store = try RunStore(Self.older.get())
    _ = try Self.add(folder, to: store)
    let before = try Self.known(store)
    #expect(throws: Stopped.self) {
      try store.write { writer in
        _ = try writer.renew(as: Catalog.embedded.understanding, progress: { _ in }) { _ in [] }
        throw Stopped()
      }
    }
    #expect(try Self.known(store) == before)
    #expect(try store.understanding() == Self.older.get().understanding)
  }
}
