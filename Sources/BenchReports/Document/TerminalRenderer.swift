private import BenchModel

/// Renders documents for a terminal, or for a pipe as a terminal of no end.
package struct TerminalRenderer: Sendable {
  /// The columns of the terminal.
  package var width: Int
  package var hasColor: Bool

  private static let gap = 2
  private static let blank = UInt8(ascii: " ")
  private static let narrowest = 12
  private static let widestChart = 60

  /// Creates a renderer.
  package init(width: Int, hasColor: Bool) {
    self.width = max(width, 40)
    self.hasColor = hasColor
  }

  /// Returns a document as lines of text.
  package func render(_ document: Document) -> String {
    var output = ""
    var isFirst = true
    for block in document.blocks {
      switch block {
      case .section(let line):
        if !isFirst { output += "\n" }
        for row in fold(words(line), width) {
          output += bold(row) + "\n" + String(repeating: "=", count: min(length(row), width)) + "\n"
        }
      case .code(let code):
        for line in Untrusted(code.text).lines {
          output += line.isEmpty ? "\n" : "    " + Untrusted(line).forTerminal + "\n"
        }
      case .heading(let line):
        if !isFirst { output += "\n" }
        for row in fold(words(line), width) { output += bold(row) + "\n" }
      case .paragraph(let line):
        let rows = fold(words(line), width)
        for row in rows { output += join(row) + "\n" }
        if rows.isEmpty { output += "\n" }
      case .bullet(let line):
        for (number, row) in fold(words(line), width - 4).enumerated() {
          output += (number == 0 ? "  " : "    ") + join(row) + "\n"
        }
      case .table(let columns, let rows):
        render(columns, rows, &output)
      case .chart(let chart):
        output += "\n"
        render(chart, &output)
      }
      isFirst = false
    }
    return output
  }

  /// A chart is a line of bars for each of its lines, with the first and the last value.
  private func render(_ chart: Chart, _ output: inout String) {
    let names = chart.series.map(\.name.columns).max() ?? 0
    let room = min(width - names - 24, Self.widestChart)
    render(
      [
        Document.Column(chart.title), Document.Column(Self.span(of: chart)),
        Document.Column("first", isRightAligned: true),
        Document.Column("last", isRightAligned: true), Document.Column(chart.unit),
      ],
      chart.series.map { series in
        let ends = series.ends
        return [
          [.init(series.name)], [.init(series.sparkline(width: room), series.style)],
          [.init(ends.map { Chart.Series.text($0.first) } ?? "-", .faint)],
          [.init(ends.map { Chart.Series.text($0.last) } ?? "-", .strong)], [],
        ]
      }, &output)
  }

  private static func span(of chart: Chart) -> String {
    guard let first = chart.times.first, let last = chart.times.last else { return "" }
    return CivilTime.date(first) + " to " + CivilTime.date(last)
  }

  // MARK: - Tables

  private func render(
    _ columns: [Document.Column], _ rows: [[Document.Line]], _ output: inout String
  ) {
    let cells = rows.map { row in row.map(words) }
    var widths = columns.indices.map { column in
      let content = cells.map { row in
        column < row.count ? length(row[column]) : 0
      }
      return max(columns[column].title.columns, content.max() ?? 0)
    }
    shrink(&widths, columns)
    let titles = columns.map { words([.init($0.title, .faint)]) }
    if columns.contains(where: { !$0.title.isEmpty }) { line(titles, columns, widths, &output) }
    for row in cells { line(row, columns, widths, &output) }
  }

  /// Takes columns from the flexible ones until the table fits.
  private func shrink(_ widths: inout [Int], _ columns: [Document.Column]) {
    let fixed = (columns.count - 1) * Self.gap
    while widths.reduce(fixed, +) > width {
      let flexible = columns.indices.filter {
        columns[$0].isFlexible && widths[$0] > Self.narrowest
      }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else {
        // Too narrow for what can't be folded well: then it is folded badly.
        guard let any = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[any] > 1 else {
          return
        }
        widths[any] -= 1
        continue
      }
      let excess = widths.reduce(fixed, +) - width
      let second = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.narrowest
      widths[widest] -= max(1, min(excess, widths[widest] - max(second, Self.narrowest)))
    }
  }

  private func line(
    _ row: [[Word]], _ columns: [Document.Column], _ widths: [Int], _ output: inout String
  ) {
    let folded = columns.indices.map { column in
      column < row.count ? fold(row[column], widths[column]) : []
    }
    for number in 0..<max(folded.map(\.count).max() ?? 1, 1) {
      var text = ""
      var pending = 0
      for column in columns.indices {
        let words = number < folded[column].count ? folded[column][number] : []
        let blank = max(widths[column] - length(words), 0)
        let before = columns[column].isRightAligned ? blank : 0
        if !words.isEmpty {
          text += String(repeating: " ", count: pending + before) + join(words)
          pending = blank - before
        } else {
          pending += widths[column]
        }
        pending += Self.gap
      }
      output += text + "\n"
    }
  }

  // MARK: - Words

  private struct Word {
    var text: String
    var style: Document.Style
    /// Whether a blank stands before the word when it is not the first of its line.
    var isSpaced = true
    /// How many columns the text takes.
    var columns: Int

    init(_ text: String, _ style: Document.Style, isSpaced: Bool = true) {
      self.text = text
      self.style = style
      self.isSpaced = isSpaced
      columns = text.columns
    }
  }

  private func words(_ line: Document.Line) -> [Word] {
    var words: [Word] = []
    var isSpaced = false
    for span in line {
      let text =
        switch span.content {
        case .trusted(let text): text
        case .untrusted(let text): text.forTerminal
        }
      var rest = text[...]
      while !rest.isEmpty {
        let end = rest.utf8.firstIndex(of: Self.blank) ?? rest.endIndex
        if end > rest.startIndex {
          words.append(Word(String(rest[..<end]), span.style, isSpaced: isSpaced))
          isSpaced = false
        }
        guard end < rest.endIndex else { break }
        isSpaced = true
        rest = rest[rest.utf8.index(after: end)...]
      }
    }
    return words
  }

  private func length(_ words: [Word]) -> Int {
    words.enumerated().reduce(0) { sum, word in
      sum + word.element.columns + (word.offset > 0 && word.element.isSpaced ? 1 : 0)
    }
  }

  /// Breaks words into lines; a word that is longer than a line is cut.
  private func fold(_ words: [Word], _ width: Int) -> [[Word]] {
    let width = max(width, 1)
    var lines: [[Word]] = []
    var line: [Word] = []
    var used = 0
    for var word in words {
      let blank = !line.isEmpty && word.isSpaced ? 1 : 0
      if !line.isEmpty, used + blank + word.columns > width {
        lines.append(line)
        (line, used) = ([], 0)
      }
      if word.columns > width {
        var (head, columns) = ("", 0)
        for character in word.text {
          let own = String(character).columns
          if columns + own > width, !head.isEmpty {
            lines.append([Word(head, word.style)])
            (head, columns) = ("", 0)
          }
          head.append(character)
          columns += own
        }
        word = Word(head, word.style, isSpaced: word.isSpaced)
      }
      used += word.columns + (!line.isEmpty && word.isSpaced ? 1 : 0)
      line.append(word)
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private func join(_ words: [Word]) -> String {
    var text = ""
    for (number, word) in words.enumerated() {
      if number > 0, word.isSpaced { text += " " }
      text += colored(word.text, word.style)
    }
    return text
  }

  private func bold(_ words: [Word]) -> String {
    join(
      words.map {
        Word($0.text, $0.style == .plain ? .strong : $0.style, isSpaced: $0.isSpaced)
      })
  }

  private func colored(_ text: String, _ style: Document.Style) -> String {
    let code =
      switch style {
      case .plain, .code: ""
      case .strong: "1"
      case .faint: "2"
      case .good: "32"
      case .bad: "31"
      case .notable: "33"
      }
    return hasColor && !code.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
