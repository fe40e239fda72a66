import BenchEvidence
import BenchHistory
import BenchModel

extension RunWriter {
  /// The id of what a run found, which is stored if it is new.
  func snapshotID(of run: Run, _ content: RunContent) throws -> Int {
    let digest = content.digest
    if let id = snapshots[digest] { return id }
    findSnapshot.bind(1, digest)
    let id: Int
    if let found = try findSnapshot.number() {
      id = found
    } else {
      insertSnapshot.bind(1, digest)
      for (place, outcome) in [Outcome.pass, .fail, .manual, .info, .notApplicable].enumerated() {
        insertSnapshot.bind(Int32(place + 2), run.findings.count { $0.outcome == outcome })
      }
      insertSnapshot.bind(7, run.findings.count { $0.control == nil })
      guard let made = try insertSnapshot.number() else { throw RepositoryError.unwritten }
      id = made
      for (position, section) in content.sections.enumerated() {
        let state = try stateID(section, run.findings)
        insertSnapshotState.bind(1, id)
        insertSnapshotState.bind(2, position)
        insertSnapshotState.bind(3, state)
        insertSnapshotState.bind(4, section.lines)
        try insertSnapshotState.run()
      }
    }
    if snapshots.count >= Self.cacheSize { snapshots = [:] }
    snapshots[digest] = id
    return id
  }

  private func stateID(_ section: RunContent.Section, _ findings: [Finding]) throws -> Int {
    let digest = section.digest
    if let id = states[digest] { return id }
    findState.bind(1, digest)
    if let id = try findState.number() {
      if states.count >= Self.cacheSize { states = [:] }
      states[digest] = id
      return id
    }
    insertState.bind(1, section.name)
    insertState.bind(2, digest)
    guard let id = try insertState.number() else { throw RepositoryError.unwritten }
    try insert(findings, section.places, state: id)
    if states.count >= Self.cacheSize { states = [:] }
    states[digest] = id
    return id
  }

  private func insert(_ findings: [Finding], _ places: [Int], state: Int) throws {
    insertFinding.begin(places.count)
    for (position, place) in places.enumerated() {
      let finding = findings[place]
      try insertFinding.add { row, place in
        row.bind(place + 1, state)
        row.bind(place + 2, position)
        row.bind(place + 3, try ids.checkTitle(finding))
        row.bind(place + 4, Int(finding.printed.rawValue))
        row.bind(place + 5, Int(finding.outcome.rawValue))
        row.bind(place + 6, finding.itemsTruncated ? 1 : 0)
        // No line has a line feed in it: what a reader took for a line ended there.
        let details = finding.details
        row.bind(place + 7, details.isEmpty ? nil : details.joined(separator: "\n"))
        row.bind(place + 8, finding.itemCount)
      }
    }
    insertItem.begin(places.reduce(0) { $0 + findings[$1].items.count })
    for (position, place) in places.enumerated() {
      for (number, item) in findings[place].items.enumerated() {
        try insertItem.add { row, place in
          row.bind(place + 1, state)
          row.bind(place + 2, position)
          row.bind(place + 3, number)
          row.bind(place + 4, Int(item.kind.rawValue))
          row.bind(place + 5, item.name)
          row.bind(place + 6, item.stableName == item.name ? nil : item.stableName)
          row.bind(place + 7, item.value)
        }
      }
    }
  }
}
