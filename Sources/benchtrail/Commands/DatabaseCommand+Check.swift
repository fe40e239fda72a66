import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchService
import BenchStorage

extension DatabaseCommand {
  /// The entry of the chain that somebody kept the digest of.
  struct SinceJSON: Encodable {
    let number: Int
    let at: String
    let laterEntries: Int
  }

  /// Proves that the database has what it was given, and nothing else.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check the file, every value, every digest, and the chain of all changes.",
      discussion: """
        Exits with 2 if anything is wrong. With '--deep', every log that was kept is read again and compared with what is \
        stored of it, and what is known of each host is made anew from its runs; that takes as long as importing all \
        of them.

        The chain alone can't tell that its end was cut off, or that all of it was made anew. So keep the digest of an \
        entry elsewhere, as 'benchtrail db log' prints it: '--since' proves that the entry is still there, and with it \
        all that came before.

        Example:
          benchtrail db check
          benchtrail db check --deep
          benchtrail db check --since "$(cat digest-of-march)"
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Also read all kept logs again, and make anew what is known of each host.")
    var deep = false

    @Option(
      help: ArgumentHelp(
        "Also prove that the entry of the chain with this digest is there.", valueName: "digest"))
    var since: String?

    func validate() throws {
      if let since, ChainDigest(hexadecimal: since) == nil {
        throw ValidationError(
          "'--since \(since)' is no digest of 64 hexadecimal digits; 'benchtrail db log' prints them."
        )
      }
    }

    func run() throws {
      let store = try store.open()
      let (found, entry) = try Failure.wording { [since, deep] in
        var found = try store.soundness()
        if deep {
          let more = try store.checkDeep(RefreshRuns(store.catalog).reader())
          found.problems += more.problems
          found.notes += more.notes
        }
        var entry: ChainSince?
        if let digest = since.flatMap({ ChainDigest(hexadecimal: $0) }), found.problems.isEmpty {
          entry = try store.chain(since: digest)
          if entry == nil {
            found.problems.append(
              "no entry of the chain has the digest \(digest.hexadecimal): it, or one before it, was taken out or changed"
            )
          }
        }
        return (found, entry)
      }
      try output.write {
        ResultJSON(
          path: store.path, problems: found.problems, notes: found.notes,
          since: entry.map {
            SinceJSON(
              number: $0.entry.number, at: CivilTime.rfc3339($0.entry.at), laterEntries: $0.later)
          })
      } document: {
        Self.document(found, entry)
      }
      if !found.problems.isEmpty { throw ExitCode(Failure.unreadable) }
    }

    private static func document(_ found: RunStore.Soundness, _ entry: ChainSince?) -> Document {
      var document = Document()
      if found.problems.isEmpty { document.paragraph(.init("The database is sound.", .good)) }
      if let entry {
        document.paragraph(
          .init(
            "Entry \(entry.entry.number) of \(CivilTime.short(entry.entry.at)) UTC is there, with all before it; "
              + "\(entry.later == 1 ? "1 entry" : "\(entry.later) entries") came after it."))
      }
      for problem in found.problems { document.bullet([.init(Untrusted(problem), .bad)]) }
      for note in found.notes { document.bullet([.init(Untrusted(note))]) }
      return document
    }
  }
}
