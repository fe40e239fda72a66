import BenchModel
import BenchTestSupport
import Testing

@testable import BenchReports

struct `An HTML renderer` {
  private static func render(_ build: (inout Document) -> Void) -> String {
    var document = Document()
    build(&document)
    return HTMLRenderer().render(document).html
  }

  @Test func `writes headings, paragraphs and bullets`() {
    let html = Self.render {
      $0.heading(.init("One"))
      $0.paragraph(.init("a "), .init("b", .strong), .init("", .bad), .init(" c", .plain))
      $0.bullet([.init("x")])
      $0.bullet([.init("y", .faint)])
      $0.paragraph([])
      $0.heading(.init("Two"))
      $0.bullet([.init("z")])
    }
    #expect(
      html == """
        <h1>One</h1>
        <p>a <span class="strong">b</span> c</p>
        <ul>
        <li>x</li>
        <li><span class="faint">y</span></li>
        </ul>
        <h2>Two</h2>
        <ul>
        <li>z</li>
        </ul>

        """)
  }

  @Test func `writes every style as a class`() {
    let styles: [Document.Style] = [.strong, .faint, .good, .bad, .notable]
    let html = Self.render { $0.paragraph(styles.map { .init("x", $0) }) }
    for name in ["strong", "faint", "good", "bad", "notable"] {
      #expect(html.contains("<span class=\"\(name)\">x</span>"))
      #expect(Page.style.contains(".\(name)"))
    }
  }

  @Test func `writes a table with its headers`() throws {
    let html = Self.render {
      $0.table(
        [
          Document.Column("a<b"), Document.Column("", isRightAligned: true),
          Document.Column("n", isRightAligned: true), Document.Column("wide", isFlexible: true),
        ], [[[.init("1")], [.init("2")], [.init("3")], [.init("4")]], [[.init("5")]]])
    }
    let tokens = try HTMLTokens(html)
    #expect(tokens.strangers.isEmpty)
    #expect(tokens.all("th").map(\.text) == ["a&lt;b", "n", "wide"])
    #expect(tokens.all("th").allSatisfy { $0.attributes["scope"] == "col" })
    // The empty header, and the cells of two rows, one of which is short.
    #expect(tokens.all("td").map(\.text) == ["", "1", "2", "3", "4", "5", "", "", ""])
    #expect(
      tokens.all("td").dropFirst().prefix(4).map { $0.attributes["class"] }
        == ["fixed", "number", "number", "wide"])
    let bare = Self.render { $0.table([Document.Column("")], [[[.init("1")]]]) }
    #expect(!bare.contains("<thead"))
    #expect(Self.render { $0.table([Document.Column("a")], []) }.isEmpty)
  }

  @Test func `keeps the lines of code`() {
    let html = Self.render { $0.code("a <b>\n  \"c\"\u{1b}[0m\n\nd\n", language: "sh") }
    #expect(
      html == "<pre><code>a &lt;b&gt;\n  &quot;c&quot;\\u{1b}[0m\n\nd</code></pre>\n")
  }

  @Test func `writes a chart as a figure`() throws {
    let html = Self.render {
      $0.chart(
        Chart("c", unit: "%", times: [0, 1], series: [Chart.Series("s", .good, [1, 2])]))
    }
    #expect(try HTMLTokens(html).all("figure").count == 1)
  }

  @Test func `has the title, and a place for each section`() throws {
    var document = Document()
    document.heading(.init("All "), .init(Untrusted("<b>\u{1b}"), .strong))
    document.section(.init("One"))
    document.heading(.init("deep"))
    document.section(.init(Untrusted("T\"w'o")))
    let (html, title, contents) = HTMLRenderer().render(document)
    #expect(title == "All <b>\\u{1b}")
    #expect(contents.map(\.id) == ["one", "t-w-o"])
    #expect(contents.map(\.title) == ["One", "T\"w'o"])
    let tokens = try HTMLTokens(html)
    #expect(tokens.headings == [1, 2, 3, 2])
    #expect(tokens.all("section").map { $0.attributes["id"] } == ["one", "t-w-o"])
    #expect(tokens.all("h2").last?.text == "T&quot;w&#39;o")
  }

  @Test(arguments: [
    ("web-1", "web-1"), ("<b>", "&lt;b&gt;"), ("&amp;", "&amp;amp;"), ("\"'", "&quot;&#39;"),
    ("\u{1b}[31m", "\\u{1b}[31m"), ("a\nb\tc", "a\\u{a}b\\u{9}c"), ("\u{202e}x", "\\u{202e}x"),
    ("漢🐳", "漢🐳"), ("", ""), ("{{x}}", "{{x}}"),
  ])
  func `escapes what a name could mean`(name: String, text: String) {
    #expect(Untrusted(name).forHTML == text)
    #expect(Self.render { $0.paragraph(.init(Untrusted(name + "x"))) } == "<p>\(text)x</p>\n")
  }

  @Test func `has no markup of any character`() throws {
    for value in UInt32(0)...0x2FF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let name = "a" + String(Character(scalar)) + "b"
      let html = Self.render {
        $0.heading(.init(Untrusted(name)))
        $0.paragraph(.init(Untrusted(name), .bad))
        $0.bullet([.init(name)])
        $0.table([Document.Column(name)], [[[.init(Untrusted(name))]]])
        $0.code(name, language: name)
      }
      #expect(try HTMLTokens(html).strangers.isEmpty, "\(value)")
      #expect(!html.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" }, "\(value)")
    }
  }
}
