import BenchAnalysis
import BenchModel

extension ValueReader {
  /// What `threat-model` can say.
  private enum Use: String, CaseIterable {
    case replace, extend
  }

  /// Reads the team's threats, and whether they are all there are.
  mutating func threatModel(_ use: Field?, _ list: Field?, into policy: inout Policy) {
    if let list {
      var known: Set<String> = []
      policy.threats = entries(list).compactMap { threat($0, of: list.name, &known) }
    }
    guard let use, let text = text(use),
      let word = word(
        text, of: use.name, at: use.value.place, expected: Use.allCases.map(\.rawValue),
        { Use(rawValue: $0) })
    else { return }
    policy.replacesThreats = word == .replace
    guard word == .replace else { return }
    // A model without a threat finds nothing exposed, whatever the evidence.
    if let list {
      if case .list(let entries) = list.value.content, entries.isEmpty {
        report(.emptyList(key: list.name), at: list.value.place)
      }
    } else {
      report(.missingKey("threats"), at: use.value.place)
    }
  }

  private mutating func threat(_ entry: Value, of key: String, _ known: inout Set<String>)
    -> Threat?
  {
    guard let fields = entryFields(entry, of: key, by: ThreatKey.self) else { return nil }
    let id = id(fields[.id], in: entry, &known)
    let system = system(fields[.system], in: entry)
    let title = prose(fields[.title], required: "title", in: entry)
    let stride = text(fields[.stride], required: "stride", in: entry).flatMap { text in
      fields[.stride].flatMap { category(text, of: $0.name, at: $0.value.place) }
    }
    let components = list(fields[.components], required: "components", in: entry) { reader, field in
      (reader.texts(field) ?? []).map { Self.joined($0.text) }
    }
    let description = prose(fields[.description], required: "description", in: entry)
    let controls = list(fields[.controls], required: "controls", in: entry) { reader, field in
      reader.controls(field)
    }
    let note = fields[.note].map { text($0) }
    guard let id, let system, let title, let stride, let components, let description, let controls,
      note != .some(nil)
    else { return nil }
    return Threat(
      id: id, system: system, title: title, stride: stride, components: components,
      description: description, controls: controls, note: (note ?? nil).map(Self.joined))
  }

  private mutating func id(_ field: Field?, in entry: Value, _ known: inout Set<String>) -> String?
  {
    guard let text = text(field, required: "id", in: entry), let field else { return nil }
    guard Self.isSlug(text) else {
      report(.badID(text), at: field.value.place)
      return nil
    }
    guard known.insert(text).inserted else {
      report(.repeated(text), at: field.value.place)
      return nil
    }
    return text
  }

  /// Whether a text is words of small letters and digits with a dash between each.
  private static func isSlug(_ text: String) -> Bool {
    text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
  }

  private mutating func system(_ field: Field?, in entry: Value) -> Threat.System? {
    guard let text = text(field, required: "system", in: entry), let field else { return nil }
    return word(
      text, of: field.name, at: field.value.place, expected: Threat.System.allCases.map(\.name)
    ) { Threat.System(name: $0) }
  }

  /// A list that must be there; nil where anything is wrong with it.
  private mutating func list(
    _ field: Field?, required name: String, in entry: Value,
    _ read: (inout Self, Field) -> [String]
  ) -> [String]? {
    guard let field else {
      report(.missingKey(name), at: entry.place)
      return nil
    }
    let before = errors.count
    let values = read(&self, field)
    return errors.count == before && !values.isEmpty ? values : nil
  }

  /// A text that must be there, on one line.
  private mutating func prose(_ field: Field?, required name: String, in entry: Value) -> String? {
    text(field, required: name, in: entry).map(Self.joined)
  }

  /// A text without the ends of its lines, which are those of the file.
  private static func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
