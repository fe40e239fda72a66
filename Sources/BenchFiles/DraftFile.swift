#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is made beside its place and moved there: whole, or not at all.
///
/// What stands at the place is never written itself. The draft has a name that nobody can foresee, is made only where
/// nothing has that name, and is locked as long as its maker lives: whoever makes the next one clears those whose maker was
/// killed. Before it is moved its bytes are on the disk, and afterwards its name is.
package final class DraftFile {
  /// What went wrong, with the system's error.
  package enum Fault: Error, Hashable, Sendable {
    case notMade(Int32)
    case notWritten(Int32)
    /// Something stands at the place, and was to be left.
    case occupied
    case notMoved(Int32)
  }

  /// The permissions of a file that is made.
  package enum Mode: Hashable, Sendable {
    /// Those of the file that it replaces; of a new one the owner's alone.
    case own
    /// Those of the file that it replaces; of a new one what the process gives to all files.
    case shared
    /// Those of another file, of which this is a copy, and its group where that is allowed.
    case like(String)
    /// These.
    case given(UInt16)
  }

  /// The place, without links on the way: the file that a link leads to is what is replaced.
  package let target: String
  /// Where the file is until then.
  package let path: String
  package private(set) var descriptor: Int32
  private var isMoved = false

  /// Makes a draft beside a place, with the permissions that the file is to have.
  ///
  /// - Throws: ``Fault/notMade(_:)``
  package init(for target: String, mode: Mode = .own) throws(Fault) {
    self.target = Self.resolved(target)
    Self.clear(besides: self.target)
    var made: (path: String, descriptor: Int32)?
    while made == nil { made = try Self.made(self.target, mode) }
    (path, descriptor) = made ?? ("", -1)
    permit(mode)
  }

  /// Gives the draft its permissions.
  private func permit(_ mode: Mode) {
    let model: String
    switch mode {
    case .given(let bits):
      _ = fchmod(descriptor, mode_t(bits))
      return
    case .like(let path): model = path
    case .own, .shared: model = target
    }
    var status = stat()
    guard stat(model, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    // The owner stays where that is allowed. Only in the same group may the group read what only that could read.
    let isSameGroup =
      fchown(descriptor, status.st_uid, status.st_gid) == 0
      || fchown(descriptor, uid_t.max, status.st_gid) == 0
    _ = fchmod(descriptor, status.st_mode & (isSameGroup ? 0o777 : 0o707))
  }

  deinit {
    if !isMoved { Self.endings.forEach { unlink(path + $0) } }
    close()
  }

  /// Opens and locks a new file; nil where another process cleared it before it was locked.
  private static func made(
    _ target: String, _ mode: Mode
  ) throws(Fault) -> (path: String, descriptor: Int32)? {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    let path = "\(target).\(String(repeating: "0", count: 16 - digits.count))\(digits).new"
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(path, flags, mode == .shared ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw .notMade(errno) }
    var status = stat()
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno == ENOLCK || errno == EOPNOTSUPP,
      fstat(descriptor, &status) == 0, status.st_nlink > 0
    {
      return (path, descriptor)
    }
    _ = Self.closed(descriptor)
    return nil
  }

  // MARK: - Moving

  /// Puts the file in the place of what stands there.
  ///
  /// - Throws: ``Fault``; what stood there is as it was, unless the fault is that of the folder.
  package func replace() throws(Fault) {
    try settle()
    guard rename(path, target) == 0 else { throw .notMoved(errno) }
    try finish()
  }

  /// Puts the file in its place, where nothing stands there.
  ///
  /// - Throws: ``Fault``
  package func place() throws(Fault) {
    try settle()
    if link(path, target) == 0 {
      unlink(path)
    } else if errno == EEXIST {
      throw .occupied
    } else {
      // File systems without links, such as exFAT.
      var status = stat()
      guard lstat(target, &status) != 0 else { throw .occupied }
      guard rename(path, target) == 0 else { throw .notMoved(errno) }
    }
    try finish()
  }

  private func settle() throws(Fault) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .notWritten(errno) }
  }

  private func finish() throws(Fault) {
    isMoved = true
    close()
    guard Self.synchronize(Self.folder(of: target)) else { throw .notMoved(errno) }
  }

  private func close() {
    if descriptor >= 0 { _ = Self.closed(descriptor) }
    descriptor = -1
  }

  /// Writes the names of a folder to the disk.
  private static func synchronize(_ folder: String) -> Bool {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that may be written and not read can't be opened; its names are written in time.
    guard descriptor >= 0 else { return true }
    defer { _ = closed(descriptor) }
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EBADF
  }

  // MARK: - Names

  /// A draft, and what SQLite keeps beside one that is a database.
  private static let endings = ["", "-journal", "-wal", "-shm"]

  /// Clears the drafts of a place whose makers were killed.
  package static func clear(besides place: String) {
    let target = resolved(place)
    let folder = folder(of: target)
    let name = target.split(separator: "/").last.map(String.init) ?? ""
    guard let stream = opendir(folder) else { return }
    var drafts: Set<String> = []
    while let entry = readdir(stream) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let draft = draft(found, of: name) { drafts.insert(draft) }
    }
    closedir(stream)
    for draft in drafts { clear(draft: folder + "/" + draft) }
  }

  /// The name of the draft that a file is or belongs to; nil for any other file.
  private static func draft(_ name: String, of target: String) -> String? {
    guard name.hasPrefix(target + ".") else { return nil }
    let rest = name.utf8.dropFirst(target.utf8.count + 1)
    let digits = rest.prefix(16)
    guard digits.count == 16,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    let ending = String(decoding: rest.dropFirst(16), as: UTF8.self)
    guard endings.contains(where: { ending == ".new" + $0 }) else { return nil }
    return target + "." + String(decoding: digits, as: UTF8.self) + ".new"
  }

  private static func clear(draft: String) {
    let descriptor = open(draft, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor < 0 {
      // Only what stood beside it is left.
      if errno == ENOENT { endings.dropFirst().forEach { unlink(draft + $0) } }
      return
    }
    defer { _ = closed(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    // The draft goes last, so that what is beside it is found again.
    endings.reversed().forEach { unlink(draft + $0) }
  }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func closed(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
