import BenchModel

/// A JSON value that keeps what Foundation's forgets: the order of keys, and numbers as they are written.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as written, so that none is lost.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A key and its value.
  struct Member: Hashable, Sendable {
    var key: String
    var value: JSONValue
  }

  /// What kind of value it is, for comparing kinds.
  enum Kind: Hashable {
    case null, bool, number, string, array, object
  }

  var kind: Kind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The members of an object; none for another kind.
  var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  /// The value of a key.
  subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }

  /// The value on one line.
  var compact: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map(\.compact).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { Self.quoted($0.key) + ": " + $0.value.compact }.joined(separator: ", ")
        + "}"
    }
  }

  /// The value over several lines, a level of two blanks.
  func pretty(indent: Int = 0) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .array(let values) where values.contains { $0.kind == .object || $0.kind == .array }:
      return "[\n" + values.map { inner + $0.pretty(indent: indent + 2) }.joined(separator: ",\n")
        + "\n" + outer + "]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map {
        inner + Self.quoted($0.key) + ": " + $0.value.pretty(indent: indent + 2)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + outer + "}"
    default: return compact
    }
  }

  /// A text in quotes, as JSON and as YAML read it.
  ///
  /// Characters that hide or turn text are escaped, so that what a person reviews is what is there.
  static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      default:
        if scalar.isPlain {
          output.unicodeScalars.append(scalar)
        } else {
          output += scalar.jsonEscape
        }
      }
    }
    return output + "\""
  }
}
