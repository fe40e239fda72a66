import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Foundation
import GRDB
import Testing

@testable import BenchStorage

struct `A database` {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("data/bench.db")
  }

  private func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private func open(create: Bool = false) throws -> RunStore {
    try RunStore(path: path, create: create, .embedded)
  }

  @Test func `is made with its folder only where that is wanted`() throws {
    #expect(throws: RepositoryError.missing(path: path)) { try open() }
    try open(create: true).add([Example.run()])
    #expect(try open().state().runs == 1)
    #expect(try open(create: true).state().runs == 1)
    #expect(
      try open().migrations() == [
        "0001-runs.sql", "0002-scope.sql", "0003-order.sql", "0004-evidence.sql",
        "0005-standing.sql", "0006-counts.sql",
        "0007-decisions.sql", "0008-chain.sql",
      ])
  }

  @Test func `is made in a file that is empty`() throws {
    try folder.write("data/bench.db", [])
    try open(create: true).add([Example.run()])
    #expect(try open().state().runs == 1)
  }

  @Test func `is made in a file that has only its journal mode`() throws {
    try folder.write("data/keep", [])
    let half = try DatabaseQueue(path: path)
    try half.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try half.close()
    try open(create: true).add([Example.run()])
    #expect(try open().state().runs == 1)
  }

  @Test func `that a newer version made is refused`() throws {
    try open(create: true).queue.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-future.sql')")
    }
    #expect(throws: RepositoryError.newer(path: path)) { try open() }
    #expect(throws: RepositoryError.newer(path: path)) { try open(create: true) }
  }

  @Test func `of another program is refused and left alone`() throws {
    try folder.write("data/keep", [])
    let other = try DatabaseQueue(path: path)
    try other.write { try $0.execute(sql: "CREATE TABLE mine (a)") }
    try other.close()
    let before = try bytes()
    #expect(throws: RepositoryError.notADatabase(path: path)) { try open(create: true) }
    #expect(try bytes() == before)
  }

  @Test func `is not any file`() throws {
    try folder.write(
      "data/bench.db", Array("This is a log and no database, and it is long enough.".utf8))
    #expect(throws: RepositoryError.notADatabase(path: path)) { try open(create: true) }
  }

  @Test func `is not a folder`() throws {
    #expect(throws: RepositoryError.self) {
      try RunStore(path: folder.path, create: true, .embedded)
    }
  }

  @Test func `that was manipulated is told`() throws {
    let manipulations = [
      "UPDATE finding SET outcome = 0 WHERE outcome = 1", "DELETE FROM item",
      "UPDATE item SET name = 'other'", "UPDATE item SET value = '' WHERE value <> ''",
      "UPDATE finding SET details = 'other' WHERE details IS NOT NULL",
      "UPDATE checkTitle SET title = 'other' || id",
      "UPDATE state SET section = 'other'",
      "UPDATE checkTitle SET control = NULL WHERE checkId = '1.1'",
    ]
    for sql in manipulations {
      let store = try RunStore(.embedded)
      try store.add([Example.run()])
      #expect(try store.check().isEmpty)
      try store.queue.write { try $0.execute(sql: sql) }
      #expect(!(try store.check().isEmpty), "\(sql)")
    }
  }

  @Test func `that lacks a row is told`() throws {
    let store = try RunStore(.embedded)
    try store.add([Example.run()])
    try store.queue.inDatabase { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM host; PRAGMA foreign_keys = ON")
    }
    #expect(!(try store.check().isEmpty))
  }

  @Test func `is copied while it is in use`() throws {
    let store = try open(create: true)
    try store.add([Example.run()])
    let target = folder.file("copy.db")
    try store.backup(to: target)
    try store.add([Example.run(Example.day(1))])
    let copy = try RunStore(path: target, create: false, .embedded)
    #expect(try copy.state().runs == 1)
    #expect(try copy.check().isEmpty)
    #expect(throws: RepositoryError.cannotWrite(path: target, reason: "the file exists")) {
      try store.backup(to: target)
    }
  }

  @Test func `grows by little for a run that equals another`() throws {
    let store = try open(create: true)
    let run = try Reading.run("s1-v1.6.1-log.txt")
    let runs = (0...2_000).map { (number: Int64) in
      var copy = run
      copy.startedAt += number * 3_600
      copy.line = Int(number) * 400 + 1
      for index in copy.findings.indices { copy.findings[index].line += copy.line - run.line }
      return copy
    }
    try store.add([runs[0]])
    let before = try size(store)
    try store.add(Array(runs.dropFirst()))
    let after = try size(store)
    #expect(try store.runs(RunFilter()).count == 2_001)
    #expect((after - before) / 2_000 <= 300)
  }

  @Test func `gets one state for one section that changed`() throws {
    let store = try RunStore(.embedded)
    var run = try Reading.run("s1-v1.6.1-log.txt")
    try store.add([run])
    let before = try counts(store)
    run.startedAt += 3_600
    let index = try #require(run.findings.firstIndex { $0.control == "daemon-icc-disabled" })
    run.findings[index].outcome = .pass
    run.findings[index].printed = .pass
    try store.add([run])
    let after = try counts(store)
    #expect(after.states == before.states + 1)
    #expect(after.snapshots == before.snapshots + 1)
    run.startedAt += 3_600
    try store.add([run])
    #expect(try counts(store) == after)
  }

  @Test func `gets no state for noise between the lines`() throws {
    let store = try RunStore(.embedded)
    var run = try Reading.run("s1-v1.6.1-log.txt")
    try store.add([run])
    let before = try counts(store)
    run.startedAt += 3_600
    for index in run.findings.indices.dropFirst(20) { run.findings[index].line += 3 }
    let id = try #require(try store.add([run]).first?.id)
    #expect(try counts(store).states == before.states)
    #expect(try store.run(id).findings == run.findings)
  }

  @Test func `keeps nothing of a run that was replaced`() throws {
    let store = try RunStore(.embedded)
    try store.add([Example.run(isComplete: false, findings: Array(Example.findings.prefix(2)))])
    try store.add([Example.run()])
    let other = try RunStore(.embedded)
    try other.add([Example.run()])
    #expect(try counts(store) == counts(other))
  }

  @Test func `tells the latest start of all runs by an index`() throws {
    let store = try RunStore(.embedded)
    #expect(try store.newestStart() == nil)
    try store.add([
      Example.run(Example.day(2), host: "web-2"), Example.run(Example.day(5), host: "db-1"),
      Example.run(Example.day(3), host: "web-1"),
    ])
    #expect(try store.newestStart() == Example.day(5))
    let plan = try store.queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN
          SELECT startedAt FROM run ORDER BY startedAt DESC, startedNanos DESC, sequence DESC LIMIT 1
          """
      ).map { $0["detail"] as String? ?? "" }
    }
    #expect(plan.count == 1)
    #expect(plan.first?.contains("runByStart") == true, "\(plan)")
  }

  @Test func `is read and written by several at once`() throws {
    let first = try open(create: true)
    let second = try open()
    try first.add([Example.run()])
    try second.add([Example.run(Example.day(1))])
    #expect(try first.state().runs == 2)
    #expect(try second.state().runs == 2)
  }

  private struct Counts: Equatable {
    var states: Int
    var snapshots: Int
  }

  private func counts(_ store: RunStore) throws -> Counts {
    try store.queue.read { db in
      Counts(
        states: try Int.fetchOne(db, sql: "SELECT count(*) FROM state") ?? 0,
        snapshots: try Int.fetchOne(db, sql: "SELECT count(*) FROM snapshot") ?? 0)
    }
  }

  private func size(_ store: RunStore) throws -> Int {
    try store.queue.writeWithoutTransaction { db in
      try db.checkpoint(.truncate)
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      return pages * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
  }
}
