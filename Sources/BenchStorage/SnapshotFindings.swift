import BenchHistory
import BenchModel

/// What contents found of each check, with items and details: those of many are read at once.
///
/// Runs differ in few sections, so the sections of the last ones are kept as long as there is room.
final class SnapshotFindings {
  /// A section of a content.
  private struct Part {
    var state: Int
    /// The line of each finding, counted from the run's first, and its place among those of the run.
    var lines: [Int]
    var places: [Int]
  }

  private let db: any Connection
  private let titles: [Int32: HistoryTitle]
  private var snapshots: [Int: [Part]] = [:]
  private var states: [Int: StateFindings] = [:]
  private var findingCount = 0
  /// Findings kept in memory, of some 400 bytes each.
  private static let mostFindings = 100_000

  init(_ db: any Connection, titles: [Int32: HistoryTitle]) {
    self.db = db
    self.titles = titles
  }

  /// Reads contents, and forgets what was read so before.
  func read(_ ids: Set<Int>) throws {
    snapshots = [:]
    try add(ids.sorted())
  }

  private func add(_ ids: [Int]) throws {
    try db.rows(
      {
        """
        SELECT snapshotId, stateId, lines FROM snapshotState WHERE snapshotId IN (\($0))
        ORDER BY snapshotId, position
        """
      }, in: ids
    ) { row in
      let numbers = row.withBytes(2, Self.numbers)
      snapshots[row.int(0), default: []].append(
        Part(
          state: row.int(1),
          lines: stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] },
          places: stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }))
    }
    if findingCount > Self.mostFindings { (states, findingCount) = ([:], 0) }
    let needed = Set(ids.flatMap { snapshots[$0] ?? [] }.map(\.state))
    let missing = needed.filter { states[$0] == nil }.sorted()
    for (id, state) in try StateFindings.read(missing, titles: titles, db) {
      states[id] = state
      findingCount += state.findings.count
    }
  }

  private func parts(of snapshot: Int) throws -> [Part] {
    if let known = snapshots[snapshot], known.allSatisfy({ states[$0.state] != nil }) {
      return known
    }
    try add([snapshot])
    return snapshots[snapshot] ?? []
  }

  /// Returns the findings of a content that are of some checks, in the order of the log.
  ///
  /// - Parameters:
  ///   - snapshot: The content.
  ///   - line: The first line of the run.
  ///   - isMeant: Whether the check of a number is meant.
  /// - Throws: The connection's errors.
  func findings(
    of snapshot: Int, line: Int, _ isMeant: (Int32) -> Bool
  ) throws -> [Finding] {
    var found: [Finding] = []
    var places: [Int] = []
    var (last, isInOrder) = (-1, true)
    for part in try parts(of: snapshot) {
      guard let state = states[part.state] else { continue }
      for (index, title) in state.titles.enumerated() where isMeant(title) {
        let place = index < part.places.count ? part.places[index] : last + 1
        if place < last { isInOrder = false }
        last = place
        places.append(place)
        found.append(state.findings[index])
        // What a damaged database has none of begins where the run does.
        found[found.count - 1].line = line &+ (index < part.lines.count ? part.lines[index] : 0)
      }
    }
    // A section of ours may be spread over the log.
    return isInOrder ? found : zip(places, found).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Returns how many findings of a content have an outcome, and how many are of checks that no edition knows; nil for a
  /// content that was not read.
  func counts(of snapshot: Int) -> (counts: [Outcome: Int], unmapped: Int)? {
    guard let parts = snapshots[snapshot] else { return nil }
    var (counts, unmapped): ([Outcome: Int], Int) = ([:], 0)
    for part in parts {
      guard let state = states[part.state] else { return nil }
      counts.merge(state.counts, uniquingKeysWith: +)
      unmapped += state.unmapped
    }
    return (counts, unmapped)
  }

  /// Reads little-endian 32-bit numbers.
  static func numbers(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    let raw = UnsafeRawBufferPointer(bytes)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
      Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
  }
}
