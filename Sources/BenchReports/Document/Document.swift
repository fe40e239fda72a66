package import BenchModel

/// A report for people, before it is known where it will be read.
///
/// Each report builds one, and each human format renders it.
package struct Document: Sendable {
  /// How a piece of text stands out.
  package enum Style: Hashable, Sendable {
    case plain
    case strong
    case faint
    case good
    case bad
    case notable
    /// A command, or another text that is meant to the letter.
    case code
  }

  /// A piece of text: ours, or one that must be escaped.
  package struct Span: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      case trusted(String)
      case untrusted(Untrusted)
      case lineBreak
    }

    /// What a page draws beside or in place of the text.
    enum Figure: Hashable, Sendable {
      case severity(Severity)
      case sparkline([Int], words: String)
      case host
      case item
    }

    let content: Content
    let style: Style
    let figure: Figure?

    private init(_ content: Content, _ style: Style = .plain, _ figure: Figure? = nil) {
      self.content = content
      self.style = style
      self.figure = figure
    }

    /// How bad a failure is: a word, and where there is room a sign beside it; nil for a check without a severity.
    package static func severity(_ severity: Severity?) -> Span {
      guard let severity else { return Span("none", .notable) }
      return Span(
        .trusted(severity.name), severity >= .high ? .bad : .plain, .severity(severity))
    }

    /// A few numbers as a line of little bars.
    ///
    /// - Parameters:
    ///   - values: The numbers.
    ///   - words: What they are, for who can't see the line.
    /// - Returns: The piece.
    package static func sparkline(_ values: [Int], words: String) -> Span {
      let bars = Chart.Series("", .plain, values.map(Double.init))
      return Span(
        .trusted(values.isEmpty ? "" : bars.sparkline(width: values.count, isFromZero: true)),
        .plain, values.isEmpty ? nil : .sparkline(values, words: words))
    }

    /// A number that stands out unless it is nothing.
    static func number(_ value: Int, _ style: Style) -> Span {
      Span("\(value)", value == 0 ? .faint : style)
    }

    /// The name of a host.
    package static func host(_ name: String) -> Span {
      Span(.untrusted(Untrusted(name)), .plain, .host)
    }

    /// The name of an item.
    package static func item(_ name: String) -> Span {
      Span(.untrusted(Untrusted(name)), .plain, .item)
    }

    /// The piece in another style.
    func with(_ style: Style) -> Span { Span(content, style, figure) }

    /// The piece with another text of somebody else's.
    func with(_ text: Untrusted) -> Span { Span(.untrusted(text), style, figure) }

    /// What follows begins a line of its own, where a table's cell may have several.
    package static let lineBreak = Span(Content.lineBreak)

    /// Creates a piece of our own text.
    package init(_ text: String, _ style: Style = .plain) {
      self.init(.trusted(text), style)
    }

    /// Creates a piece of somebody else's text.
    package init(_ text: Untrusted, _ style: Style = .plain) {
      self.init(.untrusted(text), style)
    }
  }

  /// One line of pieces.
  package typealias Line = [Span]

  /// A table's column.
  package struct Column: Sendable {
    package var title: String
    /// Whether the column may be made narrower than its content, which is then folded over several lines.
    package var isFlexible: Bool
    package var isRightAligned: Bool
    /// How soon the column is left out of a terminal that is too narrow for all of them: the highest first; never if 0.
    package var spare: Int

    /// Creates a column.
    package init(
      _ title: String, isFlexible: Bool = false, isRightAligned: Bool = false, spare: Int = 0
    ) {
      self.title = title
      self.isFlexible = isFlexible
      self.isRightAligned = isRightAligned
      self.spare = spare
    }
  }

  /// A part of the document.
  package enum Block: Sendable {
    /// A part of a long document, above headings; its short title is for a list of contents.
    case section(Line, short: String? = nil)
    case heading(Line)
    case paragraph(Line)
    /// A line with its continuations indented below it.
    case bullet(Line)
    case table(columns: [Column], rows: [[Line]])
    case chart(Chart)
    /// Text that keeps its lines, such as a snippet; it may hold names of somebody else's.
    case code(Code)
    case verdict(Verdict)
    case tiles([Tile])
    case worse([Worsening])
    case threats([ThreatGroup])
    case heat(HeatMap)
    case steps([Step])
    case findings([Card])
    /// What is there and need not be seen.
    case folded(title: Line, Document)
  }

  /// Text that keeps its lines.
  package struct Code: Sendable {
    package var text: String
    /// What it is written in, such as `json` or `sh`.
    package var language: String
  }

  package var blocks: [Block] = []

  /// Creates a document of some blocks.
  package init(_ blocks: [Block] = []) { self.blocks = blocks }

  /// Adds a heading.
  package mutating func heading(_ spans: Span...) { blocks.append(.heading(spans)) }

  /// Begins a part.
  ///
  /// - Parameters:
  ///   - spans: Its title.
  ///   - short: The title in a list of contents; nil for the title.
  package mutating func section(_ spans: Span..., short: String? = nil) {
    blocks.append(.section(spans, short: short))
  }

  /// Adds text that keeps its lines.
  package mutating func code(_ text: String, language: String) {
    blocks.append(.code(Code(text: text, language: language)))
  }

  /// Adds all of another document.
  package mutating func append(_ other: Document) { blocks += other.blocks }

  /// Adds a paragraph.
  package mutating func paragraph(_ spans: Span...) { blocks.append(.paragraph(spans)) }

  /// Adds a paragraph.
  package mutating func paragraph(_ line: Line) { blocks.append(.paragraph(line)) }

  /// Adds a bullet.
  package mutating func bullet(_ line: Line) { blocks.append(.bullet(line)) }

  /// Adds a chart, unless it has fewer than two places.
  package mutating func chart(_ chart: Chart) {
    if chart.times.count > 1 { blocks.append(.chart(chart)) }
  }

  /// Adds a table, unless it would have no rows.
  package mutating func table(_ columns: [Column], _ rows: [[Line]]) {
    if !rows.isEmpty { blocks.append(.table(columns: columns, rows: rows)) }
  }
}
