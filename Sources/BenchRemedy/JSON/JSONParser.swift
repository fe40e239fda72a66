/// Something that is wrong with a `daemon.json`.
package struct DaemonJSONError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Kind: Hashable, Sendable {
    /// The file has more bytes than are read.
    case tooLarge(limit: Int)
    case notUTF8
    /// Lists and objects are nested deeper than any configuration needs.
    case tooDeep
    /// The document is something other than an object.
    case notAnObject
    /// A key for the second time: dockerd takes the last one, a person reads the first.
    case repeatedKey(String)
    /// The file ends where more must follow.
    case unexpectedEnd
    /// Something else stands where JSON wants a value, a comma or an end; with the character.
    case unexpected(String)
    /// A number that JSON has not.
    case badNumber(String)
    /// An escape that JSON has not, or half of a character.
    case badEscape
  }

  package var kind: Kind
  /// The 1-based line.
  package var line: Int
  /// The 1-based column, counted in Unicode scalars.
  package var column: Int

  /// Creates an error.
  package init(_ kind: Kind, line: Int, column: Int) {
    self.kind = kind
    self.line = line
    self.column = column
  }
}

/// Reads JSON text strictly, as dockerd does.
struct JSONParser {
  /// More than a thousand registries need.
  static let byteLimit = 1 << 20
  private static let depthLimit = 64

  private let scalars: [Unicode.Scalar]
  private var position = 0

  /// Reads a document.
  ///
  /// A file of nothing but blanks is an empty object, as it is to dockerd.
  ///
  /// - Throws: ``DaemonJSONError`` at the first thing that is wrong.
  static func object(_ bytes: some Sequence<UInt8>) throws(DaemonJSONError) -> JSONValue {
    let bytes = Array(bytes)
    guard bytes.count <= byteLimit else {
      throw DaemonJSONError(.tooLarge(limit: byteLimit), line: 1, column: 1)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DaemonJSONError(.notUTF8, line: 1, column: 1)
    }
    var parser = JSONParser(text)
    parser.skipBlanks()
    guard parser.position < parser.scalars.count else { return .object([]) }
    let start = parser.position
    let value = try parser.document()
    guard case .object = value else { throw parser.error(.notAnObject, at: start) }
    return value
  }

  /// A value of our own tables or of a policy; nil if the text is no JSON.
  static func value(_ text: String) -> JSONValue? {
    var parser = JSONParser(text)
    return try? parser.document()
  }

  private init(_ text: String) {
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    self.scalars = scalars
  }

  private mutating func document() throws(DaemonJSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == scalars.count else { throw unexpected() }
    return value
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(DaemonJSONError) -> JSONValue {
    skipBlanks()
    guard position < scalars.count else { throw unexpected() }
    guard depth < Self.depthLimit else { throw error(.tooDeep, at: position) }
    switch scalars[position] {
    case "{": return try object(depth: depth)
    case "[": return try array(depth: depth)
    case "\"": return .string(try string())
    case "t": return try word("true", .bool(true))
    case "f": return try word("false", .bool(false))
    case "n": return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(DaemonJSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipBlanks()
    if take("}") { return .object([]) }
    while true {
      skipBlanks()
      let start = position
      guard position < scalars.count, scalars[position] == "\"" else { throw unexpected() }
      let key = try string()
      guard keys.insert(key).inserted else { throw error(.repeatedKey(key), at: start) }
      skipBlanks()
      guard take(":") else { throw unexpected() }
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw unexpected() }
    }
  }

  private mutating func array(depth: Int) throws(DaemonJSONError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array([]) }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(values) }
      guard take(",") else { throw unexpected() }
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(DaemonJSONError) -> JSONValue {
    for scalar in word.unicodeScalars {
      guard position < scalars.count, scalars[position] == scalar else { throw unexpected() }
      position += 1
    }
    return value
  }

  private mutating func number() throws(DaemonJSONError) -> JSONValue {
    let start = position
    while position < scalars.count, Self.isOfNumber(scalars[position]) { position += 1 }
    guard position > start else { throw unexpected() }
    let number = scalars[start..<position]
    var text = ""
    text.unicodeScalars.append(contentsOf: number)
    guard Self.isNumber(number) else { throw error(.badNumber(text), at: start) }
    return .number(text)
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "+", "-", ".", "e", "E": true
    default: false
    }
  }

  /// Whether a text is a number: a minus, an integer without a leading zero, a fraction, an exponent.
  private static func isNumber(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = text
    func digits() -> Int {
      let count = rest.prefix { ("0"..."9").contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == "-" { rest = rest.dropFirst() }
    let hasZero = rest.first == "0"
    let count = digits()
    guard count > 0, !hasZero || count == 1 else { return false }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == "e" || rest.first == "E" {
      rest = rest.dropFirst()
      if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  // MARK: Strings

  private mutating func string() throws(DaemonJSONError) -> String {
    position += 1
    var text = ""
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar == "\"" {
        position += 1
        return text
      }
      if scalar.value < 0x20 { throw unexpected() }
      position += 1
      text.unicodeScalars.append(scalar == "\\" ? try escape() : scalar)
    }
    throw unexpected()
  }

  private mutating func escape() throws(DaemonJSONError) -> Unicode.Scalar {
    guard position < scalars.count else { throw unexpected() }
    let start = position - 1
    let letter = scalars[position]
    position += 1
    switch letter {
    case "\"", "\\", "/": return letter
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      guard let unit = unit() else { throw error(.badEscape, at: start) }
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard UTF16.isLeadSurrogate(unit), take("\\"), take("u"), let low = self.unit(),
        UTF16.isTrailSurrogate(low),
        let scalar = Unicode.Scalar(
          0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00))
      else { throw error(.badEscape, at: start) }
      return scalar
    default: throw error(.badEscape, at: start)
    }
  }

  private mutating func unit() -> UInt16? {
    guard position + 4 <= scalars.count else { return nil }
    var unit: UInt16 = 0
    for scalar in scalars[position..<position + 4] {
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    position += 4
    return unit
  }

  // MARK: Places

  private mutating func skipBlanks() {
    while position < scalars.count, Self.isBlank(scalars[position]) {
      position += 1
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  private func unexpected() -> DaemonJSONError {
    guard position < scalars.count else { return error(.unexpectedEnd, at: position) }
    return error(.unexpected(String(Character(scalars[position]))), at: position)
  }

  private func error(_ kind: DaemonJSONError.Kind, at place: Int) -> DaemonJSONError {
    var (line, column) = (1, 1)
    for scalar in scalars[..<min(place, scalars.count)] {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return DaemonJSONError(kind, line: line, column: column)
  }
}
