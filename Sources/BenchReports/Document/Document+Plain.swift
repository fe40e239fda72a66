import BenchAnalysis
import BenchModel

extension Document {
  /// The document with its larger parts made of plain blocks, for text and Markdown.
  var plain: Document {
    var plain = Document()
    for block in blocks { plain.append(plain: block) }
    return plain
  }

  private mutating func append(plain block: Block) {
    switch block {
    case .verdict(let verdict): append(verdict)
    case .tiles(let tiles): append(tiles)
    case .worse(let entries): append(entries)
    case .threats(let groups): for group in groups { append(group) }
    case .heat(let map): append(map)
    case .steps(let steps): append(steps)
    case .findings(let cards): for card in cards { append(card) }
    case .folded(let title, let document):
      blocks.append(.heading(title))
      append(document.plain)
    case .section, .heading, .paragraph, .bullet, .table, .chart, .code: blocks.append(block)
    }
  }

  private mutating func append(_ verdict: Verdict) {
    let style: Style =
      switch verdict.state {
      case .failed: .bad
      case .passed, .clean: .good
      case .unknown: .notable
      case .open: .strong
      }
    paragraph(verdict.title.map { $0.style == .plain ? $0.with(style) : $0 })
    for line in verdict.paragraphs { paragraph(line) }
    for reason in verdict.reasons { bullet(reason) }
  }

  private mutating func append(_ tiles: [Tile]) {
    table(
      [Column(""), Column("", isFlexible: true)],
      tiles.map { tile in
        var line = tile.value
        if let delta = tile.delta {
          let style: Style = delta.isGood.map { $0 ? .good : .bad } ?? .faint
          let sign = delta.isUp.map { $0 ? "+" : "-" } ?? ""
          line += [.init(", "), .init(sign + delta.text, style)]
        }
        let parts = tile.parts.map { "\($0.count) \($0.severity.name)" }.joined(separator: ", ")
        if !parts.isEmpty { line.append(.init("; " + parts)) }
        if !tile.detail.isEmpty { line += [.init("; ", .faint)] + tile.detail }
        return [[.init(tile.title)], line]
      })
  }

  private mutating func append(_ entries: [Worsening]) {
    table(
      [
        Column("severity"), Column("control", isFlexible: true), Column("where", isFlexible: true),
        Column("since (UTC)"),
      ],
      entries.map { entry in
        var place: Line = [.init(Untrusted(entry.hosts.joined(separator: ", ")))]
        if !entry.items.isEmpty {
          place.append(.init(Untrusted(": " + entry.items.joined(separator: ", "))))
        }
        if !entry.more.isEmpty { place.append(.init(" " + entry.more, .faint)) }
        return [
          [.severity(entry.severity)], entry.title + entry.code, place, entry.since,
        ]
      })
  }

  private mutating func append(_ group: ThreatGroup) {
    heading(.init(group.title))
    paragraph(group.counts)
    for card in group.cards {
      var line: Line = [ThreatsReport.word(card.state), .init(": ")]
      line += card.title.map { $0.with(.strong) } + [.init(". ")] + card.evidence
      if !card.countermeasure.isEmpty { line += [.init(" ")] + card.countermeasure }
      bullet(line)
    }
  }

  private mutating func append(_ map: HeatMap) {
    paragraph(.init(map.caption, .faint))
    table(
      [Column(map.rowTitle)] + map.columns.map { Column($0.narrow, isRightAligned: true) }
        + [Column("all", isRightAligned: true)],
      map.rows.map { row in
        [[.init(row.title)]] + row.cells.map { [.init("\($0)", $0 == 0 ? .faint : .plain)] }
          + [[.init("\(row.total)", .strong)]]
      })
  }

  private mutating func append(_ steps: [Step]) {
    for (number, step) in steps.enumerated() {
      blocks.append(.heading([.init("\(number + 1). ")] + step.title))
      paragraph(step.closes)
      if !step.note.isEmpty { paragraph(step.note) }
      if !step.advice.isEmpty { paragraph(step.advice) }
      if let code = step.code { blocks.append(.code(code)) }
    }
  }

  /// A finding in a few lines: what it needs to be known and found by.
  private mutating func append(_ card: Card) {
    var title: Line = [.severity(card.severity), .init(" ")] + card.title
    title += card.code
    blocks.append(.heading(title))
    var place = card.place
    if card.tags.isWorse { place += [.init(", "), .init("worse", .bad)] }
    paragraph(place + [.init(", for ")] + card.age)
    for fact in card.facts where !fact.isDetail {
      bullet([.init(fact.term + ": ", .faint)] + fact.line)
    }
  }
}
