import BenchModel

/// The findings of a page with what they can be filtered by.
///
/// Only closed sets of our own words and numbers stand in attributes; a host is known there by its number.
struct FindingFilters {
  private let cards: [Document.Card]
  private let hosts: [String: Int]
  private let hostNames: [String]

  init(_ cards: [Document.Card]) {
    self.cards = cards
    hostNames = cards.flatMap(\.tags.hosts).uniqued.sorted()
    hosts = Dictionary(uniqueKeysWithValues: hostNames.enumerated().map { ($1, $0 + 1) })
  }

  /// What the template gets.
  func values(_ renderer: HTMLRenderer) -> [String: Any] {
    [
      "total": cards.count, "filters": filters(renderer),
      "cards": cards.map { values($0, renderer) },
    ]
  }

  private func filters(_ renderer: HTMLRenderer) -> [[String: Any]] {
    func option(_ value: String, _ label: String, _ isMeant: (Document.Card) -> Bool)
      -> [String: Any]?
    {
      let count = cards.count(where: isMeant)
      return count == 0 ? nil : ["value": value, "label-html": label, "count": count]
    }
    let severities = (Severity.descending + [nil]).compactMap { severity in
      option(Self.name(severity), renderer.text([.severity(severity)])) { $0.severity == severity }
    }
    let states = [
      option("open", "open") { !$0.tags.isAccepted },
      option("accepted", "accepted") { $0.tags.isAccepted },
      option("worse", "worse") { $0.tags.isWorse },
    ].compactMap { $0 }
    let stride = Stride.allCases.compactMap { category in
      option(category.name, category.title) { $0.tags.stride.contains(category) }
    }
    let surfaces = cards.map(\.tags.surface).uniqued.filter { !$0.isEmpty }.compactMap { surface in
      option(surface, surface) { $0.tags.surface == surface }
    }
    let names = hostNames.count <= Self.mostHosts ? hostNames : []
    let hosts = names.compactMap { name in
      option("\(self.hosts[name] ?? 0)", Untrusted(name).forHTML) { $0.tags.hosts.contains(name) }
    }
    return [
      ("severity", "Severity", severities), ("state", "State", states),
      ("stride", "Threat", stride), ("surface", "Where", surfaces),
      ("host", "Host", hosts.count > 1 ? hosts : []),
    ].filter { !$0.2.isEmpty }.map { ["name": $0.0, "title": $0.1, "options": $0.2] }
  }

  /// Of more hosts there is no filter: the search finds each.
  private static let mostHosts = 60

  private static func name(_ severity: Severity?) -> String { severity?.name ?? "unrated" }

  private func values(_ card: Document.Card, _ renderer: HTMLRenderer) -> [String: Any] {
    [
      "severity": Self.name(card.severity), "state": card.tags.isAccepted ? "accepted" : "open",
      "stride": card.tags.stride.map(\.name).joined(separator: " "),
      "surface": card.tags.surface,
      "hosts": card.tags.hosts.compactMap { hosts[$0].map(String.init) }.joined(separator: " "),
      "is-worse": card.tags.isWorse,
      "severity-html": renderer.text([.severity(card.severity)]),
      "title-html": renderer.text(card.title), "code-html": renderer.plainHTML(card.code),
      "where-html": renderer.text(card.place), "age-html": renderer.text(card.age),
      "facts": card.facts.map { fact in
        var values: [String: Any] = ["term": fact.term, "value-html": renderer.text(fact.line)]
        if let code = fact.code { values["block-html"] = Untrusted(code.text).forHTMLCode }
        return values
      },
    ]
  }
}
