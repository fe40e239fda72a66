import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchStorage

/// Databases as the released binaries of their time left them; see `Tests/Fixtures/README.md`.
struct `A database that an earlier version made` {
  /// What that version's `benchtrail runs` said of a run.
  struct Row: Equatable, CustomStringConvertible {
    var run: String
    var host: String
    var edition: String
    var fail: Int
    var pass: Int
    var manual: Int

    init(_ run: String, _ host: String, _ edition: String, _ fail: Int, _ pass: Int, _ manual: Int)
    {
      (self.run, self.host, self.edition) = (run, host, edition)
      (self.fail, self.pass, self.manual) = (fail, pass, manual)
    }

    init(_ run: RunSummary) {
      self.init(
        String(run.name.prefix(10)), run.host, run.release.edition ?? "",
        run.counts[.fail] ?? 0, run.counts[.pass] ?? 0, run.counts[.manual] ?? 0)
    }

    var description: String { "\(run) \(host) \(edition) \(fail) \(pass) \(manual)" }
  }

  private static let first = [
    Row("5350bd7b97", "web-1", "e11-cis1.6.0b", 43, 26, 11),
    Row("1e080bc2d5", "web-1", "e11-cis1.6.0b", 44, 25, 11),
    Row("78a5a38b65", "db-1", "e02-cis1.11", 15, 17, 0),
  ]
  private static let later = [
    Row("5350bd7b97", "web-1", "e11-cis1.6.0b", 43, 26, 11),
    Row("45bda1b7fc", "web-1", "e10-cis1.5.0", 34, 39, 11),
    Row("1e080bc2d5", "web-1", "e11-cis1.6.0b", 44, 25, 11),
    Row("78a5a38b65", "db-1", "e02-cis1.11", 15, 17, 0),
    Row("3bef945468", "node-1", "cis-1.10", 1, 94, 35),
    Row("2f773c2469", "web-3", "cis-1.2", 45, 16, 44),
  ]
  static let all = [("schema-1.db", first), ("schema-2.db", later), ("schema-3.db", later)]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String) throws -> RunStore {
    let path = folder.file(name)
    let bytes = try LogFile(path: Fixture.path("databases/\(name).gz")).bytes(limit: 1 << 22)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try RunStore(path: path, create: false, .embedded)
  }

  @Test(arguments: all)
  func `has the runs that it had`(name: String, rows: [Row]) throws {
    let store = try open(name)
    #expect(try store.migrations().count == 8)
    #expect(try store.runs(RunFilter()).map(Row.init) == rows)
    #expect(try store.check().isEmpty)
    for row in try store.runs(RunFilter()) {
      let run = try store.run(row.id)
      #expect(run.findings.count == row.counts.values.reduce(0, +))
      // Its log was not kept then.
      #expect(try store.evidence(of: row.id) == nil)
    }
    let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(name + ".before-migration-") }
    #expect(copies.count == 1)
  }

  @Test(arguments: all.dropFirst())
  func `keeps baselines and scopes`(name: String, rows: [Row]) throws {
    let store = try open(name)
    #expect(try store.baselines(host: nil).map { Row($0).run } == ["1e080bc2d5"])
    let limited = try store.runs(RunFilter()).filter { !$0.scope.isWhole }
    #expect(limited.map { Row($0).run } == ["45bda1b7fc"])
    #expect(limited.map(\.scope.text) == ["exclude=ci-runner"])
  }

  @Test(arguments: all)
  func `is understood and has its standings at the first import`(name: String, rows: [Row]) throws {
    let store = try open(name)
    #expect(try store.understanding() == nil)
    let before = try store.history(RunFilter()) { try Self.open($0) }
    let renewal = try store.write { writer in
      try writer.renew(as: Catalog.embedded.understanding, progress: { _ in }) { _ in [] }
    }
    #expect(renewal.withoutLog == rows.count)
    #expect(try store.understanding() == Catalog.embedded.understanding)
    #expect(try store.checkStandings().isEmpty)
    let stored = try store.read { try $0.number("SELECT count(*) FROM standing") }
    #expect(stored == Set(rows.map(\.host)).count)
    // What is stored says what was read from the runs.
    #expect(try store.history(RunFilter()) { try Self.open($0) } == before)
  }

  /// What is open on each host.
  private static func open(_ history: any History) throws -> [String: [String]] {
    var open: [String: [String]] = [:]
    try HostReading(history, .embedded).forEach { host in
      open[host.host.name] = host.findings.findings.filter { $0.outcome == .fail }.map {
        "\($0.check.key) \($0.openSince ?? 0) \($0.isLeftOut)"
      }.sorted()
    }
    return open
  }
}
