import ArgumentParser
import BenchReports
import BenchStorage

/// Cares for the database.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Care for the database file.",
    discussion: """
      Example:
        benchtrail db check
      """,
    subcommands: [Path.self, Check.self, Backup.self, Migrate.self])

  /// What a care command did, for programs.
  struct ResultJSON: Encodable {
    let schema = "benchtrail.db.v1"
    let path: String
    var problems: [String]?
    var backup: String?
    var migrations: [String]?
  }

  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the database's path.",
      discussion: """
        Example:
          sqlite3 "$(benchtrail db path)" 'SELECT count(*) FROM run'
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      switch output.format {
      case .json: Output.write(try JSONText.encode(ResultJSON(path: store.location)))
      default: Output.write(store.location + "\n")
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the file, its references, and the digests of what it holds.",
      discussion: """
        Exits with 2 if anything is wrong. With --deep, what is known of each host is also made anew from its runs and \
        compared, which takes as long as reading all of them.

        Example:
          benchtrail db check
          benchtrail db check --deep
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Also check that what is known of each host is what its runs say.")
    var deep = false

    func run() throws {
      let store = try store.open()
      let problems = try Failure.wording {
        try store.check() + (deep ? store.checkStandings() : [])
      }
      try output.write {
        ResultJSON(path: store.path, problems: problems)
      } document: {
        var document = Document()
        if problems.isEmpty { document.paragraph(.init("The database is sound.", .good)) }
        for problem in problems { document.bullet([.init(Untrusted(problem), .bad)]) }
        return document
      }
      if !problems.isEmpty { throw ExitCode(Failure.unreadable) }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy the database, also while it is in use.",
      discussion: """
        Example:
          benchtrail db backup benchtrail-$(date +%F).db
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The new file, which must not exist.")
    var target: String

    func run() throws {
      let store = try store.open()
      try Failure.wording { try store.backup(to: target) }
      try output.write {
        ResultJSON(path: store.path, backup: target)
      } document: {
        var document = Document()
        document.paragraph(.init("Copied to "), .init(Untrusted(target)))
        return document
      }
    }
  }

  struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring the database up to date, which every command does by itself.",
      discussion: """
        The file is copied beside itself first. A database of a newer benchtrail is refused.

        Example:
          benchtrail db migrate
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let store = try store.openOrCreate()
      let migrations = try Failure.wording { try store.migrations() }
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
