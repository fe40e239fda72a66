import BenchHistory
import BenchModel
internal import GRDB
private import GRDBSQLite

/// A connection to an SQLite file.
///
/// Values are bound and columns read through SQLite's own interface. Measured on a million rows: a third of the time of
/// GRDB's arguments, a seventh of its records.
final class SQLiteConnection: Connection {
  private let db: Database
  /// What the columns of statements may have, by their texts.
  private var checks: [String: ColumnChecks] = [:]

  init(_ db: Database) { self.db = db }

  func prepare(_ sql: String) throws -> any PreparedStatement {
    let statement = try db.makeStatement(sql: sql)
    return SQLitePrepared(statement, checks(of: statement, sql), db)
  }

  func cached(_ sql: String) throws -> any PreparedStatement {
    let statement = try db.cachedStatement(sql: sql)
    return SQLitePrepared(statement, checks(of: statement, sql), db)
  }

  private func checks(of statement: Statement, _ sql: String) -> ColumnChecks {
    if let known = checks[sql] { return known }
    let made = ColumnChecks(statement.sqliteStatement, sql)
    checks[sql] = made
    return made
  }
}

/// What the columns of a statement's rows may have.
private final class ColumnChecks {
  private struct Check {
    let column: Int32
    let type: Int32
    let isNullable: Bool
    let least: Int64
    let most: Int64
    let length: Int32?
    let rule: ColumnRule
  }

  private let checks: [Check]

  /// Finds the rules by the tables that SQLite says the columns are of; what is computed has none.
  init(_ statement: SQLiteStatement, _ sql: String) {
    checks = (0..<sqlite3_column_count(statement)).compactMap { column in
      guard let table = sqlite3_column_table_name(statement, column).map({ String(cString: $0) }),
        let origin = sqlite3_column_origin_name(statement, column).map({ String(cString: $0) }),
        let rule = ColumnRule.of(table: table, column: origin)
      else { return nil }
      // There a row may be missing, and all of its columns with it.
      let isNullable = rule.isNullable || sql.contains("LEFT JOIN \(table) ")
      var (type, range, length) = (SQLITE_TEXT, Int64.min...Int64.max, nil as Int32?)
      switch rule.kind {
      case .integer(let allowed): (type, range) = (SQLITE_INTEGER, allowed)
      case .text: type = SQLITE_TEXT
      case .bytes: type = SQLITE_BLOB
      case .fixedBytes(let count): (type, length) = (SQLITE_BLOB, Int32(count))
      }
      return Check(
        column: column, type: type, isNullable: isNullable, least: range.lowerBound,
        most: range.upperBound, length: length, rule: rule)
    }
  }

  /// The rule that the row breaks at which a statement stands; nil for a row as this program writes them.
  func violation(_ statement: SQLiteStatement) -> ColumnRule? {
    for check in checks {
      let type = sqlite3_column_type(statement, check.column)
      if type == SQLITE_NULL, check.isNullable { continue }
      guard type == check.type else { return check.rule }
      if type == SQLITE_INTEGER {
        let value = sqlite3_column_int64(statement, check.column)
        if value < check.least || value > check.most { return check.rule }
      } else if let length = check.length {
        if sqlite3_column_bytes(statement, check.column) != length { return check.rule }
      }
    }
    return nil
  }
}

/// A statement of an SQLite file, and the row that it stands at.
private final class SQLitePrepared: PreparedStatement, ResultRow {
  private let db: Database
  private let statement: Statement
  private let checks: ColumnChecks
  private let pointer: SQLiteStatement
  /// Tells SQLite to copy a text before the call returns.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ statement: Statement, _ checks: ColumnChecks, _ db: Database) {
    self.db = db
    self.checks = checks
    self.statement = statement
    pointer = statement.sqliteStatement
  }

  func bind(_ place: Int32, _ value: Int?) {
    if let value {
      sqlite3_bind_int64(pointer, place, Int64(value))
    } else {
      sqlite3_bind_null(pointer, place)
    }
  }

  func bind(_ place: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(pointer, place)
      return
    }
    value.withUTF8 { text in
      guard let address = text.baseAddress, !text.isEmpty else {
        // No address would mean NULL.
        sqlite3_bind_text(pointer, place, "", 0, Self.transient)
        return
      }
      address.withMemoryRebound(to: CChar.self, capacity: text.count) {
        _ = sqlite3_bind_text(pointer, place, $0, Int32(text.count), Self.transient)
      }
    }
  }

  func bind(_ place: Int32, _ value: Digest) {
    withUnsafeBytes(of: value.bytes) {
      _ = sqlite3_bind_blob(pointer, place, $0.baseAddress, 16, Self.transient)
    }
  }

  func bind(_ place: Int32, _ value: [UInt8]?) {
    guard let value else {
      sqlite3_bind_null(pointer, place)
      return
    }
    value.withUnsafeBytes {
      _ = sqlite3_bind_blob(pointer, place, $0.baseAddress, Int32($0.count), Self.transient)
    }
  }

  /// - Throws: GRDB's error with SQLite's message, or a ``DamagedRow``.
  func step() throws -> (any ResultRow)? {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW:
      if let rule = checks.violation(pointer) { throw damage(rule) }
      return self
    case SQLITE_DONE: return nil
    case let code:
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
  }

  /// Looks for the row that breaks a rule, which the statement itself may not have the key of.
  private func damage(_ rule: ColumnRule) -> DamagedRow {
    let table = ColumnRule.tables.first { $0.name == rule.table }
    var key: String?
    if let table {
      let sql = "SELECT \(table.keyText) FROM \(rule.table) WHERE \(rule.violation) LIMIT 1"
      let found = try? db.cachedStatement(sql: sql)
      if let found, sqlite3_step(found.sqliteStatement) == SQLITE_ROW {
        key = sqlite3_column_text(found.sqliteStatement, 0).map { String(cString: $0) }
      }
      if let found { sqlite3_reset(found.sqliteStatement) }
    }
    return DamagedRow(table: rule.table, row: key, .value(column: rule.column))
  }

  func reset() { sqlite3_reset(pointer) }

  // MARK: The row

  var count: Int32 { sqlite3_column_count(pointer) }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

  func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

  func withBytes<T>(
    _ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
  ) rethrows -> T {
    let count = Int(sqlite3_column_bytes(pointer, column))
    let start = count > 0 ? sqlite3_column_blob(pointer, column) : nil
    return try body(
      UnsafeBufferPointer(
        start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count))
  }

  func text(_ column: Int32) -> String? {
    guard let text = sqlite3_column_text(pointer, column) else { return nil }
    // By its length: a name may have a zero byte in it.
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }
}
