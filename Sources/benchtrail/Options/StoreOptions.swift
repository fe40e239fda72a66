import ArgumentParser
import BenchAnalysis
import BenchFiles
import BenchService
import BenchStorage

/// Where the database is.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The database file (default: BENCHTRAIL_DB, else benchtrail/benchtrail.db in the XDG data folder).",
      valueName: "file"), completion: .file())
  var path: String?

  @OptionGroup var catalog: CatalogOptions

  /// The file that is meant.
  var location: String { path ?? Self.defaultLocation }

  /// The file that is meant where none is named.
  static var defaultLocation: String {
    if let path = Output.environment("BENCHTRAIL_DB") { return path }
    let home = Output.environment("HOME") ?? "."
    let data = Output.environment("XDG_DATA_HOME") ?? home + "/.local/share"
    return data + "/benchtrail/benchtrail.db"
  }

  /// Opens the database, which must exist, to read it: one that may not be written is enough.
  func open() throws -> RunStore { try open(for: .read) }

  private func open(for need: RunStore.Access) throws -> RunStore {
    try opened(create: false, for: need)
  }

  private func opened(
    create: Bool, for need: RunStore.Access = .write, mode: FileMode? = nil
  ) throws -> RunStore {
    var store = try Failure.wording {
      try RunStore(
        path: location, create: create, for: need, mode: mode?.draft ?? .own, catalog.load(),
        now: { Host.now }, onWait: Output.noteWait)
    }
    store.onCommit = Output.noteWorkDone
    return store
  }

  /// Opens the database, which must exist, for a change.
  func openToWrite() throws -> RunStore { try open(for: .write) }

  /// Opens the database for a change, and brings what it says of its runs up to date first.
  func openToWrite(_ policy: Policy) throws -> RunStore {
    var store = try openToWrite()
    store.hostNames = policy.hostNames
    let progress = Progress()
    let renewal = try Failure.wording { [store] in
      try RefreshRuns(store.catalog).run(in: store) { progress.note(logs: $0) }
    }
    progress.finish()
    if let renewal { Output.noteRenewal(renewal) }
    return store
  }

  /// Opens the database, and makes it if it is missing.
  func openOrCreate(mode: FileMode?) throws -> RunStore { try opened(create: true, mode: mode) }

  /// Opens the database for an import.
  ///
  /// - Parameters:
  ///   - policy: Has the names that hosts have now.
  ///   - isDryRun: Whether the file stays as it is.
  ///   - mode: The permissions of a file that is made.
  /// - Returns: The database.
  /// - Throws: ``Failure``
  func openToImport(_ policy: Policy, isDryRun: Bool, mode: FileMode?) throws -> RunStore {
    var store =
      try isDryRun
      ? Failure.wording { try RunStore.dryRun(path: location, catalog.load()) }
      : openOrCreate(mode: mode)
    store.hostNames = policy.hostNames
    return store
  }

  /// Whether the command line names the database, so that it must be there.
  var isNamed: Bool { path != nil }
}
