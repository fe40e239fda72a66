import BenchModel

/// What a page draws beside or in place of a piece of text.
enum Figures {
  /// The element; what somebody else chose is escaped and stands in it as text alone.
  static func html(_ figure: Document.Span.Figure, _ span: Document.Span) -> String {
    switch figure {
    case .severity(let severity): SeveritySign.badge(severity.name)
    case .sparkline(let values, let words): sparkline(values, words)
    case .host: "<span class=\"host\">\(name(span))</span>"
    case .item: "<span class=\"item\">\(name(span))</span>"
    }
  }

  private static func name(_ span: Document.Span) -> String {
    switch span.content {
    case .trusted(let text): Untrusted(text).forHTML
    case .untrusted(let text): text.forHTML
    case .lineBreak: ""
    }
  }

  /// A line from zero to the greatest value, in a box of 96 by 22.
  private static func sparkline(_ values: [Int], _ words: String) -> String {
    let most = Double(max(values.max() ?? 0, 1))
    let points = values.enumerated().map { place, value in
      let x = values.count > 1 ? 96 * Double(place) / Double(values.count - 1) : 96
      return (Chart.Series.text(x), Chart.Series.text(20 - 18 * Double(max(value, 0)) / most))
    }
    let line = points.map { "\($0.0),\($0.1)" }.joined(separator: " ")
    let label = Untrusted(words + ": " + values.map { "\($0)" }.joined(separator: ", ")).forHTML
    let end = points.last ?? ("96", "20")
    return
      "<svg class=\"spark\" viewBox=\"0 0 96 22\" role=\"img\" aria-label=\"\(label)\">"
      + "<polyline points=\"\(line)\"/><circle cx=\"\(end.0)\" cy=\"\(end.1)\" r=\"2\"/></svg>"
  }
}
