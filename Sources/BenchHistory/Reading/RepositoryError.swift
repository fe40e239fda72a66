/// Why a repository could not do what was asked.
package enum RepositoryError: Error, Hashable, Sendable {
  /// There is no database yet.
  case missing(path: String)
  /// The file has no byte, and nothing is to be made of it.
  case emptyFile(path: String)
  /// The file can't be opened or made.
  case cannotOpen(path: String, reason: String)
  /// The file is something else.
  case notADatabase(path: String)
  /// A newer version of the program made the database.
  case newer(path: String)
  /// Another process holds the database.
  case busy(path: String)
  /// The disk is full, or the file can't be written for another reason.
  case cannotWrite(path: String, reason: String)
  /// This user may not make the file, read it, or write it.
  case mayNot(Use, path: String, Obstacle)
  /// Another process changed the file while it was read.
  case changed(path: String)
  /// The content contradicts itself.
  case damaged(path: String, reason: String)
  /// A row of a table is none that this program wrote.
  case damagedRow(path: String, DamagedRow)
  /// No run has the name.
  case noSuchRun(name: String, reason: NoSuchRun)
  /// Several runs have an id that begins so.
  case ambiguousRun(name: String, count: Int)

  /// Why a name names no run.
  package enum NoSuchRun: Hashable, Sendable {
    case noRuns
    case noRunsOfHost(String)
    case notThatMany(have: Int)
    /// No run is as old as the time, as it was written; with the start of the first one that there is.
    case noneUntil(String, first: Int64?)
    case noBaseline
    /// Of the runs that the name may mean none has the labels that are asked for.
    case noneWithLabels
    case badDate(String)
    case unknown(hosts: [String])
  }

  /// What somebody wants to do with a database.
  package enum Use: Hashable, Sendable {
    case make
    case read
    case write
  }

  /// What keeps this user from a database.
  package struct Obstacle: Hashable, Sendable {
    /// Why it does.
    package enum Reason: Hashable, Sendable {
      /// It belongs to another user, of this name.
      case belongs(to: String)
      /// Its permissions say no, although it belongs to nobody else.
      case permissions
      /// Its file system is read-only.
      case readOnlyFileSystem
    }

    /// The file or folder.
    package var item: String
    package var isFolder: Bool
    package var reason: Reason

    /// Creates an obstacle.
    package init(item: String, isFolder: Bool, reason: Reason) {
      self.item = item
      self.isFolder = isFolder
      self.reason = reason
    }
  }
}
