import BenchEvidence
import BenchHistory
import BenchModel

/// The chain of a database: entries are added to it, and never changed or taken out.
struct Chain {
  let db: any Connection

  init(_ db: any Connection) { self.db = db }

  /// What a transaction changed.
  struct Change {
    /// The runs that each kind of change touched.
    var runs: [ChainEntry.Kind: Set<Int64>] = [:]
    var isUnderstoodAnew = false

    /// Notes that runs are, or may be, other than before, or gone.
    mutating func touch(_ ids: some Sequence<Int64>, _ kind: ChainEntry.Kind) {
      runs[kind, default: []].formUnion(ids)
    }
  }

  // MARK: - Adding

  /// Adds an entry, within the transaction of what it tells of.
  func add(
    _ kind: ChainEntry.Kind, at time: Int64, _ subjects: [(ChainEntry.Subject, Digest?)]
  ) throws {
    var (number, previous) = (0, ChainDigest.none)
    try db.rows("SELECT number, digest FROM chainEntry ORDER BY number DESC LIMIT 1") { row in
      (number, previous) = (row.int(0), ChainDigest(row.bytes(1)) ?? .none)
    }
    let entry = ChainEntry(
      number: number + 1, at: min(max(time, 0), CivilTime.storable.upperBound), kind: kind,
      previous: previous, subjects: subjects.map { (subject: $0.0, digest: $0.1) })
    let text = entry.text
    try db.run(
      "INSERT INTO chainEntry (number, content, digest) VALUES (?, ?, ?)",
      [entry.number, text, Self.digest(text).bytes])
  }

  /// Adds the entries on a change: one for each kind.
  func add(_ change: Change, at time: Int64) throws {
    var change = change
    if change.isUnderstoodAnew, change.runs.isEmpty { change.runs[.refresh] = [] }
    for kind in ChainEntry.Kind.allCases {
      guard let runs = change.runs[kind] else { continue }
      let digests = try RunFacts.digests(of: runs.map(Int.init).sorted(), db)
      var touched = runs
      if kind == .refresh {
        // It looks at all runs, and few of them may be other than before.
        let known = try state().subjects
        touched = touched.filter { known[.run($0)] != digests[$0] }
      }
      var subjects: [(ChainEntry.Subject, Digest?)] = touched.sorted().map {
        (.run($0), digests[$0])
      }
      if change.isUnderstoodAnew, let understanding = try Self.understanding(db) {
        change.isUnderstoodAnew = false
        subjects.append((.understanding, understanding))
      }
      if !subjects.isEmpty { try add(kind, at: time, subjects) }
    }
  }

  /// Begins the chain with what is there.
  static func begin(_ db: any Connection, at time: Int64) throws {
    let runs = try RunFacts.digests(db)
    var subjects: [(ChainEntry.Subject, Digest?)] = runs.sorted { $0.key < $1.key }
      .map { (.run($0.key), $0.value) }
    subjects += try policies(db).sorted { $0.key < $1.key }.map { (.policy($0.key), $0.value) }
    if let understanding = try understanding(db) {
      subjects.append((.understanding, understanding))
    }
    try Chain(db).add(.begun, at: time, subjects)
  }

  // MARK: - Reading

  /// The digest of an entry's text.
  static func digest(_ text: String) -> ChainDigest { ChainDigest(of: Array((text + "\n").utf8)) }

  /// Calls a closure with each entry as it is stored, the first one first.
  func entries(
    _ body: (_ number: Int, _ entry: ChainEntry?, _ isWhole: Bool, _ digest: ChainDigest) throws ->
      Void
  ) throws {
    try db.prepare("SELECT number, content, digest FROM chainEntry ORDER BY number").rows { row in
      let text = row.text(1) ?? ""
      let stored = ChainDigest(row.bytes(2)) ?? .none
      let entry = ChainEntry(text: text)
      let isWhole = Self.digest(text) == stored && entry?.text == text
      try body(row.int(0), entry, isWhole, stored)
    }
  }

  /// What the entries say that there is, by the last one that names a subject.
  struct State {
    var subjects: [ChainEntry.Subject: Digest] = [:]
    /// The number of the entry that named a subject last.
    var numbers: [ChainEntry.Subject: Int] = [:]
    /// The runs that were there when the chain began, and that no later entry names.
    var sinceBegin: Set<Int64> = []

    mutating func take(_ entry: ChainEntry) {
      for (subject, digest) in entry.subjects {
        subjects[subject] = digest
        numbers[subject] = digest == nil ? nil : entry.number
        if case .run(let id) = subject {
          if entry.kind == .begun { sinceBegin.insert(id) } else { sinceBegin.remove(id) }
        }
      }
    }
  }

  /// What all entries say that there is.
  func state() throws -> State {
    var state = State()
    try entries { _, entry, _, _ in if let entry { state.take(entry) } }
    return state
  }

  // MARK: - What is there

  /// The digests of the stretches of time in which a policy was in force.
  static func policies(_ db: any Connection, id: Int? = nil) throws -> [Int: Digest] {
    var found: [Int: Digest] = [:]
    let condition = id == nil ? "" : " WHERE policyUse.id = ?"
    try db.rows(
      """
      SELECT policyUse.id, path, digest, revision, firstSeenAt FROM policyUse
      JOIN policyText ON policyText.id = policyTextId\(condition)
      """, id.map { [$0] } ?? []
    ) { row in
      var input = DigestInput()
      for column in 1..<row.count {
        input.add(row.isNull(column) ? 0 : 1)
        input.add(row.bytes(column))
      }
      found[row.int(0)] = Digest(of: input.bytes)
    }
    return found
  }

  /// What the runs were understood by.
  static func understanding(_ db: any Connection) throws -> Digest? {
    var found: Digest?
    try db.rows("SELECT digest FROM understanding") { found = Digest(stored: $0.bytes(0)) }
    return found
  }
}
