import BenchHistory
import BenchModel

extension RunWriter {
  func rename(_ host: String, to name: String, at time: Int64) throws -> HostRenaming {
    var renaming = HostRenaming()
    var sources: [Int] = []
    for old in store.hostNames.all(of: host) where old != name {
      sources += try db.numbers("SELECT id FROM host WHERE name = ?", [old])
    }
    if sources.isEmpty { return renaming }
    let target = try ids.host(name)
    try outdate(sources, target)
    for source in sources {
      for (kept, gone) in try RepeatedRuns(store, db, source: source, target: target).pairs() {
        try join(gone, into: kept)
        renaming.repeated.append(gone)
        change.touch([kept, gone], .rename)
      }
      renaming.runs += try db.number("SELECT count(*) FROM run WHERE hostId = ?", [source]) ?? 0
      change.touch(
        try db.numbers("SELECT id FROM run WHERE hostId = ?", [source]).map(Int64.init), .rename)
      try db.run("UPDATE run SET hostId = ? WHERE hostId = ?", [target, source])
      try db.run("DELETE FROM host WHERE id = ?", [source])
    }
    renaming.unmarked = try keepNewestBaselines(of: name, at: time)
    if !renaming.repeated.isEmpty { try removeUnused() }
    forget()
    return renaming
  }

  /// Has all that is known of hosts folded anew under the name of one of them.
  private func outdate(_ sources: [Int], _ target: Int) throws {
    var places: Set<StandingWriter.Place> = []
    let hosts = sources + [target]
    try db.rows(
      """
      SELECT DISTINCT hostId, tool.name FROM run JOIN release ON release.id = releaseId
        JOIN tool ON tool.id = toolId WHERE hostId IN (\(RunStore.marks(hosts)))
      """, hosts
    ) { places.insert(StandingWriter.Place($0)) }
    for place in places {
      try standings.clear(place)
      standings.outdate(StandingWriter.Place(host: target, system: place.system))
    }
    for source in sources { try db.run("DELETE FROM standing WHERE hostId = ?", [source]) }
  }

  /// Hands on what is known of a run alone to the run that stays in its place.
  private func join(_ gone: Int64, into kept: Int64) throws {
    var labels: [(key: String, value: String)] = []
    try db.rows(
      """
      SELECT key, value FROM label WHERE runId = ?
        AND key NOT IN (SELECT key FROM label WHERE runId = ?)
      """, [gone, kept]
    ) { labels.append(($0.text(0) ?? "", $0.text(1) ?? "")) }
    try addLabels(labels, to: kept)
    try db.run("UPDATE baselineMark SET runId = ? WHERE runId = ?", [kept, gone])
    try db.run(
      """
      UPDATE run SET scope = (SELECT other.scope FROM run AS other WHERE other.id = ?)
      WHERE id = ? AND scope IS NULL
      """, [gone, kept])
    try db.run(
      """
      UPDATE run SET evidenceId = other.evidenceId, evidencePlace = other.evidencePlace,
        ownParts = other.ownParts
      FROM run AS other
      WHERE run.id = ? AND other.id = ? AND run.evidenceId IS NULL AND run.snapshotId = other.snapshotId
      """, [kept, gone])
    try db.run("DELETE FROM run WHERE id = ?", [gone])
  }

  /// Takes the mark from all baselines of a host but the newest one of each system.
  ///
  /// - Returns: The runs that lost it, the newest first.
  private func keepNewestBaselines(of host: String, at time: Int64) throws -> [Int64] {
    let names = store.hostNames.all(of: host)
    var systems: Set<Tool.System> = []
    var others: [Int64] = []
    try db.rows(
      """
      SELECT run.id, tool.name FROM label JOIN run ON run.id = runId JOIN host ON host.id = hostId
        JOIN release ON release.id = releaseId JOIN tool ON tool.id = toolId
      WHERE key = ? AND host.name IN (\(RunStore.marks(names)))
      ORDER BY \(RunStore.orderColumns(" DESC"))
      """, [RunFilter.baselineLabel] + names
    ) { row in
      if !systems.insert(Tool(name: row.text(1) ?? "").system).inserted {
        others.append(Int64(row.int(0)))
      }
    }
    try clearBaseline(others, at: time)
    return others
  }

  func label(
    _ runs: [Int64], with labels: [(key: String, value: String)], removing keys: [String]
  ) throws {
    for id in runs where try db.number("SELECT id FROM run WHERE id = ?", [id]) != nil {
      change.touch([id], .label)
      for key in keys { try db.run("DELETE FROM label WHERE runId = ? AND key = ?", [id, key]) }
      try addLabels(labels, to: id)
    }
  }
}

/// Finds the runs that a host has under two names, as an import would know them again.
private struct RepeatedRuns {
  private let store: RunStore
  private let db: any Connection
  private let source: Int
  private let target: Int

  init(_ store: RunStore, _ db: any Connection, source: Int, target: Int) {
    self.store = store
    self.db = db
    self.source = source
    self.target = target
  }

  /// What an import knows of a run's file.
  private struct File {
    var id: Int
    var snapshot: Int
    var changedAt: Int64?
    var size: Int64?
  }

  /// Returns of each pair of equal runs the one that stays and the one that goes.
  func pairs() throws -> [(kept: Int64, gone: Int64)] {
    guard try db.number("SELECT id FROM run WHERE hostId = ? LIMIT 1", [target]) != nil else {
      return []
    }
    let (files, ends) = try files()
    let contents = SnapshotFindings(db, titles: try StoredHistory.titles(db))
    var pairs: [(kept: Int64, gone: Int64)] = []
    var taken: Set<Int64> = []
    for summary in try store.summaries(db, RunStore.Condition("run.hostId = ?", [source])) {
      guard let file = files[summary.id] else { continue }
      var run = Self.run(
        summary, file, isFollowed: ends[file.id].map { $0 > summary.line } ?? false)
      let candidates = try RunMatch.candidates(
        db, hosts: [target], for: run, snapshot: file.snapshot, path: summary.path)
      for known in candidates where !taken.contains(known.id) {
        if known.snapshot != file.snapshot, run.findings.isEmpty {
          run.findings = try contents.findings(of: file.snapshot, line: summary.line)
        }
        switch try known.relation(to: run, snapshot: file.snapshot, db) {
        case .other: continue
        case .same: pairs.append((known.id, summary.id))
        // What has more stays.
        case .poorer, .lesser: pairs.append((summary.id, known.id))
        }
        taken.insert(known.id)
        break
      }
    }
    return pairs
  }

  /// The files of the runs, by the runs' ids; and the line of the last run of each file.
  private func files() throws -> (files: [Int64: File], ends: [Int: Int]) {
    var files: [Int64: File] = [:]
    var ends: [Int: Int] = [:]
    try db.rows(
      """
      SELECT run.id, sourceId, snapshotId, line, changedAt, size
      FROM run JOIN source ON source.id = sourceId WHERE hostId = ?
      """, [source]
    ) { row in
      files[Int64(row.int(0))] = File(
        id: row.int(1), snapshot: row.int(2), changedAt: row.isNull(4) ? nil : Int64(row.int(4)),
        size: row.isNull(5) ? nil : Int64(row.int(5)))
      ends[row.int(1)] = max(ends[row.int(1)] ?? 0, row.int(3))
    }
    return (files, ends)
  }

  /// A run as it was imported, but for its findings.
  private static func run(_ summary: RunSummary, _ file: File, isFollowed: Bool) -> Run {
    var run = Run(
      host: summary.host, release: summary.release, form: summary.form,
      startedAt: summary.startedAt, timeSource: summary.timeSource,
      isComplete: summary.isComplete, printedChecks: summary.printedChecks,
      printedScore: summary.printedScore, line: summary.line, findings: [])
    run.nanoseconds = summary.order.nanoseconds
    run.fileTime = file.changedAt.map { total in
      let rest = (total % 1_000_000_000 + 1_000_000_000) % 1_000_000_000
      return FileTime(seconds: (total &- rest) / 1_000_000_000, nanoseconds: Int(rest))
    }
    run.fileSize = file.size
    run.isFollowed = isFollowed
    return run
  }
}
