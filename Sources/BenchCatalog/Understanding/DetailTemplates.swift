import BenchModel

/// The lines that the tool prints below a check, with what stands in for names.
struct DetailTemplates: Sendable {
  /// What a line below a check says.
  struct Match {
    /// The kind of the thing that it names, if it names one.
    var kind: ItemKind?
    /// The names; several for a list of users.
    var names: [Substring]
    /// What about the named thing is at fault, such as a port.
    var value: Substring
    /// What the line makes of the check's result, where it changes its meaning.
    var outcome: Outcome?
    /// The versions that print such lines.
    var versions: VersionSet
  }

  private struct Template: Sendable {
    /// Literal texts before, between and after the placeholders: one more than these.
    var literals: [String]
    var placeholders: [String]
    var pattern: TextPattern
    var kind: ItemKind?
    var outcome: Outcome?
    var versions: VersionSet
  }

  private var templates: [Template] = []
  private var byFirstByte: [UInt8: [Int]] = [:]

  /// Reads the table `details.tsv`.
  init(_ table: Table, _ ranges: VersionRanges) {
    for fields in table.body {
      var (literals, placeholders) = ([""], [String]())
      for character in fields[0] {
        switch character {
        case "{":
          placeholders.append("")
          literals.append("")
        case "}": placeholders.append("")
        default:
          if placeholders.count % 2 == 1 {
            placeholders[placeholders.count - 1].append(character)
          } else {
            literals[literals.count - 1].append(character)
          }
        }
      }
      let names = placeholders.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      templates.append(
        Template(
          literals: literals, placeholders: names,
          pattern: Self.pattern(literals.map { Array($0.utf8) }),
          kind: ItemKind(name: fields[1]),
          outcome: Outcome.allCases.first { $0.name == fields[2] },
          versions: ranges.set(fields[3], fields[4])))
    }
    // The most literal first: "Port in use: 22 in web" is also "Port in use: " and something.
    let order = templates.indices.sorted {
      templates[$0].literals.joined().utf8.count > templates[$1].literals.joined().utf8.count
    }
    for number in order {
      guard let first = templates[number].literals[0].utf8.first else { continue }
      byFirstByte[first, default: []].append(number)
    }
  }

  /// Whether a text is a line whose placeholders are in closed brackets.
  @Sendable static func isPattern(_ text: Substring) -> Bool {
    var isOpen = false
    for byte in text.utf8 where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
      if (byte == UInt8(ascii: "{")) == isOpen { return false }
      isOpen.toggle()
    }
    return !isOpen && !text.isEmpty
  }

  /// Finds the template of a line, without its leading `* `.
  func match(_ text: String) -> Match? {
    let text = Array(text.utf8)
    guard let first = text.first else { return nil }
    for number in byFirstByte[first] ?? [] {
      if let match = match(text, templates[number]) { return match }
    }
    return nil
  }

  /// What stands between literal texts is as short as may be; but before the last but one of them it is as long as may be,
  /// since the name of a container, which has no blanks, stands behind that, while a path before it might have some.
  private static func pattern(_ literals: [[UInt8]]) -> TextPattern {
    var parts: [TextPattern.Part] = []
    for (index, literal) in literals.enumerated() {
      if index > 0 { parts.append(.any(takesMost: index == literals.count - 2)) }
      if !literal.isEmpty { parts.append(.literal(literal)) }
    }
    return TextPattern(parts)
  }

  private func match(_ text: [UInt8], _ template: Template) -> Match? {
    if let taken = template.pattern.match(text) {
      return match(taken.map { Substring(decoding: text[$0], as: UTF8.self) }, template)
    }
    // Trailing blanks are not kept, so a list of nothing ends at its colon: `Users:`.
    guard template.placeholders.count == 1, template.literals[0].utf8.last == 0x20,
      template.literals[0].utf8.dropLast().elementsEqual(text)
    else { return nil }
    return match([""], template)
  }

  private func match(_ values: [Substring], _ template: Template) -> Match {
    var match = Match(
      kind: template.kind, names: [], value: "", outcome: template.outcome,
      versions: template.versions)
    for (placeholder, value) in zip(template.placeholders, values) {
      switch placeholder {
      case "users":
        match.names = value.split(separator: ",")
      case "container":
        // One version prints several containers in a line.
        match.names = value.split(separator: " ")
      case "network":
        match.names = [value.hasSuffix(" (swarm)") ? value.dropLast(8) : value]
      case "image", "file":
        match.names = [value]
      case "port", "ip", "path", "capabilities":
        if template.kind == .container { match.value = value }
      default: break
      }
    }
    match.names.removeAll { $0.isEmpty }
    return match
  }
}
