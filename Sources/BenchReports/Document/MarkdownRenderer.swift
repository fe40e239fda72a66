private import BenchModel

/// Renders documents as Markdown, as GitHub and GitLab read it.
///
/// What somebody else chose is escaped so that it is shown as it is: no link, mention, markup or HTML comes of it.
package struct MarkdownRenderer: Sendable {
  /// The level of the first heading.
  package var level: Int

  /// Creates a renderer.
  package init(level: Int = 2) { self.level = min(max(level, 1), 6) }

  /// Returns a document as Markdown.
  package func render(_ document: Document) -> String {
    var output = ""
    var isList = false
    var isInSection = false
    for block in document.plain.blocks {
      let isBullet = if case .bullet = block { true } else { false }
      if !output.isEmpty, !(isList && isBullet) { output += "\n" }
      isList = isBullet
      switch block {
      case .section(let line, _):
        output += String(repeating: "#", count: min(level + 1, 6)) + " " + text(line) + "\n"
        isInSection = true
      case .code(let code):
        output += Self.fenced(code)
      case .heading(let line):
        let level = isInSection ? level + 2 : level
        output += String(repeating: "#", count: min(level, 6)) + " " + text(line) + "\n"
      case .paragraph(let line): output += text(line) + "\n"
      case .bullet(let line): output += "- " + text(line) + "\n"
      case .table(let columns, let rows): render(columns, rows, &output)
      case .chart(let chart): render(chart, &output)
      case .verdict, .tiles, .worse, .threats, .heat, .steps, .findings, .folded: break
      }
    }
    return output
  }

  private func render(
    _ columns: [Document.Column], _ rows: [[Document.Line]], _ output: inout String
  ) {
    output +=
      "| "
      + columns.map {
        MarkdownText.escaped($0.title, isOurs: true, isCell: true)
      }.joined(separator: " | ") + " |\n"
    output +=
      "|" + columns.map { $0.isRightAligned ? " ---: |" : " --- |" }.joined() + "\n"
    for row in rows {
      let cells = columns.indices.map { $0 < row.count ? text(row[$0], isCell: true) : "" }
      output += "| " + cells.joined(separator: " | ") + " |\n"
    }
  }

  private func render(_ chart: Chart, _ output: inout String) {
    render(
      [
        Document.Column(chart.title + (chart.unit.isEmpty ? "" : " (\(chart.unit))")),
        Document.Column(""),
        Document.Column("first", isRightAligned: true),
        Document.Column("last", isRightAligned: true),
      ],
      chart.series.map { series in
        [
          [.init(series.name)], [.init(series.sparkline(width: 40))],
          [.init(series.ends.map { Chart.Series.text($0.first) } ?? "-")],
          [.init(series.ends.map { Chart.Series.text($0.last) } ?? "-")],
        ]
      }, &output)
  }

  /// A fence longer than any in the text, so that no line of it ends the block.
  private static func fenced(_ code: Document.Code) -> String {
    let lines = Untrusted(code.text).lines.map { Untrusted($0).forTerminal }
    let longest =
      lines.map { line in
        line.drop { $0 == " " }.prefix { $0 == "`" }.count
      }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return fence + code.language + "\n" + lines.joined(separator: "\n") + "\n" + fence + "\n"
  }

  /// Code in a line, between more ticks than are in it.
  private static func code(_ span: Document.Span, isCell: Bool) -> String {
    let raw =
      switch span.content {
      case .trusted(let text): text
      case .untrusted(let text): text.forTerminal
      case .lineBreak: ""
      }
    guard !raw.isEmpty else { return "" }
    let text = isCell ? raw.replacing("|", with: "\\|") : raw
    let longest = text.split(omittingEmptySubsequences: true) { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 || text.hasPrefix(" ") || text.hasSuffix(" ") ? " " : ""
    return fence + pad + text + pad + fence
  }

  private func text(_ line: Document.Line, isCell: Bool = false) -> String {
    var output = ""
    for span in isCell ? line.forCell : line {
      let isFirst = output.allSatisfy { $0 == " " }
      let text =
        switch span.content {
        case .trusted(let text):
          MarkdownText.escaped(
            text, isOurs: true, isCell: isCell, isFirst: isFirst)
        case .untrusted(let text): text.forMarkdown(isCell: isCell, isFirst: isFirst)
        case .lineBreak: "<br>"
        }
      if span.style == .code {
        output += Self.code(span, isCell: isCell)
        continue
      }
      // A mark of emphasis stands at a word, not at a blank.
      let inner = text.drop { $0 == " " }
      guard span.style == .strong, !inner.isEmpty else {
        output += text
        continue
      }
      let blanks = text.prefix(text.count - inner.count)
      let tail = inner.reversed().prefix { $0 == " " }.count
      output += blanks + "**" + inner.dropLast(tail) + "**" + String(repeating: " ", count: tail)
    }
    // Four blanks at the start of a line would begin a block of code.
    return isCell ? output : String(output.drop { $0 == " " })
  }
}
