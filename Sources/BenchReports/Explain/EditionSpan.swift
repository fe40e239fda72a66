import BenchCatalog
import BenchModel

/// Neighbouring editions of one line of a tool that say the same.
struct EditionSpan {
  let first: EditionIndex.Entry
  var last: EditionIndex.Entry

  /// The editions in words.
  var words: String {
    first.edition == last.edition ? first.edition : "\(first.edition) to \(last.edition)"
  }

  /// Brings neighbouring editions together that say the same, those of each line by themselves.
  static func spans(
    _ entries: [EditionIndex.Entry], _ isSame: (EditionIndex.Entry, EditionIndex.Entry) -> Bool
  ) -> [EditionSpan] {
    var lines: [[EditionSpan]] = []
    for entry in entries {
      guard let place = lines.firstIndex(where: { $0.first?.isOfLine(entry) == true }) else {
        lines.append([EditionSpan(first: entry, last: entry)])
        continue
      }
      let end = lines[place].count - 1
      if isSame(lines[place][end].first, entry) {
        lines[place][end].last = entry
      } else {
        lines[place].append(EditionSpan(first: entry, last: entry))
      }
    }
    return lines.flatMap { $0 }
  }

  private func isOfLine(_ entry: EditionIndex.Entry) -> Bool {
    first.tool == entry.tool && first.line == entry.line
  }

  /// Adds a table of spans, with a column of their lines where a tool has several.
  ///
  /// - Parameters:
  ///   - spans: The spans.
  ///   - column: The column of what each says.
  ///   - document: What the table is added to.
  ///   - content: What a span says.
  static func table(
    _ spans: [EditionSpan], _ column: Document.Column, _ document: inout Document,
    content: (EditionIndex.Entry) -> String
  ) {
    let hasLines = spans.contains { span in
      spans.contains { $0.first.tool == span.first.tool && $0.first.line != span.first.line }
    }
    document.table(
      [Document.Column("tool")] + (hasLines ? [Document.Column("line")] : [])
        + [Document.Column("edition", isFlexible: true), column],
      spans.map { span in
        var row: [Document.Line] = [[.init(span.first.tool.name)]]
        if hasLines { row.append([.init(span.first.line)]) }
        row.append([.init(span.words)])
        row.append([.init(content(span.first), .notable)])
        return row
      })
  }
}
