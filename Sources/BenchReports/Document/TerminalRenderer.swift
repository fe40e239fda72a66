private import BenchModel

/// Renders documents for a terminal, or for a pipe as a terminal of no end.
package struct TerminalRenderer: Sendable {
  /// The columns of the terminal.
  package var width: Int
  package var hasColor: Bool
  /// Whether the terminal shows more than ASCII; where not, signs of ours have stand-ins, and names are spelled out.
  package var isUTF8: Bool

  private static let widestChart = 60

  /// Creates a renderer.
  package init(width: Int, hasColor: Bool, isUTF8: Bool = true) {
    self.width = max(width, 40)
    self.hasColor = hasColor
    self.isUTF8 = isUTF8
  }

  /// Returns a document as lines of text.
  ///
  /// No line is wider than the terminal, but for lines of code: what is copied from there must stay what it is.
  package func render(_ document: Document) -> String {
    var output = ""
    var isFirst = true
    for block in document.plain.blocks {
      switch block {
      case .section(let line, _):
        if !isFirst { output += "\n" }
        for row in words(line).folded(width) {
          output += bold(row) + "\n" + String(repeating: "=", count: row.columns) + "\n"
        }
      case .code(let code):
        for line in Untrusted(code.text).lines {
          let safe = Untrusted(line).forTerminal
          output += line.isEmpty ? "\n" : "    " + (isUTF8 ? safe : ASCIIText.spelled(safe)) + "\n"
        }
      case .heading(let line):
        if !isFirst { output += "\n" }
        for row in words(line).folded(width) { output += bold(row) + "\n" }
      case .paragraph(let line):
        let rows = words(line).folded(width)
        for row in rows { output += join(row) + "\n" }
        if rows.isEmpty { output += "\n" }
      case .bullet(let line):
        for (number, row) in words(line).folded(width - 4).enumerated() {
          output += (number == 0 ? "  " : "    ") + join(row) + "\n"
        }
      case .table(let columns, let rows):
        render(columns, rows, &output)
      case .chart(let chart):
        output += "\n"
        render(chart, &output)
      case .verdict, .tiles, .worse, .threats, .heat, .steps, .findings, .folded: break
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

  private func render(
    _ columns: [Document.Column], _ rows: [[Document.Line]], _ output: inout String
  ) {
    var columns = columns
    if !isUTF8 {
      for index in columns.indices { columns[index].title = ASCIIText.ours(columns[index].title) }
    }
    let table = TerminalTable(
      columns, rows.mapInParallel { row in row.map { words($0.forCell) } }, width: width)
    guard !table.isTooNarrow else {
      for row in table.list() { output += join(row) + "\n" }
      return
    }
    for row in table.rows(join) { output += row }
    guard !table.leftOut.isEmpty else { return }
    let names = table.leftOut.joined(separator: ", ")
    for row in words([.init("Not shown in \(width) columns: \(names).", .faint)]).folded(width) {
      output += join(row) + "\n"
    }
  }

  // MARK: - Words

  private func words(_ line: Document.Line) -> [TerminalWord] {
    TerminalWord.words(line, isUTF8: isUTF8)
  }

  private func join(_ words: [TerminalWord]) -> String {
    var text = ""
    for (number, word) in words.enumerated() {
      if number > 0, word.isSpaced { text += " " }
      text += colored(word.text, word.style)
    }
    return text
  }

  private func bold(_ words: [TerminalWord]) -> String {
    join(
      words.map {
        TerminalWord($0.text, $0.style == .plain ? .strong : $0.style, isSpaced: $0.isSpaced)
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
