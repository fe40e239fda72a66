import BenchAnalysis
import BenchModel

/// Each component of a page once, with made-up figures: what a change to one looks like is seen here first.
package enum Gallery {
  /// The page's document.
  package static var document: Document {
    var document = Document()
    document.heading(.init("Components"))
    document.paragraph(.init("Each part of a page, with made-up figures."))
    document.section(.init("Verdict"))
    for state in [Document.Verdict.State.failed, .passed, .unknown, .open, .clean] {
      document.blocks.append(.verdict(verdict(state)))
    }
    document.section(.init("Tiles"))
    document.blocks.append(.tiles(tiles))
    document.section(.init("Words, signs and pills"))
    document.paragraph([
      .severity(.critical), .init(" "), .severity(.high), .init(" "), .severity(.medium),
      .init(" "), .severity(.low), .init(" "), .severity(nil), .init(" "), .host("web-1"),
      .init(" "), .item("log-shipper"), .init(" "),
      .sparkline([9, 9, 8, 8, 5, 6, 4], words: "open after each of the last runs"),
    ])
    document.paragraph(
      .init("strong ", .strong), .init("faint ", .faint), .init("good ", .good),
      .init("bad ", .bad), .init("notable ", .notable), .init("benchtrail hosts", .code))
    document.section(.init("What got worse"))
    document.blocks.append(.worse([worsening]))
    document.section(.init("Threats"))
    document.blocks.append(.threats([threats]))
    document.section(.init("Heat map"))
    document.blocks.append(.heat(heat))
    document.section(.init("Steps"))
    document.blocks.append(.steps(steps))
    document.section(.init("Charts"))
    document.chart(areas)
    document.chart(lines)
    document.section(.init("Table, and what is folded"))
    document.blocks.append(.folded(title: [.init("Two hosts")], table))
    document.section(.init("Findings"))
    document.blocks.append(.findings(cards))
    return document
  }

  private static func verdict(_ state: Document.Verdict.State) -> Document.Verdict {
    Document.Verdict(
      state: state, title: [.init("The answer, \(state.rawValue)")],
      paragraphs: [[.init("Why, in a sentence.")]],
      reasons: state == .failed
        ? [[.init("web-1", .strong), .init(": "), .init("a reason", .bad)]] : [])
  }

  private static var tiles: [Document.Tile] {
    [
      Document.Tile(
        title: "Open", value: [.init("12", .strong)],
        delta: .init(text: "5", isUp: true, isGood: false), detail: [.init("3 more accepted")],
        parts: [(.critical, 1), (.high, 3), (.medium, 6), (.low, 2)]),
      Document.Tile(
        title: "Compliance", value: [.init("67.7 %", .strong)],
        delta: .init(text: "2.1", isUp: true, isGood: true),
        detail: [.init("21 of 31 judged checks pass")], share: 67.7),
      Document.Tile(
        title: "Hosts", value: [.init("5", .strong)],
        delta: .init(text: "as before", isUp: nil, isGood: nil), detail: [.init("none silent")]),
    ]
  }

  private static var worsening: Document.Worsening {
    Document.Worsening(
      severity: .critical, title: [.init("No container can reach the Docker socket")],
      code: [.init("container-no-docker-sock")], hosts: ["web-1", "web-2"],
      items: ["log-shipper"], more: "and 3 more hosts", since: [.init("2026-11-23 04:05")])
  }

  private static var threats: Document.ThreatGroup {
    func card(_ state: ThreatState) -> Document.ThreatGroup.Card {
      Document.ThreatGroup.Card(
        state: state, title: [.init("A container holds the daemon's socket")],
        evidence: [.init("container-no-docker-sock fails.")],
        countermeasure: [.init("Put a filtering proxy between.")])
    }
    return Document.ThreatGroup(
      title: Stride.elevation.title, counts: [.init("1 exposed, 1 partly mitigated")],
      cards: [card(.exposed), card(.partlyMitigated), card(.accepted)],
      folded: [card(.unproven), card(.mitigated), card(.doesNotApply)],
      foldedCounts: [.init("1 unproven, 1 mitigated, 1 does not apply")])
  }

  private static var heat: Document.HeatMap {
    Document.HeatMap(
      caption: "Open failures by attack surface and STRIDE category", rowTitle: "surface",
      columns: Stride.allCases.map { ($0.title, StrideReport.word($0), StrideReport.short($0)) },
      rows: [("host", [0, 43, 43, 0, 3, 0], 47), ("daemon", [3, 0, 4, 1, 1, 7], 12)])
  }

  private static var steps: [Document.Step] {
    [
      Document.Step(
        title: [.init("Cut inter-container traffic")],
        closes: [.init("closes 2 findings on 2 hosts")], note: [.init("For web-1, web-2")],
        code: Document.Code(text: "{\n  \"icc\": false\n}\n", language: "json")),
      Document.Step(
        title: [.init("Review the hosts")], closes: [.init("closes 1 finding on 1 host")],
        note: [], code: nil),
    ]
  }

  private static let day: Int64 = 86_400

  private static var areas: Chart {
    let times = (0..<7).map { Int64($0 + 20_700) * day }
    func series(_ name: String, _ values: [Double], isSum: Bool = false) -> Chart.Series {
      Chart.Series(name, .plain, values, isSum: isSum)
    }
    var chart = Chart(
      "open failures", unit: "", times: times,
      series: [
        series("critical", [1, 1, 1, 2, 2, 1, 1]), series("high", [4, 4, 4, 5, 5, 4, 3]),
        series("medium", [6, 6, 6, 6, 6, 6, 6]), series("low", [3, 3, 2, 2, 2, 2, 2]),
        series("all", [14, 14, 13, 15, 15, 13, 12], isSum: true),
      ])
    chart.marks = [
      Chart.Mark(place: 3, text: "2 worse", isGood: false),
      Chart.Mark(place: 5, text: "2 fixed", isGood: true),
    ]
    return chart
  }

  private static var lines: Chart {
    Chart(
      "compliance", unit: "%", times: areas.times,
      series: [Chart.Series("pass share", .good, [60, 60, 62, 58, 58, 62, 65])])
  }

  private static var table: Document {
    var document = Document()
    document.table(
      [
        Document.Column("host", isFlexible: true), Document.Column("open", isRightAligned: true),
        Document.Column("gate"),
      ],
      [
        [[.host("web-1")], [.init("36", .strong)], [HostsReport.gate(.tripped)]],
        [[.host("db-1")], [.init("0", .faint)], [HostsReport.gate(.passed)]],
      ])
    return document
  }

  private static var cards: [Document.Card] {
    func card(_ severity: Severity?, isWorse: Bool, isAccepted: Bool) -> Document.Card {
      Document.Card(
        severity: severity, title: [.init("Memory use is limited")],
        code: [.init("container-memory-limit")], place: [.init("2 hosts, 3 items")],
        age: [.init("12 days")],
        tags: .init(
          isAccepted: isAccepted, isWorse: isWorse, stride: [.denial], surface: "runtime",
          hosts: isWorse ? ["web-1", "web-2"] : ["web-1"]),
        facts: [
          .init("Why", [.init("One container takes all.")]),
          .init("Where", [.host("web-1"), .init(": "), .item("log-shipper")]),
          .init(
            "Fix", [.init("Limit it.")],
            code: Document.Code(text: "docker update --memory 512m log-shipper\n", language: "sh")),
        ])
    }
    return [
      card(.critical, isWorse: true, isAccepted: false),
      card(.low, isWorse: false, isAccepted: true), card(nil, isWorse: false, isAccepted: false),
    ]
  }
}
