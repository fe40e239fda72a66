import BenchModel
import Testing

struct `A pattern over names` {
  private static let table: [(pattern: String, name: String, fits: Bool)] = [
    ("web-1", "web-1", true), ("web-1", "web-10", false), ("web-1", "a-web-1", false),
    ("web-*", "web-", true), ("web-*", "web-1", true), ("web-*", "web", false),
    ("*", "", true), ("*", "anything", true), ("", "", true), ("", "a", false),
    ("?", "", false), ("?", "é", true), ("web-?", "web-12", false),
    ("*.example.*", "a.example.org", true), ("*a*b*c*", "xxaxxbxxc", true),
    ("*a*b*c*", "cba", false), ("registry/*", "registry/a/b", true),
    ("a**b", "ab", true), (#"a\*"#, "a*", true), (#"a\*"#, "ab", false), (#"\\"#, #"\"#, true),
    (#"a\"#, "a", true), ("WEB", "web", false), ("[ab]", "[ab]", true), ("[ab]", "a", false),
  ]

  @Test(arguments: table)
  func `fits whole names`(pattern: String, name: String, fits: Bool) {
    #expect(Glob(pattern).matches(name) == fits)
  }

  @Test func `takes no longer where somebody wants it to`() {
    let pattern = Glob(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
  }
}
