import BenchAnalysis
import BenchCatalog
import BenchTestSupport
import CNettle
import Testing

@testable import BenchReports

struct `A page` {
  private static func page(_ document: Document, time: String? = nil) throws -> String {
    try Page().render(document, version: "1.2.3", time: time)
  }

  private static let documents: [Document] = [
    Sample.full(), Sample.full(isOne: true), Gallery.document, Sample.analyst().document,
    Sample.selectionReport().summary, Sample.namedReport().summary,
    ShortlistReport.document(Sample.shortlist()),
    ThreatsReport.document(Sample.assessment(), system: nil, isVerbose: true),
    ThreatsReport.document(Sample.assessment(), system: nil, isVerbose: false),
    StrideReport.document(
      Sample.stride(), baseWords: "x", limit: 2),
    TopReport.document(
      Sample.ranking(by: .control),
      TopReport.Options(grouping: .control, limit: 5, isExplained: true, time: Sample.day(40))),
    FleetReport.document(Sample.fleet("web-1"), limit: 2), RunReport.list(Sample.runs), Document(),
    GateReport.document(Sample.gate("web-1")),
  ]

  /// SHA-256 in base 64, as a browser computes it of a script.
  private static func hash(_ text: String) -> String {
    var context = sha256_ctx()
    var digest = [UInt8](repeating: 0, count: 32)
    let bytes = Array(text.utf8)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    nettle_sha256_digest(&context, digest.count, &digest)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var output = ""
    for start in stride(from: 0, to: digest.count, by: 3) {
      let part = digest[start..<min(start + 3, digest.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        output.append(place <= part.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return "sha256-" + output
  }

  @Test(arguments: documents.indices)
  func `needs nothing but itself`(number: Int) throws {
    let html = try Self.page(Self.documents[number])
    let tokens = try HTMLTokens(html)
    #expect(tokens.strangers.isEmpty, "\(tokens.strangers)")
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    // The address of a source is text.
    let own = Catalog.embedded.sources.values.reduce(html) { $0.replacing($1.url, with: "") }
    for text in ["http://", "https://", "url(", "@import", "src=", "//cdn"] {
      #expect(!own.contains(text), "\(text)")
    }
    #expect(tokens.all("script").count == 1)
    #expect(tokens.all("style").count == 1)
  }

  @Test(arguments: documents.indices)
  func `has one first heading, and the others in order`(number: Int) throws {
    let tokens = try HTMLTokens(try Self.page(Self.documents[number]))
    let levels = tokens.headings
    #expect(levels.first == 1)
    #expect(levels.count { $0 == 1 } == 1)
    for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
    let title = try #require(tokens.all("title").first)
    #expect(!title.text.isEmpty)
    #expect(title.attributes.isEmpty)
  }

  @Test(arguments: documents.indices)
  func `has each id once, and leads nowhere else`(number: Int) throws {
    let tokens = try HTMLTokens(try Self.page(Self.documents[number]))
    let ids = tokens.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for link in tokens.all("a") {
      #expect(ids.contains(String(try #require(link.attributes["href"]).dropFirst())))
    }
    for svg in tokens.all("svg") where svg.attributes["role"] == "img" {
      if svg.attributes["aria-label"]?.isEmpty == false { continue }
      let labels = try #require(svg.attributes["aria-labelledby"]).split(separator: " ")
      #expect(labels.count == 2 && labels.allSatisfy { ids.contains(String($0)) })
    }
  }

  @Test func `has each component in the gallery`() {
    expectSnapshot(HTMLRenderer().render(Gallery.document).html, "gallery.html")
  }

  @Test func `lets its own script run and no other`() throws {
    let tokens = try HTMLTokens(try Self.page(Sample.full()))
    let script = try #require(tokens.all("script").first)
    #expect(script.attributes.isEmpty)
    #expect(script.text.hasPrefix("\"use strict\""))
    let policies = tokens.all("meta").filter {
      $0.attributes["http-equiv"] == "Content-Security-Policy"
    }
    let policy = try #require(policies.first?.attributes["content"])
    #expect(policies.count == 1)
    let directives = policy.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    #expect(directives.contains(["default-src", "'none'"]))
    #expect(directives.contains(["script-src", "'\(Self.hash(script.text))'"]))
    #expect(directives.contains(["base-uri", "'none'"]))
    #expect(directives.contains(["form-action", "'none'"]))
    // The policy is before all that it is about.
    let names = tokens.elements.map(\.name)
    let place = try #require(
      tokens.elements.firstIndex { $0.attributes["http-equiv"] != nil })
    #expect(place < (names.firstIndex(of: "style") ?? 0))
  }

  @Test func `has a list of contents where there is more than two to list`() throws {
    let contents = try HTMLTokens(try Self.page(Sample.full()))
    #expect(contents.all("nav").count == 1)
    #expect(contents.all("nav").first?.attributes["aria-label"] == "Contents")
    #expect(contents.all("a").count == contents.all("h2").count + 1)
    #expect(try HTMLTokens(try Self.page(Document())).all("nav").isEmpty)
  }

  @Test func `says of what time it is, and by what version`() throws {
    #expect(try Self.page(Document(), time: "2026-01-01 UTC").contains("as of 2026-01-01 UTC"))
    #expect(!(try Self.page(Document()).contains("as of")))
    #expect(try Self.page(Document()).contains("benchtrail 1.2.3"))
    #expect(try Self.page(Document()).contains("<title>BenchTrail</title>"))
  }

  // MARK: Templates

  @Test func `of a team gets the same values`() throws {
    var document = Document()
    document.heading(.init(Untrusted("<b>")))
    for name in ["One", "Two", "Three"] { document.section(.init(Untrusted(name + "&"))) }
    let page = try Page(
      template: """
        T:{{title}} V:{{version}} W:{{time}} H:{{script-hash}} B:{{{body}}}
        {{#has-contents}}{{#contents}}[{{id}}|{{title}}]{{/contents}}{{/has-contents}}
        {{#style}}S{{/style}}{{#script}}J{{/script}}{{unknown}}
        """)
    let text = page.render(document, version: "9", time: "now")
    #expect(text.contains("T:&lt;b&gt; V:9 W:now H:\(Page.scriptHash) B:<h1>&lt;b&gt;</h1>"))
    #expect(text.contains("[one|One&amp;][two|Two&amp;][three|Three&amp;]"))
    #expect(text.contains("SJ"))
    #expect(try Page(template: "").render(document, version: "9").isEmpty)
  }

  @Test(arguments: [
    "{{title", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{{body}}", "{{#a}}{{#b}}{{/a}}{{/b}}",
  ])
  func `of a template that is not valid is refused`(template: String) {
    #expect(throws: Page.InvalidTemplate.self) { try Page(template: template) }
  }

  @Test func `takes no Mustache from a name`() throws {
    var document = Document()
    document.heading(.init(Untrusted("{{version}}{{{style}}}")))
    let text = try Page(template: "{{title}}|{{{body}}}").render(document, version: "9")
    #expect(text == "{{version}}{{{style}}}|<h1>{{version}}{{{style}}}</h1>\n")
  }
}
