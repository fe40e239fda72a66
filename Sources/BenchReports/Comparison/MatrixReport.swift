package import BenchAnalysis
package import BenchHistory
package import BenchModel

/// The report for people on one run against several: a row for each control, a column for each run.
package enum MatrixReport {
  /// Describes a comparison of a run with several later ones.
  ///
  /// - Parameters:
  ///   - base: The run before.
  ///   - heads: The runs after, each with what changed from the base to it.
  ///   - isVerbose: Whether controls are listed that are the same in all.
  ///   - policy: Says how severe a failure is; nil for the catalogue alone.
  /// - Returns: The report.
  package static func document(
    _ base: StoredRun, _ heads: [(run: StoredRun, comparison: Comparison)], isVerbose: Bool,
    policy: Policy? = nil
  ) -> Document {
    var document = Document()
    document.heading(.init("\(heads.count + 1) runs, control by control"))
    let runs = [base.summary] + heads.map(\.run.summary)
    document.table(
      [Document.Column(""), Document.Column("", isFlexible: true)],
      runs.enumerated().map { number, run in
        [[.init(letter(number), .strong)], RunReport.header(run)]
      })
    let rows = rows(base, heads, isVerbose: isVerbose, policy)
    document.heading(.init("Controls that differ (\(rows.count))"))
    if rows.isEmpty { document.paragraph(.init("None.", .good)) }
    document.table(
      [Document.Column("severity"), Document.Column("control", isFlexible: true)]
        + runs.indices.map { Document.Column(letter($0)) },
      rows)
    document.paragraph(
      .init("* may come of another logic of the check. ", .notable),
      .init("+n, -n: items that came and went against \(letter(0)).", .faint))
    return document
  }

  /// A to Z, then numbers.
  private static func letter(_ number: Int) -> String {
    number < 26
      ? String(Character(Unicode.Scalar(UInt8(65 + number)))) : "\(number + 1)"
  }

  private static func rows(
    _ base: StoredRun, _ heads: [(run: StoredRun, comparison: Comparison)], isVerbose: Bool,
    _ policy: Policy?
  ) -> [[Document.Line]] {
    var order: [FindingKey] = []
    var names: [FindingKey: Document.Line] = [:]
    var changes: [[FindingKey: ControlChange]] = []
    for head in heads {
      var own: [FindingKey: ControlChange] = [:]
      for change in head.comparison.changes {
        guard let finding = change.head ?? change.base,
          isVerbose || change.change != .stillFailing || !change.itemsAdded.isEmpty
            || !change.itemsRemoved.isEmpty
        else { continue }
        let key = finding.key
        own[key] = change
        guard names[key] == nil else { continue }
        let check = CheckKeys.Check(
          control: change.control, checkID: finding.checkID, title: finding.title)
        names[key] = TrendReport.name(check, head.comparison.catalog)
        order.append(key)
      }
      changes.append(own)
    }
    let baseFindings = findings(base)
    let headFindings = heads.map { findings($0.run) }
    return order.compactMap { key in
      guard let name = names[key] else { return nil }
      let found = ([baseFindings] + headFindings).compactMap { $0[key] }
      let failure = found.first { $0.outcome == .fail }
      let severity = failure.map { failure in
        let policy = policy ?? heads.first.map { Policy($0.comparison.catalog) }
        return TrendReport.severity(policy?.severity(of: failure.control))
      }
      var row = [
        severity.map { [$0] } ?? [], name, [RunReport.outcome(baseFindings[key]?.outcome)],
      ]
      for (index, own) in changes.enumerated() {
        var cell: Document.Line = [RunReport.outcome(headFindings[index][key]?.outcome)]
        if let change = own[key] {
          if change.isDoubtful { cell.append(.init("*", .notable)) }
          if change.base != nil, !change.itemsAdded.isEmpty {
            cell.append(.init(" +\(change.itemsAdded.count)", .bad))
          }
          if !change.itemsRemoved.isEmpty {
            cell.append(.init(" -\(change.itemsRemoved.count)", .good))
          }
        }
        row.append(cell)
      }
      return row
    }
  }

  private static func findings(_ run: StoredRun) -> [FindingKey: Finding] {
    Finding.merged(run.findings) { $0.key }.findings
  }
}

/// `benchtrail.matrix.v1`: one run against several.
package struct MatrixJSON: Encodable {
  let schema = "benchtrail.matrix.v1"
  let comparisons: [ComparisonJSON]

  /// Describes the comparisons, with the severities of a policy, or else of the catalogue.
  package init(
    _ base: RunSummary, _ heads: [(run: StoredRun, comparison: Comparison)], policy: Policy? = nil
  ) {
    comparisons = heads.map {
      ComparisonJSON(base, $0.run.summary, $0.comparison, policy: policy)
    }
  }
}
