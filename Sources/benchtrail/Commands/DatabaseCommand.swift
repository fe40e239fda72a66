import ArgumentParser
import BenchFiles
import BenchHistory
import BenchInput
import BenchReports
import BenchService
import BenchStorage

/// Cares for the database.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Care for the database file.",
    discussion: """
      Example:
        benchtrail db check
      """,
    subcommands: [
      Path.self, Check.self, Log.self, Backup.self, Migrate.self, Refresh.self, Compact.self,
    ])

  /// What a care command did, for programs.
  struct ResultJSON: Encodable {
    let schema = "benchtrail.db.v1"
    let path: String
    var problems: [String]?
    var notes: [String]?
    var since: SinceJSON?
    var backup: String?
    var migrations: [String]?
    var refreshed: RefreshJSON?
    var compacted: CompactionJSON?
  }

  /// What a refresh did.
  struct RefreshJSON: Encodable {
    let logs: Int
    let runs: Int
    let withoutLog: Int
    let unread: Int
  }

  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path",
      abstract: "Print the database's path.",
      discussion: """
        Example:
          sqlite3 "$(benchtrail db path)" 'SELECT count(*) FROM run'
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let file = try OutputFile(output.output, mode: output.mode)
      switch output.form {
      case .json: try file.write(JSONText.encode(ResultJSON(path: store.location)))
      default: try file.write(store.location + "\n")
      }
      try file.finish()
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup",
      abstract: "Copy the database, also while it is in use.",
      discussion: """
        Reading the database is enough, and the copy is yours to write.

        Example:
          benchtrail db backup benchtrail-$(date +%F).db
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The new file, which must not exist.")
    var target: String

    func run() throws {
      let store = try store.open()
      if LogFile.exists(target) {
        throw Failure("\(target): the file exists; name one that is not there yet")
      }
      do {
        try Failure.wording { try store.backup(to: target, mode: output.mode?.draft ?? .own) }
        Output.noteWorkDone()
      } catch let failure as Failure where !LogFile.exists(Self.folder(of: target)) {
        throw Failure(
          "\(target): can't be written: there is no folder '\(Self.folder(of: target))'",
          hints: ["'mkdir -p \(Self.folder(of: target))' makes it"], code: failure.code)
      }
      try output.write {
        ResultJSON(path: store.path, backup: target)
      } document: {
        var document = Document()
        document.paragraph(.init("Copied to "), .init(Untrusted(target)))
        return document
      }
    }

    private static func folder(of path: String) -> String {
      guard let slash = path.lastIndex(of: "/") else { return "." }
      return slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  struct Refresh: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "refresh",
      abstract: "Read the kept logs again, where the catalogue or benchtrail is another one.",
      discussion: """
        Afterwards the database is what it would be if all logs were imported anew; names of runs, labels and \
        baselines stay. An import does it first by itself. Runs whose logs were not kept stay as they are.

        Example:
          benchtrail db refresh
          benchtrail db refresh --catalog our-catalog
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Read the logs again also where nothing tells that they have to be.")
    var force = false

    func run() throws {
      let store = try store.openToWrite()
      let progress = Progress()
      let renewal = try Failure.wording {
        try RefreshRuns(store.catalog).run(in: store, isForced: force) { progress.note(logs: $0) }
      }
      progress.finish()
      let done = renewal ?? Renewal()
      try output.write {
        ResultJSON(
          path: store.path,
          refreshed: RefreshJSON(
            logs: done.contents, runs: done.runs, withoutLog: done.withoutLog, unread: done.unread))
      } document: {
        var document = Document()
        document.paragraph(
          .init(renewal.map { "Done: " + Output.words($0) } ?? "The runs are up to date."))
        return document
      }
    }
  }

  struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate",
      abstract: "Bring the database up to date, which every command does by itself.",
      discussion: """
        The file is copied beside itself first. A database of a newer benchtrail is refused.

        Example:
          benchtrail db migrate
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let store = try store.openOrCreate(mode: output.mode)
      let migrations = try Failure.wording { try store.migrations() }
      Output.noteWorkDone()
      try output.write {
        ResultJSON(path: store.path, migrations: migrations)
      } document: {
        var document = Document()
        document.paragraph(.init("The database is up to date:"))
        for migration in migrations { document.bullet([.init(migration)]) }
        return document
      }
    }
  }
}
