/// The lines of a policy's text, each with what ends it: joined they are the text to the byte.
struct PolicyLines {
  /// A line.
  struct Line {
    var text: String
    /// What ends it; nothing at the end of a text whose last line has no end.
    var end: String

    /// Whether it has nothing but blanks.
    var isBlank: Bool { text.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" } }

    /// Whether it has nothing but a comment.
    var isComment: Bool {
      text.unicodeScalars.first { $0 != " " && $0 != "\t" } == "#"
    }

    /// How many blanks it begins with.
    var indentation: Int { text.unicodeScalars.prefix { $0 == " " }.count }

    /// The character of a 1-based column.
    func scalar(_ column: Int) -> Unicode.Scalar? {
      text.unicodeScalars.dropFirst(column - 1).first
    }

    /// The text before a 1-based column, and the text from there on.
    func split(_ column: Int) -> (before: String, behind: String) {
      let scalars = text.unicodeScalars
      return (
        String(String.UnicodeScalarView(scalars.prefix(column - 1))),
        String(String.UnicodeScalarView(scalars.dropFirst(column - 1)))
      )
    }

    /// Whether it ends a document: three dots, and perhaps something behind a blank.
    var endsDocument: Bool {
      let behind = text.unicodeScalars.dropFirst(3).first
      return text.hasPrefix("...") && (behind == nil || behind == " " || behind == "\t")
    }
  }

  var lines: [Line] = []

  /// Cuts a text.
  init(_ text: String) {
    var current = String.UnicodeScalarView()
    var isReturn = false
    for scalar in text.unicodeScalars {
      if isReturn {
        isReturn = false
        if scalar == "\n" {
          add(&current, end: "\r\n")
          continue
        }
        add(&current, end: "\r")
      }
      if scalar == "\r" {
        isReturn = true
      } else if PolicyText.breaks.contains(scalar) {
        add(&current, end: String(scalar))
      } else {
        current.append(scalar)
      }
    }
    if isReturn {
      add(&current, end: "\r")
    } else if !current.isEmpty {
      add(&current, end: "")
    }
  }

  private mutating func add(_ text: inout String.UnicodeScalarView, end: String) {
    lines.append(Line(text: String(text), end: end))
    text = String.UnicodeScalarView()
  }

  /// The whole text.
  var text: String { lines.map { $0.text + $0.end }.joined() }

  /// What ends most lines.
  var end: String {
    let ends = ["\n", "\r\n", "\r"]
    let counts = ends.map { end in lines.count { $0.end == end } }
    let most = counts.max() ?? 0
    return counts.firstIndex(of: most).map { ends[$0] } ?? "\n"
  }

  /// Puts lines before the line of a 0-based number.
  ///
  /// Where the last line had no end, the new last one has none either.
  mutating func insert(_ texts: [String], at index: Int) {
    let end = end
    var new = texts.map { Line(text: $0, end: end) }
    if index == lines.count, let last = lines.indices.last, lines[last].end.isEmpty {
      lines[last].end = end
      new[new.count - 1].end = ""
    }
    lines.insert(contentsOf: new, at: index)
  }
}
