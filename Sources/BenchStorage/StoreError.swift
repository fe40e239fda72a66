/// Why the database could not do what was asked.
package enum StoreError: Error, Hashable, Sendable {
  /// There is no database yet.
  case missing(path: String)
  /// The file can't be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file is something else.
  case notADatabase(path: String)
  /// A newer version of the program made the database.
  case newer(path: String)
  /// Another process holds the database.
  case busy(path: String)
  /// The disk is full, or the file may not be written.
  case cannotWrite(path: String, reason: String)
  /// The content contradicts itself.
  case damaged(path: String, reason: String)
  /// No run has the name.
  case noSuchRun(name: String, reason: NoSuchRun)
  /// Several runs have an id that begins so.
  case ambiguousRun(name: String, count: Int)

  /// Why a name names no run.
  package enum NoSuchRun: Hashable, Sendable {
    case noRuns
    case noRunsOfHost(String)
    case notThatMany(have: Int)
    case noneUntil(String)
    case noBaseline
    case badDate(String)
    case unknown(hosts: [String])
  }
}
