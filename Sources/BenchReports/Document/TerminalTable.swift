private import BenchModel

/// A table in a terminal: which of its columns are shown, and how wide each is.
struct TerminalTable: Sendable {
  private var columns: [Document.Column]
  private var cells: [[[TerminalWord]]]
  private var widths: [Int] = []
  /// The titles of the columns that there is no room for.
  private(set) var leftOut: [String] = []
  private let width: Int

  /// Blanks between two columns.
  private static let gap = 2
  /// What a column that may be folded is not made narrower than, as long as there is another way.
  private static let comfortable = 12
  /// What is left to such a column before others are left out.
  private static let roomy = 20
  /// What the widest character takes.
  private static let narrowest = 2

  /// Lays a table out.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - cells: The words of each cell, row by row; a row may have fewer cells than there are columns.
  ///   - width: The most columns of the terminal that the table may take.
  init(_ columns: [Document.Column], _ cells: [[[TerminalWord]]], width: Int) {
    self.columns = columns
    self.cells = cells.map { row in
      row.count == columns.count
        ? row : columns.indices.map { $0 < row.count ? row[$0] : [] }
    }
    self.width = width
    widths = naturalWidths()
    // What is empty needs no room.
    for index in columns.indices.reversed() where widths[index] == 0 { remove(index) }
    leaveOut()
    guard total > width else { return }
    shrink { column, _ in column.isFlexible ? Self.comfortable : .max }
    // Too narrow for what can't be folded well: then it is folded between words, within them, or anywhere.
    shrink { _, words in words.map(\.columns).max() ?? 0 }
    shrink { _, _ in Self.comfortable }
    shrink { _, _ in Self.narrowest }
    widenAgain()
  }

  /// Whether there are more columns than fit however narrow they are; then the rows stand as lists.
  var isTooNarrow: Bool { total > width }

  /// What all columns take together.
  private var total: Int { widths.reduce(Swift.max(columns.count - 1, 0) * Self.gap, +) }

  private func naturalWidths() -> [Int] {
    columns.indices.map { column in
      Swift.max(columns[column].title.columns, cells.map { $0[column].widestLine }.max() ?? 0)
    }
  }

  /// Leaves out the columns that may be, until the others have room.
  private mutating func leaveOut() {
    while true {
      let least = columns.indices.map { index in
        columns[index].isFlexible ? min(widths[index], Self.roomy) : widths[index]
      }
      let spare = columns.indices.filter { columns[$0].spare > 0 }
      guard least.reduce((columns.count - 1) * Self.gap, +) > width,
        let first = spare.max(by: { columns[$0].spare < columns[$1].spare })
      else { return }
      leftOut.append(columns[first].title)
      remove(first)
    }
  }

  private mutating func remove(_ column: Int) {
    columns.remove(at: column)
    widths.remove(at: column)
    for row in cells.indices { cells[row].remove(at: column) }
  }

  /// Takes from the widest columns until the table fits.
  ///
  /// - Parameter least: How narrow a column with some words may become by this.
  private mutating func shrink(_ least: (Document.Column, [TerminalWord]) -> Int) {
    guard total > width else { return }
    let leasts = columns.indices.map { index in
      Swift.max(
        cells.map { least(columns[index], $0[index]) }.max() ?? 0,
        least(columns[index], TerminalWord.words([.init(columns[index].title)], isUTF8: true)),
        Self.narrowest)
    }
    while total > width {
      let able = columns.indices.filter { widths[$0] > leasts[$0] }
      guard let widest = able.max(by: { widths[$0] < widths[$1] }) else { return }
      let second = able.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let goal = Swift.max(second, leasts[widest])
      widths[widest] -= Swift.max(1, min(total - width, widths[widest] - goal))
    }
  }

  /// Gives the columns that are still folded what the others, folded, do not need.
  private mutating func widenAgain() {
    guard total <= width else { return }
    let natural = naturalWidths()
    for column in columns.indices where widths[column] < natural[column] {
      let folded = cells.map { row in
        row[column].folded(widths[column]).map(\.columns).max() ?? 0
      }
      let needed = Swift.max(folded.max() ?? 0, columns[column].title.columns, Self.narrowest)
      widths[column] = min(widths[column], needed)
    }
    let folded = columns.indices.filter { widths[$0] < natural[$0] }
    // What is folded most has most to gain.
    for column in folded.sorted(by: { natural[$0] > natural[$1] }) {
      widths[column] += min(width - total, natural[column] - widths[column])
    }
  }

  // MARK: - Lines

  /// The rows of the table as text, that with the titles first unless no column has one.
  ///
  /// - Parameter join: Makes text of some words of a line.
  /// - Returns: The rows, each of one line or more, with a line feed behind each line.
  func rows(_ join: @Sendable ([TerminalWord]) -> String) -> [String] {
    let titles = columns.map { TerminalWord.words([.init($0.title, .faint)], isUTF8: true) }
    let hasTitles = titles.contains { !$0.isEmpty }
    return ((hasTitles ? [titles] : []) + cells).mapInParallel { text($0, join) }
  }

  private func text(_ row: [[TerminalWord]], _ join: ([TerminalWord]) -> String) -> String {
    let folded = columns.indices.map { row[$0].folded(widths[$0]) }
    var text = ""
    for number in 0..<Swift.max(folded.map(\.count).max() ?? 1, 1) {
      var pending = 0
      for column in columns.indices {
        let words = number < folded[column].count ? folded[column][number] : []
        if words.isEmpty {
          pending += widths[column]
        } else {
          let blank = Swift.max(widths[column] - words.columns, 0)
          let before = columns[column].isRightAligned ? blank : 0
          text += String(repeating: " ", count: pending + before)
          text += join(words)
          pending = blank - before
        }
        pending += Self.gap
      }
      text += "\n"
    }
    return text
  }

  /// The rows as lists: a line for each cell that is not empty, with its column's title.
  func list() -> [[TerminalWord]] {
    cells.flatMap { row in
      columns.indices.flatMap { column -> [[TerminalWord]] in
        guard !row[column].isEmpty else { return [] }
        let title = columns[column].title
        let name = TerminalWord.words(
          [.init(title.isEmpty ? "" : title + ":", .faint)], isUTF8: true)
        var words = row[column]
        words[0].isSpaced = true
        return (name + words).folded(width)
      }
    }
  }
}
