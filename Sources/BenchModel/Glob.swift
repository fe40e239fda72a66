/// A pattern over names, as shells have them: `*` is any text, `?` any character, `\` takes away the meaning of what
/// follows.
package struct Glob: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String
  private let parts: [Part]

  private enum Part: Hashable {
    case any
    case one
    case character(Character)
  }

  /// Creates a pattern; every text is one.
  package init(_ pattern: String) {
    self.pattern = pattern
    var parts: [Part] = []
    var isEscaped = false
    for character in pattern {
      if isEscaped {
        parts.append(.character(character))
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "*" {
        if parts.last != .any { parts.append(.any) }
      } else {
        parts.append(character == "?" ? .one : .character(character))
      }
    }
    self.parts = parts
  }

  /// Whether the pattern is that of a whole name.
  ///
  /// Takes time in the product of both lengths at most, whatever somebody wrote.
  package func matches(_ name: String) -> Bool {
    let name = Array(name)
    var (part, index) = (0, 0)
    var star: (part: Int, index: Int)?
    while index < name.count {
      if part < parts.count, parts[part] == .any {
        star = (part, index)
        part += 1
      } else if part < parts.count, parts[part] == .one || parts[part] == .character(name[index]) {
        part += 1
        index += 1
      } else if let last = star {
        star = (last.part, last.index + 1)
        part = last.part + 1
        index = last.index + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .any }
  }
}
