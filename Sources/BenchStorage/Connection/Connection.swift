import BenchModel

/// A connection to a database within a transaction: all statements go through one.
///
/// The text of a statement is one that SQLite and PostgreSQL both take: `?` for each value, `coalesce`, `ON CONFLICT`,
/// `RETURNING`, and comparisons where a condition is meant. Only what is an engine's own (opening, its schema, its checks
/// of a file, copies) is behind no connection. What a connection throws is its engine's; ``RunStore`` words it.
protocol Connection: AnyObject {
  /// Prepares a statement for whoever keeps it.
  func prepare(_ sql: String) throws -> any PreparedStatement

  /// Takes a statement that is kept for the next time; it must not be taken again before its rows are read.
  func cached(_ sql: String) throws -> any PreparedStatement
}

/// A statement that is prepared once and run often.
protocol PreparedStatement: AnyObject {
  /// Binds a number to a place, counted from 1; nil is NULL.
  func bind(_ place: Int32, _ value: Int?)
  /// Binds a text; nil is NULL.
  func bind(_ place: Int32, _ value: String?)
  /// Binds bytes; nil is NULL.
  func bind(_ place: Int32, _ value: [UInt8]?)
  /// Binds a digest.
  func bind(_ place: Int32, _ value: Digest)

  /// Goes on to the next row; nil after the last one.
  func step() throws -> (any ResultRow)?
  /// Ends the reading of rows; what is bound stays.
  func reset()
}

extension PreparedStatement {
  /// Binds values to the first places.
  func bind(_ values: [any Bindable]) {
    for (place, value) in values.enumerated() {
      value.bind(to: self, at: Int32(truncatingIfNeeded: place + 1))
    }
  }

  /// Runs the statement once.
  func run() throws {
    defer { reset() }
    _ = try step()
  }

  /// Returns the number in the first column of the first row; nil where there is no row.
  func number() throws -> Int? {
    defer { reset() }
    return try step()?.int(0)
  }

  /// Calls a closure with each row.
  func rows(_ body: (any ResultRow) throws -> Void) throws {
    defer { reset() }
    while let row = try step() { try body(row) }
  }
}

/// A row that a statement stands at, valid until its next step.
protocol ResultRow {
  /// How many columns there are.
  var count: Int32 { get }
  /// A number of a column, counted from 0; NULL is 0.
  func int(_ column: Int32) -> Int
  /// Whether a column is NULL.
  func isNull(_ column: Int32) -> Bool
  /// A text; nil is NULL.
  func text(_ column: Int32) -> String?
  /// Bytes; NULL is none.
  func bytes(_ column: Int32) -> [UInt8]
  /// Calls a closure with the bytes where they are, which stay there until the next step.
  func withBytes<T>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T
}

extension Connection {
  /// Runs a statement once.
  func run(_ sql: String, _ values: [any Bindable] = []) throws {
    let statement = try cached(sql)
    statement.bind(values)
    try statement.run()
  }

  /// Calls a closure with each row of a query.
  func rows(
    _ sql: String, _ values: [any Bindable] = [], _ body: (any ResultRow) throws -> Void
  ) throws {
    let statement = try cached(sql)
    statement.bind(values)
    try statement.rows(body)
  }

  /// Returns the number in the first column of the first row of a query; nil where there is no row.
  func number(_ sql: String, _ values: [any Bindable] = []) throws -> Int? {
    let statement = try cached(sql)
    statement.bind(values)
    return try statement.number()
  }

  /// Returns the numbers in the first column of a query.
  func numbers(_ sql: String, _ values: [any Bindable] = []) throws -> [Int] {
    var numbers: [Int] = []
    try rows(sql, values) { numbers.append($0.int(0)) }
    return numbers
  }

  /// Calls a closure with each row of a query over a list of any length.
  ///
  /// The list is asked for in parts of one length, so that one statement serves all of them: the last part is filled up
  /// with NULL, which is in no list.
  ///
  /// - Parameters:
  ///   - sql: Returns the query for the marks that stand for a part of the list, which is its only value.
  ///   - list: The numbers.
  ///   - body: Is called with each row.
  /// - Throws: The engine's error, or what the closure throws.
  func rows(
    _ sql: (_ marks: String) -> String, in list: [Int], _ body: (any ResultRow) throws -> Void
  ) throws {
    let width = Self.widths.first { list.count <= $0 } ?? 500
    let marks = RunStore.marks(0..<width)
    for start in stride(from: 0, to: list.count, by: width) {
      let statement = try cached(sql(marks))
      for place in 0..<width {
        let index = start + place
        statement.bind(Int32(place + 1), index < list.count ? list[index] : nil)
      }
      try statement.rows(body)
    }
  }

  private static var widths: [Int] { [8, 64, 500] }
}

/// A value of a statement.
protocol Bindable {
  /// Binds the value to a place, counted from 1.
  func bind(to statement: any PreparedStatement, at place: Int32)
}

extension Int: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) { statement.bind(place, self) }
}

extension Int64: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) {
    statement.bind(place, Int(self))
  }
}

extension UInt8: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) {
    statement.bind(place, Int(self))
  }
}

/// 1 or 0: a condition compares it with 1.
extension Bool: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) {
    statement.bind(place, self ? 1 : 0)
  }
}

extension String: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) { statement.bind(place, self) }
}

extension [UInt8]: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) { statement.bind(place, self) }
}

extension Digest: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) { statement.bind(place, self) }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: any PreparedStatement, at place: Int32) {
    if let value = self {
      value.bind(to: statement, at: place)
    } else {
      statement.bind(place, nil as Int?)
    }
  }
}
