/// A row of a database that is none that this program wrote.
package struct DamagedRow: Error, Hashable, Sendable {
  /// What is wrong with a row.
  package enum Fault: Hashable, Sendable {
    /// The value of a column has another type than it had, or is out of its range.
    case value(column: String)
    /// What the row refers to in another table is not there.
    case missing(table: String)
  }

  package var table: String
  /// The values of its key; nil where the row can't be found again.
  package var row: String?
  package var fault: Fault

  /// Names a row.
  package init(table: String, row: String?, _ fault: Fault) {
    self.table = table
    self.row = row
    self.fault = fault
  }
}

extension DamagedRow: CustomStringConvertible {
  /// What is wrong with which row, as a part of a sentence.
  package var description: String {
    let place = row.map { "row \($0) of table \(table)" } ?? "a row of table \(table)"
    return switch fault {
    case .value(let column): "\(place) has a value that can't be in column \(column)"
    case .missing(let other): "\(place) refers to a row of table \(other) that is missing"
    }
  }
}
