package import BenchHistory
package import BenchModel

/// What an auditor is told who kept the digest of an entry.
package struct ChainSince: Hashable, Sendable {
  /// The entry with the digest.
  package var entry: ChainEntry
  /// How many entries came after it.
  package var later: Int
}

extension RunStore {
  /// Returns the entries of the chain with their digests, the first one first.
  ///
  /// - Throws: ``RepositoryError``; a damaged entry is one.
  package func chain() throws -> [(entry: ChainEntry, digest: ChainDigest)] {
    try read { db in
      var found: [(entry: ChainEntry, digest: ChainDigest)] = []
      try Chain(db).entries { number, entry, isWhole, digest in
        guard let entry, isWhole, entry.number == number else {
          throw DamagedRow(table: "chainEntry", row: "\(number)", .value(column: "content"))
        }
        found.append((entry, digest))
      }
      return found
    }
  }

  /// Finds the entry with a digest that somebody kept.
  ///
  /// All that stood before it is proven with it, because each entry names the digest of the one before.
  ///
  /// - Returns: The entry; nil where none has the digest, so that something before it or itself was taken out or changed.
  /// - Throws: ``RepositoryError``
  package func chain(since digest: ChainDigest) throws -> ChainSince? {
    let entries = try chain()
    guard let place = entries.firstIndex(where: { $0.digest == digest }) else { return nil }
    return ChainSince(entry: entries[place].entry, later: entries.count - 1 - place)
  }
}

/// Holds the chain against itself, and what is there against the chain.
enum ChainCheck {
  /// How many faults of a kind are listed one by one.
  private static let most = 20

  /// - Returns: What is wrong; nothing if all is well.
  static func problems(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    var state = Chain.State()
    var (count, previous) = (0, ChainDigest.none)
    try Chain(db).entries { number, entry, isWhole, digest in
      count += 1
      defer { previous = digest }
      guard let entry, isWhole, entry.number == number else {
        return problems.append("entry \(number) of the chain is not what its digest says")
      }
      if number != count || entry.previous != previous {
        problems.append(
          "entry \(number) of the chain does not follow the one before: entries were taken out or changed"
        )
        count = number
      }
      if (number == 1) != (entry.kind == .begun) {
        problems.append("entry \(number) of the chain is not its beginning, or a second one")
      }
      state.take(entry)
    }
    if count == 0 { problems.append("the chain has no entry: all of them were taken out") }
    var actual: [ChainEntry.Subject: Digest] = [:]
    for (id, digest) in try RunFacts.digests(db) { actual[.run(id)] = digest }
    for (id, digest) in try Chain.policies(db) { actual[.policy(id)] = digest }
    if let understanding = try Chain.understanding(db) { actual[.understanding] = understanding }
    return problems + differences(state, actual)
  }

  private static func differences(
    _ state: Chain.State, _ actual: [ChainEntry.Subject: Digest]
  ) -> [String] {
    var problems: [String] = []
    for subject in Set(state.subjects.keys).union(actual.keys) {
      let (said, found) = (state.subjects[subject], actual[subject])
      guard said != found else { continue }
      let name = words(subject)
      if found == nil {
        problems.append("\(name) is in the chain and not in the database: it was taken out by hand")
      } else if said == nil {
        problems.append("\(name) is in the database and not in the chain: it was put in by hand")
      } else {
        let number = state.numbers[subject].map { "entry \($0)" } ?? "the chain"
        problems.append("\(name) is not what \(number) of the chain says: it was changed by hand")
      }
    }
    problems.sort()
    guard problems.count > most else { return problems }
    return problems.prefix(most) + ["the chain does not fit \(problems.count - most) more"]
  }

  private static func words(_ subject: ChainEntry.Subject) -> String {
    switch subject {
    case .run(let id): "run \(RunSummary.name(of: id))"
    case .policy(let id): "the use \(id) of a policy"
    case .understanding: "what the runs were understood by"
    }
  }

  // MARK: - Names of runs

  /// How many runs that were there when the chain began have ids that host, tool and start do not give.
  static func foreignIDs(_ db: any Connection) throws -> Int {
    let old = try Chain(db).state().sinceBegin
    if old.isEmpty { return 0 }
    var count = 0
    try db.rows(
      """
      SELECT run.id, host.name, tool.name, startedAt FROM run JOIN host ON host.id = hostId
        JOIN release ON release.id = releaseId JOIN tool ON tool.id = release.toolId
      WHERE timeSource = 0
      """
    ) { row in
      guard old.contains(Int64(row.int(0))) else { return }
      let id = RunWriter.id(
        host: row.text(1) ?? "", tool: row.text(2) ?? "", startedAt: Int64(row.int(3)), attempt: 0)
      if id != Int64(row.int(0)) { count += 1 }
    }
    return count
  }
}
