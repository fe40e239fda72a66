import BenchAnalysis
import BenchHistory
import BenchModel

/// What people decided, what they have to decide, and what could not be judged.
extension FullReport {
  func decisions(_ document: inout Document) {
    document.section(.init("Accepted risks"), short: "Accepted")
    list(waived, "", "accepted by", &document)
    document.section(.init("Needs a person's decision"), short: "To decide")
    list(manual, "Manual checks without an attestation", "", &document)
    list(lapsed, "Lapsed attestations", "", &document)
    if !attested.isEmpty { list(attested, "Decided by a person", "decision", &document) }
    document.section(.init("Could not be judged"), short: "Not judged")
    list(unmapped, "Checks that no edition knows", "", &document)
    if !leftOut.isEmpty {
      list(leftOut, "Open failures that the newest run did not evaluate", "", &document)
    }
    incomplete(&document)
  }

  private func list(
    _ tallies: [FindingKey: FindingTally], _ title: String, _ noteTitle: String,
    _ document: inout Document
  ) {
    let sorted = tallies.sorted { (-$0.value.hosts, $0.key) < (-$1.value.hosts, $1.key) }
    if !title.isEmpty { document.heading(.init("\(title) (\(sorted.count))")) }
    if sorted.isEmpty { document.paragraph(.init("None.", .good)) }
    let hasNote = !noteTitle.isEmpty
    document.table(
      [
        Document.Column("control", isFlexible: true),
        Document.Column("hosts", isRightAligned: true),
        Document.Column("such as", isFlexible: true),
      ] + (hasNote ? [Document.Column(noteTitle, isFlexible: true)] : []),
      sorted.prefix(limit).map { _, tally in
        [
          TrendReport.name(tally.check, judgement.policy.catalog), [.init("\(tally.hosts)")],
          [.init(Untrusted(tally.examples.joined(separator: ", ")), .faint)],
        ] + (hasNote ? [[.init(Untrusted(tally.note))]] : [])
      })
    if sorted.count > limit {
      document.paragraph(.init("and \(sorted.count - limit) more: raise '--limit'", .faint))
    }
  }

  private func incomplete(_ document: inout Document) {
    document.heading(.init("Incomplete runs (\(incompleteCount))"))
    if incomplete.isEmpty { document.paragraph(.init("None.", .good)) }
    document.table(
      [Document.Column("run"), Document.Column("", isFlexible: true)],
      incomplete.map { [[.init(String($0.name.prefix(10)), .notable)], RunReport.header($0)] })
    if incompleteCount > incomplete.count {
      document.paragraph(.init("and \(incompleteCount - incomplete.count) more", .faint))
    }
  }
}
