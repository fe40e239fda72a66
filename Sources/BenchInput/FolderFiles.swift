#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The small files of a folder.
package enum FolderFiles {
  /// Reads the files of a folder, at any depth, in natural order of their paths.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - endings: The endings that files must have to be read.
  ///   - limit: The most bytes; of a larger file one byte more is read, which tells that there is more.
  /// - Returns: The files by their paths within the folder, with their bytes.
  /// - Throws: ``LogFile/Unreadable``
  package static func read(
    _ folder: String, endings: [String], limit: Int
  ) throws -> [(path: String, bytes: [UInt8])] {
    guard LogFile.exists(folder) else { throw LogFile.Unreadable(path: folder, code: ENOENT) }
    guard LogFiles.isFolder(folder) else { throw LogFile.Unreadable(path: folder, code: ENOTDIR) }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return try LogFiles.entries([folder]).compactMap { entry in
      // What is listed and a folder can't be searched, and reading it says why.
      let isMeant = endings.contains(where: entry.path.hasSuffix) || LogFiles.isFolder(entry.path)
      guard isMeant else { return nil }
      let bytes = try LogFile(path: entry.path).bytes(limit: limit)
      return (String(entry.path.dropFirst(prefix.count)), bytes)
    }
  }
}
