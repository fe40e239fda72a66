package import BenchAnalysis
package import BenchModel

/// What changed on a host with the newest run that an import brought.
package struct ImportedChange: Sendable {
  package var head: RunSummary
  /// The run before it; nil for a host's first.
  package var base: RunSummary?
  /// What changed; nil for a host's first run, or where the two have nothing in common.
  package var comparison: Comparison?

  /// Creates a change.
  package init(head: RunSummary, base: RunSummary?, comparison: Comparison?) {
    self.head = head
    self.base = base
    self.comparison = comparison
  }

  /// The change in one line.
  package var line: Document.Line {
    var line: Document.Line = [.init(Untrusted(head.host), .strong)]
    let open = "\(head.counts[.fail] ?? 0) fail"
    guard let base else {
      line.append(.init(": first run, \(open)"))
      return line
    }
    line.append(.init(" since \(CivilTime.short(base.startedAt)): ", .faint))
    guard let comparison else {
      line.append(.init("cannot be compared with the run before; \(open)", .notable))
      return line
    }
    let worse = comparison.worse
    let names = comparison.changes.filter {
      !$0.isDoubtful && ($0.change == .regressed || $0.change == .newlySeen)
    }.map { $0.control ?? $0.head?.checkID ?? "" }
    line.append(.init("\(worse) worse", worse > 0 ? .bad : .good))
    if !names.isEmpty {
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      line.append(.init(Untrusted(" (" + names.prefix(3).joined(separator: ", ") + more + ")")))
    }
    let fixed = comparison.count(.fixed)
    line.append(.init(", "))
    line.append(.init("\(fixed) fixed", fixed > 0 ? .good : .plain))
    if comparison.leftOpen > 0 {
      line.append(.init(", \(comparison.leftOpen) left out and still open", .notable))
    }
    if comparison.criterionChanged > 0 {
      line.append(.init(", \(comparison.criterionChanged) by another criterion", .notable))
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
    comparable = change.comparison != nil
    counts = change.comparison.map(ComparisonJSON.counts)
    worse = change.comparison?.worse
  }
}
