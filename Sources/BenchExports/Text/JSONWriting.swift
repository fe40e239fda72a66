/// A value that can be written as JSON.
///
/// An export of a large fleet has millions of small objects, which Foundation's encoder takes many times as long for;
/// and the order of keys is ours to choose here.
protocol JSONWritable {
  /// Appends the value's JSON.
  func writeJSON(to buffer: inout JSONBuffer)
}

extension String: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) { buffer.append(quoted: self) }
}

extension Int: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) { buffer.append(self) }
}

extension Int64: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) { buffer.append(self) }
}

extension Bool: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) {
    if self { buffer.append("true") } else { buffer.append("false") }
  }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) {
    if let value = self { value.writeJSON(to: &buffer) } else { buffer.append("null") }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  func writeJSON(to buffer: inout JSONBuffer) {
    buffer.append("[")
    for (number, element) in enumerated() {
      if number > 0 { buffer.append(",") }
      element.writeJSON(to: &buffer)
    }
    buffer.append("]")
  }
}

/// Text that is JSON already.
struct JSONLiteral: JSONWritable {
  private let buffer: JSONBuffer

  init(_ text: String) {
    var buffer = JSONBuffer()
    buffer.append(raw: text)
    self.buffer = buffer
  }

  init(_ object: JSONObject) {
    var buffer = JSONBuffer()
    object.writeJSON(to: &buffer)
    self.buffer = buffer
  }

  init(_ buffer: JSONBuffer) { self.buffer = buffer }

  func writeJSON(to output: inout JSONBuffer) { output.append(buffer) }
}

/// A JSON object whose members stand in the order in which they were added.
struct JSONObject: JSONWritable {
  /// The members with the commas between them.
  private(set) var members = JSONBuffer()

  /// Adds a member; nil is written as `null`.
  ///
  /// - Parameters:
  ///   - key: The key, which has nothing to escape.
  ///   - value: The value.
  mutating func add(_ key: StaticString, _ value: some JSONWritable) {
    if members.isEmpty { members.append("\"") } else { members.append(",\"") }
    members.append(key)
    members.append("\":")
    value.writeJSON(to: &members)
  }

  /// Adds a member unless it is nil.
  mutating func addIfPresent(_ key: StaticString, _ value: (some JSONWritable)?) {
    if let value { add(key, value) }
  }

  func writeJSON(to buffer: inout JSONBuffer) {
    buffer.append("{")
    buffer.append(members)
    buffer.append("}")
  }

  /// The object as JSON.
  var text: String { "{" + members.text + "}" }

  /// The object without its closing brace, so that more can follow.
  var open: String { "{" + members.text }
}
