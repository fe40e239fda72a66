package import BenchCatalog
package import BenchFiles
package import BenchHistory
package import BenchModel
internal import Foundation
internal import GRDB

/// The runs in their SQLite file.
///
/// Opening one brings its schema up to date, so that a value of this type always has the current
/// one. A database that is older is copied beside itself first; one that may only be read stays as it is.
package struct RunStore: RunRepository {
  /// What may be done with a database.
  package enum Access: Sendable {
    case read
    case write
  }

  let queue: DatabaseQueue
  /// The file; empty for a database in memory.
  package let path: String
  /// What this user may do with it.
  package let access: Access
  /// The file as it was when it was opened, where no lock keeps others from changing what is read.
  let unlocked: DatabaseFiles.State?
  /// The names that hosts have now: runs are found and shown by these.
  package var hostNames = HostNames()
  /// What runs are understood and compared by.
  package var catalog: Catalog

  /// `BTrl`, which tells the file from another program's: SQLite's `application_id`.
  static let applicationID = 0x4254_726C
  /// Is called when something was written and is kept.
  package var onCommit: @Sendable () -> Void = {}
  /// The time, in seconds since 1970, of the entries of the chain.
  package let now: @Sendable () -> Int64
  /// Waits for other processes that write.
  let waiting: Waiting

  /// Opens a database.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - create: Whether the file and its folder are made if they are missing.
  ///   - need: What is to be done with it: one that may not be written is opened to be read only where that is enough.
  ///   - mode: The permissions of a file that is made.
  ///   - catalog: What runs are understood and compared by.
  ///   - now: The time, in seconds since 1970, of the entries of the chain.
  ///   - onWait: Is called once with who writes, where another process has been writing for a second.
  /// - Throws: ``RepositoryError``
  package init(
    path: String, create: Bool, for need: Access = .write, mode: DraftFile.Mode = .own,
    _ catalog: Catalog, now: @escaping @Sendable () -> Int64 = Self.clock,
    onWait: @escaping @Sendable (LockHolder?) -> Void = { _ in }
  ) throws(RepositoryError) {
    self.catalog = catalog
    self.path = path
    self.now = now
    waiting = Waiting(path, onWait)
    do {
      let exists = try DatabaseFiles.isThere(path)
      guard exists || create else { throw RepositoryError.missing(path: path) }
      if !exists {
        try Self.makeFolder(of: path)
        try Self.make(path, mode, now)
      } else if !create, DatabaseFiles.isEmptyFile(path) {
        throw RepositoryError.emptyFile(path: path)
      }
      let files = DatabaseFiles(path)
      if let obstacle = files.obstacleToWriting {
        guard need == .read else { throw RepositoryError.mayNot(.write, path: path, obstacle) }
        let opened = try ReadOnlyDatabase(files)
        (queue, unlocked, access) = (opened.queue, opened.unlocked, .read)
      } else {
        (unlocked, access) = (nil, .write)
        DraftFile.clear(besides: path)
        queue = try DatabaseQueue(path: path, configuration: Self.configuration(waiting: waiting))
        try Self.prepare(queue, path: path, now)
      }
    } catch let error as RepositoryError {
      throw error
    } catch {
      throw Self.wrap(error, path: path)
    }
  }

  /// Makes the folder of a new database, where it is missing.
  private static func makeFolder(of path: String) throws(RepositoryError) {
    if let obstacle = DatabaseFiles.obstacleToMaking(path) {
      throw .mayNot(.make, path: path, obstacle)
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotOpen(path: path, reason: "its folder can't be made")
    }
  }

  /// Creates a database in memory, for tests and dry runs on nothing.
  ///
  /// - Throws: ``RepositoryError``
  package init(_ catalog: Catalog) throws(RepositoryError) {
    self.catalog = catalog
    path = ""
    (unlocked, access) = (nil, .write)
    (now, waiting) = (Self.clock, Waiting("") { _ in })
    do {
      queue = try DatabaseQueue(configuration: Self.configuration())
      try Self.migrator().migrate(queue)
    } catch {
      throw Self.wrap(error, path: "memory")
    }
  }

  /// Opens a database for a dry run, which leaves the file as it is, also where it is of an older version.
  ///
  /// - Parameters:
  ///   - path: The file; without one the dry run begins with no runs.
  ///   - catalog: What runs are understood and compared by.
  /// - Returns: The database, or, where it would have to be migrated or may only be read, a copy in memory.
  /// - Throws: ``RepositoryError``
  package static func dryRun(path: String, _ catalog: Catalog) throws -> RunStore {
    guard try DatabaseFiles.isThere(path) else { return try RunStore(catalog) }
    do {
      let files = DatabaseFiles(path)
      guard files.obstacleToWriting == nil else {
        return try RunStore(readOnly: files, catalog).inMemory()
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration())
      let applied = try migrations(of: queue, path: path)
      guard applied.count < migrator().migrations.count else {
        return RunStore(queue: queue, path: path, catalog)
      }
      return RunStore(queue: try migrated(queue), path: path, catalog)
    } catch {
      throw error is RepositoryError ? error : wrap(error, path: path)
    }
  }

  private init(queue: DatabaseQueue, path: String, _ catalog: Catalog) {
    self.catalog = catalog
    self.queue = queue
    self.path = path
    (unlocked, access) = (nil, .write)
    (now, waiting) = (Self.clock, Waiting(path) { _ in })
  }

  /// The system's time, in seconds since 1970.
  package static let clock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

  /// A copy in memory, in which anything may be written.
  ///
  /// - Throws: ``RepositoryError``
  func inMemory() throws -> RunStore {
    do {
      var copy = RunStore(queue: try Self.migrated(queue, closing: false), path: path, catalog)
      copy.hostNames = hostNames
      try checkUnchanged()
      return copy
    } catch {
      throw error is RepositoryError ? error : Self.wrap(error, path: path)
    }
  }

  /// Copies a database to memory, and brings the copy up to date.
  static func migrated(
    _ queue: DatabaseQueue, closing: Bool = true
  ) throws -> DatabaseQueue {
    let copy = try DatabaseQueue(configuration: configuration())
    try queue.backup(to: copy)
    if closing { try queue.close() }
    try migrator().migrate(copy)
    return copy
  }

  static func configuration(
    isReadOnly: Bool = false, waiting: Waiting = Waiting("") { _ in }
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .callback { waiting.wait(attempt: $0) }
    configuration.prepareDatabase { db in
      // A crash may lose the last import and never breaks the file.
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      // 64 MiB: a large import then writes a page once, and not whenever 2 MiB are full.
      try db.execute(sql: "PRAGMA cache_size = -65536")
    }
    return configuration
  }

  // MARK: - Access

  /// Reads as of one moment; errors of the engine are translated, and others are the closure's.
  func read<T>(_ body: (any Connection) throws -> T) throws -> T {
    do {
      let result = try queue.read { try body(SQLiteConnection($0)) }
      try checkUnchanged()
      return result
    } catch {
      // What was read of two states of a file may be taken for damage.
      try checkUnchanged()
      throw error is DatabaseError || error is DamagedRow ? Self.wrap(error, path: path) : error
    }
  }

  /// Says what SQLite's error means, without its words, and of which database a row is damaged.
  static func wrap(_ error: any Error, path: String) -> RepositoryError {
    if let row = error as? DamagedRow { return .damagedRow(path: path, row) }
    if let fault = error as? DraftFile.Fault { return wrap(fault, path) }
    guard let error = error as? DatabaseError else {
      return .cannotOpen(path: path, reason: "the system refuses it")
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path)
    case .SQLITE_NOTADB: return .notADatabase(path: path)
    case .SQLITE_FULL: return .cannotWrite(path: path, reason: FileFault.words(ENOSPC))
    case .SQLITE_READONLY, .SQLITE_PERM:
      return .cannotWrite(path: path, reason: "it may not be written")
    case .SQLITE_IOERR: return .cannotWrite(path: path, reason: FileFault.ofDisk)
    case .SQLITE_CANTOPEN: return .cannotOpen(path: path, reason: "it can't be opened or made")
    case .SQLITE_CORRUPT: return .damaged(path: path, reason: "the file is corrupt")
    default:
      return .damaged(
        path: path,
        reason: "its tables are not as expected; SQLite reports \(error.resultCode.rawValue)")
    }
  }

  private static func wrap(_ fault: DraftFile.Fault, _ path: String) -> RepositoryError {
    switch fault {
    case .occupied: .cannotWrite(path: path, reason: "the file exists")
    case .notMade(let code), .notWritten(let code), .notMoved(let code):
      .cannotWrite(path: path, reason: FileFault.words(code))
    }
  }
}
