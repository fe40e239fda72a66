private import Foundation

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
  package static func entries(_ paths: [String]) -> [Entry] {
    paths.flatMap { path -> [Entry] in
      guard path != "-", isFolder(path) else { return [Entry(path: path, isFound: false)] }
      return files(in: path).map { Entry(path: $0, isFound: true) }
    }
  }

  /// The file's time of change, in seconds since 1970; now for standard input.
  package static func changeTime(_ path: String) -> Int64 {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let date = attributes?[.modificationDate] as? Date ?? Date()
    return Int64(date.timeIntervalSince1970)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var found: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let type =
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      if type == .typeDirectory {
        found += files(in: path)
      } else if !isFolder(path) {
        found.append(path)
      }
    }
    return found
  }
}
