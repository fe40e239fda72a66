/// Inserts the rows of a table, sixteen by one statement: to begin and end a statement costs as much as a short row.
final class BulkInsert {
  private let one: any PreparedStatement
  private let many: any PreparedStatement
  private let columns: Int32
  /// How many rows are still to come, and how many stand in the statement of many.
  private var rest = 0
  private var filled: Int32 = 0
  private static let width: Int32 = 16

  /// Prepares the statements.
  init(_ db: any Connection, into table: String, columns: Int) throws {
    let row = "(\(RunStore.marks(0..<columns)))"
    let rows = (0..<Self.width).map { _ in row }.joined(separator: ", ")
    one = try db.prepare("INSERT INTO \(table) VALUES \(row)")
    many = try db.prepare("INSERT INTO \(table) VALUES \(rows)")
    self.columns = Int32(columns)
  }

  /// Says how many rows follow.
  func begin(_ count: Int) { (rest, filled) = (count, 0) }

  /// Adds a row.
  ///
  /// - Parameter bind: Binds its values to the places behind one of a statement.
  /// - Throws: The connection's errors.
  func add(_ bind: (_ statement: any PreparedStatement, _ place: Int32) throws -> Void) throws {
    let isAlone = filled == 0 && rest < Int(Self.width)
    rest -= 1
    if isAlone {
      try bind(one, 0)
      return try one.run()
    }
    try bind(many, filled * columns)
    filled += 1
    guard filled == Self.width else { return }
    filled = 0
    try many.run()
  }
}
