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

  /// Lists the files of paths: files as they are named, those of folders by name.
  ///
  /// Folders are searched to any depth; what begins with a dot is passed over, and links to folders are not
  /// followed.
  ///
  /// - Parameter paths: Files, folders, and `-` for standard input.
  /// - Returns: The files, in the order of the paths.
  package static func entries(_ paths: [String]) -> [Entry] {
    paths.flatMap { path -> [Entry] in
      guard path != "-", kind(path, followsLink: true) == S_IFDIR else {
        return [Entry(path: path, isFound: false)]
      }
      return files(in: path).map { Entry(path: $0, isFound: true) }
    }
  }

  /// The file's time of change, in seconds since 1970; now for standard input.
  package static func changeTime(_ path: String) -> Int64 {
    var status = stat()
    guard path != "-", stat(path, &status) == 0 else { return Int64(time(nil)) }
    #if canImport(Glibc)
      return Int64(status.st_mtim.tv_sec)
    #else
      return Int64(status.st_mtimespec.tv_sec)
    #endif
  }

  private static func kind(_ path: String, followsLink: Bool) -> mode_t? {
    var status = stat()
    guard (followsLink ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  private static func files(in folder: String) -> [String] {
    // Opening it as a file says why it can't be searched.
    guard let directory = opendir(folder) else { return [folder] }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    closedir(directory)
    var found: [String] = []
    for name in names.sorted() {
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
