import BenchModel
internal import GRDB

/// The rows of one state, as they are read back to findings.
struct StateRows {
  private let findings: [Row]
  private let items: [Row]

  init(_ db: Database, state: Int) throws {
    findings = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT position, checkId, title, control, status, outcome, isTruncated, details
          FROM finding JOIN checkTitle ON checkTitle.id = checkTitleId
          WHERE stateId = ? ORDER BY position
          """), arguments: [state])
    items = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT position, kind, name, stableName, value FROM item
          WHERE stateId = ? ORDER BY position, number
          """), arguments: [state])
  }

  /// Returns the findings.
  ///
  /// - Parameters:
  ///   - section: The state's section.
  ///   - lines: The line of each finding; 0 where there is none.
  /// - Returns: The findings in their order.
  func findings(section: String, lines: [Int] = []) -> [Finding] {
    var result: [Finding] = []
    var positions: [Int: Int] = [:]
    for row in findings {
      let position: Int = row[0]
      positions[position] = result.count
      result.append(
        Finding(
          control: row[3], section: section, checkID: row[1], title: row[2],
          printed: Status(rawValue: row[4]) ?? .absent,
          outcome: Outcome(rawValue: row[5]) ?? .info,
          line: result.count < lines.count ? lines[result.count] : 0,
          details: (row[7] as String?).map(Self.lines) ?? [], itemsTruncated: row[6]))
    }
    for row in items {
      guard let index = positions[row[0]] else { continue }
      let name: String = row[2]
      result[index].items.append(
        Item(
          kind: ItemKind(rawValue: row[1]) ?? .container, name: name, stableName: row[3] ?? name,
          value: row[4]))
    }
    return result
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
