import BenchHistory
internal import Foundation

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The file of a database and the two that SQLite keeps beside it, as the system lets this user use them.
struct DatabaseFiles {
  /// The file as a person names it.
  let path: String
  /// The file without links on the way: SQLite keeps the other two beside that.
  let main: String
  /// What was written last, before it goes to the file.
  var log: String { main + "-wal" }
  /// Where what stands in the log, and who reads and writes.
  var index: String { main + "-shm" }

  /// Names the files of a database that is there.
  init(_ path: String) {
    self.path = path
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    main = resolved.map { String(cString: $0) } ?? path
  }

  // MARK: - Permissions

  /// Whether there is a file.
  ///
  /// - Throws: ``RepositoryError`` where a folder on the way may not be searched.
  static func isThere(_ path: String) throws(RepositoryError) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return true }
    guard errno == EACCES else { return false }
    var folder = Self.folder(of: path)
    while true {
      if stat(folder, &status) == 0, let obstacle = obstacle(folder, X_OK, isFolder: true) {
        throw .mayNot(.read, path: path, obstacle)
      }
      guard folder != "/" else { return false }
      folder = Self.folder(of: folder)
    }
  }

  /// What keeps this user from making a file, and the folders that are missing on its way; nil where nothing does.
  static func obstacleToMaking(_ path: String) -> RepositoryError.Obstacle? {
    var folder = Self.folder(of: path)
    var status = stat()
    while stat(folder, &status) != 0, folder != "/" { folder = Self.folder(of: folder) }
    return obstacle(folder, W_OK | X_OK, isFolder: true)
  }

  /// What keeps this user from writing the database; nil where nothing does.
  ///
  /// SQLite makes its two files where they are missing, so the folder counts too.
  var obstacleToWriting: RepositoryError.Obstacle? {
    if let obstacle = Self.obstacle(path, W_OK) { return obstacle }
    var isMissing = false
    for file in [log, index] {
      if Self.state(file) == nil {
        isMissing = true
      } else if let obstacle = Self.obstacle(file, W_OK) {
        return obstacle
      }
    }
    guard isMissing else { return nil }
    return Self.obstacle(Self.folder(of: main), W_OK | X_OK, isFolder: true)
  }

  /// What keeps this user from reading the database; nil where nothing does.
  var obstacleToReading: RepositoryError.Obstacle? {
    for file in [path, log, index] where Self.state(file) != nil {
      if let obstacle = Self.obstacle(file, R_OK) { return obstacle }
    }
    return nil
  }

  /// The absolute path of the folder that a path is in.
  private static func folder(of path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  /// What keeps this user from using a file or folder in a way; nil where nothing does.
  private static func obstacle(
    _ item: String, _ mode: Int32, isFolder: Bool = false
  ) -> RepositoryError.Obstacle? {
    guard access(item, mode) != 0 else { return nil }
    let isFixed = errno == EROFS
    var status = stat()
    let isKnown = stat(item, &status) == 0
    let reason: RepositoryError.Obstacle.Reason =
      isFixed
      ? .readOnlyFileSystem
      : isKnown && status.st_uid != geteuid()
        ? .belongs(to: userName(status.st_uid)) : .permissions
    return RepositoryError.Obstacle(item: item, isFolder: isFolder, reason: reason)
  }

  private static func userName(_ id: uid_t) -> String {
    guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return "user \(id)" }
    return String(cString: name)
  }

  /// Whether a file is there and has no byte.
  static func isEmptyFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
  }

  // MARK: - State

  /// What tells that a file was written.
  struct State: Hashable {
    var inode: UInt64
    var size: Int64
    var seconds: Int64
    var nanoseconds: Int64
  }

  /// The state of a file; nil where there is none.
  static func state(_ path: String) -> State? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return State(
      inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int64(time.tv_sec),
      nanoseconds: Int64(time.tv_nsec))
  }

  /// Whether the database is one with a write-ahead log, as all are that this program makes.
  var keepsLog: Bool {
    guard let handle = FileHandle(forReadingAtPath: main) else { return false }
    defer { try? handle.close() }
    // SQLite's file format: the bytes 18 and 19 of its header are 2.
    guard let header = try? handle.read(upToCount: 20), header.count == 20 else { return false }
    return header[header.startIndex + 18] == 2 || header[header.startIndex + 19] == 2
  }
}
