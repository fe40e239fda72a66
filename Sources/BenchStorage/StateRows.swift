import BenchModel
internal import GRDB

/// The rows of one state, as they are read back to findings.
struct StateRows {
  private var found: [Finding] = []

  init(_ db: Database, state: Int) throws {
    var positions: [Int: Int] = [:]
    let findings = try BulkStatement(
      cached: db,
      """
      SELECT position, checkId, title, control, status, outcome, isTruncated, details
      FROM finding JOIN checkTitle ON checkTitle.id = checkTitleId
      WHERE stateId = ? ORDER BY position
      """)
    findings.bind(1, state)
    try findings.rows(db) { row in
      positions[row.int(0)] = found.count
      found.append(
        Finding(
          control: row.text(3), section: "", checkID: row.text(1) ?? "", title: row.text(2) ?? "",
          printed: Status(rawValue: UInt8(truncatingIfNeeded: row.int(4))) ?? .absent,
          outcome: Outcome(rawValue: UInt8(truncatingIfNeeded: row.int(5))) ?? .info, line: 0,
          details: row.text(7).map(Self.lines) ?? [], itemsTruncated: row.int(6) != 0))
    }
    let items = try BulkStatement(
      cached: db,
      """
      SELECT position, kind, name, stableName, value FROM item
      WHERE stateId = ? ORDER BY position, number
      """)
    items.bind(1, state)
    try items.rows(db) { row in
      guard let index = positions[row.int(0)] else { return }
      let name = row.text(2) ?? ""
      found[index].items.append(
        Item(
          kind: ItemKind(rawValue: UInt8(truncatingIfNeeded: row.int(1))) ?? .container,
          name: name, stableName: row.text(3) ?? name, value: row.text(4) ?? ""))
    }
  }

  /// Returns the findings.
  ///
  /// - Parameters:
  ///   - section: The state's section.
  ///   - lines: The line of each finding; 0 where there is none.
  /// - Returns: The findings in their order.
  func findings(section: String, lines: [Int] = []) -> [Finding] {
    var result = found
    for index in result.indices {
      result[index].section = section
      if index < lines.count { result[index].line = lines[index] }
    }
    return result
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
