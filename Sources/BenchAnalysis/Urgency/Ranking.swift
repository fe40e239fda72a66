package import BenchCatalog
import BenchHistory
package import BenchModel

/// Open failures in the order of their urgency.
package struct Ranking: Sendable {
  /// What failures are brought together by.
  package enum Grouping: Hashable, Sendable {
    case control
    case fix
    case host
    case stride
    case item
    /// A framework's requirements.
    case requirement(Framework)

    /// The name used in every format.
    package var name: String {
      switch self {
      case .control: "control"
      case .fix: "fix"
      case .host: "host"
      case .stride: "stride"
      case .item: "item"
      case .requirement: "requirement"
      }
    }

    /// The framework whose requirements it is by.
    package var framework: Framework? {
      if case .requirement(let framework) = self { framework } else { nil }
    }
  }

  /// A control, a fix, a host, a category, an item or a requirement with its open failures.
  package struct Entry: Sendable {
    /// The control's slug, the fix's or the requirement's id, the host, the category's or the item's name.
    package var name: String
    /// The title of a control or a fix, the name of a requirement; empty for others.
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

/// Those for which nothing has to be named.
extension Ranking.Grouping: CaseIterable {
  package static let allCases: [Ranking.Grouping] = [.control, .fix, .host, .stride, .item]
}

/// Collects open failures host by host, and ranks them.
package struct RankingBuilder: Sendable {
  /// The open failures of a check, or of a part of them.
  private struct Part {
    var hosts = 0
    var items = 0
    var since = Int64.max
    var newHosts = 0

    mutating func add(items count: Int, since start: Int64, isNew: Bool) {
      hosts += 1
      items += count
      since = min(since, start)
      if isNew { newHosts += 1 }
    }
  }

  private struct Tally {
    var check: CheckKeys.Check
    var severity: Severity?
    /// The numbers of the groups that it belongs to on all hosts.
    var groups: [Int]
    var all = Part()
  }

  private let grouping: Ranking.Grouping
  private let judgement: Judgement
  private var catalog: Catalog { judgement.policy.catalog }
  private var tallies: [Tally] = []
  private var slotsByKey: [FindingKey: Int] = [:]
  /// The places of the tallies by the numbers of the checks of a history.
  private var numbered: (checks: CheckKeys.Token, slots: [Int])?
  private var groupNames: [String] = []
  private var groupNumbers: [String: Int] = [:]
  /// The last host of a group that was counted, and how many there are.
  private var groupHosts: [(last: Int, count: Int)] = []
  /// Where a host or an item is a group: what each has of each tally.
  private var parts: [Int: [Int: Part]] = [:]
  private var titles: [String: String] = [:]
  private var hostCount = 0
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
    hostCount += 1
    var (slots, checks) = (numbered?.slots ?? [], numbered?.checks)
    numbered = nil
    let known = host.findings.known.checks
    if checks !== known.token {
      (slots, checks) = (Array(repeating: -1, count: known.count), known.token)
    }
    for verdict in host.verdicts where verdict.outcome == .fail {
      guard verdict.isOpen else {
        waived += 1
        continue
      }
      open += 1
      if slots[verdict.key] < 0 {
        slots[verdict.key] = slot(of: host.check(verdict), verdict.severity)
      }
      add(verdict, to: slots[verdict.key], host)
    }
    numbered = checks.map { ($0, slots) }
  }

  /// The place of a check's tally, which is made if it is new.
  private mutating func slot(of check: CheckKeys.Check, _ severity: Severity?) -> Int {
    let key = check.key
    if let slot = slotsByKey[key] { return slot }
    slotsByKey[key] = tallies.count
    tallies.append(
      Tally(check: check, severity: severity, groups: groups(of: check).map { group($0) }))
    return tallies.count - 1
  }

  /// The number of a group.
  private mutating func group(_ name: String) -> Int {
    if let number = groupNumbers[name] { return number }
    groupNumbers[name] = groupNames.count
    groupNames.append(name)
    groupHosts.append((last: 0, count: 0))
    return groupNames.count - 1
  }

  private mutating func add(_ verdict: JudgedHost.Verdict, to slot: Int, _ host: JudgedHost) {
    switch grouping {
    case .control, .fix, .stride, .requirement:
      tallies[slot].all.add(
        items: host.openItemCount(verdict), since: verdict.since, isNew: verdict.isNew)
      for place in tallies[slot].groups.indices { note(tallies[slot].groups[place]) }
    case .host:
      let group = group(host.name)
      note(group)
      parts[group, default: [:]][slot, default: Part()].add(
        items: host.openItemCount(verdict), since: verdict.since, isNew: verdict.isNew)
    case .item:
      let items = host[verdict].judged.openItems
      for name in Set(items.map { "\($0.kind.name) \($0.stableName)" }).sorted() {
        let group = group(name)
        note(group)
        parts[group, default: [:]][slot, default: Part()].add(
          items: 1, since: verdict.since, isNew: verdict.isNew)
      }
    }
  }

  /// Counts the host that is being added in a group.
  private mutating func note(_ group: Int) {
    guard groupHosts[group].last != hostCount else { return }
    groupHosts[group] = (hostCount, groupHosts[group].count + 1)
  }

  /// The groups that a check belongs to, whatever the host and the items.
  private mutating func groups(of check: CheckKeys.Check) -> [String] {
    let catalog = judgement.policy.catalog
    switch grouping {
    case .control:
      let name = check.key.description
      titles[name] = check.control.flatMap(catalog.controls.control)?.title ?? check.title
      return [name]
    case .fix:
      guard let fix = check.control.flatMap({ catalog.advice[$0]?.fix }) else {
        return ["unmapped"]
      }
      titles[fix.id] = fix.title
      return [fix.id]
    case .stride:
      let categories = judgement.policy.stride(of: check.control)
      return categories.isEmpty ? ["none"] : categories.map(\.title)
    case .requirement(let framework):
      let requirements = catalog.frameworks.requirements(of: check.control, in: framework.id)
      for requirement in requirements { titles[requirement.id] = requirement.name }
      return requirements.isEmpty ? [framework.noRequirement] : requirements.map(\.id)
    case .host, .item: return []
    }
  }

  /// The tallies of each group.
  private var members: [[(slot: Int, part: Part)]] {
    var members = groupNames.indices.map { group in
      (parts[group] ?? [:]).map { (slot: $0.key, part: $0.value) }
    }
    for (slot, tally) in tallies.enumerated() {
      for group in tally.groups { members[group].append((slot, tally.all)) }
    }
    return members
  }

  /// The ranking of all hosts that were added.
  package func build() -> Ranking {
    var entries: [Ranking.Entry] = []
    for (group, members) in members.enumerated() {
      let name = groupNames[group]
      var scored:
        [(
          key: FindingKey, check: CheckKeys.Check, severity: Severity?, part: Part,
          priority: Priority
        )] = []
      for (slot, part) in members {
        let tally = tallies[slot]
        let surface = tally.check.control.flatMap { catalog.risks[$0]?.surface } ?? ""
        let facts = Priority.Facts(
          severity: tally.severity, surface: surface, hosts: part.hosts, items: part.items,
          days: Age(since: part.since, until: judgement.time).days, newHosts: part.newHosts)
        scored.append((tally.check.key, tally.check, tally.severity, part, Priority(facts)))
      }
      scored.sort { (-$0.priority.score, $0.key) < (-$1.priority.score, $1.key) }
      let terms =
        grouping == .control
        ? scored.first?.priority.terms ?? []
        : scored.map {
          Priority.Term(
            name: $0.check.control ?? $0.check.checkID, factor: $0.priority.score,
            reason: $0.severity?.name ?? "unmapped")
        }
      let severities = scored.compactMap(\.severity)
      entries.append(
        Ranking.Entry(
          name: name, title: titles[name] ?? "",
          score: scored.reduce(0) { $0 + $1.priority.score }, severity: severities.max(),
          controls: scored.count, hosts: groupHosts[group].count,
          items: scored.reduce(0) { $0 + $1.part.items },
          since: scored.map(\.part.since).min() ?? judgement.time, terms: terms))
    }
    entries.sort { (-$0.score, $0.name) < (-$1.score, $1.name) }
    return Ranking(entries: entries, waived: waived, open: open)
  }
}
