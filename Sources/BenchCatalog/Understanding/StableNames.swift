package import BenchModel

/// Folds names that change by themselves to what stays, by the patterns of `catalog/names.tsv`.
///
/// A pattern is literal text with placeholders: `{any}` (one character or more, as few as will do),
/// `{digits}`, `{hex:12}`, `{base36:25}`, `{safe:5}` (the alphabet of Kubernetes' random parts, which has
/// no vowels), `{uuid}`, `{random}`, a name that Docker made (`jovial_morse`), and `{pod}`, a name that the patterns of
/// kind `pod` fold. In the result `{1}` is the first `{any}` or `{pod}`.
package struct StableNames: Sendable {
  private enum Part: Sendable {
    case literal([UInt8])
    case any
    case pod
    case digits
    case of(CharacterClass, count: Int)
    case uuid
    case random
  }

  private enum CharacterClass: Sendable {
    case hex
    case base36
    case safe

    func contains(_ byte: UInt8) -> Bool {
      switch self {
      case .hex: byte &- 0x30 < 10 || byte &- 0x61 < 6
      case .base36: byte &- 0x30 < 10 || byte &- 0x61 < 26
      case .safe: "bcdfghjklmnpqrstvwxz2456789".utf8.contains(byte)
      }
    }
  }

  /// What a placeholder stands for in a name.
  private struct Capture {
    var text: ArraySlice<UInt8>
    var isPod: Bool
  }

  private struct Pattern: Sendable {
    var parts: [Part]
    var stable: String
  }

  private var patterns: [String: [Pattern]] = [:]
  /// The words of names that Docker makes, by their part.
  private var words: [Substring: Set<[UInt8]>] = [:]

  /// Reads the tables `names.tsv` and `random-names.tsv`.
  init(_ table: Table, random: Table) {
    for fields in random.body { words[fields[0], default: []].insert(Array(fields[1].utf8)) }
    for fields in table.body {
      patterns[String(fields[0]), default: []].append(
        Pattern(parts: Self.parts(fields[1]), stable: String(fields[2])))
    }
  }

  /// Returns the stable form of a name, which is the name itself if no pattern fits.
  package func fold(_ name: String, kind: ItemKind) -> String {
    var name = name
    // A name may change in more than one way: Compose puts an id before a numbered one.
    for _ in 0..<3 {
      let folded = fold(name, kind.name)
      if folded == name { break }
      name = folded
    }
    return name
  }

  private func fold(_ name: String, _ kind: String) -> String {
    guard let patterns = patterns[kind], name.utf8.count <= 256 else { return name }
    let bytes = Array(name.utf8)
    for pattern in patterns {
      var captures: [Capture] = []
      // Every placeholder of a fixed alphabet needs its separator: most names fail on the first look.
      if match(pattern.parts[...], bytes[...], &captures) {
        var stable = pattern.stable
        for (number, capture) in captures.enumerated() {
          let text = String(decoding: capture.text, as: UTF8.self)
          stable = Self.replace(
            "{\(number + 1)}", in: stable,
            by: capture.isPod && kind != "pod" ? fold(text, "pod") : text)
        }
        return stable
      }
    }
    return name
  }

  private func match(
    _ parts: ArraySlice<Part>, _ text: ArraySlice<UInt8>, _ captures: inout [Capture]
  ) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .literal(let literal):
      return text.starts(with: literal) && match(rest, text.dropFirst(literal.count), &captures)
    case .any, .pod:
      // Only a match of the rest can tell where a name ends; names are short.
      let isPod = if case .pod = part { true } else { false }
      let next = rest.first
      let kept = captures.count
      var count = 1
      while count <= text.count {
        let after = text.dropFirst(count)
        if Self.canBegin(next, after.first) {
          captures.append(Capture(text: text.prefix(count), isPod: isPod))
          if match(rest, after, &captures) { return true }
          captures.removeLast(captures.count - kept)
        }
        count += 1
      }
      return false
    case .digits:
      let count = text.prefix { $0 &- 0x30 < 10 }.count
      return count > 0 && match(rest, text.dropFirst(count), &captures)
    case .of(let characters, let count):
      guard text.prefix(count).count == count, text.prefix(count).allSatisfy(characters.contains)
      else { return false }
      return match(rest, text.dropFirst(count), &captures)
    case .random:
      // A digit behind it makes the name unique.
      guard let end = text.firstIndex(of: 0x5F),
        words["adjective"]?.contains(Array(text[..<end])) == true
      else { return false }
      let surname = text[(end + 1)...].prefix { $0 &- 0x61 < 26 }
      guard words["surname"]?.contains(Array(surname)) == true else { return false }
      let after = text[surname.endIndex...].drop { $0 &- 0x30 < 10 }
      return match(rest, after, &captures)
    case .uuid:
      let uuid = Array(text.prefix(36))
      guard uuid.count == 36 else { return false }
      for (index, byte) in uuid.enumerated() {
        let isDash = [8, 13, 18, 23].contains(index)
        guard isDash ? byte == 0x2D : CharacterClass.hex.contains(byte) else { return false }
      }
      return match(rest, text.dropFirst(36), &captures)
    }
  }

  /// Whether a part of a pattern can begin with a byte; only a literal text is looked at.
  private static func canBegin(_ part: Part?, _ byte: UInt8?) -> Bool {
    guard case .literal(let literal) = part else { return true }
    return literal.first == byte
  }

  /// Whether a text is a pattern whose placeholders exist.
  ///
  /// Of those that match any text there are at most four: the time to match grows with each.
  @Sendable static func isPattern(_ text: Substring) -> Bool {
    var open = 0
    for (number, piece) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated()
    {
      if number == 0, !piece.contains("}") { continue }
      let ends = piece.split(separator: "}", omittingEmptySubsequences: false)
      guard number > 0, ends.count == 2 else { return false }
      let words = ends[0].split(separator: ":", omittingEmptySubsequences: false)
      switch (words.first, words.count) {
      case ("any", 1), ("pod", 1): open += 1
      case ("digits", 1), ("uuid", 1), ("random", 1): continue
      case ("hex", 2), ("base36", 2), ("safe", 2):
        guard let count = Int(words[1]), (1...256).contains(count) else { return false }
      default: return false
      }
    }
    return open <= 4 && !text.isEmpty
  }

  private static func parts(_ pattern: Substring) -> [Part] {
    var parts: [Part] = []
    for piece in pattern.split(separator: "{", omittingEmptySubsequences: false) {
      guard let end = piece.firstIndex(of: "}") else {
        if !piece.isEmpty { parts.append(.literal(Array(piece.utf8))) }
        continue
      }
      let words = piece[..<end].split(separator: ":")
      let count = words.count > 1 ? Int(words[1]) ?? 0 : 0
      switch words.first {
      case "digits": parts.append(.digits)
      case "hex": parts.append(.of(.hex, count: count))
      case "base36": parts.append(.of(.base36, count: count))
      case "safe": parts.append(.of(.safe, count: count))
      case "uuid": parts.append(.uuid)
      case "random": parts.append(.random)
      case "pod": parts.append(.pod)
      default: parts.append(.any)
      }
      let literal = piece[piece.index(after: end)...]
      if !literal.isEmpty { parts.append(.literal(Array(literal.utf8))) }
    }
    return parts
  }

  private static func replace(_ mark: String, in text: String, by value: String) -> String {
    text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: value)
  }
}
