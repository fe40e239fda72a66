private import CEmbedded
import BenchFiles
import BenchHistory
internal import GRDB

extension RunStore {
  /// Makes an empty database under another name and moves it to its place, whole or not at all: a process
  /// may be killed meanwhile, and another may make the same.
  static func make(
    _ path: String, _ mode: DraftFile.Mode, _ now: @escaping @Sendable () -> Int64
  ) throws {
    do {
      try DatabaseCopy.make(path, mode: mode) { queue in
        // Readers then never wait for an import.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try migrator(now).migrate(queue)
      }
    } catch DraftFile.Fault.occupied {
      // Another process made it meanwhile, and that one is as good.
    }
  }

  static func prepare(
    _ queue: DatabaseQueue, path: String, _ now: @escaping @Sendable () -> Int64
  ) throws {
    let migrator = migrator(now)
    let applied = try migrations(of: queue, path: path)
    guard applied.count < migrator.migrations.count else { return }
    if applied.isEmpty {
      // Readers then never wait for an import.
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    }
    if !applied.isEmpty {
      let copy = "\(DatabaseFiles(path).main).before-migration-\(applied.count + 1)"
      try DatabaseCopy.make(copy, mode: .like(path), replacing: true) {
        try queue.backup(to: $0)
      }
    }
    try migrator.migrate(queue)
  }

  /// The migrations that a database has had; none if it is empty.
  static func migrations(of queue: DatabaseQueue, path: String) throws -> Set<String> {
    let migrator = migrator()
    let applied = try queue.read { db in
      if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0,
        try Int.fetchOne(db, sql: "PRAGMA application_id") != applicationID
      {
        throw RepositoryError.notADatabase(path: path)
      }
      return Set(try appliedMigrations(db))
    }
    guard applied.isSubset(of: Set(migrator.migrations)) else {
      throw RepositoryError.newer(path: path)
    }
    return applied
  }

  /// The names of the migrations that a database has had, in no order.
  private static func appliedMigrations(_ db: Database) throws -> [String] {
    // Where the migrator keeps them; it takes for granted that each is a text.
    guard try db.tableExists("grdb_migrations") else { return [] }
    var names: [String] = []
    try SQLiteConnection(db).rows("SELECT identifier FROM grdb_migrations") {
      names.append($0.text(0) ?? "")
    }
    return names
  }

  private static let folder = "migrations/sqlite/"

  /// The migrations of `migrations/sqlite/`, each applied in a transaction of its own.
  ///
  /// The one that makes the chain begins it too, in the same transaction.
  static func migrator(_ now: @escaping @Sendable () -> Int64 = clock) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    let files = UnsafeBufferPointer(start: firstEmbeddedFile(), count: embedded_file_count)
    for file in files {
      let path = String(cString: file.path)
      guard path.hasPrefix(Self.folder) else { continue }
      let sql = String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
      migrator.registerMigration(String(path.dropFirst(Self.folder.count))) { db in
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: sql)
        if path.hasSuffix("-chain.sql") { try Chain.begin(SQLiteConnection(db), at: now()) }
      }
    }
    return migrator
  }

  /// The migrations that the database has had, in order.
  ///
  /// - Throws: ``RepositoryError``
  package func migrations() throws -> [String] {
    do {
      return try queue.read { try Self.appliedMigrations($0).sorted() }
    } catch { throw Self.wrap(error, path: path) }
  }
}
