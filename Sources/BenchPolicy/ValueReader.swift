import BenchAnalysis
import BenchCatalog
import BenchModel

/// Reads values by type, and keeps the errors.
///
/// Every function that gives an optional has told the error when it gives nil.
struct ValueReader {
  /// A key that a mapping has.
  struct Field {
    var name: String
    var value: Value
  }

  private(set) var errors: [PolicyError]
  /// What names are known by.
  let catalog: Catalog
  /// Whether the default threats themselves are read.
  let isDefault: Bool
  /// The default threats, once somebody asked for one.
  var defaults: ThreatModel?

  /// The errors in the order of the file.
  var sorted: [PolicyError] {
    // Few, and what is found later at the same place stays behind.
    errors.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
  }

  init(errors: [PolicyError], _ catalog: Catalog, isDefault: Bool) {
    self.errors = errors
    self.catalog = catalog
    self.isDefault = isDefault
  }

  /// Keeps an error; its kind is not made when there are too many already.
  mutating func report(_ kind: @autoclosure () -> PolicyError.Kind, at place: PolicyError.Place) {
    guard errors.count <= PolicyFile.errorLimit else { return }
    let isLast = errors.count == PolicyFile.errorLimit
    errors.append(
      PolicyError(isLast ? .moreErrors(limit: PolicyFile.errorLimit) : kind(), at: place))
  }

  // MARK: Mappings and lists

  /// The members of a mapping, without those that have no value.
  mutating func members(_ value: Value, of key: String?) -> [Value.Member] {
    guard case .mapping(let members) = value.content else {
      if !value.isNothing {
        report(.wrongType(key: key, expected: .mapping, found: value.found), at: value.place)
      }
      return []
    }
    var lines: [String: Int] = [:]
    var kept: [Value.Member] = []
    for member in members {
      if let first = lines[member.key] {
        report(.duplicateKey(member.key, first: first), at: member.place)
        continue
      }
      lines[member.key] = member.place.line
      if !member.value.isNothing { kept.append(member) }
    }
    return kept
  }

  /// The values of a mapping by its keys.
  mutating func fields<Key: PolicyKey>(_ value: Value, of key: String?, by: Key.Type)
    -> [Key: Field]
  {
    if case .mapping(let members) = value.content {
      let catalog = catalog
      for member in members where Key(rawValue: member.key) == nil {
        report(Self.unknown(member, by: Key.self, catalog), at: member.place)
      }
    }
    var fields: [Key: Field] = [:]
    for member in members(value, of: key) {
      guard let key = Key(rawValue: member.key) else { continue }
      fields[key] = Field(name: member.key, value: member.value)
    }
    return fields
  }

  private static func unknown<Key: PolicyKey>(
    _ member: Value.Member, by: Key.Type, _ catalog: Catalog
  )
    -> PolicyError.Kind
  {
    let known = Key.allCases.map(\.rawValue)
    guard member.key == "id", known.contains("control") else {
      return .unknownKey(member.key, near: Spelling.nearest(to: member.key, in: known).first)
    }
    // An id means another control in another edition, so it names none.
    if case .text(let id, _) = member.value.content {
      let control = PolicyError.UnknownControl(name: id, catalog)
      if !control.meanings.isEmpty { return .unknownControl(control) }
    }
    return .unknownKey(member.key, near: "control")
  }

  /// The entries of a list of mappings.
  mutating func entries(_ field: Field) -> [Value] {
    guard case .list(let entries) = field.value.content else {
      report(
        .wrongType(key: field.name, expected: .list, found: field.value.found),
        at: field.value.place)
      return []
    }
    return entries
  }

  /// The texts of a list, or the text that stands for a list of one.
  mutating func texts(_ field: Field) -> [(text: String, place: PolicyError.Place)]? {
    let values: [Value]
    switch field.value.content {
    case .text: values = [field.value]
    case .list(let list):
      values = list
      if list.isEmpty { report(.emptyList(key: field.name), at: field.value.place) }
    case .mapping:
      report(
        .wrongType(key: field.name, expected: .textOrList, found: .mapping), at: field.value.place)
      return nil
    }
    var known: Set<String> = []
    var texts: [(String, PolicyError.Place)] = []
    for value in values {
      guard let text = text(Field(name: field.name, value: value)) else { continue }
      if known.insert(text).inserted {
        texts.append((text, value.place))
      } else {
        report(.repeated(text), at: value.place)
      }
    }
    return texts.count == values.count && !texts.isEmpty ? texts : nil
  }

  // MARK: Single values

  /// A text that is not blank.
  mutating func text(_ field: Field) -> String? {
    guard case .text(let text, _) = field.value.content, !field.value.isNothing else {
      report(
        .wrongType(key: field.name, expected: .text, found: field.value.found),
        at: field.value.place)
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      report(.blank(key: field.name), at: field.value.place)
      return nil
    }
    return text
  }

  /// A text that must be there.
  mutating func text(_ field: Field?, required name: String, in entry: Value) -> String? {
    guard let field else {
      report(.missingKey(name), at: entry.place)
      return nil
    }
    return text(field)
  }

  /// A truth value: `true` or `false` and no other of YAML's words for them.
  mutating func boolean(_ field: Field) -> Bool? {
    if case .text(let text, true) = field.value.content {
      if ["true", "True", "TRUE"].contains(text) { return true }
      if ["false", "False", "FALSE"].contains(text) { return false }
    }
    report(
      .wrongType(key: field.name, expected: .boolean, found: field.value.found),
      at: field.value.place)
    return nil
  }

  /// A number as JSON writes it, within bounds.
  mutating func number(_ field: Field, least: Int, most: Int) -> Double? {
    guard case .text(let text, true) = field.value.content,
      text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }), let number = Double(text),
      number.isFinite
    else {
      report(
        .wrongType(key: field.name, expected: .number, found: field.value.found),
        at: field.value.place)
      return nil
    }
    guard number >= Double(least), number <= Double(most) else {
      report(
        .outOfRange(key: field.name, text, least: least, most: most), at: field.value.place)
      return nil
    }
    return number
  }

  /// A whole number within bounds.
  mutating func wholeNumber(_ field: Field, least: Int, most: Int? = nil) -> Int? {
    guard case .text(let text, true) = field.value.content,
      let first = text.utf8.first, first == 0x2D || first &- 0x30 < 10,
      text.utf8.count > (first == 0x2D ? 1 : 0),
      text.utf8.dropFirst().allSatisfy({ $0 &- 0x30 < 10 })
    else {
      report(
        .wrongType(key: field.name, expected: .wholeNumber, found: field.value.found),
        at: field.value.place)
      return nil
    }
    guard let number = Int(text), number >= least, number <= most ?? .max else {
      report(.outOfRange(key: field.name, text, least: least, most: most), at: field.value.place)
      return nil
    }
    return number
  }

  /// The first second of a day, in UTC.
  mutating func day(_ field: Field) -> Int64? {
    guard let text = text(field) else { return nil }
    guard let date = CivilTime(text), !date.hasTime else {
      report(.badDate(key: field.name, text), at: field.value.place)
      return nil
    }
    return date.seconds
  }

  /// From when until when an entry holds, by its first and its last day; nil if a day is none, or they are the wrong
  /// way round.
  mutating func time(from first: Field?, to last: Field?) -> (accepted: Int64?, end: Int64?)? {
    let accepted = first.map { day($0) }
    let lastDay = last.map { day($0) }
    guard accepted != .some(nil), lastDay != .some(nil) else { return nil }
    if let first, let last, let accepted = accepted ?? nil, let lastDay = lastDay ?? nil,
      accepted > lastDay
    {
      report(
        .acceptedTooLate(
          CivilTime.date(accepted), lastDay: CivilTime.date(lastDay), key: last.name),
        at: first.value.place)
      return nil
    }
    return (accepted ?? nil, (lastDay ?? nil).map { $0 + 86_400 })
  }

  /// A word that the closure knows.
  mutating func word<Word>(
    _ text: String, of key: String, at place: PolicyError.Place, expected: [String],
    _ read: (String) -> Word?
  ) -> Word? {
    if let word = read(text) { return word }
    report(.unknownWord(key: key, text, expected: expected), at: place)
    return nil
  }
}
