import BenchCatalog
import BenchModel
import BenchReports
import Testing

@testable import BenchAnalysis

/// Names that attack, in every report on what to do and every form for people.
struct `A hostile name in a report` {
  /// Each has EVIL where it wants to be more than text.
  private static let names = [
    "<script>alert('EVIL')</script>", "\"><img src=x onerror=EVIL>", "' onmouseover='EVIL' x='",
    "[x](javascript:EVIL)", "![x](http://EVIL/x.png)", "\u{1b}[31m\u{1b}]0;EVIL\u{7}\u{9b}2J",
    "\u{202e}EVIL\u{2066}\u{200b}", "&lt;EVIL&gt;&#60;EVIL&#62;", "{{EVIL}}{{{body}}}{{#EVIL}}",
    "<!-- EVIL", "]]><EVIL/>", "</title></script></style></textarea><EVIL>", "a\nEVIL\r\n# EVIL",
    "EVIL\u{0}\u{fffd}", "```\nEVIL\n```", "|EVIL|", "`EVIL`**EVIL**__EVIL__", "<EVIL",
    "javascript:EVIL", "</code></pre><EVIL>", "\\\"><EVIL>",
    String(
      decoding: [0xFF, 0xC0, 0x3C, 0x45, 0x56, 0x49, 0x4C, 0x3E, 0xED, 0xA0, 0x80], as: UTF8.self),
    String(repeating: "<EVIL \">'", count: 7_000),
  ]

  /// Reports in which a host, an item, a check, a threat and a team are called so.
  private static func documents(_ name: String) -> [Document] {
    let model = Sample.model(name)
    let scope = { (grouping: Ranking.Grouping) in
      TopReport.Options(grouping: grouping, limit: 10, isExplained: true, time: Sample.day(40))
    }
    let matrices = Sample.stride(name, item: name)
    let assessment = Sample.assessment(name, item: name, model)
    let selection = Sample.selectionReport(name, item: name, model, outside: [name])
    let analyst = Sample.analyst(name, item: name, model)
    return Ranking.Grouping.allCases.map {
      TopReport.document(Sample.ranking(by: $0, name, item: name), scope($0))
    } + [
      StrideReport.document(
        matrices, baseWords: "the run before", limit: 9),
      ThreatsReport.document(assessment, system: nil, isVerbose: true),
      ThreatsReport.document(assessment, system: .docker, isVerbose: false),
      ThreatsReport.document(
        ThreatAssessment(model, .embedded), system: nil, isVerbose: true),
      ShortlistReport.document(Sample.shortlist(name, item: name, model)),
      analyst.document, selection.summary, Sample.namedReport(name, item: name).summary,
      Sample.analyst(name, item: name, isNamed: true).document,
      Sample.full(name, item: name, owner: name), Sample.full(name, item: name, isOne: true),
      HostsReport.document(Sample.fleetOverview(name), HostsReport.Options()),
      StatusReport.document(Sample.status(name, item: name)),
      HostsReport.document(
        Sample.fleetOverview(name, gate: .tripped), HostsReport.Options(isNarrow: true)),
    ]
  }

  @Test(arguments: names)
  func `is no element and no attribute of HTML`(name: String) throws {
    let page = try Page()
    for document in Self.documents(name) {
      let html = page.render(document, version: "1")
      let tokens = try HTMLTokens(html)
      #expect(tokens.strangers.isEmpty)
      #expect(tokens.all("script").count == 1)
      for element in tokens.elements {
        #expect(!element.attributes.values.contains { $0.contains("EVIL") })
      }
      #expect(!html.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
    }
  }

  @Test(arguments: names)
  func `is no markup of Markdown`(name: String) {
    for document in Self.documents(name) {
      let text = MarkdownRenderer().render(document)
      #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
      var fence: Substring?
      var columns: Int?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        // What stands in a block of code is no markup, and no name ends the block.
        if let mark = fence {
          if line == mark { fence = nil }
          continue
        }
        if line.hasPrefix("```") {
          fence = line.prefix { $0 == "`" }
          continue
        }
        var bare = line.replacing("\\\\", with: "")
        for escaped in ["|", "`", "[", "]", "*", "_"] {
          bare = bare.replacing("\\" + escaped, with: "")
        }
        for markup in ["<script", "<EVIL", "<img", "<!--", "](", "__EVIL", "`EVIL", "http://"] {
          #expect(!bare.contains(markup), "\(markup)")
        }
        #expect(!bare.hasPrefix("# EVIL"))
        guard line.hasPrefix("|") else {
          columns = nil
          continue
        }
        let count = bare.count { $0 == "|" }
        #expect(count == columns ?? count)
        columns = count
      }
      #expect(fence == nil)
    }
  }

  @Test(arguments: names)
  func `is no command to a terminal`(name: String) {
    for document in Self.documents(name) {
      for width in [60, 100] {
        let text = TerminalRenderer(width: width, hasColor: false).render(document)
        #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
      }
    }
  }

  @Test(arguments: names)
  func `is a text of JSON`(name: String) throws {
    let model = Sample.model(name)
    let matrices = Sample.stride(name, item: name)
    let texts = [
      try JSONText.encode(
        TopJSON(
          Sample.ranking(by: .item, name, item: name),
          TopReport.Options(grouping: .item, limit: 9, isExplained: false, time: 0))),
      try JSONText.encode(HostsJSON(Sample.fleetOverview(name), HostsReport.Options())),
      try JSONText.encode(StrideJSON(matrices, baseWords: name)),
      try JSONText.encode(ThreatsJSON(Sample.assessment(name, item: name, model), system: nil)),
      try JSONText.encode(ShortlistJSON(Sample.shortlist(name, item: name, model))),
      try JSONText.encode(SelectionJSON(Sample.selection(name, item: name, model))),
      try JSONText.encode(
        SelectionJSON(Sample.namedSelection(name, item: name), meanings: Sample.meanings(name))),
    ]
    for text in texts {
      #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
      #expect(text.contains("benchtrail."))
    }
  }
}
