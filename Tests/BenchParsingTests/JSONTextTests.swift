import Testing

@testable import BenchParsing

struct `A string of JSON` {
  private static func printed(_ raw: String) -> String {
    String(
      decoding: Array(raw.utf8).withUnsafeBufferPointer { JSONText.printed($0) }, as: UTF8.self)
  }

  private static func encoded(_ raw: String) -> String {
    String(decoding: JSONText.encoded(Array(raw.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), (#"CORP\alice"#, #"CORP\alice"#),
    (#"ADM\new-user"#, #"ADM\new-user"#),
    (#"a\tb"#, #"a\tb"#), (#"a\\b"#, #"a\b"#), (#"say \"hi\""#, #"say "hi""#), (#"a\/b"#, "a/b"),
    (#"\u00fc"#, "ü"), (#"\ud83d\uDE00"#, "😀"), (#"x\u0041y"#, "xAy"), (#"\user"#, #"\user"#),
    (#"\u12"#, #"\u12"#),
    (#"\"#, #"\"#), (#"a\"#, #"a\"#), (#"\\\"#, #"\\"#),
  ])
  func `that docker-bench-security printed keeps its backslashes`(raw: String, text: String) {
    #expect(Self.printed(raw) == text)
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), (#"a\tb"#, "a\tb"), (#"a\nb"#, "a\nb"), (#"a\r\nb"#, "a\r\nb"),
    (#"a\\nb"#, #"a\nb"#), (#"say \"hi\""#, #"say "hi""#), (#"a\/b"#, "a/b"),
    (#"\u003cnone\u003e \u0026"#, "<none> &"), (#"\u00fc\u00FC"#, "üü"),
    (#"a\u0000b"#, "ab"), (#"\ud83d\ude00!"#, "😀!"), (#"\ud83d\n"#, "\\ud83d\n"),
    (#"\ude00\ud83d"#, #"\ude00\ud83d"#),
  ])
  func `that a library wrote is what it stands for`(raw: String, text: String) {
    #expect(Self.encoded(raw) == text)
  }

  @Test(arguments: [
    #"\"#, #"\u"#, #"\u12"#, #"\ud83d"#, #"\ude00"#, #"\ud83d\u0041"#, #"\q"#, #"a\"#,
  ])
  func `is read where its escapes are broken`(raw: String) {
    for end in raw.utf8.indices {
      _ = Self.encoded(String(raw.utf8[..<end]) ?? "")
      _ = Self.printed(String(raw.utf8[..<end]) ?? "")
    }
    // Whatever comes of it, it can be printed and stored.
    #expect(!Self.encoded("x" + raw + "y").utf8.contains(0))
    #expect(Self.encoded("x" + raw + "y").hasPrefix("x"))
    #expect(Self.encoded("x" + raw + " y").hasSuffix("y"))
  }
}
