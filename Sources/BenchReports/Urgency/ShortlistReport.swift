package import BenchAnalysis
import BenchCatalog
import BenchModel
package import BenchRemedy

/// What to fix first: open failures by the fix that closes them.
package struct Shortlist: Sendable {
  /// A fix with what makes it urgent.
  package struct Entry: Sendable {
    package var group: FixGroup
    package var score: Double
    /// The threats that its controls answer, by their titles.
    package var threats: [String]
  }

  /// The most urgent first.
  package let entries: [Entry]
  /// How many failures are of checks that no edition knows.
  package let unmapped: Int
  /// Failures for which there is nothing to change.
  package let unfixable: [UnfixableGroup]
  package let snippets: [Snippet]
  /// How many hosts lack a text.
  package let lacking: Int

  /// Puts fixes in order.
  ///
  /// - Parameters:
  ///   - remedies: The open failures by fix, of the most urgent fixes at least.
  ///   - ranking: The same failures, ranked by fix.
  ///   - model: The threats.
  ///   - limit: The most fixes.
  ///   - own: A `daemon.json` to merge into.
  ///   - unmapped: How many failures are of checks that no edition knows.
  ///   - mostTexts: The most texts of a kind to apply: those for most hosts.
  package init(
    _ remedies: Remedies, ranking: Ranking, model: ThreatModel, limit: Int, own: OwnDaemonJSON?,
    unmapped: Int, mostTexts: Int = .max
  ) {
    let scores = Dictionary(ranking.entries.map { ($0.name, $0.score) }) { first, _ in first }
    let entries = remedies.groups.map { group in
      Entry(
        group: group, score: scores[group.fix.id] ?? 0,
        threats: model.threats.filter { !Set($0.controls).isDisjoint(with: group.controls) }
          .map(\.title))
    }
    self.entries = Array(
      entries.sorted { ($1.score, $0.group.fix.id) < ($0.score, $1.group.fix.id) }.prefix(limit))
    self.unmapped = unmapped
    unfixable = remedies.unfixable
    guard mostTexts > 0 else {
      (snippets, lacking) = ([], 0)
      return
    }
    let texts = remedies.snippets(
      of: Set(self.entries.map(\.group.fix.id)), merging: own, most: mostTexts)
    (snippets, lacking) = (texts.snippets, texts.lacking.count)
  }
}

/// The report for people on what to fix first.
package enum ShortlistReport {
  /// The most texts of a kind that a person is shown: in a fleet nearly every host may have its own.
  package static let mostTexts = 5

  /// Describes a shortlist: the fixes in order, then the texts that bring them about.
  package static func document(_ shortlist: Shortlist) -> Document {
    var document = Document()
    document.heading(.init("What to fix first"))
    if shortlist.entries.isEmpty, shortlist.unmapped == 0, shortlist.unfixable.isEmpty {
      document.paragraph(.init("Nothing is open.", .good))
    }
    document.table(
      [
        Document.Column("", isRightAligned: true), Document.Column("score", isRightAligned: true),
        Document.Column("severity"), Document.Column("fix", isFlexible: true),
        Document.Column("closes", isFlexible: true), Document.Column("restart"),
        Document.Column("effort"),
      ],
      shortlist.entries.enumerated().map { number, entry in
        let group = entry.group
        return [
          [.init("\(number + 1)", .faint)],
          [.init(Chart.Series.text(entry.score.rounded()), .strong)],
          [TrendReport.severity(group.severity)],
          [.init(title(group)), .init(Untrusted(" " + group.fix.id), .faint)],
          [.init(closes(group))], [.init(group.restart.rawValue)], [.init(group.effort.rawValue)],
        ]
      })
    for (number, entry) in shortlist.entries.enumerated() {
      describe(entry, number: number + 1, &document)
    }
    if shortlist.unmapped > 0 {
      document.paragraph(
        .init(
          "\(TrendReport.count(shortlist.unmapped, "failure")) of checks that no edition knows: "
            + "for these there is no fix here.", .notable))
    }
    for group in shortlist.unfixable { describe(group, &document) }
    if shortlist.snippets.isEmpty { return document }
    document.section(.init("Texts to apply"))
    document.paragraph(
      .init("Made from the findings and never run. Read them before you apply them.", .notable))
    for snippet in shortlist.snippets { self.snippet(snippet, &document) }
    if shortlist.lacking > 0 {
      document.paragraph(
        .init(
          "Of each kind only the texts for most hosts are here. "
            + "\(TrendReport.count(shortlist.lacking, "host")) lack one or more: "
            + "'--host' has those of a host, '--format json' all.", .notable))
    }
    return document
  }

  private static func describe(_ group: UnfixableGroup, _ document: inout Document) {
    let controls = TrendReport.count(group.controls.count, "failing control")
    let hosts = TrendReport.count(group.hosts.count, "host")
    let name = group.distribution?.name ?? "this version of Kubernetes"
    let reason =
      group.isProvided ? "the provider of \(name) runs the part" : "\(name) has no such setting"
    document.paragraph(
      .init("Nothing to change for \(controls) on \(hosts): \(reason).", .notable))
    for (control, note) in group.controls.prefix(mostReasons) {
      document.bullet([.init(Untrusted("\(control): "), .faint), .init(Untrusted(note))])
    }
    if group.controls.count > mostReasons {
      document.bullet([.init("and \(group.controls.count - mostReasons) more", .faint)])
    }
  }

  private static let mostReasons = 10

  /// A fix's title, with the distribution that it is made for.
  private static func title(_ group: FixGroup) -> String {
    group.fix.title + (group.fix.distribution.map { " (\($0.name))" } ?? "")
  }

  private static func closes(_ group: FixGroup) -> String {
    var parts = [TrendReport.count(group.controls.count, "control")]
    if !group.items.isEmpty { parts.append(TrendReport.count(group.items.count, "item")) }
    parts.append(TrendReport.count(group.hosts.count, "host"))
    return parts.joined(separator: ", ")
  }

  private static func describe(
    _ entry: Shortlist.Entry, number: Int, _ document: inout Document
  ) {
    let group = entry.group
    document.heading(.init("\(number). \(title(group))"))
    document.bullet([
      .init("closes: ", .faint), .init(Untrusted(group.controls.joined(separator: ", "))),
    ])
    document.bullet([.init("on: ", .faint), .init(Untrusted(names(group.hosts)))])
    if !group.items.isEmpty {
      document.bullet([.init("items: ", .faint)] + RunReport.items(group.items))
    }
    if !entry.threats.isEmpty {
      document.bullet([
        .init("counters: ", .faint), .init(Untrusted(entry.threats.joined(separator: "; "))),
      ])
    }
    for impact in group.impacts {
      document.bullet([.init("may break: ", .faint), .init(Untrusted(impact))])
    }
    for verification in group.verifications {
      document.bullet([.init("verify: ", .faint), .init(Untrusted(verification))])
    }
  }

  /// Names with the number of those that are left out.
  static func names(_ names: [String], most: Int = 8) -> String {
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }

  /// Describes one text to apply.
  static func snippet(_ snippet: Snippet, _ document: inout Document) {
    document.heading(.init(snippet.title), .init(": "), .init(Untrusted(snippet.fileName)))
    var line: Document.Line = [.init("for ", .faint), .init(Untrusted(names(snippet.hosts)))]
    if !snippet.destination.isEmpty {
      line.append(.init("; to ", .faint))
      line.append(.init(Untrusted(snippet.destination)))
    }
    document.paragraph(line)
    for note in snippet.notes { document.bullet([.init(Untrusted(note.text), .notable)]) }
    document.code(snippet.text, language: snippet.language)
  }
}

/// `benchtrail.shortlist.v1`: what to fix first.
package struct ShortlistJSON: Encodable {
  struct FixJSON: Encodable {
    let rank: Int
    let fix: String
    let title: String
    let kind: String
    let distribution: String?
    let target: String
    let value: String
    let score: Double
    let severity: String
    let controls: [String]
    let hosts: [String]
    let items: [ItemJSON]
    let threats: [String]
    let restart: String
    let effort: String
    let impacts: [String]
    let verifications: [String]
  }

  struct UnfixableJSON: Encodable {
    struct ControlJSON: Encodable {
      let control: String
      let reason: String
    }

    let distribution: String?
    let isProvided: Bool
    let controls: [ControlJSON]
    let hosts: [String]
  }

  struct SnippetJSON: Encodable {
    let kind: String
    let title: String
    let fileName: String
    let destination: String
    let language: String
    let text: String
    let hosts: [String]
    let fixes: [String]
    let notes: [String]
  }

  let schema = "benchtrail.shortlist.v1"
  let fixes: [FixJSON]
  let unmapped: Int
  let unfixable: [UnfixableJSON]
  let snippets: [SnippetJSON]

  /// Describes a shortlist.
  package init(_ shortlist: Shortlist) {
    fixes = shortlist.entries.enumerated().map { number, entry in
      let group = entry.group
      return FixJSON(
        rank: number + 1, fix: group.fix.id, title: group.fix.title, kind: group.fix.kind,
        distribution: group.fix.distribution?.id, target: group.fix.target, value: group.value,
        score: (entry.score * 1_000).rounded() / 1_000,
        severity: group.severity.name, controls: group.controls, hosts: group.hosts,
        items: group.items.map(ItemJSON.init), threats: entry.threats,
        restart: group.restart.rawValue, effort: group.effort.rawValue, impacts: group.impacts,
        verifications: group.verifications)
    }
    unmapped = shortlist.unmapped
    unfixable = shortlist.unfixable.map { group in
      UnfixableJSON(
        distribution: group.distribution?.id, isProvided: group.isProvided,
        controls: group.controls.map { .init(control: $0.id, reason: $0.reason) },
        hosts: group.hosts)
    }
    snippets = shortlist.snippets.map { snippet in
      SnippetJSON(
        kind: snippet.kind.rawValue, title: snippet.title, fileName: snippet.fileName,
        destination: snippet.destination, language: snippet.language, text: snippet.text,
        hosts: snippet.hosts, fixes: snippet.fixes, notes: snippet.notes.map(\.text))
    }
  }
}
