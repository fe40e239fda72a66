import BenchHistory
import BenchModel

/// What contents found of each check, with items and details: those of many are read at once.
///
/// Runs differ in few sections, so the sections of the last ones are kept as long as there is room.
final class SnapshotFindings {
  /// A section of a content.
  private struct Part {
    var state: Int
    /// For each finding its line, counted from the run's first, and its place among those of the run.
    var numbers: [Int]
  }

  private let db: any Connection
  private let titles: [Int32: HistoryTitle]
  private var snapshots: [Int: [Part]] = [:]
  private var states: [Int: StateFindings] = [:]
  private var findingCount = 0
  /// The numbers of the findings that were read; none is given twice.
  private var numbers: [Content: Int] = [:]
  private var number = 0
  /// Of sections of the last ones the findings of some checks.
  private var partial: [Int: StateFindings] = [:]
  /// The titles of these checks.
  private var partialTitles: Set<Int32> = []
  private var partialCount = 0
  /// Findings kept in memory, of some 400 bytes each.
  private static let mostFindings = 100_000
  /// Contents whose sections are kept in memory, of some 3 KiB each.
  private static let mostSnapshots = 2_000

  init(_ db: any Connection, titles: [Int32: HistoryTitle]) {
    self.db = db
    self.titles = titles
  }

  /// Reads contents, those alone that are not kept from before.
  ///
  /// - Parameters:
  ///   - ids: Contents that are read whole.
  ///   - parts: Contents of which the findings of some checks are read.
  ///   - titles: All titles of these checks.
  /// - Throws: The connection's errors.
  func read(_ ids: Set<Int>, parts: Set<Int> = [], of titles: Set<Int32> = []) throws {
    if snapshots.count > Self.mostSnapshots { snapshots = [:] }
    if findingCount > Self.mostFindings { (states, numbers, findingCount) = ([:], [:], 0) }
    try list(ids.union(parts).filter { snapshots[$0] == nil }.sorted())
    try readStates(Set(ids.flatMap { snapshots[$0] ?? [] }.map(\.state)))
    if !titles.isSubset(of: partialTitles) || partialCount > Self.mostFindings / 4 {
      (partial, partialCount) = ([:], 0)
      // What is asked for of one batch of hosts is asked for of the next too.
      partialTitles.formUnion(titles)
    }
    let others = Set(parts.flatMap { snapshots[$0] ?? [] }.map(\.state))
      .filter { states[$0] == nil && partial[$0] == nil }
    if others.isEmpty || titles.isEmpty { return }
    for (id, state) in try StateFindings.read(
      others.sorted(), of: partialTitles, titles: self.titles, db)
    {
      partial[id] = state
      partialCount += state.findings.count
    }
  }

  /// Reads what sections contents have.
  private func list(_ ids: [Int]) throws {
    try db.rows(
      {
        """
        SELECT snapshotId, stateId, lines FROM snapshotState WHERE snapshotId IN (\($0))
        ORDER BY snapshotId, position
        """
      }, in: ids
    ) { row in
      snapshots[row.int(0), default: []].append(
        Part(state: row.int(1), numbers: row.withBytes(2, Self.numbers)))
    }
  }

  private func readStates(_ ids: Set<Int>) throws {
    let missing = ids.filter { states[$0] == nil }.sorted()
    if missing.isEmpty { return }
    for (id, state) in try StateFindings.read(missing, titles: titles, db) {
      states[id] = state
      findingCount += state.findings.count
    }
    for id in missing where states[id] == nil {
      let user = snapshots.first { $0.value.contains { $0.state == id } }?.key
      throw DamagedRow(
        table: "snapshotState", row: user.map { "\($0), ..." }, .missing(table: "state"))
    }
  }

  /// What was found, which may be the same in several sections.
  private struct Content: Hashable {
    let title: Int32
    let finding: Finding

    init(_ title: Int32, _ finding: Finding) { (self.title, self.finding) = (title, finding) }

    /// The number of the title says what else is always the same.
    func hash(into hasher: inout Hasher) {
      hasher.combine(title)
      hasher.combine(finding.outcome)
      hasher.combine(finding.details)
      hasher.combine(finding.items)
    }
  }

  private func number(of content: Content) -> Int {
    if let known = numbers[content] { return known }
    number += 1
    numbers[content] = number
    return number
  }

  /// Returns the findings of a content that are of some checks, in the order of the log.
  ///
  /// - Parameters:
  ///   - snapshot: The content.
  ///   - line: The first line of the run.
  ///   - isMeant: Whether a title is one of a check's; nil for all checks.
  /// - Returns: The findings.
  /// - Throws: The connection's errors.
  func findings(
    of snapshot: Int, line: Int, _ isMeant: ((Int32) -> Bool)? = nil
  ) throws -> [Finding] {
    if snapshots[snapshot] == nil { try list([snapshot]) }
    let parts = snapshots[snapshot] ?? []
    if let isMeant {
      // All findings of a check are of one section.
      let found = findings(parts, line: line, isMeant)
      if !found.isEmpty { return found }
    }
    try readStates(Set(parts.map(\.state)))
    return findings(parts, line: line, isMeant)
  }

  /// Returns the numbers of the findings of a content, section by section.
  ///
  /// - Parameters:
  ///   - snapshot: The content.
  ///   - line: The first line of the run.
  /// - Returns: The findings.
  /// - Throws: The connection's errors.
  func numbered(_ snapshot: Int, line: Int) throws -> [NumberedFinding] {
    if snapshots[snapshot] == nil { try list([snapshot]) }
    let parts = snapshots[snapshot] ?? []
    try readStates(Set(parts.map(\.state)))
    var found: [NumberedFinding] = []
    for part in parts {
      guard var state = states[part.state] else { continue }
      if state.numbers.isEmpty {
        state.numbers = zip(state.titles, state.findings).map { number(of: Content($0, $1)) }
        states[part.state] = state
      }
      for (place, title) in state.titles.enumerated() {
        let index = state.positions[place]
        let isNumbered = (0..<part.numbers.count / 2).contains(index)
        found.append(
          NumberedFinding(
            number: state.numbers[place], title: title,
            line: line &+ (isNumbered ? part.numbers[2 * index] : 0)))
      }
    }
    return found
  }

  /// The findings of those sections that were read.
  private func findings(
    _ parts: [Part], line: Int, _ isMeant: ((Int32) -> Bool)?
  ) -> [Finding] {
    var found: [Finding] = []
    var places: [Int] = []
    var (last, isInOrder) = (-1, true)
    for part in parts {
      guard let state = states[part.state] ?? (isMeant == nil ? nil : partial[part.state]) else {
        continue
      }
      for (number, title) in state.titles.enumerated() where isMeant?(title) ?? true {
        let index = state.positions[number]
        // What a damaged database has none of begins where the run does.
        let isNumbered = (0..<part.numbers.count / 2).contains(index)
        let place = isNumbered ? part.numbers[2 * index + 1] : last + 1
        if place < last { isInOrder = false }
        last = place
        places.append(place)
        found.append(state.findings[number])
        found[found.count - 1].line = line &+ (isNumbered ? part.numbers[2 * index] : 0)
      }
    }
    // A section of ours may be spread over the log.
    return isInOrder ? found : zip(places, found).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Reads little-endian 32-bit numbers.
  static func numbers(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    let raw = UnsafeRawBufferPointer(bytes)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
      Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
  }
}
