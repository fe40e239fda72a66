/// A value of a policy's file, with its place.
struct Value {
  /// What it is.
  enum Content {
    /// A text; without quotes it may be a number, a truth value or nothing.
    case text(String, isPlain: Bool)
    case list([Value])
    case mapping([Member])
  }

  /// A key with its value.
  struct Member {
    var key: String
    var place: PolicyError.Place
    var value: Value
  }

  var content: Content
  var place: PolicyError.Place

  /// Whether it is what YAML and JSON write for nothing: `null`, `~`, or no text at all.
  var isNothing: Bool {
    guard case .text(let text, true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What to call it in an error.
  var found: PolicyError.Found {
    switch content {
    case .text(let text, _): isNothing ? .nothing : .text(text)
    case .list: .list
    case .mapping: .mapping
    }
  }
}
