/// Renders documents as HTML, without the page around them.
///
/// What somebody else chose is escaped so that it is text in an element and nothing else; it never stands in an attribute.
package struct HTMLRenderer: Sendable {
  /// A place that a list of contents leads to.
  package struct Anchor: Sendable {
    package var id: String
    package var title: String
  }

  private let components: Components

  /// Creates a renderer with the components that come with the program.
  package init() { components = .standard }

  /// Returns a document as elements of a page's body, its first heading as plain text, and the places of its sections.
  ///
  /// - Parameter document: The document.
  /// - Returns: The elements, the title, and the places.
  package func render(
    _ document: Document
  ) -> (html: String, title: String, contents: [Anchor]) {
    var numbers = Numbers()
    return render(document, &numbers)
  }

  /// How many charts and tables there are so far, which tells their names apart.
  private struct Numbers {
    var charts = 0
    var tables = 0
  }

  private func render(
    _ document: Document, _ numbers: inout Numbers, isPart: Bool = false
  ) -> (html: String, title: String, contents: [Anchor]) {
    var output = ""
    // The heading that stands above; ours, or plain text in an attribute that is escaped as all text is.
    var latest = ""
    var contents: [Anchor] = []
    var isList = false
    var isInSection = false
    var title: String?
    for block in document.blocks {
      let isBullet = if case .bullet = block { true } else { false }
      if isList, !isBullet { output += "</ul>\n" }
      if isBullet, !isList { output += "<ul>\n" }
      isList = isBullet
      switch block {
      case .section(let line, let short):
        let id = Self.id(short ?? plain(line), contents)
        contents.append(Anchor(id: id, title: short ?? plain(line)))
        latest = plain(line)
        if isInSection { output += "</section>\n" }
        isInSection = true
        output += "<section id=\"\(id)\" class=\"part\"><h2>\(text(line))</h2>\n"
      case .heading(let line):
        // A page has one first heading; below a section all are of the third level.
        let level = isPart || !contents.isEmpty ? 3 : title == nil ? 1 : 2
        if title == nil { title = plain(line) }
        latest = ""
        output += "<h\(level)>\(text(line))</h\(level)>\n"
      case .paragraph(let line):
        let text = text(line)
        if !text.isEmpty { output += "<p>\(text)</p>\n" }
      case .bullet(let line): output += "<li>\(text(line))</li>\n"
      case .table(let columns, let rows):
        numbers.tables += 1
        render(columns, rows, "Table \(numbers.tables)", latest, &output)
      case .chart(let chart):
        numbers.charts += 1
        output += ChartSVG(chart).figure(number: numbers.charts)
      case .verdict, .tiles, .worse, .threats, .heat, .steps, .findings:
        output += components.render(block, self)
      case .folded(let title, let document):
        let body = render(document, &numbers, isPart: true).html
        output += components.folded(text(title), body)
      case .code(let code):
        output += "<pre><code>\(Untrusted(code.text).forHTMLCode)</code></pre>\n"
      }
    }
    if isList { output += "</ul>\n" }
    if isInSection { output += "</section>\n" }
    return (output, title ?? "", contents)
  }

  /// The id of a part: the words of our own title, with a number where they stand already.
  private static func id(_ title: String, _ contents: [Anchor]) -> String {
    let words = title.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    let slug = words.prefix(4).joined(separator: "-")
    let id = slug.isEmpty ? "part" : slug
    return contents.contains { $0.id == id } ? "\(id)-\(contents.count + 1)" : id
  }

  private func render(
    _ columns: [Document.Column], _ rows: [[Document.Line]], _ name: String, _ title: String,
    _ output: inout String
  ) {
    let label = Untrusted(title.isEmpty ? name : name + ": " + title).forHTML
    output +=
      "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><table>\n"
    if columns.contains(where: { !$0.title.isEmpty }) {
      output += "<thead><tr>"
      for column in columns {
        let kind = column.isRightAligned ? " class=\"number\"" : ""
        // An empty header cell is no header.
        output +=
          column.title.isEmpty
          ? "<td></td>" : "<th scope=\"col\"\(kind)>\(Untrusted(column.title).forHTML)</th>"
      }
      output += "</tr></thead>\n"
    }
    output += "<tbody>\n"
    for row in rows {
      output += "<tr>"
      for (index, column) in columns.enumerated() {
        let kind =
          column.isRightAligned
          ? " class=\"number\""
          : column.isFlexible ? columns.count > 3 ? " class=\"wide\"" : "" : " class=\"fixed\""
        output += "<td\(kind)>\(index < row.count ? text(row[index]) : "")</td>"
      }
      output += "</tr>\n"
    }
    output += "</tbody>\n</table></div>\n"
  }

  func text(_ line: Document.Line) -> String {
    line.map { span in
      if let figure = span.figure { return Figures.html(figure, span) }
      let text =
        switch span.content {
        case .trusted(let text): Untrusted(text).forHTML
        case .untrusted(let text): text.forHTML
        case .lineBreak: "<br>"
        }
      return span.style == .plain || text.isEmpty
        ? text
        : span.style == .code
          ? "<code>\(text)</code>" : "<span class=\"\(span.style.name)\">\(text)</span>"
    }.joined()
  }

  /// The words of a line without their styles, escaped.
  func plainHTML(_ line: Document.Line) -> String {
    Untrusted(String(plain(line).drop { $0 == " " })).forHTML
  }

  private func plain(_ line: Document.Line) -> String {
    line.map { span in
      switch span.content {
      case .trusted(let text): text
      case .untrusted(let text): text.forTerminal
      case .lineBreak: " "
      }
    }.joined()
  }
}

extension Document.Style {
  /// The class of the style sheet.
  fileprivate var name: String {
    switch self {
    case .plain: "plain"
    case .strong: "strong"
    case .faint: "faint"
    case .good: "good"
    case .bad: "bad"
    case .notable: "notable"
    case .code: "code"
    }
  }
}

extension Untrusted {
  /// The text for an element of HTML: markup is escaped, and characters that turn or hide text are spelled out.
  var forHTML: String { Self.escape(forTerminal) }

  /// The text for a block of code, which keeps its lines and tabs.
  var forHTMLCode: String {
    Self.escape(
      lines.map { Untrusted($0).forTerminal }.joined(separator: "\n"))
  }

  private static func escape(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
