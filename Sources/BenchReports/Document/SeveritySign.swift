import BenchModel

/// The sign of a severity, which tells it by its shape where colour does not.
enum SeveritySign {
  /// The class of the style sheet; that of a series that is no severity is `unrated`.
  static func name(_ severity: String) -> String {
    Severity.descending.contains { $0.name == severity } ? severity : "unrated"
  }

  /// The sign for a page.
  static func svg(_ severity: String) -> String {
    let name = name(severity)
    return "<svg class=\"mark\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
      + "<path d=\"\(path(name))\"/></svg>"
  }

  /// The sign with its word.
  static func badge(_ severity: String) -> String {
    let name = name(severity)
    return "<span class=\"badge \(name)\">\(svg(severity))\(severity)</span>"
  }

  private static func path(_ name: String) -> String {
    switch name {
    case "critical": "M6 0 12 6 6 12 0 6Z"
    case "high": "M6 1 12 11 0 11Z"
    case "medium": "M1 1H11V11H1Z"
    case "low": "M6 1A5 5 0 1 1 5.99 1Z"
    default: "M6 2A4 4 0 1 1 5.99 2Z"
    }
  }
}
