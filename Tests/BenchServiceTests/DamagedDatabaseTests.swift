import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchHistory
import BenchModel
import BenchReports
import BenchService
import BenchStorage
import BenchTestSupport
import Foundation
import GRDB
import Testing

/// What is read of a damaged file is an answer or a typed error: a trap would end the tests.
struct `A damaged database` {
  /// A database with runs of two hosts and systems, evidence, labels, a baseline and a policy.
  private static let sound = Result { () throws -> Data in
    let folder = try TemporaryFolder()
    let path = folder.file("bench.db")
    try fill(path)
    // All of it in one file, so that a copy of that is whole.
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try queue.close()
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private static func fill(_ path: String) throws {
    let store = try RunStore(path: path, create: true, .embedded)
    let logs = try LogFolder()
    for (day, file) in [
      "db-1/1-v1.1.0.log", "node-1/1-kube-bench.txt", "web-1/docker-bench-security.log",
    ].enumerated() {
      let data = try Data(
        contentsOf: URL(fileURLWithPath: Fixture.repository + "/samples/" + file))
      try logs.write(file, Array(data), changed: Int64(day) * 86_400)
    }
    let reading = try #require(logs.readingHosts())
    _ = try ImportLogs(reading, labels: [("env", "test")]).run(into: store)
    _ = try Baselines.set("web-1~1", RunFilter(), at: Past.day(400), in: store)
    let text = Array("version: 1\n".utf8)
    store.note(policy: "/etc/benchtrail.yaml", text, Digest(1, 2), at: Past.day(1)) { "abc" }
    #expect(try store.check().isEmpty)
  }

  /// Asks everything that commands which read ask.
  ///
  /// - Parameters:
  ///   - path: The database.
  ///   - isDeep: Whether the logs are read again too, which takes longest.
  /// - Returns: The errors, none of which may be anything but a repository's.
  private func readAll(_ path: String, isDeep: Bool) -> [any Error] {
    var errors: [any Error] = []
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch { errors.append(error) }
    }
    let store: RunStore
    do { store = try RunStore(path: path, create: false, for: .read, .embedded) } catch {
      return [error]
    }
    let query = HostQuery(time: Past.day(400))
    attempt { _ = try store.check() }
    if isDeep { attempt { _ = try store.checkDeep(RefreshRuns(.embedded).reader()) } }
    attempt { _ = try store.chain() }
    attempt {
      for run in try store.runs(RunFilter()) {
        _ = try store.run(run.id)
        _ = try store.evidence(of: run.id)
        _ = try store.run(before: run)
      }
    }
    attempt { _ = try store.policyUses().map { try store.policyText($0.digest) } }
    attempt { _ = try query.overview(silentAfter: 2, in: store).listed(FleetOverview.Choice()) }
    attempt { _ = try query.ranking(by: .control, in: store) }
    attempt { _ = try ReadTrend(query).run(in: store) }
    attempt { _ = try GateHosts(query, thresholds: Sample.newFailures).run(in: store) }
    attempt { _ = try CompareRuns.fleet(query, in: store) }
    attempt { _ = MarkdownRenderer().render(try WriteReport(query, limit: 20).run(in: store).0) }
    attempt { try WriteExport(query, format: .json, toolVersion: "1").run(in: store) { _ in } }
    attempt {
      let past = HostQuery(asOf: Past.day(3), time: Past.day(400))
      _ = try ReadTrend(past).run(in: store)
    }
    return errors
  }

  private func expectTyped(_ errors: [any Error], _ what: String) {
    for error in errors {
      let isTyped = error is RepositoryError || error is ServiceError || error is ExportError
      #expect(isTyped, "\(what): \(error)")
    }
  }

  @Test func `answers or says so, whatever bit of it is flipped`() throws {
    let sound = try Self.sound.get()
    let folder = try TemporaryFolder()
    let size = 4_096
    var generator = SeededGenerator(seed: 19)
    var told = 0
    for page in 0..<sound.count / size {
      var bytes = sound
      for _ in 0..<(Int.random(in: 0..<3, using: &generator) == 0 ? 4 : 1) {
        // The head of a page says what is on it.
        let reach = Bool.random(using: &generator) ? 64 : size
        let place = page * size + Int.random(in: 0..<reach, using: &generator)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      let path = folder.file("page.db")
      try bytes.write(to: URL(fileURLWithPath: path))
      let errors = readAll(path, isDeep: page % 4 == 0)
      expectTyped(errors, "page \(page)")
      told += errors.isEmpty ? 0 : 1
      for ending in ["", "-journal", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    #expect(told > 0)
  }

  /// The columns of all tables but the engine's own, with the text that makes each table.
  private static func columns(_ db: Database) throws -> [(
    table: String, sql: String, columns: [String]
  )] {
    try Row.fetchAll(
      db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
    ).map { row in
      let name: String = row["name"]
      return (name, row["sql"], try db.columns(in: name).map(\.name))
    }
  }

  private static let values = [
    "NULL", "-9223372036854775807 - 1", "9223372036854775807", "-1", "300", "'text'", "x'00'",
    "1.5",
    "zeroblob(16)",
  ]

  /// Whether every column gets every value, which takes minutes; else each column gets one of them, and `make campaign`
  /// tries all with the command.
  private static let isThorough = ProcessInfo.processInfo.environment["THOROUGH"] != nil

  @Test func `answers or says so, whatever value any column has`() throws {
    let sound = try Self.sound.get()
    let folder = try TemporaryFolder()
    let path = folder.file("value.db")
    try sound.write(to: URL(fileURLWithPath: path))
    let tables = try DatabaseQueue(path: path).read { try Self.columns($0) }
    #expect(tables.count > 20)
    var silent: [String] = []
    for (table, sql, columns) in tables {
      for (number, column) in columns.enumerated() {
        for (place, value) in Self.values.enumerated()
        where Self.isThorough || (number + place) % Self.values.count == 0 {
          try sound.write(to: URL(fileURLWithPath: path))
          let what = "\(table).\(column) = \(value)"
          guard try Self.spoil(path, table, sql, column, value) else { continue }
          expectTyped(readAll(path, isDeep: value == Self.values[number % 3]), what)
          let found = try? RunStore(path: path, create: false, .embedded)
          let isSilent =
            (try? found?.check().isEmpty == true && found?.checkStandings().isEmpty == true)
          if isSilent ?? false { silent.append(what) }
        }
      }
    }
    #expect(silent.isEmpty)
  }

  /// Sets a column of some rows to a value that its table forbids; false where even that can't be.
  private static func spoil(
    _ path: String, _ table: String, _ sql: String, _ column: String, _ value: String
  ) throws -> Bool {
    let loose =
      sql.replacing(" STRICT, WITHOUT ROWID", with: " WITHOUT ROWID").replacing(" STRICT", with: "")
      .replacing(" NOT NULL", with: "").replacing(/CHECK \([^()]*(\([^()]*\))?[^()]*\)/, with: "")
      .replacing(/(?<name>[ (]\w+) (INTEGER|TEXT|BLOB)(?! PRIMARY)/) { String($0.output.name) }
    func rewrite(_ db: Database, to text: String) throws {
      try db.execute(sql: "PRAGMA writable_schema = ON")
      try db.execute(
        sql: "UPDATE sqlite_master SET sql = ? WHERE name = ?", arguments: [text, table])
      let version = try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
      try db.execute(sql: "PRAGMA schema_version = \(version + 1)")
    }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try rewrite($0, to: loose) }
      try queue.close()
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    var isDone = false
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      let before = db.totalChangesCount
      // A half of the rows, so that keys stay unique where they can.
      try? db.execute(
        sql: "UPDATE OR IGNORE \(table) SET \(column) = \(value) WHERE \(column) IS NOT \(value)")
      isDone = db.totalChangesCount > before
      try rewrite(db, to: sql)
    }
    try queue.close()
    return isDone
  }
}
