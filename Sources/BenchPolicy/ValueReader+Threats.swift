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
      var hidden: Set<String> = []
      policy.threats = entries(list).compactMap {
        threat($0, of: list.name, &known, hidden: &hidden)
      }
      policy.hiddenThreats = hidden
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

  /// Reads a threat; nil where anything is wrong with it, and where it only hides a default one.
  ///
  /// An entry with the id of a default threat changes what it names, and keeps the rest; what tells the state is kept or
  /// changed as a whole.
  private mutating func threat(
    _ entry: Value, of key: String, _ known: inout Set<String>, hidden: inout Set<String>
  ) -> Threat? {
    guard let fields = entryFields(entry, of: key, by: ThreatKey.self) else { return nil }
    let before = errors.count
    guard let id = id(fields[.id], in: entry, &known) else {
      // The other errors of the entry are told all the same.
      _ = threat("", fields, in: entry, changing: nil)
      return nil
    }
    let base = defaultThreat(id)
    if let field = fields[.hide], boolean(field) == true {
      if base == nil { report(.noDefaultThreat(id), at: field.value.place) }
      for (other, field) in fields where other != .id && other != .hide {
        report(.besideHide(key: field.name), at: field.value.place)
      }
      if errors.count == before { hidden.insert(id) }
      return nil
    }
    return threat(id, fields, in: entry, changing: base)
  }

  private mutating func threat(
    _ id: String, _ fields: [ThreatKey: Field], in entry: Value, changing base: Threat?
  ) -> Threat? {
    let before = errors.count
    // What a default threat has need not be said again.
    func required(_ key: ThreatKey) -> Bool { base == nil || fields[key] != nil }
    let system =
      required(.system) ? system(fields[.system], in: entry) : base?.system
    let title = required(.title) ? prose(fields[.title], "title", in: entry) : base?.title
    let stride =
      required(.stride)
      ? text(fields[.stride], required: "stride", in: entry).flatMap { text in
        fields[.stride].flatMap { category(text, of: $0.name, at: $0.value.place) }
      } : base?.stride
    let components =
      required(.components)
      ? list(fields[.components], required: "components", in: entry) : base?.components
    let description =
      required(.description)
      ? prose(fields[.description], "description", in: entry) : base?.description
    let hasEvidence = base == nil || ThreatKey.evidence.contains { fields[$0] != nil }
    let evidence = hasEvidence ? self.evidence(fields, in: entry) : base?.evidence
    let condition =
      fields[.condition].map { self.condition($0) } ?? (hasEvidence ? nil : base?.condition)
    let note =
      fields[.note].map { prose($0, "note", in: entry) } ?? (hasEvidence ? nil : base?.note)
    let severity = fields[.severity].map { self.severity($0) } ?? base?.severity
    let isCore = fields[.core].map { boolean($0) ?? false } ?? base?.isCore ?? false
    let countermeasure =
      fields[.countermeasure].map { prose($0, "countermeasure", in: entry) }
      ?? base?.countermeasure
    let techniques = fields[.techniques].map { self.techniques($0) } ?? base?.techniques ?? []
    let sources =
      fields[.sources].map { field in (texts(field) ?? []).map { Self.joined($0.text) } }
      ?? base?.sources ?? []
    guard errors.count == before, let system, let title, let stride, let components,
      let description,
      let evidence
    else { return nil }
    return Threat(
      id: id, system: system, title: title, stride: stride, severity: severity, isCore: isCore,
      components: components, description: description, condition: condition, evidence: evidence,
      countermeasure: countermeasure ?? "", techniques: techniques, sources: sources, note: note)
  }

  /// The controls that tell a threat's state: `controls` are all deciding.
  private mutating func evidence(_ fields: [ThreatKey: Field], in entry: Value) -> Threat.Evidence?
  {
    let before = errors.count
    if fields[.controls] != nil, let field = fields[.deciding] {
      report(.eitherKey("controls", "deciding"), at: field.value.place)
    }
    if fields[.controls] == nil, fields[.deciding] == nil, fields[.decidingWhereChecked] == nil {
      report(.missingKey("controls"), at: entry.place)
    }
    var tools: [ControlID: Tool] = [:]
    var seen: Set<ControlID> = []
    let lists = ThreatKey.evidence.map { key -> [ControlID] in
      guard let field = fields[key] else { return [] }
      return (texts(field) ?? []).compactMap { text, place in
        let words = text.split(separator: " ").map(String.init)
        guard let control = words.first, words.count <= 2, isKnown(control, at: place) else {
          if words.count > 2 { report(.badSign(text), at: place) }
          return nil
        }
        if words.count == 2 { tools[control] = tool(words[1], of: field.name, at: place) }
        if !seen.insert(control).inserted { report(.repeated(control), at: place) }
        return control
      }
    }
    guard errors.count == before else { return nil }
    return Threat.Evidence(
      deciding: lists[0] + lists[1], decidingWhereChecked: lists[2], supporting: lists[3],
      mitigating: lists[4], tools: tools)
  }

  /// A tool that is known; tells the error if it is not.
  private mutating func tool(_ name: String, of key: String, at place: PolicyError.Place) -> Tool? {
    word(name, of: key, at: place, expected: Tool.known.map(\.tool.name)) { name in
      Tool.known.first { $0.tool.name == name }?.tool
    }
  }

  private mutating func condition(_ field: Field) -> Threat.Condition? {
    let entry = field.value
    guard let fields = entryFields(entry, of: field.name, by: ConditionKey.self) else { return nil }
    let says = prose(fields[.says], "says", in: entry)
    let shown = fields[.shown].map { signs($0) } ?? []
    let refuted = fields[.refuted].map { signs($0) } ?? []
    if fields[.shown] == nil, fields[.refuted] == nil {
      report(.missingKey("shown"), at: entry.place)
    }
    return says.map { Threat.Condition(says: $0, shown: shown, refuted: refuted) }
  }

  /// Controls, each with the outcome that tells something, such as `daemon-tls-auth notApplicable`, and perhaps the tool
  /// that can tell.
  private mutating func signs(_ field: Field) -> [Threat.Condition.Sign] {
    (texts(field) ?? []).compactMap { text, place in
      let words = text.split(separator: " ").map(String.init)
      guard (2...3).contains(words.count) else {
        report(.badSign(text), at: place)
        return nil
      }
      let outcome = word(
        words[1], of: field.name, at: place, expected: Outcome.allCases.map(\.name)
      ) { name in Outcome.allCases.first { $0.name == name } }
      let tool = words.dropFirst(2).first.map { self.tool($0, of: field.name, at: place) }
      guard isKnown(words[0], at: place), let outcome, tool != .some(nil) else { return nil }
      return Threat.Condition.Sign(words[0], outcome, by: tool ?? nil)
    }
  }

  /// Techniques of MITRE ATT&CK, such as `T1611` or `T1552.001`.
  private mutating func techniques(_ field: Field) -> [String] {
    (texts(field) ?? []).compactMap { text, place in
      let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
      func isNumber(_ part: Substring.UTF8View.SubSequence, of count: Int) -> Bool {
        part.count == count && part.allSatisfy { (0x30...0x39).contains($0) }
      }
      guard let first = parts.first, parts.count <= 2, first.first == 0x54,
        isNumber(first.dropFirst(), of: 4), parts.count == 1 || isNumber(parts[1], of: 3)
      else {
        report(.badTechnique(text), at: place)
        return nil
      }
      return text
    }
  }

  /// The default threat with an id; nil where default threats themselves are read.
  private mutating func defaultThreat(_ id: String) -> Threat? {
    guard !isDefault else { return nil }
    let model = defaults ?? DefaultThreats.model(catalog)
    defaults = model
    return model[id]
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

  /// A list of texts that must be there; nil where anything is wrong with it.
  private mutating func list(_ field: Field?, required name: String, in entry: Value) -> [String]? {
    guard let field else {
      report(.missingKey(name), at: entry.place)
      return nil
    }
    let before = errors.count
    let values = (texts(field) ?? []).map { Self.joined($0.text) }
    return errors.count == before && !values.isEmpty ? values : nil
  }

  /// A text that must be there, on one line.
  private mutating func prose(_ field: Field?, _ name: String, in entry: Value) -> String? {
    text(field, required: name, in: entry).map(Self.joined)
  }

  /// A text without the ends of its lines, which are those of the file.
  private static func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
