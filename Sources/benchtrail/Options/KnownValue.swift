/// A value of an option that is one of a list, as a person writes it.
enum KnownValue {
  /// The value that a text names, in any case.
  ///
  /// - Parameters:
  ///   - text: What was written.
  ///   - option: The option's name, without dashes.
  ///   - values: What there is.
  ///   - names: Returns the names of a value, the one that messages use first.
  /// - Returns: The value.
  /// - Throws: ``Failure``, with the values that there are.
  static func find<Value>(
    _ text: String, of option: String, in values: [Value], names: (Value) -> [String]
  ) throws -> Value {
    let word = text.lowercased()
    for value in values where names(value).contains(where: { $0.lowercased() == word }) {
      return value
    }
    throw Failure(
      Choices.words("--\(option) \(text)", text, values.compactMap { names($0).first }),
      code: Failure.usage)
  }

  /// The values that texts name; each may be a list with commas.
  static func findAll<Value: Hashable>(
    _ texts: [String], of option: String, in values: [Value], names: (Value) -> [String]
  ) throws -> Set<Value> {
    var found: Set<Value> = []
    for text in texts.flatMap({ $0.split(separator: ",") }) {
      found.insert(try find(text.trimmed, of: option, in: values, names: names))
    }
    return found
  }
}

extension Substring {
  /// The text without the blanks at its ends.
  var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
