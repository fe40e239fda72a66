import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchStorage

extension DatabaseCommand {
  /// The chain of all changes.
  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "List what changed the database, with digests to keep elsewhere.",
      discussion: """
        Every import, refresh, 'forget', 'prune', 'rename', 'label', change of a baseline and new policy adds an entry, in \
        the transaction of the change. An entry has the digests of what it touched, and names the digest of the entry \
        before. 'benchtrail db check' holds the database against the entries; with '--since DIGEST' it proves that \
        nothing before an entry was taken out or changed.

        Example:
          benchtrail db log
          benchtrail db log --limit 1 --format json | jq -r '.entries[0].digest' > kept-elsewhere
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("At most so many entries, the newest first.", valueName: "count"))
    var limit: Int?

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
    }

    func run() throws {
      let store = try store.open()
      let all = try Failure.wording { try store.chain() }
      let entries = all.reversed().prefix(limit ?? .max)
      try output.write {
        LogJSON(
          path: store.path, count: all.count,
          entries: entries.map { EntryJSON($0.entry, $0.digest) })
      } document: {
        Self.document(entries.map { ($0.entry, $0.digest) }, of: all.count)
      }
    }

    private static func document(
      _ entries: [(entry: ChainEntry, digest: ChainDigest)], of count: Int
    ) -> Document {
      var document = Document()
      document.table(
        [
          Document.Column("entry", isRightAligned: true), Document.Column("when (UTC)"),
          Document.Column("what"), Document.Column("runs", isRightAligned: true),
          Document.Column("gone", isRightAligned: true), Document.Column("digest"),
        ],
        entries.map { entry, digest in
          [
            [.init("\(entry.number)")], [.init(CivilTime.short(entry.at))],
            [.init(entry.kind.rawValue)], [.init("\(entry.runs.changed)")],
            [.init("\(entry.runs.gone)")], [.init(digest.hexadecimal)],
          ]
        })
      document.paragraph(.init("\(count == 1 ? "1 entry" : "\(count) entries")"))
      return document
    }
  }

  /// The chain for programs.
  struct LogJSON: Encodable {
    let schema = "benchtrail.db-log.v1"
    let path: String
    /// How many entries there are, shown or not.
    let count: Int
    let entries: [EntryJSON]
  }

  /// An entry of the chain for programs.
  struct EntryJSON: Encodable {
    let number: Int
    let at: String
    let kind: String
    let runs: Int
    let runsGone: Int
    let policies: Int
    let previous: String
    let digest: String

    init(_ entry: ChainEntry, _ digest: ChainDigest) {
      number = entry.number
      at = CivilTime.rfc3339(entry.at)
      kind = entry.kind.rawValue
      (runs, runsGone) = (entry.runs.changed, entry.runs.gone)
      policies = entry.subjects.count { if case .policy = $0.subject { true } else { false } }
      previous = entry.previous.hexadecimal
      self.digest = digest.hexadecimal
    }
  }
}

extension ChainEntry {
  /// How many runs it says were added or changed, and how many are gone since.
  fileprivate var runs: (changed: Int, gone: Int) {
    var counts = (changed: 0, gone: 0)
    for (subject, digest) in subjects {
      guard case .run = subject else { continue }
      if digest == nil { counts.gone += 1 } else { counts.changed += 1 }
    }
    return counts
  }
}
