import BenchFiles
import BenchHistory
internal import GRDB

/// A database file that is made whole or not at all.
enum DatabaseCopy {
  /// Makes a file and fills it as a database.
  ///
  /// - Parameters:
  ///   - target: The file.
  ///   - mode: Its permissions.
  ///   - replacing: Whether it takes the place of a file that is there.
  ///   - fill: Is called with the empty database.
  /// - Throws: `DraftFile.Fault`, or what the closure throws.
  static func make(
    _ target: String, mode: DraftFile.Mode = .own, replacing: Bool = false,
    _ fill: (DatabaseQueue) throws -> Void
  ) throws {
    let draft = try DraftFile(for: target, mode: mode)
    let queue = try DatabaseQueue(path: draft.path, configuration: RunStore.configuration())
    try fill(queue)
    // Only then all of it is in the file.
    try queue.close()
    if replacing { try draft.replace() } else { try draft.place() }
  }
}
