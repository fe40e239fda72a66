package import BenchAnalysis
private import BenchCatalog
package import BenchHistory
package import BenchModel

/// `benchtrail.comparison.v1`: what changed between two runs.
package struct ComparisonJSON: Encodable {
  let schema = "benchtrail.comparison.v1"
  let base: RunJSON
  let head: RunJSON
  let sameHost: Bool
  let counts: [String: Int]
  let books: BooksJSON
  let changes: [ChangeJSON]

  /// Describes a comparison, with the severities of a policy, or else of the catalogue.
  package init(
    _ base: RunSummary, _ head: RunSummary, _ comparison: Comparison, policy: Policy? = nil
  ) {
    self.base = RunJSON(base)
    self.head = RunJSON(head)
    sameHost = base.host == head.host
    counts = Self.counts(comparison)
    books = BooksJSON(comparison.books)
    let policy = policy ?? Policy(comparison.catalog)
    changes = comparison.changes.map { ChangeJSON($0, policy) }
  }

  /// How many changes there are of each kind.
  static func counts(_ comparison: Comparison) -> [String: Int] {
    var counts: [String: Int] = [:]
    for change in Change.allCases { counts[change.rawValue] = comparison.count(change) }
    counts["criterionChanged"] = comparison.criterionChanged
    counts["unchanged"] = comparison.unchanged
    counts["withMoreItems"] = comparison.withMoreItems
    return counts
  }
}

/// One control's change.
struct ChangeJSON: Encodable {
  private let change: ControlChange
  private let severity: Severity?

  init(_ change: ControlChange, _ policy: Policy) {
    self.change = change
    severity = change.severity(policy)
  }

  private enum Key: String, CodingKey {
    case control, title, change, severity, base, head, baseCheckId, headCheckId, baseLine, headLine
    case itemsAdded, itemsRemoved, criterionChanged, criteria, absence
  }

  private enum CriteriaKey: String, CodingKey { case base, head }

  private enum CriterionKey: String, CodingKey { case says, since }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(change.control ?? "unmapped", forKey: .control)
    try container.encode(change.head?.title ?? change.base?.title, forKey: .title)
    try container.encode(change.change.rawValue, forKey: .change)
    try container.encode(severity?.name, forKey: .severity)
    try container.encode(change.base?.outcome.name, forKey: .base)
    try container.encode(change.head?.outcome.name, forKey: .head)
    try container.encode(change.base?.checkID, forKey: .baseCheckId)
    try container.encode(change.head?.checkID, forKey: .headCheckId)
    try container.encode(change.base?.line, forKey: .baseLine)
    try container.encode(change.head?.line, forKey: .headLine)
    try container.encode(change.itemsAdded.map(ItemJSON.init), forKey: .itemsAdded)
    try container.encode(change.itemsRemoved.map(ItemJSON.init), forKey: .itemsRemoved)
    try container.encode(change.isCriterionChanged, forKey: .criterionChanged)
    try container.encodeIfPresent(change.absence?.rawValue, forKey: .absence)
    guard let criteria = change.criteria else { return }
    var both = container.nestedContainer(keyedBy: CriteriaKey.self, forKey: .criteria)
    for (key, list) in [(CriteriaKey.base, criteria.base), (.head, criteria.head)] {
      var array = both.nestedUnkeyedContainer(forKey: key)
      for criterion in list {
        var one = array.nestedContainer(keyedBy: CriterionKey.self)
        try one.encode(criterion.says, forKey: .says)
        try one.encode(criterion.since, forKey: .since)
      }
    }
  }
}
