private import Foundation

/// A folder of a test's own, which goes with the value.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// Creates a folder.
  ///
  /// - Throws: Foundation's error, if it can't be made.
  package init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "benchtrail-test-" + UUID().uuidString
      ).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file, and the folders on its way.
  ///
  /// - Throws: Foundation's error, if it can't be written.
  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }
}
