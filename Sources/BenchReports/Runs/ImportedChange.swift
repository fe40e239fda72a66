import BenchAnalysis
package import BenchHistory
import BenchModel

/// What changed on a host and system with the newest run that an import brought.
package struct ImportedChange: Sendable {
  /// A comparison in numbers: an import may be of ten thousand hosts.
  package struct Summary: Sendable {
    /// How many controls changed how; see ``ComparisonJSON``.
    let counts: [String: Int]
    package let worse: Int
    let withMoreItems: Int
    /// The first that are worse, then those with more items.
    let names: [String]
    package let fixed: Int
    let leftOpen: Int
    let criterionChanged: Int
    private static let mostNames = 3

    /// Sums a comparison up.
    package init(_ comparison: Comparison) {
      counts = ComparisonJSON.counts(comparison)
      let all = comparison.changes.filter(\.isWorse) + comparison.changes.filter(\.hasMoreItems)
      worse = comparison.worse
      withMoreItems = comparison.withMoreItems
      names = all.prefix(Self.mostNames).map { $0.control ?? $0.head?.checkID ?? "" }
      fixed = comparison.count(.fixed)
      leftOpen = comparison.leftOpen
      criterionChanged = comparison.criterionChanged
    }
  }

  /// A run of a host, as far as a line on it needs it.
  package struct Side: Sendable {
    package var id: Int64
    package var host: String
    /// Seconds since 1970, in UTC.
    package var startedAt: Int64
    /// How many findings fail; 0 for a run before, of which nothing is said.
    package var failures: Int

    /// Creates a side.
    package init(id: Int64, host: String, startedAt: Int64, failures: Int) {
      self.id = id
      self.host = host
      self.startedAt = startedAt
      self.failures = failures
    }

    /// The id as it is written.
    package var name: String { RunSummary.name(of: id) }
  }

  package var head: Side
  /// The run before it; nil for the first of host and system.
  package var base: Side?
  /// What changed; nil for a first run, or where the two have nothing in common.
  package var summary: Summary?

  /// Creates a change.
  package init(head: Side, base: Side?, summary: Summary?) {
    self.head = head
    self.base = base
    self.summary = summary
  }

  /// The change in one line.
  package var line: Document.Line {
    var line: Document.Line = [.init(Untrusted(head.host), .strong)]
    let open = "\(head.failures) fail"
    guard let base else {
      line.append(.init(": first run, \(open)"))
      return line
    }
    line.append(.init(" since \(CivilTime.short(base.startedAt)): ", .faint))
    guard let summary else {
      line.append(.init("cannot be compared with the run before; \(open)", .notable))
      return line
    }
    let more = summary.worse + summary.withMoreItems - summary.names.count
    line.append(.init("\(summary.worse) worse", summary.worse > 0 ? .bad : .good))
    if !summary.names.isEmpty {
      let kinds = [
        (Change.regressed.rawValue, "regressed"), (Change.newlySeen.rawValue, "newly seen"),
        ("withMoreItems", "with more items"),
      ].compactMap { key, words in
        summary.counts[key].flatMap { $0 > 0 ? "\($0) \(words)" : nil }
      }
      line.append(
        .init(
          Untrusted(
            " (" + kinds.joined(separator: ", ") + ": " + summary.names.joined(separator: ", ")
              + (more > 0 ? " and \(more) more)" : ")"))))
    }
    line.append(.init(", "))
    line.append(.init("\(summary.fixed) fixed", summary.fixed > 0 ? .good : .plain))
    if summary.leftOpen > 0 {
      line.append(.init(", \(summary.leftOpen) left out and still open", .notable))
    }
    if summary.criterionChanged > 0 {
      line.append(
        .init(", \(summary.criterionChanged) because the check's logic changed", .notable))
    }
    line.append(.init(", \(open)"))
    return line
  }
}

/// What changed on a host, in the document on an import.
struct ImportedChangeJSON: Encodable {
  let host: String
  let run: String
  let base: String?
  let comparable: Bool
  let counts: [String: Int]?
  let worse: Int?

  init(_ change: ImportedChange) {
    host = change.head.host
    run = change.head.name
    base = change.base?.name
    comparable = change.summary != nil
    counts = change.summary?.counts
    worse = change.summary?.worse
  }
}
