/// A pattern over names, as shells have them: `*` is any text, `?` any character, `\` takes away the meaning of what
/// follows.
///
/// Names are compared by their bytes, and `?` is one Unicode scalar.
package struct Glob: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String
  private let parts: TextPattern

  /// Creates a pattern; every text is one.
  package init(_ pattern: String) {
    self.pattern = pattern
    var parts: [TextPattern.Part] = []
    var literal: [UInt8] = []
    func endLiteral() {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
    }
    var isEscaped = false
    for byte in pattern.utf8 {
      switch byte {
      case _ where isEscaped:
        literal.append(byte)
        isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "*"):
        endLiteral()
        if case .any = parts.last { continue }
        parts.append(.any())
      case UInt8(ascii: "?"):
        endLiteral()
        parts.append(.scalar)
      default: literal.append(byte)
      }
    }
    endLiteral()
    self.parts = TextPattern(parts)
  }

  /// Whether the pattern is that of a whole name.
  package func matches(_ name: String) -> Bool { parts.match(Array(name.utf8)) != nil }

  package static func == (one: Glob, other: Glob) -> Bool { one.pattern == other.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
