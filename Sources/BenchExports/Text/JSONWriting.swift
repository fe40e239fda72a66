/// A value that can be written as JSON.
///
/// An export of a large fleet has millions of small objects, which Foundation's encoder takes many times as long for;
/// and the order of keys is ours to choose here.
protocol JSONWritable {
  /// Appends the value's JSON.
  func writeJSON(to buffer: inout TextBuffer)
}

extension String: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) { buffer.append(quoted: self) }
}

extension Int: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) { buffer.append(self) }
}

extension Int64: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) { buffer.append(self) }
}

extension Bool: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) {
    if self { buffer.append("true") } else { buffer.append("false") }
  }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) {
    if let value = self { value.writeJSON(to: &buffer) } else { buffer.append("null") }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) {
    buffer.append("[")
    for (number, element) in enumerated() {
      if number > 0 { buffer.append(",") }
      element.writeJSON(to: &buffer)
    }
    buffer.append("]")
  }
}

/// A number of JSON that each host has for itself.
extension Gap: JSONWritable {
  func writeJSON(to buffer: inout TextBuffer) { buffer.append(self) }
}

/// A string of JSON that each host has for itself, or a part of which it has.
struct JSONString: JSONWritable {
  private var inside = TextBuffer()

  /// Creates a string that is a gap.
  init(_ gap: Gap) { inside.append(gap) }

  /// Creates a string that is put together.
  init(_ make: (inout TextBuffer) -> Void) { make(&inside) }

  func writeJSON(to buffer: inout TextBuffer) {
    buffer.append("\"")
    buffer.append(inside)
    buffer.append("\"")
  }
}

/// Text that is JSON already.
struct JSONLiteral: JSONWritable {
  private let buffer: TextBuffer

  init(_ text: String) {
    var buffer = TextBuffer()
    buffer.append(raw: text)
    self.buffer = buffer
  }

  init(_ object: JSONObject) {
    var buffer = TextBuffer()
    object.writeJSON(to: &buffer)
    self.buffer = buffer
  }

  init(_ buffer: TextBuffer) { self.buffer = buffer }

  /// JSON that each host has for itself.
  init(_ gap: Gap) {
    var buffer = TextBuffer()
    buffer.append(gap)
    self.buffer = buffer
  }

  func writeJSON(to output: inout TextBuffer) { output.append(buffer) }
}

/// A JSON object whose members stand in the order in which they were added.
struct JSONObject: JSONWritable {
  /// The members with the commas between them.
  private(set) var members = TextBuffer()

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

  func writeJSON(to buffer: inout TextBuffer) {
    buffer.append("{")
    buffer.append(members)
    buffer.append("}")
  }

  /// The object as JSON.
  var text: String { "{" + members.text + "}" }

  /// The object as JSON.
  var json: TextBuffer {
    var buffer = TextBuffer()
    writeJSON(to: &buffer)
    return buffer
  }

  /// The object without its closing brace, so that more can follow.
  var open: String { "{" + members.text }
}
