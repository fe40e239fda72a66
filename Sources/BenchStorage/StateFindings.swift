import BenchHistory
import BenchModel

/// The findings of one section, as every run has them that found the same there: without their lines.
struct StateFindings {
  var section: String
  var findings: [Finding] = []
  /// The number of the check of each finding.
  var titles: [Int32] = []
  /// Its place among those of the section.
  var positions: [Int] = []
  /// By what each finding is known again, once somebody asked; see ``NumberedFinding``.
  var numbers: [Int] = []

  /// Reads states, those of many in a few statements.
  ///
  /// - Parameters:
  ///   - states: Their ids.
  ///   - wanted: The numbers of the checks that are read; nil for all.
  ///   - titles: The checks by their numbers.
  ///   - db: The database.
  /// - Returns: What was found of them, by their ids.
  /// - Throws: The connection's errors.
  static func read(
    _ states: [Int], of wanted: Set<Int32>? = nil, titles: [Int32: HistoryTitle],
    _ db: any Connection
  ) throws -> [Int: StateFindings] {
    var found: [Int: StateFindings] = [:]
    try db.rows({ "SELECT id, section FROM state WHERE id IN (\($0))" }, in: states) {
      found[$0.int(0)] = StateFindings(section: $0.text(1) ?? "")
    }
    // Numbers of the program's own, no values: they may stand in the text.
    let among = wanted.map { numbers in
      " AND checkTitleId IN (\(numbers.sorted().map(String.init).joined(separator: ", ")))"
    }
    // The rows of a state stand together: it is taken out while they are read.
    var (id, own): (Int?, StateFindings) = (nil, StateFindings(section: ""))
    func settle() {
      if let id { found[id] = own }
    }
    try db.rows(
      {
        """
        SELECT stateId, position, checkTitleId, status, outcome, isTruncated, details
        FROM finding WHERE stateId IN (\($0))\(among ?? "") ORDER BY stateId, position
        """
      }, in: states
    ) { row in
      if row.int(0) != id {
        settle()
        id = row.int(0)
        own = found[row.int(0)] ?? StateFindings(section: "")
      }
      let number = Int32(truncatingIfNeeded: row.int(2))
      guard let title = titles[number] else {
        throw DamagedRow(
          table: "finding", row: "\(row.int(0)), \(row.int(1))", .missing(table: "checkTitle"))
      }
      own.positions.append(row.int(1))
      own.titles.append(number)
      own.findings.append(
        Finding(
          control: title.control, section: own.section, checkID: title.checkID,
          title: title.title,
          printed: Status(rawValue: UInt8(truncatingIfNeeded: row.int(3))) ?? .absent,
          outcome: Outcome(rawValue: UInt8(truncatingIfNeeded: row.int(4))) ?? .info, line: 0,
          details: row.isNull(6) ? [] : row.withBytes(6, lines), itemsTruncated: row.int(5) != 0))
    }
    settle()
    // From the findings that are meant to their items: the other way would look at all items.
    let source =
      among == nil
      ? "item WHERE item.stateId"
      : """
      finding CROSS JOIN item WHERE item.stateId = finding.stateId
        AND item.position = finding.position AND finding.stateId
      """
    try db.rows(
      {
        """
        SELECT item.stateId, item.position, kind, name, stableName, value FROM \(source) IN (\($0))\(among ?? "")
        ORDER BY item.stateId, item.position, number
        """
      }, in: states
    ) { row in
      guard let index = found[row.int(0)]?.positions.firstIndex(of: row.int(1)) else { return }
      let name = row.text(3) ?? ""
      found[row.int(0)]?.findings[index].items.append(
        Item(
          kind: ItemKind(rawValue: UInt8(truncatingIfNeeded: row.int(2))) ?? .container,
          name: name, stableName: row.text(4) ?? name, value: row.text(5) ?? ""))
    }
    return found
  }

  /// The lines of a text, with a line feed between two.
  private static func lines(_ text: UnsafeBufferPointer<UInt8>) -> [String] {
    text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
