import BenchCatalog
import BenchHistory
internal import Foundation
internal import GRDB
private import GRDBSQLite

/// A database that this user may only read, opened so that nothing is made or changed beside it.
///
/// SQLite reads a write-ahead log with the help of two files beside the database, which it makes where they are missing.
/// Here it must not. What is there decides how the database is read:
///
/// | beside the file | how it is read |
/// |---|---|
/// | both files | as ever, also while another process writes |
/// | nothing, or an empty log | as a file that does not change; where it does after all, ``RunStore/checkUnchanged()`` tells |
/// | only a log, left by a process that was killed | a copy of both is read to memory |
struct ReadOnlyDatabase {
  let queue: DatabaseQueue
  /// The file as it was when it was opened, where SQLite takes it for one that does not change.
  let unlocked: DatabaseFiles.State?

  /// How often it is tried again where another process changes the files meanwhile.
  private static let mostAttempts = 5
  /// What is larger is not copied to memory.
  static let mostCopied: Int64 = 1 << 30

  /// Opens a database, or, where its schema is an older one, a copy in memory with the current one.
  ///
  /// - Throws: ``RepositoryError``, or SQLite's error.
  init(_ files: DatabaseFiles) throws { (queue, unlocked) = try Self.opened(files) }

  private static func opened(
    _ files: DatabaseFiles
  ) throws -> (queue: DatabaseQueue, unlocked: DatabaseFiles.State?) {
    var attempt = 1
    while true {
      do { return try open(files) } catch let error as DatabaseError
        where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        && attempt < mostAttempts
      {
        // The files beside it come and go with those who write.
        attempt += 1
      } catch RepositoryError.changed(path: _) where attempt < mostAttempts {
        attempt += 1
      }
    }
  }

  private static func open(
    _ files: DatabaseFiles
  ) throws -> (queue: DatabaseQueue, unlocked: DatabaseFiles.State?) {
    let (queue, state) = try connect(files)
    let applied: Set<String>
    do {
      applied = try RunStore.migrations(of: queue, path: files.path)
    } catch {
      try check(files, state)
      throw error
    }
    let isCurrent = applied.count == RunStore.migrator().migrations.count
    let current = isCurrent ? queue : try RunStore.migrated(queue)
    try check(files, state)
    return (current, isCurrent ? state : nil)
  }

  private static func connect(
    _ files: DatabaseFiles
  ) throws -> (queue: DatabaseQueue, unlocked: DatabaseFiles.State?) {
    if let obstacle = files.obstacleToReading {
      throw RepositoryError.mayNot(.read, path: files.path, obstacle)
    }
    let configuration = RunStore.configuration(isReadOnly: true)
    // Without a log SQLite makes nothing beside the file.
    guard files.keepsLog else {
      return (try DatabaseQueue(path: files.main, configuration: configuration), nil)
    }
    let log = DatabaseFiles.state(files.log)
    if log != nil, DatabaseFiles.state(files.index) != nil {
      let path = knowsURIs ? uri(files.main, "mode=ro&readonly_shm=1") : files.main
      return (try DatabaseQueue(path: path, configuration: configuration), nil)
    }
    guard log?.size ?? 0 == 0, knowsURIs else { return (try copied(files), nil) }
    // Looked at first, so that no change goes unseen.
    let state = DatabaseFiles.state(files.main)
    let path = uri(files.main, "immutable=1")
    return (try DatabaseQueue(path: path, configuration: configuration), state)
  }

  /// - Throws: ``RepositoryError/changed(path:)``
  private static func check(_ files: DatabaseFiles, _ state: DatabaseFiles.State?) throws {
    guard let state, state != DatabaseFiles.state(files.main) else { return }
    throw RepositoryError.changed(path: files.path)
  }

  /// Reads a database and its log to memory by way of a copy: to take up a log that somebody left, SQLite has to write.
  private static func copied(_ files: DatabaseFiles) throws -> DatabaseQueue {
    let parts = [(files.main, ""), (files.log, "-wal")]
    let before = parts.map { DatabaseFiles.state($0.0) }
    guard before.reduce(0, { $0 + ($1?.size ?? 0) }) <= mostCopied else {
      throw RepositoryError.cannotOpen(
        path: files.path,
        reason:
          "a process that was killed left its log beside it, and the file is too large to be copied; "
          + "a user who may write it must open it once, as with 'benchtrail runs'")
    }
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent(
      "benchtrail-" + UUID().uuidString)
    defer { try? manager.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("copy.db").path
    do {
      // What is in it is nobody else's to read.
      try manager.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for (file, ending) in parts where manager.fileExists(atPath: file) {
        try manager.copyItem(atPath: file, toPath: copy + ending)
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy + ending)
      }
    } catch {
      guard before == parts.map({ DatabaseFiles.state($0.0) }) else {
        throw RepositoryError.changed(path: files.path)
      }
      throw RepositoryError.cannotOpen(
        path: files.path,
        reason: "it must be copied to be read, and that can't be done in \(folder.path)")
    }
    guard before == parts.map({ DatabaseFiles.state($0.0) }) else {
      throw RepositoryError.changed(path: files.path)
    }
    let queue = try DatabaseQueue(path: copy, configuration: RunStore.configuration())
    let memory = try DatabaseQueue(configuration: RunStore.configuration())
    try queue.backup(to: memory)
    try queue.close()
    return memory
  }

  /// Whether SQLite takes a path such as `file:/data/bench.db?immutable=1` for one with options.
  private static let knowsURIs = sqlite3_compileoption_used("USE_URI") != 0

  private static func uri(_ path: String, _ options: String) -> String {
    var encoded = ""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
      if isPlain || "/-._~".unicodeScalars.contains(scalar) {
        encoded.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += (digits.count == 1 ? "%0" : "%") + digits
      }
    }
    return "file:\(encoded)?\(options)"
  }
}

extension RunStore {
  /// Opens a database to read it, whether or not it may be written.
  ///
  /// - Throws: ``RepositoryError``
  init(readOnly files: DatabaseFiles, _ catalog: Catalog) throws(RepositoryError) {
    do {
      let opened = try ReadOnlyDatabase(files)
      (queue, unlocked) = (opened.queue, opened.unlocked)
    } catch let error as RepositoryError {
      throw error
    } catch {
      throw Self.wrap(error, path: files.path)
    }
    (path, access) = (files.path, .read)
    (now, waiting) = (Self.clock, Waiting(files.path) { _ in })
    self.catalog = catalog
  }

  /// Makes sure that what was read is one state of the file.
  ///
  /// - Throws: ``RepositoryError/changed(path:)``
  func checkUnchanged() throws(RepositoryError) {
    guard let unlocked, unlocked != DatabaseFiles.state(path) else { return }
    throw .changed(path: path)
  }

  /// Makes sure that the database may be written.
  ///
  /// - Throws: ``RepositoryError``
  func checkWritable() throws(RepositoryError) {
    guard access == .read else { return }
    if let obstacle = DatabaseFiles(path).obstacleToWriting {
      throw .mayNot(.write, path: path, obstacle)
    }
    throw .cannotWrite(path: path, reason: "it was opened to be read")
  }
}
