import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Foundation
import GRDB
import Testing

@testable import BenchStorage

struct `A database of the first version` {
  private let folder: TemporaryFolder
  private let path: String

  /// Makes a database as the first version left it: its schema, and two runs of one content.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("bench.db")
    let schema = try String(
      contentsOfFile: Fixture.repository + "/migrations/sqlite/0001-runs.sql", encoding: .utf8)
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(sql: "PRAGMA application_id = \(RunStore.applicationID)")
      try db.execute(sql: schema)
      try db.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('0001-runs.sql');
          INSERT INTO host VALUES (1, 'web-1');
          INSERT INTO tool VALUES (1, 'docker-bench-security');
          INSERT INTO edition VALUES (1, 1, 'e11-cis1.6.0b');
          INSERT INTO release VALUES (1, 1, 1, '1.6.0', 'v1.6.1', 'v1.6.1');
          INSERT INTO source VALUES (1, 'bench.log', 1700000000);
          INSERT INTO checkTitle VALUES (1, '2.1', 'A title', 'daemon-icc-disabled');
          INSERT INTO state VALUES (1, 'daemon', zeroblob(16));
          INSERT INTO finding VALUES (1, 0, 1, 1, 1, 0, NULL);
          INSERT INTO item VALUES (1, 0, 0, 0, 'web', NULL, '');
          INSERT INTO snapshot VALUES (1, zeroblob(16));
          INSERT INTO snapshotState VALUES (1, 0, 1, x'0300000000000000');
          INSERT INTO run VALUES (11, 1, 1700000000, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1);
          INSERT INTO run VALUES (12, 1, 1700086400, 1, 1, 1, 9, 0, 0, 1, 1, 0, 1);
          INSERT INTO label VALUES (12, 'baseline', 'yes');
          """)
    }
    try queue.close()
  }

  @Test func `keeps its runs`() throws {
    let store = try RunStore(path: path, create: false, .embedded)
    #expect(
      try store.migrations() == [
        "0001-runs.sql", "0002-scope.sql", "0003-order.sql", "0004-evidence.sql",
        "0005-standing.sql", "0006-counts.sql",
        "0007-decisions.sql", "0008-chain.sql",
      ])
    #expect(try store.runs(RunFilter()).map(\.id) == [12, 11])
    #expect(try store.runs(RunFilter()).allSatisfy { $0.scope.isWhole })
    let run = try store.run(12)
    #expect(run.findings.map(\.control) == ["daemon-icc-disabled"])
    #expect(run.findings.first?.items.map(\.name) == ["web"])
    #expect(run.findings.first?.line == 12)
    #expect(try store.baselines(host: nil).map(\.id) == [12])
  }

  @Test func `has a history, and takes runs of a scope`() throws {
    let store = try RunStore(path: path, create: false, .embedded)
    var limited = Example.run(1_700_172_800)
    limited.scope = RunScope(include: ["web"])
    try store.add([limited])
    try store.history(RunFilter()) { history in
      let runs = try history.runs(of: try #require(history.hosts.first))
      #expect(runs.map(\.scope.text) == ["", "", "include=web"])
      #expect(runs[0].hasSameContent(as: runs[1]))
      #expect(try history.outcomes(snapshot: runs[0].snapshot).map(\.outcome) == [.fail])
    }
  }

  @Test func `begins the chain with the runs that it has`() throws {
    let store = try RunStore(path: path, create: false, .embedded, now: { 1_700_200_000 })
    let chain = try store.chain().map(\.entry)
    #expect(chain.map(\.kind) == [.begun])
    #expect(chain.map(\.at) == [1_700_200_000])
    #expect(chain.first?.subjects.map(\.subject) == [.run(11), .run(12)])
    try store.add([Example.run()])
    #expect(try store.chain().map(\.entry.kind) == [.begun, .imported])
    // Their ids are no digests of their hosts.
    #expect(try store.read { try ChainCheck.problems($0) }.isEmpty)
    #expect(try store.read { try ChainCheck.foreignIDs($0) } == 2)
  }

  @Test func `stays as it is in a dry run`() throws {
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let store = try RunStore.dryRun(path: path, .embedded)
    #expect(try store.add([Example.run()], isDryRun: true).map(\.status) == [.imported])
    #expect(try store.runs(RunFilter()).map(\.id) == [12, 11])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["bench.db"])
  }

  @Test func `has its runs in the order in which they were imported`() throws {
    let store = try RunStore(path: path, create: false, .embedded)
    let orders = try store.runs(RunFilter()).map(\.order)
    #expect(orders.map(\.sequence) == [1 << 24 + 1, 1 << 24])
    #expect(orders.allSatisfy { $0.nanoseconds == 0 })
  }

  @Test func `is copied beside itself first`() throws {
    _ = try RunStore(path: path, create: false, .embedded)
    let copy = try DatabaseQueue(path: path + ".before-migration-2")
    let names = try copy.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('run')")
    }
    #expect(!names.contains("scope"))
    #expect(names.contains("startedAt"))
    // Once is enough.
    let date = { try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int }
    let before = try date()
    _ = try RunStore(path: path, create: false, .embedded)
    #expect(try date() == before)
  }
}
