package import BenchFiles
package import BenchHistory
internal import Foundation
internal import GRDB

extension RunStore {
  /// Copies the database, also while other processes use it.
  ///
  /// - Parameters:
  ///   - target: The new file, which must not exist.
  ///   - mode: Its permissions.
  /// - Throws: ``RepositoryError``
  package func backup(to target: String, mode: DraftFile.Mode = .own) throws(RepositoryError) {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw .cannotWrite(path: target, reason: "the file exists")
    }
    if let obstacle = DatabaseFiles.obstacleToMaking(target) {
      throw .mayNot(.make, path: target, obstacle)
    }
    do {
      try DatabaseCopy.make(target, mode: mode) {
        try queue.backup(to: $0)
        try checkUnchanged()
      }
    } catch {
      try checkUnchanged()
      throw Self.wrap(error, path: target)
    }
  }
}
