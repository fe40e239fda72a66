package import BenchAnalysis
import BenchCatalog
import BenchModel

/// The report on what is most urgent.
package enum TopReport {
  /// What the report is of.
  package struct Options: Sendable {
    package var grouping: Ranking.Grouping
    package var limit: Int
    /// Whether each term of a score is printed.
    package var isExplained: Bool
    /// The time that ages are counted to.
    package var time: Int64

    /// Creates a scope.
    package init(grouping: Ranking.Grouping, limit: Int, isExplained: Bool, time: Int64) {
      self.grouping = grouping
      self.limit = limit
      self.isExplained = isExplained
      self.time = time
    }
  }

  /// Describes a ranking for people.
  package static func document(_ ranking: Ranking, _ scope: Options) -> Document {
    var document = Document()
    let shown = ranking.entries.prefix(scope.limit)
    let all = ranking.entries.count
    document.heading(
      .init(shown.count < 2 ? "The most urgent " : "The \(shown.count) most urgent "),
      .init("by \(words(scope.grouping))", .notable),
      .init(shown.count < all ? ", of \(all)" : ""))
    document.paragraph(
      .init(TrendReport.count(ranking.open, "open failure")),
      .init(ranking.waived > 0 ? ", \(ranking.waived) accepted and left out" : "", .notable))
    if scope.grouping.framework != nil {
      document.paragraph(
        .init(
          "A failure counts under each requirement that its control serves. "
            + FrameworkReport.caveat, .faint))
    }
    if shown.isEmpty { document.paragraph(.init("Nothing fails.", .good)) }
    document.table(
      columns(scope.grouping), shown.enumerated().map { row($1, rank: $0 + 1, scope) })
    guard scope.isExplained else { return document }
    document.heading(.init("Why"))
    document.paragraph(
      .init(
        scope.grouping == .control
          ? "A score is the product of its terms." : "A score is the sum of its controls'.",
        .faint))
    for (rank, entry) in shown.enumerated() {
      document.bullet(
        [.init("\(rank + 1). "), .init(Untrusted(entry.name), .strong), .init(" = ")]
          + why(entry, isProduct: scope.grouping == .control))
    }
    return document
  }

  private static func words(_ grouping: Ranking.Grouping) -> String {
    grouping.name + (grouping.framework.map { " of " + $0.name } ?? "")
  }

  private static func columns(_ grouping: Ranking.Grouping) -> [Document.Column] {
    let name: [Document.Column] = [Document.Column(grouping.name, isFlexible: true)]
    let controls =
      grouping == .control ? [] : [Document.Column("controls", isRightAligned: true)]
    let hosts = grouping == .host ? [] : [Document.Column("hosts", isRightAligned: true)]
    let items = grouping == .item ? [] : [Document.Column("items", isRightAligned: true)]
    return [
      Document.Column("", isRightAligned: true), Document.Column("score", isRightAligned: true),
      Document.Column("severity"),
    ] + name + controls + hosts + items + [Document.Column("since")]
  }

  private static func row(
    _ entry: Ranking.Entry, rank: Int, _ scope: Options
  ) -> [Document.Line] {
    let grouping = scope.grouping
    var name: Document.Line =
      entry.title.isEmpty
      ? [.init(Untrusted(entry.name))]
      : [.init(Untrusted(entry.title)), .init(Untrusted(" " + entry.name), .faint)]
    // Auditors know a requirement by its id.
    if grouping.framework != nil, !entry.title.isEmpty {
      name = [.init(Untrusted(entry.name + " " + entry.title))]
    }
    var row: [Document.Line] = [
      [.init("\(rank)", .faint)], [.init(Chart.Series.text(entry.score.rounded()), .strong)],
      [TrendReport.severity(entry.severity)], name,
    ]
    if grouping != .control { row.append([.init("\(entry.controls)")]) }
    if grouping != .host { row.append([.init("\(entry.hosts)")]) }
    if grouping != .item { row.append([.init("\(entry.items)")]) }
    row.append([.init(CivilTime.date(entry.since))])
    return row
  }

  private static func why(_ entry: Ranking.Entry, isProduct: Bool) -> Document.Line {
    var line: Document.Line = []
    // A factor of one says nothing.
    let terms = entry.terms.filter { !isProduct || $0.factor != 1 || $0.name == "severity" }
    for (index, term) in terms.enumerated() {
      if index > 0 { line.append(.init(isProduct ? " × " : " + ")) }
      line.append(.init(text(term.factor), .strong))
      line.append(.init(Untrusted(" \(term.name) (\(term.reason))"), .faint))
    }
    return line
  }

  /// A factor with two digits behind the point, or none where it has none.
  private static func text(_ factor: Double) -> String {
    let hundredths = Int((min(max(factor, 0), 1e12) * 100).rounded())
    if hundredths % 100 == 0 { return "\(hundredths / 100)" }
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// `benchtrail.top.v1`: what is most urgent.
package struct TopJSON: Encodable {
  struct TermJSON: Encodable {
    let name: String
    let factor: Double
    let reason: String
  }

  struct EntryJSON: Encodable {
    let rank: Int
    let name: String
    let title: String
    /// Missing where it is not by requirement, and for the failures that have none.
    let requirement: String?
    let score: Double
    let severity: String?
    let controls: Int
    let hosts: Int
    let items: Int
    let since: String
    let terms: [TermJSON]
  }

  let schema = "benchtrail.top.v1"
  let by: String
  /// The framework's id, where it is by requirement.
  let framework: String?
  let open: Int
  let waived: Int
  let entries: [EntryJSON]

  /// Describes a ranking.
  package init(_ ranking: Ranking, _ scope: TopReport.Options) {
    let requirements = scope.grouping.framework
    by = scope.grouping.name
    framework = requirements?.id
    open = ranking.open
    waived = ranking.waived
    entries = ranking.entries.prefix(scope.limit).enumerated().map { index, entry in
      EntryJSON(
        rank: index + 1, name: entry.name, title: entry.title,
        requirement: requirements.flatMap { entry.name == $0.noRequirement ? nil : entry.name },
        score: Self.round(entry.score), severity: entry.severity?.name, controls: entry.controls,
        hosts: entry.hosts, items: entry.items, since: CivilTime.rfc3339(entry.since),
        terms: entry.terms.map {
          TermJSON(name: $0.name, factor: Self.round($0.factor), reason: $0.reason)
        })
    }
  }

  private static func round(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
