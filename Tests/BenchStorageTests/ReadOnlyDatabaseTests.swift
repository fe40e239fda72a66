import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchTestSupport
import Foundation
import GRDB
import Testing

@testable import BenchStorage

/// What a user sees who may only read; who that is, the tests of the commands say.
struct `A database that is only read` {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("data/bench.db")
  }

  /// Opens the database as its owner does.
  private func write() throws -> RunStore { try RunStore(path: path, create: true, .embedded) }

  /// Makes the database with a run, and leaves nothing beside it.
  private func make() throws {
    let store = try write()
    try store.add([Example.run()])
    try store.queue.close()
  }

  private func read(_ path: String) throws -> RunStore {
    try RunStore(readOnly: DatabaseFiles(path), .embedded)
  }

  private func names(in folder: String = "data") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self.folder.file(folder)).sorted()
  }

  /// Copies files of the database, as they are now, to another folder.
  private func copy(_ endings: [String]) throws -> String {
    try folder.write("left/keep", [])
    try FileManager.default.removeItem(atPath: folder.file("left/keep"))
    let target = folder.file("left/bench.db")
    for ending in endings {
      try FileManager.default.copyItem(atPath: path + ending, toPath: target + ending)
    }
    return target
  }

  @Test func `is opened without a file beside it`() throws {
    try make()
    #expect(try names() == ["bench.db"])
    let store = try read(path)
    #expect(try store.state().runs == 1)
    #expect(try store.state().problems == [])
    #expect(try store.checkStandings() == [])
    #expect(store.access == .read)
    #expect(try names() == ["bench.db"])
  }

  @Test func `is opened while another connection holds a write transaction`() throws {
    let writer = try write()
    try writer.add([Example.run()])
    #expect(try names() == ["bench.db", "bench.db-shm", "bench.db-wal"])
    let reader = try read(path)
    try writer.queue.writeWithoutTransaction { db in
      try db.beginTransaction(.immediate)
      try db.execute(sql: "DELETE FROM label; UPDATE run SET line = 77")
      #expect(try reader.runs(RunFilter()).map(\.line) == [1])
      #expect(try read(path).runs(RunFilter()).map(\.line) == [1])
      try db.rollback()
    }
    try writer.add([Example.run(Example.day(1))])
    #expect(try reader.state().runs == 2)
    #expect(try names() == ["bench.db", "bench.db-shm", "bench.db-wal"])
  }

  @Test(arguments: [["", "-wal"], ["", "-wal", "-shm"]])
  func `has what a process that was killed left in its log`(endings: [String]) throws {
    let writer = try write()
    try writer.add([Example.run()])
    let left = try copy(endings)
    let before = try names(in: "left")
    let store = try read(left)
    #expect(try store.state().runs == 1)
    #expect(store.access == .read)
    #expect(try names(in: "left") == before)
  }

  @Test func `of an earlier version is brought up to date in memory`() throws {
    let bytes = try LogFile(path: Fixture.path("databases/schema-2.db.gz")).bytes(limit: 1 << 22)
    try folder.write("data/bench.db", bytes)
    let store = try read(path)
    #expect(try store.runs(RunFilter()).count == 6)
    #expect(try store.migrations().count == RunStore.migrator().migrations.count)
    #expect(try names() == ["bench.db"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes))
  }

  @Test func `is said to have changed where another process wrote it meanwhile`() throws {
    try make()
    let store = try read(path)
    #expect(try store.runs(RunFilter()).count == 1)
    let writer = try write()
    try writer.add([Example.run(Example.day(1))])
    try writer.queue.close()
    let target = folder.file("copy.db")
    #expect(throws: RepositoryError.changed(path: path)) { try store.runs(RunFilter()) }
    #expect(throws: RepositoryError.changed(path: path)) { try store.backup(to: target) }
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(try read(path).runs(RunFilter()).count == 2)
  }

  @Test func `is not written`() throws {
    try make()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let store = try read(path)
    #expect(throws: RepositoryError.self) { try store.add([Example.run(Example.day(1))]) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `is copied`() throws {
    try make()
    let target = folder.file("copy.db")
    try read(path).backup(to: target)
    let copy = try RunStore(path: target, create: false, .embedded)
    try copy.add([Example.run(Example.day(1))])
    #expect(try copy.state().runs == 2)
    #expect(try names() == ["bench.db"])
  }

  @Test func `may have any path`() throws {
    let path = folder.file("a b?mode=rw#%20'ü&/bench.db")
    let writer = try RunStore(path: path, create: true, .embedded)
    try writer.add([Example.run()])
    #expect(try read(path).runs(RunFilter()).count == 1)
    try writer.queue.close()
    #expect(try read(path).runs(RunFilter()).count == 1)
  }

  @Test func `may be one that is empty`() throws {
    try folder.write("data/bench.db", [])
    #expect(try read(path).runs(RunFilter()).isEmpty)
    #expect(try names() == ["bench.db"])
  }

  @Test func `is a database of this program`() throws {
    try folder.write("data/keep", [])
    let other = try DatabaseQueue(path: path)
    try other.write { try $0.execute(sql: "CREATE TABLE mine (a)") }
    try other.close()
    #expect(throws: RepositoryError.notADatabase(path: path)) { try read(path) }
  }
}
