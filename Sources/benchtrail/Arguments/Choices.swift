import BenchModel

/// Words for values of which one must be chosen.
enum Choices {
  /// `a`, `a or b`, `a, b or c`.
  static func list(_ values: [String]) -> String {
    guard let last = values.last, values.count > 1 else { return values.first ?? "" }
    return values.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Says what to use in place of a value.
  ///
  /// - Parameters:
  ///   - place: Where the value was given, with it: `--severity sever`.
  ///   - given: The value.
  ///   - values: The values that there are.
  /// - Returns: `--severity sever: use critical, high, medium or low`, with the one that was perhaps meant.
  static func words(_ place: String, _ given: String, _ values: [String]) -> String {
    "\(place): use \(list(values))\(question(given, values).map { "; \($0)" } ?? "")"
  }

  /// `did you mean 'a' or 'b'?`; nil where nothing is near.
  static func question(_ given: String, _ values: [String], most: Int = 3) -> String? {
    question(Spelling.closest(to: given, in: values, most: most))
  }

  /// `did you mean 'a' or 'b'?`; nil for none.
  static func question(_ near: [String]) -> String? {
    near.isEmpty ? nil : "did you mean \(list(near.map { "'\($0)'" }))?"
  }
}
