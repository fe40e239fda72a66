/// An entry that a list of the policy is to get: its keys with their values, in their order.
struct PolicyEntry: Hashable, Sendable {
  /// The lists that an entry can go to.
  enum List: String, Hashable, Sendable {
    case waivers, attestations
  }

  /// What a key has.
  enum Content: Hashable, Sendable {
    case text(String)
    /// One or many texts.
    case texts([String])
    /// A date, which needs no quotes.
    case date(String)
  }

  /// A key with its value.
  struct Field: Hashable, Sendable {
    var key: String
    var content: Content

    init(_ key: String, _ content: Content) {
      self.key = key
      self.content = content
    }

    /// The texts of the value.
    var texts: [String] {
      switch content {
      case .text(let text), .date(let text): [text]
      case .texts(let texts): texts
      }
    }
  }

  let list: List
  /// Has at least one, and none without a value.
  let fields: [Field]

  init(_ list: List, _ fields: [Field]) {
    self.list = list
    self.fields = fields
  }

  /// Makes sure that all values can be written.
  func check() throws(PolicyEditError) {
    for field in fields {
      for text in field.texts {
        if let scalar = WrittenText.unwritable(in: text) {
          throw .unwritable(key: field.key, scalar.value)
        }
        guard text.contains(where: { !$0.isWhitespace }) else { throw .blank(key: field.key) }
      }
    }
  }

  /// The lines of the entry in a list of YAML.
  ///
  /// - Parameters:
  ///   - indentation: How many blanks stand before the dash.
  ///   - gap: How many blanks stand behind it.
  /// - Returns: A line for each key, without their ends.
  func lines(indentation: Int, gap: Int) -> [String] {
    let blanks = { (count: Int) in String(repeating: " ", count: count) }
    return fields.enumerated().map { number, field in
      let start =
        number == 0 ? blanks(indentation) + "-" + blanks(gap) : blanks(indentation + 1 + gap)
      return start + field.key + ": " + Self.yaml(field.content)
    }
  }

  private static func yaml(_ content: Content) -> String {
    switch content {
    case .date(let date): return date
    case .text(let text): return WrittenText.yaml(text, isInList: false)
    case .texts(let texts):
      if texts.count == 1 { return WrittenText.yaml(texts[0], isInList: false) }
      return "["
        + texts.map { WrittenText.yaml($0, isInList: true) }.joined(separator: ", ") + "]"
    }
  }

  /// The entry as JSON, which YAML takes too.
  var json: String {
    let members = fields.map { field in
      let values = field.texts.map(WrittenText.json)
      let isList = if case .texts = field.content { values.count > 1 } else { false }
      return WrittenText.json(field.key) + ": "
        + (isList ? "[" + values.joined(separator: ", ") + "]" : values.joined())
    }
    return "{" + members.joined(separator: ", ") + "}"
  }
}
