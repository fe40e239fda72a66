package import BenchModel

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The files that a person's paths name.
package struct LogFiles {
  /// A file, and how it was found.
  package struct Entry: Hashable, Sendable {
    package var path: String
    /// Whether it was found in a folder rather than named.
    package var isFound: Bool
  }

  /// Lists the files of paths in natural order, in whatever order they were named.
  ///
  /// Folders are searched to any depth; what begins with a dot is passed over, and links to folders are not
  /// followed.
  ///
  /// - Parameter paths: Files, folders, and `-` for standard input.
  /// - Returns: The files, each once.
  package static func entries(_ paths: [String]) -> [Entry] {
    var seen: Set<String> = []
    return paths.flatMap { path -> [Entry] in
      let path = NameBytes.distinct(NameBytes.bytes(path))
      guard path != "-", kind(path, followsLink: true) == S_IFDIR else {
        return [Entry(path: path, isFound: false)]
      }
      return files(in: path).map { Entry(path: $0, isFound: true) }
    }
    // A file that is named and in a folder that is named is meant by its name.
    .sorted { $0.isFound == $1.isFound ? NaturalOrder.precedes($0.path, $1.path) : !$0.isFound }
    .filter { seen.insert($0.path).inserted }
    .sorted { NaturalOrder.precedes($0.path, $1.path) }
  }

  /// The file's time of change; nil for standard input, and for a file that is not there.
  package static func changeTime(_ path: String) -> FileTime? { state(path)?.time }

  /// The file's time of change and its size in bytes; nil for standard input, and for a file that is not there.
  package static func state(_ path: String) -> (time: FileTime, size: Int64)? {
    var status = stat()
    guard path != "-", look(at: path, &status) else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    // Some file systems keep any 64 bits; no other time is stored.
    let seconds = min(
      max(Int64(time.tv_sec), CivilTime.storable.lowerBound), CivilTime.storable.upperBound)
    return (
      FileTime(seconds: seconds, nanoseconds: Int(time.tv_nsec)), Int64(status.st_size)
    )
  }

  /// Whether a path is that of a folder.
  static func isFolder(_ path: String) -> Bool { kind(path, followsLink: true) == S_IFDIR }

  private static func kind(_ path: String, followsLink: Bool) -> mode_t? {
    var status = stat()
    guard look(at: path, &status, followsLink: followsLink) else { return nil }
    return status.st_mode & S_IFMT
  }

  private static func look(
    at path: String, _ status: inout stat, followsLink: Bool = true
  ) -> Bool {
    NameBytes.withCString(path) { followsLink ? stat($0, &status) : lstat($0, &status) } == 0
  }

  private static func files(in folder: String) -> [String] {
    // Opening it as a file says why it can't be searched.
    guard let directory = NameBytes.withCString(folder, { opendir($0) }) ?? nil else {
      return [folder]
    }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        NameBytes.distinct(bytes.prefix { $0 != 0 })
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    closedir(directory)
    var found: [String] = []
    for name in names {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch kind(path, followsLink: false) {
      case S_IFDIR: found += files(in: path)
      case S_IFREG: found.append(path)
      case S_IFLNK where kind(path, followsLink: true) == S_IFREG: found.append(path)
      default: break
      }
    }
    return found
  }
}
