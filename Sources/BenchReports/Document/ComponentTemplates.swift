import BenchAnalysis
private import BenchCatalog
import BenchModel
private import Mustache

/// The larger parts of a page, each from its template.
///
/// A value whose name ends in `html` is escaped before the template gets it. All others are words of our own.
struct Components: Sendable {
  private let templates: [String: MustacheTemplate]

  private static let names = [
    "verdict", "tiles", "worse", "threats", "heat", "steps", "findings", "folded",
  ]

  /// The templates that come with the program, which are valid.
  static let standard = Components()

  private init() {
    var templates: [String: MustacheTemplate] = [:]
    for name in Self.names {
      let text = EmbeddedFile.text("templates/components/\(name).mustache") ?? ""
      templates[name] = try? MustacheTemplate(string: text)
    }
    self.templates = templates
  }

  private func render(_ name: String, _ values: [String: Any]) -> String {
    templates[name]?.render(values) ?? ""
  }

  /// Something that need not be seen.
  func folded(_ title: String, _ body: String) -> String {
    render("folded", ["title-html": title, "body-html": body])
  }

  /// A larger part; nothing for a plain block.
  func render(_ block: Document.Block, _ renderer: HTMLRenderer) -> String {
    switch block {
    case .verdict(let verdict): render("verdict", values(verdict, renderer))
    case .tiles(let tiles): render("tiles", ["tiles": tiles.map { values($0, renderer) }])
    case .worse(let entries):
      entries.isEmpty
        ? "" : render("worse", ["entries": entries.map { values($0, renderer) }])
    case .threats(let groups):
      groups.isEmpty
        ? "" : render("threats", ["groups": groups.map { values($0, renderer) }])
    case .heat(let map): render("heat", values(map))
    case .steps(let steps): steps.isEmpty ? "" : render("steps", values(steps, renderer))
    case .findings(let cards):
      cards.isEmpty ? "" : render("findings", FindingFilters(cards).values(renderer))
    case .section, .heading, .paragraph, .bullet, .table, .chart, .code, .folded: ""
    }
  }

  private func values(_ verdict: Document.Verdict, _ renderer: HTMLRenderer) -> [String: Any] {
    [
      "state": verdict.state.rawValue, "title-html": renderer.text(verdict.title),
      "paragraphs": verdict.paragraphs.map { ["text-html": renderer.text($0)] },
      "has-reasons": !verdict.reasons.isEmpty,
      "reasons": verdict.reasons.map { ["text-html": renderer.text($0)] },
    ]
  }

  private func values(_ tile: Document.Tile, _ renderer: HTMLRenderer) -> [String: Any] {
    var values: [String: Any] = ["title": tile.title, "value-html": renderer.text(tile.value)]
    if !tile.detail.isEmpty { values["detail-html"] = renderer.text(tile.detail) }
    if let delta = tile.delta {
      var own = ["text": delta.text, "kind": delta.isGood.map { $0 ? "good" : "bad" } ?? "same"]
      own["arrow"] = delta.isUp.map { $0 ? "▲" : "▼" }
      values["delta"] = own
    }
    if let share = tile.share { values["meter"] = ["percent": Chart.Series.text(share)] }
    let sum = Double(max(tile.parts.reduce(0) { $0 + $1.count }, 1))
    var start = 0.0
    var split: [[String: Any]] = []
    for (severity, count) in tile.parts {
      let percent = 100 * Double(count) / sum
      split.append([
        "name": severity.name, "count": count, "start": Chart.Series.text(start),
        "percent": Chart.Series.text(percent),
      ])
      start += percent
    }
    if !split.isEmpty { values["split"] = split }
    return values
  }

  private func values(_ entry: Document.Worsening, _ renderer: HTMLRenderer) -> [String: Any] {
    var places: Document.Line = []
    for host in entry.hosts { places += [.host(host), .init(" ")] }
    for item in entry.items { places += [.item(item), .init(" ")] }
    if !entry.more.isEmpty { places.append(.init(entry.more, .faint)) }
    return [
      "severity-html": renderer.text([.severity(entry.severity)]),
      "title-html": renderer.text(entry.title), "code-html": renderer.plainHTML(entry.code),
      "places-html": renderer.text(places),
      "since-html": "since " + renderer.text(entry.since),
    ]
  }

  private func values(_ group: Document.ThreatGroup, _ renderer: HTMLRenderer) -> [String: Any] {
    func values(_ card: Document.ThreatGroup.Card) -> [String: Any] {
      var values: [String: Any] = [
        "state": card.state.name, "state-words": card.state.words,
        "title-html": renderer.text(card.title), "evidence-html": renderer.text(card.evidence),
      ]
      if !card.countermeasure.isEmpty {
        values["countermeasure-html"] = renderer.text(card.countermeasure)
      }
      return values
    }
    var own: [String: Any] = [
      "title": group.title, "counts-html": renderer.text(group.counts),
      "cards": group.cards.map(values),
    ]
    if !group.folded.isEmpty {
      own["folded"] = [
        "title-html": group.cards.isEmpty
          ? TrendReport.count(group.folded.count, "threat")
          : "\(group.folded.count) more: " + renderer.text(group.foldedCounts),
        "rows": group.folded.map(values),
      ]
    }
    return own
  }

  private func values(_ map: Document.HeatMap) -> [String: Any] {
    [
      "caption": map.caption,
      "columns": map.columns.map { ["title": $0.title, "short": $0.short] },
      "rows": map.rows.map { row in
        [
          "title": row.title, "total": row.total,
          "cells": row.cells.map {
            ["value": $0 == 0 ? "·" : "\($0)", "level": map.level($0)] as [String: Any]
          },
        ] as [String: Any]
      },
    ]
  }

  private func values(_ steps: [Document.Step], _ renderer: HTMLRenderer) -> [String: Any] {
    [
      "steps": steps.enumerated().map { number, step in
        var values: [String: Any] = [
          "id": "step-\(number + 1)", "title-html": renderer.text(step.title),
          "closes-html": renderer.text(step.closes), "is-open": number == 0,
        ]
        if !step.note.isEmpty { values["note-html"] = renderer.text(step.note) }
        if let code = step.code {
          values["code-html"] = Untrusted(code.text).forHTMLCode
          values["language"] = code.language
          if !step.advice.isEmpty { values["advice-html"] = renderer.text(step.advice) }
        }
        return values
      }
    ]
  }
}

extension ThreatState {
  /// The class of the style sheet.
  fileprivate var name: String {
    switch self {
    case .exposed: "exposed"
    case .partlyMitigated: "partly"
    case .accepted: "accepted"
    case .unproven: "unproven"
    case .mitigated: "mitigated"
    case .doesNotApply: "none"
    }
  }
}
