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

    let content: Content
    let style: Style

    private init(_ content: Content) {
      self.content = content
      style = .plain
    }

    /// What follows begins a line of its own, where a table's cell may have several.
    package static let lineBreak = Span(.lineBreak)

    /// Creates a piece of our own text.
    package init(_ text: String, _ style: Style = .plain) {
      content = .trusted(text)
      self.style = style
    }

    /// Creates a piece of somebody else's text.
    package init(_ text: Untrusted, _ style: Style = .plain) {
      content = .untrusted(text)
      self.style = style
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
    /// A part of a long document, above headings.
    case section(Line)
    case heading(Line)
    case paragraph(Line)
    /// A line with its continuations indented below it.
    case bullet(Line)
    case table(columns: [Column], rows: [[Line]])
    case chart(Chart)
    /// Text that keeps its lines, such as a snippet; it may hold names of somebody else's.
    case code(Code)
  }

  /// Text that keeps its lines.
  package struct Code: Sendable {
    package var text: String
    /// What it is written in, such as `json` or `sh`.
    package var language: String
  }

  package var blocks: [Block] = []

  /// Creates an empty document.
  package init() {}

  /// Adds a heading.
  package mutating func heading(_ spans: Span...) { blocks.append(.heading(spans)) }

  /// Begins a part.
  package mutating func section(_ spans: Span...) { blocks.append(.section(spans)) }

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
