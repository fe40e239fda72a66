import Testing

@testable import BenchParsing

struct `A JSON scanner` {
  private static func tokens(_ text: String, chunk: Int = 1_000) -> [String] {
    var scanner = JSONScanner()
    var tokens: [String] = []
    let handle = { (token: JSONToken, text: Bytes) in
      tokens.append(name(token, String(decoding: JSONText.printed(text), as: UTF8.self)))
      return true
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
      let read = piece.withUnsafeBufferPointer { scanner.read($0, handle) }
      #expect(read == piece.count)
    }
    scanner.finish { token, text in handle(token, text) }
    return tokens
  }

  private static func name(_ token: JSONToken, _ text: String) -> String {
    switch token {
    case .openObject: "{"
    case .closeObject: "}"
    case .openArray: "["
    case .closeArray: "]"
    case .comma: ","
    case .key: "'\(text)' :"
    case .string: "'\(text)'"
    case .bare: text
    }
  }

  @Test(arguments: [
    ("{}", "{ }"), ("[1, -2.5e+3,true]", "[ 1 , -2.5e+3 , true ]"),
    ("{\"a\": \"b\"}", "{ 'a' : 'b' }"),
    ("\"\"", "''"), ("12", "12"), ("\"a\" x", "'a' x"), ("", ""), ("{\"a\" \"b\"}", "{ 'a' 'b' }"),
  ])
  func `cuts a text into tokens`(text: String, tokens: String) {
    #expect(Self.tokens(text).joined(separator: " ") == tokens)
    #expect(Self.tokens(text, chunk: 1).joined(separator: " ") == tokens)
  }

  @Test(arguments: [
    ("\"a\\\\b\"", "'a\\b'"), ("\"a\\\"b\"", "'a\"b'"), ("\"a\\/b\"", "'a/b'"),
    ("\"\\u00e4\"", "'ä'"),
    ("\"CORP\\alice\"", "'CORP\\alice'"), ("\"ADM\\new-user\"", "'ADM\\new-user'"),
    ("\"a\\tb\"", "'a\\tb'"), ("\"\\'/var\\'\"", "'\\'/var\\''"), ("\"\\u12\"", "'\\u12'"),
    ("\"\\ud800\"", "'\\ud800'"), ("\"\\uzzzz\"", "'\\uzzzz'"), ("\"\\u\"", "'\\u'"),
  ])
  func `takes a backslash for itself`(text: String, tokens: String) {
    #expect(Self.tokens(text).joined(separator: " ") == tokens)
  }

  @Test(arguments: [
    ("{\"a\": \"b\n\"c\": \"d\"}", "{ 'a' : 'b' 'c' : 'd' }"), ("\"open", ""), ("\"open\\", ""),
    ("{\"a\": \"", "{ 'a' :"), ("{\"a\": 12", "{ 'a' : 12"),
  ])
  func `ends a broken string at its line`(text: String, tokens: String) {
    #expect(Self.tokens(text).joined(separator: " ") == tokens)
  }

  @Test func `stops where it is told to`() {
    var scanner = JSONScanner()
    let read = Array("{} rest".utf8).withUnsafeBufferPointer { bytes in
      scanner.read(bytes) { token, _ in token != .closeObject }
    }
    #expect(read == 2)
  }

  @Test func `does not keep a string without end`() {
    var scanner = JSONScanner()
    let megabyte = [UInt8](repeating: 0x61, count: 1 << 20)
    Array("\"".utf8).withUnsafeBufferPointer { _ = scanner.read($0) { _, _ in true } }
    for _ in 0..<3 { megabyte.withUnsafeBufferPointer { _ = scanner.read($0) { _, _ in true } } }
    #expect(scanner.isInsideString)
    #expect(scanner.text.count <= 1 << 20)
  }
}
