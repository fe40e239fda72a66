/// A tab separated file of `catalog/`: a header line, then a row a line.
struct Table {
  private let rows: [[Substring]]

  /// Reads a table from its text; lines with another number of fields than the header are left out.
  init(text: String) {
    var rows: [[Substring]] = []
    var fields: [Substring] = []
    let utf8 = text.utf8
    var start = utf8.startIndex
    var index = start
    while index < utf8.endIndex {
      let byte = utf8[index]
      if byte == 0x09 || byte == 0x0A {
        fields.append(text[start..<index])
        start = utf8.index(after: index)
        if byte == 0x0A {
          if let header = rows.first, header.count != fields.count { fields = [] }
          if !fields.isEmpty { rows.append(fields) }
          fields = []
        }
      }
      index = utf8.index(after: index)
    }
    self.rows = rows
  }

  /// The rows without the header.
  var body: ArraySlice<[Substring]> { rows.dropFirst() }

  /// The position of the newest state in a table of versions: a change that was only proposed has no commit.
  var newestState: Int? { Array(body).lastIndex { !$0[1].isEmpty } }

  /// The names of the columns.
  var columns: [Substring] { rows.first ?? [] }
}
