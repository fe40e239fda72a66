import BenchModel

/// A table with a result in each row, or a line of a log in one of its columns: CSV, or one of a wiki.
enum TableLog {
  /// A row with the place of its first line.
  private struct Row {
    var cells: [Cell]
    var line: Int
  }

  private struct Cell {
    var text: [UInt8]
    var isQuoted = false
  }

  /// With fewer rows that tell, a text is no table.
  private static let fewest = 2

  /// The logs of a table; nil for another text.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    for delimiter in [ASCII.pipe, ASCII.tab, ASCII.comma, ASCII.semicolon] {
      let rows = rows(of: lines, by: delimiter)
      guard rows.count >= fewest else { continue }
      if let logs = results(in: rows, lines) ?? texts(in: rows, lines, by: delimiter) {
        return logs
      }
    }
    return nil
  }

  // MARK: - Results in columns

  /// The log of a table with a column of results, one of ids and one of titles.
  private static func results(in rows: [Row], _ lines: LogLines) -> [WrappedLog]? {
    var log = WrappedLog()
    var count = 0
    // Only docker-bench-security has a dash, and it knows no FAIL.
    let hasFail = rows.contains {
      $0.cells.contains { status(trimmed($0.text)) == Array("[FAIL]".utf8) }
    }
    let separator = Array((hasFail ? " " : " - ").utf8)
    for row in rows {
      var (word, id): ([UInt8]?, [UInt8]?)
      var title: [UInt8] = []
      for cell in row.cells {
        let text = trimmed(cell.text)
        if word == nil, let status = status(text) {
          word = status
        } else if id == nil, isID(text) {
          id = text
        } else if text.count > title.count {
          title = text
        }
      }
      guard let word, let id, !title.isEmpty else { continue }
      count += 1
      log.add(
        word + [ASCII.space] + id + separator + title, number: lines.number(row.line),
        offset: lines.offset(row.line))
    }
    return count >= fewest ? [log] : nil
  }

  /// A result's word with its brackets, where a cell holds nothing else.
  private static func status(_ cell: [UInt8]) -> [UInt8]? {
    let word = cell.filter { ASCII.isLetter($0) }
    guard word.count == 4, cell.count <= 10, !cell.contains(where: ASCII.isDigit) else {
      return nil
    }
    let mark = [ASCII.openBracket] + word.map { $0 & 0xDF } + [ASCII.closeBracket]
    return mark.withUnsafeBufferPointer { Mark(in: $0) } == nil ? nil : mark
  }

  private static func isID(_ cell: [UInt8]) -> Bool {
    guard let first = cell.first, ASCII.isDigit(first), cell.count <= 16 else { return false }
    return cell.allSatisfy { ASCII.isDigit($0) || $0 == ASCII.dot || ASCII.isLetter($0) }
      && cell.count(where: ASCII.isLetter) < 2
  }

  // MARK: - Lines in a column

  /// The logs of a table with the lines of a log in a column.
  private static func texts(
    in rows: [Row], _ lines: LogLines, by delimiter: UInt8
  ) -> [WrappedLog]? {
    var counts: [Int: Int] = [:]
    var marked = 0
    for row in rows {
      guard let place = row.cells.firstIndex(where: { hasMark($0.text) }) else { continue }
      marked += 1
      // Without quotation marks a comma is as well one of the line's own.
      let isRow = row.cells.count { !$0.text.isEmpty } > 1
      let isCell = isRow && (delimiter == ASCII.pipe || row.cells[place].isQuoted)
      if isCell { counts[place, default: 0] += 1 }
    }
    guard let (column, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      count * 10 >= marked * 9, count >= fewest || rows.contains(where: { isLog($0, column) })
    else { return nil }
    let head =
      rows.first.map { row in row.cells.map { String(decoding: trimmed($0.text), as: UTF8.self) } }
      ?? []
    let hostColumn = head.firstIndex { JSONSource.isHostKey($0) && $0 != head[safe: column] }
    let timeColumn = head.firstIndex { JSONSource.isTimeKey($0) && $0 != head[safe: column] }
    var logs: [WrappedLog] = []
    var places: [String: Int] = [:]
    for row in rows where row.cells.indices.contains(column) {
      func cell(_ place: Int?) -> String? {
        place.flatMap { row.cells.indices.contains($0) ? $0 : nil }.map {
          String(decoding: trimmed(row.cells[$0].text), as: UTF8.self)
        }
      }
      let host = cell(hostColumn).flatMap(JSONSource.name)
      let place = places[host ?? ""] ?? logs.count
      if place == logs.count {
        logs.append(WrappedLog(host: host))
        places[host ?? ""] = place
      }
      let time = cell(timeColumn).flatMap(JSONSource.seconds)
      for text in row.cells[column].text.split(
        separator: ASCII.lineFeed, omittingEmptySubsequences: false)
      {
        logs[place].add(
          text, number: lines.number(row.line), offset: lines.offset(row.line), time: time)
      }
    }
    // The head of the table names its columns and no host.
    logs.removeAll { $0.numbers.count < 2 && !hasMark($0.text) }
    return logs.isEmpty ? nil : logs
  }

  private static func hasMark(_ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { Mark(in: $0) != nil || ToolJSON.firstKey(in: $0) != nil }
  }

  private static func isLog(_ row: Row, _ column: Int) -> Bool {
    row.cells.indices.contains(column) && row.cells[column].text.contains(ASCII.lineFeed)
      && hasMark(row.cells[column].text)
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    Array(text.drop { $0 <= ASCII.space }.reversed().drop { $0 <= ASCII.space }.reversed())
  }

  // MARK: - Rows

  private static func rows(of lines: LogLines, by delimiter: UInt8) -> [Row] {
    if delimiter == ASCII.pipe {
      return (0..<lines.count).compactMap { index in
        lines.withLine(index) { line in
          let line = line.trimmed()
          guard line.count > 2, line.first == ASCII.pipe, line.last == ASCII.pipe else {
            return nil
          }
          let cells = line.part(1, line.count - 1).split(
            separator: ASCII.pipe, omittingEmptySubsequences: false)
          return Row(
            cells: cells.map { Cell(text: trimmed(Array($0))) }.filter { !$0.text.isEmpty },
            line: index)
        }
      }
    }
    return separated(lines, by: delimiter)
  }

  /// The records of CSV, whose cells may have line feeds between their quotation marks.
  private static func separated(_ lines: LogLines, by delimiter: UInt8) -> [Row] {
    var rows: [Row] = []
    var row = Row(cells: [], line: 0)
    var cell = Cell(text: [])
    var (isInside, isBroken) = (false, false)
    let text = lines.text
    var index = 0
    var line = 0
    while index < text.count {
      let byte = text[index]
      if isInside {
        if byte == ASCII.quote {
          if index + 1 < text.count, text[index + 1] == ASCII.quote {
            cell.text.append(byte)
            index += 1
          } else {
            isInside = false
          }
        } else {
          cell.text.append(byte)
          if byte == ASCII.lineFeed { line += 1 }
        }
      } else if byte == ASCII.quote, cell.text.allSatisfy({ $0 == ASCII.space }) {
        (cell.text, cell.isQuoted, isInside) = ([], true, true)
      } else if byte == delimiter {
        // What goes on behind the quotation mark was not quoted.
        if isBroken { cell.isQuoted = false }
        isBroken = false
        row.cells.append(cell)
        cell = Cell(text: [])
      } else if byte == ASCII.lineFeed {
        if isBroken { cell.isQuoted = false }
        isBroken = false
        row.cells.append(cell)
        rows.append(row)
        line += 1
        (row, cell) = (Row(cells: [], line: line), Cell(text: []))
      } else {
        if cell.isQuoted, byte > ASCII.space { isBroken = true }
        cell.text.append(byte)
      }
      index += 1
    }
    return rows
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
