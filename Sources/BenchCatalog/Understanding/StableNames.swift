package import BenchModel

/// Folds names that change by themselves to what stays, by the patterns of `catalog/names.tsv`.
///
/// A pattern is literal text with placeholders: `{any}` (one character or more, as few as will do),
/// `{digits}`, `{hex:12}`, `{base36:25}`, `{safe:5}` (the alphabet of Kubernetes' random parts, which has
/// no vowels), `{uuid}`, `{random}`, a name that Docker made (`jovial_morse`), and `{pod}`, a name that the patterns of
/// kind `pod` fold. In the result `{1}` is the first `{any}` or `{pod}`.
package struct StableNames: Sendable {
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

  private struct Pattern: Sendable {
    var pattern: TextPattern
    /// For each placeholder that takes any text whether it is a pod.
    var arePods: [Bool]
    var stable: String
  }

  private var patterns: [String: [Pattern]] = [:]

  /// Reads the tables `names.tsv` and `random-names.tsv`.
  init(_ table: Table, random: Table) {
    var words: [Substring: Set<[UInt8]>] = [:]
    for fields in random.body { words[fields[0], default: []].insert(Array(fields[1].utf8)) }
    let adjectives = words["adjective"] ?? []
    let surnames = words["surname"] ?? []
    for fields in table.body {
      let (parts, arePods) = Self.parts(fields[1]) {
        Self.randomName($0, adjectives, surnames)
      }
      patterns[String(fields[0]), default: []].append(
        Pattern(
          pattern: TextPattern(parts), arePods: arePods, stable: String(fields[2])))
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
      guard let taken = pattern.pattern.match(bytes) else { continue }
      var stable = pattern.stable
      for (number, range) in taken.enumerated() {
        let text = String(decoding: bytes[range], as: UTF8.self)
        stable = Self.replace(
          "{\(number + 1)}", in: stable,
          by: pattern.arePods[number] && kind != "pod" ? fold(text, "pod") : text)
      }
      return stable
    }
    return name
  }

  // MARK: - Placeholders

  private static func digits(_ text: ArraySlice<UInt8>) -> Int? {
    let count = text.prefix { $0 &- 0x30 < 10 }.count
    return count > 0 ? count : nil
  }

  private static func characters(
    _ text: ArraySlice<UInt8>, of characters: CharacterClass, count: Int
  ) -> Int? {
    let text = text.prefix(count)
    return text.count == count && text.allSatisfy(characters.contains) ? count : nil
  }

  private static func uuid(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= 36 else { return nil }
    for (index, byte) in text.prefix(36).enumerated() {
      let isDash = [8, 13, 18, 23].contains(index)
      guard isDash ? byte == 0x2D : CharacterClass.hex.contains(byte) else { return nil }
    }
    return 36
  }

  /// An adjective and a surname, and digits that make the name unique.
  private static func randomName(
    _ text: ArraySlice<UInt8>, _ adjectives: Set<[UInt8]>, _ surnames: Set<[UInt8]>
  ) -> Int? {
    guard let end = text.firstIndex(of: 0x5F), adjectives.contains(Array(text[..<end])) else {
      return nil
    }
    let surname = text[(end + 1)...].prefix { $0 &- 0x61 < 26 }
    guard surnames.contains(Array(surname)) else { return nil }
    let rest = text[surname.endIndex...].drop { $0 &- 0x30 < 10 }
    return rest.startIndex - text.startIndex
  }

  /// Whether a text is a pattern whose placeholders exist.
  @Sendable static func isPattern(_ text: Substring) -> Bool {
    for (number, piece) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated()
    {
      if number == 0, !piece.contains("}") { continue }
      let ends = piece.split(separator: "}", omittingEmptySubsequences: false)
      guard number > 0, ends.count == 2 else { return false }
      let words = ends[0].split(separator: ":", omittingEmptySubsequences: false)
      switch (words.first, words.count) {
      case ("any", 1), ("pod", 1), ("digits", 1), ("uuid", 1), ("random", 1): continue
      case ("hex", 2), ("base36", 2), ("safe", 2):
        guard let count = Int(words[1]), (1...256).contains(count) else { return false }
      default: return false
      }
    }
    return !text.isEmpty
  }

  private static func parts(
    _ pattern: Substring, random: @escaping @Sendable (ArraySlice<UInt8>) -> Int?
  ) -> (parts: [TextPattern.Part], arePods: [Bool]) {
    var parts: [TextPattern.Part] = []
    var arePods: [Bool] = []
    for piece in pattern.split(separator: "{", omittingEmptySubsequences: false) {
      guard let end = piece.firstIndex(of: "}") else {
        if !piece.isEmpty { parts.append(.literal(Array(piece.utf8))) }
        continue
      }
      let words = piece[..<end].split(separator: ":")
      let count = words.count > 1 ? Int(words[1]) ?? 0 : 0
      func fixed(_ characters: CharacterClass) -> TextPattern.Part {
        .measured { Self.characters($0, of: characters, count: count) }
      }
      switch words.first {
      case "digits": parts.append(.measured(Self.digits))
      case "hex": parts.append(fixed(.hex))
      case "base36": parts.append(fixed(.base36))
      case "safe": parts.append(fixed(.safe))
      case "uuid": parts.append(.measured(Self.uuid))
      case "random": parts.append(.measured(random))
      default:
        arePods.append(words.first == "pod")
        parts.append(.any(least: 1))
      }
      let literal = piece[piece.index(after: end)...]
      if !literal.isEmpty { parts.append(.literal(Array(literal.utf8))) }
    }
    return (parts, arePods)
  }

  private static func replace(_ mark: String, in text: String, by value: String) -> String {
    text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: value)
  }
}
