import BenchCatalog
import BenchHistory
package import BenchModel

/// Open failures in the order of their urgency.
package struct Ranking: Sendable {
  /// What failures are brought together by.
  package enum Grouping: String, Sendable, CaseIterable {
    case control
    case fix
    case host
    case stride
    case item
  }

  /// A control, a fix, a host, a category or an item with its open failures.
  package struct Entry: Sendable {
    /// The control's slug, the fix's id, the host, the category's or the item's name.
    package var name: String
    /// The title of a control or a fix; empty for others.
    package var title: String
    package var score: Double
    package var severity: Severity?
    /// How many controls fail in it.
    package var controls: Int
    package var hosts: Int
    package var items: Int
    /// Since when the oldest fails.
    package var since: Int64
    /// The terms, where the entry is one control; else the controls' own scores, which add up.
    package var terms: [Priority.Term]
  }

  /// The most urgent first; equal ones by name.
  package let entries: [Entry]
  /// Failures that are accepted, and left out.
  package let waived: Int
  /// All open failures.
  package let open: Int
}

/// Collects open failures host by host, and ranks them.
package struct RankingBuilder: Sendable {
  private struct Tally {
    var check: CheckKeys.Check
    var severity: Severity?
    var hosts = 0
    var items = 0
    var since = Int64.max
    var newHosts = 0
  }

  private let grouping: Ranking.Grouping
  private let judgement: Judgement
  private var catalog: Catalog { judgement.policy.catalog }
  /// By group, and in it by control.
  private var groups: [String: [FindingKey: Tally]] = [:]
  private var titles: [String: String] = [:]
  private var groupHosts: [String: Set<String>] = [:]
  private var waived = 0
  private var open = 0

  /// Creates a ranking of nothing.
  ///
  /// - Parameters:
  ///   - grouping: What failures are brought together by.
  ///   - judgement: The policy, as of the time for which waivers count and to which ages are counted.
  package init(by grouping: Ranking.Grouping, _ judgement: Judgement) {
    self.grouping = grouping
    self.judgement = judgement
  }

  /// Adds what is known of a host.
  package mutating func add(_ host: JudgedHost) {
    for entry in host.entries {
      let judged = entry.judged
      if judged.outcome == .fail, judged.isWaived { waived += 1 }
      guard judged.isOpen else { continue }
      open += 1
      let finding = entry.finding
      let key = finding.key
      let items = judged.openItems
      let since = entry.current.openSince ?? entry.current.run.startedAt
      for (group, count) in self.groups(of: finding, key, items, host.name) {
        var tally =
          groups[group]?[key]
          ?? Tally(
            check: CheckKeys.Check(
              control: finding.control, checkID: finding.checkID, title: finding.title),
            severity: judged.severity)
        tally.hosts += 1
        tally.items += count
        tally.since = min(tally.since, since)
        if entry.current.isNew { tally.newHosts += 1 }
        groups[group, default: [:]][key] = tally
        groupHosts[group, default: []].insert(host.name)
      }
    }
  }

  /// The groups that a failure belongs to, with the number of its items in each.
  private mutating func groups(
    of finding: Finding, _ key: FindingKey, _ items: [Item], _ host: String
  ) -> [(name: String, items: Int)] {
    let names = Set(items.map { "\($0.kind.name) \($0.stableName)" })
    switch grouping {
    case .control:
      let name = key.description
      titles[name] = finding.control.flatMap(catalog.controls.control)?.title ?? finding.title
      return [(name, names.count)]
    case .fix:
      guard let fix = finding.control.flatMap({ catalog.advice[$0]?.fix }) else {
        return [("unmapped", names.count)]
      }
      titles[fix.id] = fix.title
      return [(fix.id, names.count)]
    case .host: return [(host, names.count)]
    case .stride:
      let categories = judgement.policy.stride(of: finding.control)
      return categories.isEmpty
        ? [("none", names.count)] : categories.map { ($0.title, names.count) }
    case .item: return names.sorted().map { ($0, 1) }
    }
  }

  /// The ranking of all hosts that were added.
  package func build() -> Ranking {
    var entries: [Ranking.Entry] = []
    for (name, tallies) in groups {
      var scored: [(key: FindingKey, tally: Tally, priority: Priority)] = []
      for (key, tally) in tallies {
        let surface = tally.check.control.flatMap { catalog.risks[$0]?.surface } ?? ""
        let facts = Priority.Facts(
          severity: tally.severity, surface: surface, hosts: tally.hosts, items: tally.items,
          days: Age(since: tally.since, until: judgement.time).days, newHosts: tally.newHosts)
        scored.append((key, tally, Priority(facts)))
      }
      scored.sort { (-$0.priority.score, $0.key) < (-$1.priority.score, $1.key) }
      let terms =
        grouping == .control
        ? scored.first?.priority.terms ?? []
        : scored.map {
          Priority.Term(
            name: $0.tally.check.control ?? $0.tally.check.checkID, factor: $0.priority.score,
            reason: $0.tally.severity?.name ?? "unmapped")
        }
      let severities = scored.compactMap(\.tally.severity)
      entries.append(
        Ranking.Entry(
          name: name, title: titles[name] ?? "",
          score: scored.reduce(0) { $0 + $1.priority.score }, severity: severities.max(),
          controls: scored.count, hosts: groupHosts[name]?.count ?? 0,
          items: scored.reduce(0) { $0 + $1.tally.items },
          since: scored.map(\.tally.since).min() ?? judgement.time, terms: terms))
    }
    entries.sort { (-$0.score, $0.name) < (-$1.score, $1.name) }
    return Ranking(entries: entries, waived: waived, open: open)
  }
}
