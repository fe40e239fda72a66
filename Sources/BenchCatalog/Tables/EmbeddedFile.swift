private import CEmbedded

/// The files that are compiled in: the catalogue, the page's template.
package enum EmbeddedFile {
  /// Looks a file up.
  ///
  /// - Parameter path: The path from the repository's top.
  /// - Returns: Its text; nil for a file that is not embedded.
  package static func text(_ path: String) -> String? {
    let files = UnsafeBufferPointer(start: firstEmbeddedFile(), count: embedded_file_count)
    for file in files where path == String(cString: file.path) {
      return String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }
    return nil
  }
}
