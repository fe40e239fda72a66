import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchRemedy

/// What got worse, which threats that opens, where, and what to do about it.
extension FullReport {
  /// So many hosts and items are named beside a failure.
  private static let mostNames = 4

  func worse(_ changes: FleetComparison, _ document: inout Document) {
    let began = findings.all.filter { $0.new > 0 }.sorted { one, other in
      let ranks = (one.rank, other.rank)
      if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
      return one.new != other.new ? one.new > other.new : one.check.key < other.check.key
    }
    if hasBase {
      document.paragraph(
        BooksReport.line(books)
          + [.init(waived.isEmpty ? "" : ", accepted ones included", .faint)])
    }
    if began.isEmpty {
      document.paragraph(
        .init(
          hasBase ? "No failure began with the newest run." : "There is no run to compare with.",
          hasBase ? .good : .plain))
    }
    document.blocks.append(.worse(began.prefix(limit).map(worsening)))
    if began.count > limit {
      document.paragraph(
        .init(
          "and \(TrendReport.count(began.count - limit, "check")) more: raise '--limit'", .faint))
    }
    notes(changes, &document)
    moreItems(changes, &document)
    fixed(changes, &document)
  }

  private func worsening(_ reported: ReportedFindings.Reported) -> Document.Worsening {
    let places = reported.places.filter(\.isNew)
    let hosts = places.map(\.host).uniqued
    let items = RunReport.names(places.flatMap(\.items)).uniqued
    let name = TrendReport.name(reported.check, judgement.policy.catalog)
    let (moreHosts, moreItems) = (
      reported.new - min(hosts.count, Self.mostNames), items.count - Self.mostNames
    )
    let more = [
      moreHosts > 0 ? TrendReport.count(moreHosts, "more host") : "",
      moreItems > 0 && places.count == reported.new
        ? TrendReport.count(moreItems, "more item") : "",
    ].filter { !$0.isEmpty }
    let since = places.map(\.since)
    let first = since.min().map { CivilTime.short($0) } ?? ""
    return Document.Worsening(
      severity: reported.severity, title: Array(name.prefix(1)), code: Array(name.dropFirst()),
      hosts: Array(hosts.prefix(Self.mostNames)), items: Array(items.prefix(Self.mostNames)),
      more: more.isEmpty ? "" : "and " + more.joined(separator: ", "), since: [.init(first)])
  }

  /// Failures that stayed and are of items too that they were not of before.
  private func moreItems(_ changes: FleetComparison, _ document: inout Document) {
    let all = changes.changed.flatMap { host in
      host.comparison.changes.filter(\.hasMoreItems).map {
        (host: host.head.host, change: $0, severity: judgement.policy.severity(of: $0.control))
      }
    }
    let worst = SeverityOrder.sorted(all, judgement.policy) {
      ($0.change.control, $0.change.head?.checkID ?? "")
    }
    let rows = worst.prefix(limit).compactMap { host, change, severity -> [Document.Line]? in
      guard let finding = change.head else { return nil }
      let check = CheckKeys.Check(
        control: change.control, checkID: finding.checkID, title: finding.title)
      return [
        [.severity(severity)], TrendReport.name(check, judgement.policy.catalog), [.host(host)],
        RunReport.items(change.itemsAdded),
      ]
    }
    guard !rows.isEmpty else { return }
    var part = Document()
    part.table(
      [
        Document.Column("severity"), Document.Column("control", isFlexible: true),
        Document.Column("host"), Document.Column("items that came", isFlexible: true),
      ], rows)
    if all.count > rows.count {
      part.paragraph(
        .init("and \(all.count - rows.count) more: raise '--limit'", .faint))
    }
    document.blocks.append(
      .folded(
        title: [.init("Failing before and now, with more items (\(all.count))")], part))
  }

  private func fixed(_ changes: FleetComparison, _ document: inout Document) {
    let fixed = changes.controls.filter { $0.change == .fixed }
    guard !fixed.isEmpty else { return }
    var part = Document()
    part.table(
      [
        Document.Column("control", isFlexible: true),
        Document.Column("hosts", isRightAligned: true),
        Document.Column("such as", isFlexible: true),
      ],
      fixed.prefix(limit).map { tally in
        let check = CheckKeys.Check(
          control: tally.control, checkID: tally.checkID, title: tally.title)
        return [
          TrendReport.name(check, judgement.policy.catalog), [.init("\(tally.hosts)")],
          [.init(Untrusted(tally.examples.joined(separator: ", ")), .faint)],
        ]
      })
    if fixed.count > limit {
      part.paragraph(
        .init("and \(fixed.count - limit) more: raise '--limit'", .faint))
    }
    document.blocks.append(
      .folded(
        title: [
          .init("Fixed since the run before (\(TrendReport.count(fixed.count, "check")))", .good)
        ], part))
  }

  private func notes(_ changes: FleetComparison, _ document: inout Document) {
    let doubtful = changes.changed.reduce(0) { $0 + $1.comparison.criterionChanged }
    let leftOpen = changes.changed.reduce(0) { $0 + $1.comparison.leftOpen }
    var sentences: [String] = []
    if doubtful > 0 {
      sentences.append(
        "\(doubtful) differ because the check's logic changed: counted neither as worse nor as fixed."
      )
    }
    if leftOpen > 0 {
      sentences.append(
        TrendReport.count(leftOpen, "failure was", "failures were")
          + " not evaluated any more, and still open.")
    }
    if !changes.single.isEmpty {
      sentences.append("\(TrendReport.count(changes.single.count, "host")) with one run only.")
    }
    if !changes.incomparable.isEmpty {
      sentences.append(
        "\(TrendReport.count(changes.incomparable.count, "host")) cannot be compared with the run before."
      )
    }
    if !sentences.isEmpty { document.paragraph(.init(sentences.joined(separator: " "), .notable)) }
  }

  // MARK: - Threats

  func threats(_ document: inout Document) {
    let rows = threats.rows.filter { $0.hostCount > 0 }
    document.paragraph(
      [.init(TrendReport.count(rows.count, "threat") + ": ")] + ThreatsReport.counts(rows))
    for system in Threat.System.allCases {
      let unseen = threats.rows.count { $0.threat.system == system && $0.hostCount == 0 }
      guard unseen > 0 else { continue }
      document.paragraph(
        .init(
          "No run tells of \(TrendReport.count(unseen, "threat")) to \(system.title).",
          .faint))
    }
    let groups = Stride.allCases.compactMap { category -> Document.ThreatGroup? in
      let own = rows.filter { $0.threat.stride == category }
      guard !own.isEmpty else { return nil }
      let attention = [ThreatState.exposed, .partlyMitigated, .accepted].flatMap { state in
        (Severity.descending + [nil]).flatMap { severity in
          own.filter { $0.state == state && $0.threat.severity == severity }
        }
      }
      let rest = [ThreatState.unproven, .mitigated, .doesNotApply].flatMap { state in
        own.filter { $0.state == state }
      }
      return Document.ThreatGroup(
        title: category.title, counts: ThreatsReport.counts(own), cards: attention.map(card),
        folded: rest.map(card), foldedCounts: ThreatsReport.counts(rest))
    }
    document.blocks.append(.threats(groups))
    document.paragraph(
      .init("benchtrail threats", .code), .init(" has all, with their evidence.", .faint))
  }

  private func card(_ row: ThreatAssessment.Row) -> Document.ThreatGroup.Card {
    Document.ThreatGroup.Card(
      state: row.state, title: [.init(Untrusted(row.threat.title))],
      evidence: [.init(Untrusted(ThreatSentence.text(row)))],
      countermeasure: row.threat.countermeasure.isEmpty
        ? [] : [.init(Untrusted(row.threat.countermeasure))])
  }

  func heat(_ document: inout Document) {
    let matrix = stride
    guard matrix.total > 0 else {
      document.paragraph(.init("Nothing is open.", .good))
      return
    }
    document.blocks.append(
      .heat(
        Document.HeatMap(
          caption:
            "Open failures by attack surface and STRIDE category. A failure counts in each of its categories.",
          rowTitle: "surface",
          columns: Stride.allCases.map {
            ($0.title, StrideReport.word($0), StrideReport.short($0))
          },
          rows: matrix.surfaces.map { surface in
            (
              surface, Stride.allCases.map { matrix[$0, surface] }, matrix.count(surface: surface)
            )
          })))
    if matrix.withoutCategory > 0 {
      document.paragraph(
        .init(
          "\(matrix.withoutCategory) of checks that no edition knows are in no category.", .notable)
      )
    }
  }

  // MARK: - What to do

  /// What to do, with the number of the step that has the text of each fix.
  struct Steps {
    var list: [Document.Step] = []
    var numbers: [String: Int] = [:]
  }

  func steps() -> Steps {
    var steps = Steps()
    for (place, entry) in (shortlist?.entries ?? []).prefix(limit).enumerated() {
      let group = entry.group
      let text = texts[group.fix.id]
      if text != nil { steps.numbers[group.fix.id] = place + 1 }
      steps.list.append(
        Document.Step(
          title: [.init(Untrusted(group.fix.title))], closes: closes(group),
          note: text.map { note($0, group) } ?? [.init(Untrusted(group.fix.note))],
          advice: text.map(advice) ?? [],
          code: text.map { Document.Code(text: $0.text, language: $0.language) }))
    }
    return steps
  }

  private func closes(_ group: FixGroup) -> Document.Line {
    [
      .init("closes "), .init(TrendReport.count(group.failureCount, "finding"), .strong),
      .init(" of "), .init(Untrusted(group.controls.prefix(3).joined(separator: ", "))),
      .init(group.controls.count > 3 ? " and \(group.controls.count - 3) more" : ""),
      .init(" on \(TrendReport.count(group.hosts.count, "host")), "), .severity(group.severity),
      .init("; restart: \(group.restart.rawValue); effort: \(group.effort.rawValue)"),
    ]
  }

  private func note(_ text: Snippet, _ group: FixGroup) -> Document.Line {
    var line: Document.Line = [
      .init("For "), .init(Untrusted(ShortlistReport.names(text.hosts))),
    ]
    if !text.destination.isEmpty {
      line += [.init(", to "), .init(Untrusted(text.destination), .code)]
    }
    let others = Set(group.hosts).subtracting(text.hosts).count
    if others > 0 {
      line += [
        .init("; \(TrendReport.count(others, "more host")): ", .faint),
        .init("benchtrail shortlist", .code),
      ]
    }
    return line
  }

  private func advice(_ text: Snippet) -> Document.Line {
    [.init(Untrusted(text.notes.map(\.text).joined(separator: " ")), .notable)]
  }

  func fixes(_ steps: Steps, _ document: inout Document) {
    if steps.list.isEmpty { document.paragraph(.init("There is nothing to fix.", .good)) }
    if steps.list.contains(where: { $0.code != nil }) {
      document.paragraph(
        .init("The texts are made from the findings and never run: read them first.", .faint))
    }
    document.blocks.append(.steps(steps.list))
    let more = (shortlist?.entries.count ?? 0) - steps.list.count
    if more > 0 {
      document.paragraph(
        .init(TrendReport.count(more, "more fix", "more fixes") + ": ", .faint),
        .init("benchtrail shortlist", .code))
    }
  }
}
