import BenchModel
import BenchReports

/// A value that can be written as JSON.
///
/// An export of a large fleet has millions of small objects, which Foundation's encoder takes many times as long for;
/// and the order of keys is ours to choose here.
protocol JSONWritable {
  /// Appends the value's JSON.
  func writeJSON(to text: inout String)
}

extension String: JSONWritable {
  func writeJSON(to text: inout String) {
    text += "\""
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) && ![0x22, 0x3C, 0x5C].contains($0) }) {
      text += self + "\""
      return
    }
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      // A page that has the document in a script element must not end there.
      case _ where scalar.isUnsafe || scalar == "<":
        text += scalar.jsonEscape
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension Int: JSONWritable {
  func writeJSON(to text: inout String) { text += String(self) }
}

extension Int64: JSONWritable {
  func writeJSON(to text: inout String) { text += String(self) }
}

extension Bool: JSONWritable {
  func writeJSON(to text: inout String) { text += self ? "true" : "false" }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  func writeJSON(to text: inout String) {
    if let value = self { value.writeJSON(to: &text) } else { text += "null" }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  func writeJSON(to text: inout String) {
    text += "["
    for (number, element) in enumerated() {
      if number > 0 { text += "," }
      element.writeJSON(to: &text)
    }
    text += "]"
  }
}

/// Text that is JSON already.
struct JSONLiteral: JSONWritable {
  var text: String

  init(_ text: String) { self.text = text }

  func writeJSON(to output: inout String) { output += text }
}

/// A JSON object whose members stand in the order in which they were added.
struct JSONObject: JSONWritable {
  private var members = ""

  /// Adds a member; nil is written as `null`.
  mutating func add(_ key: String, _ value: some JSONWritable) {
    if !members.isEmpty { members += "," }
    key.writeJSON(to: &members)
    members += ":"
    value.writeJSON(to: &members)
  }

  /// Adds a member unless it is nil.
  mutating func addIfPresent(_ key: String, _ value: (some JSONWritable)?) {
    if let value { add(key, value) }
  }

  func writeJSON(to text: inout String) {
    text += "{"
    text += members
    text += "}"
  }

  /// The object as JSON.
  var text: String { "{" + members + "}" }

  /// The object without its closing brace, so that more can follow.
  var open: String { "{" + members }
}
