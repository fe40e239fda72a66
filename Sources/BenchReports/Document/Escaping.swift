import BenchModel

/// Text that somebody else chose: it reaches an output only through a renderer's escaping.
package struct Untrusted: Hashable, Sendable {
  fileprivate let raw: String

  /// Wraps a text from a log or a database.
  package init(_ raw: String) { self.raw = raw }

  /// The lines of a text that keeps them.
  var lines: [String] {
    let lines = raw.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.last == "" ? lines.dropLast() : lines
  }

  /// The text for a terminal: control characters, and characters that turn or hide text, are spelled out.
  package var forTerminal: String {
    if raw.utf8.allSatisfy({ $0 &- 0x20 < 0x5F }) { return raw }
    guard raw.unicodeScalars.contains(where: { $0.isUnsafe }) else { return raw }
    var text = ""
    for scalar in raw.unicodeScalars {
      if scalar.isUnsafe {
        text += scalar.spelled
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Untrusted {
  /// The most characters of a text in a cell: one name of thousands would widen every row.
  static let mostInCell = 256
  /// What is kept of its end, where names differ.
  private static let end = 48

  /// The text for a cell of a table: what is longer is cut in its middle, with the number of its characters.
  ///
  /// JSON has it whole.
  var forCell: Untrusted {
    guard raw.utf8.count > Self.mostInCell else { return self }
    let scalars = raw.unicodeScalars
    let count = scalars.count
    guard count > Self.mostInCell else { return self }
    let mark = " … (\(count) characters) … "
    let head = scalars.prefix(Self.mostInCell - Self.end - mark.unicodeScalars.count)
    return Untrusted(String(head) + mark + String(scalars.suffix(Self.end)))
  }
}

extension Document.Line {
  /// The line for a cell of a table; see ``Untrusted/forCell``.
  var forCell: Document.Line {
    map { span in
      guard case .untrusted(let text) = span.content else { return span }
      return span.with(text.forCell)
    }
  }
}
