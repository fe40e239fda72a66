import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

extension RunReport {
  /// Lists what is open from before a run.
  static func stillOpen(
    _ failures: [StillOpen], after run: RunSummary, _ judgement: Judgement,
    _ document: inout Document
  ) {
    guard !failures.isEmpty else { return }
    document.heading(.init("Still open from before (\(failures.count))", .notable))
    document.paragraph(why(run))
    let controls = judgement.policy.catalog.controls
    document.table(
      [
        Document.Column("check"), Document.Column("severity"),
        Document.Column("control", isFlexible: true), Document.Column("items", isFlexible: true),
        Document.Column("from the run"),
      ],
      failures.map { failure in
        let finding = failure.finding
        let judged = judgement.judge(finding, host: run.host)
        var what: Document.Line = [
          .init(Untrusted(finding.control.flatMap(controls.control)?.title ?? finding.title))
        ]
        what.append(.init(Untrusted(" " + (finding.control ?? "unmapped")), .faint))
        return [
          [.init(Untrusted(finding.checkID))], [TrendReport.severity(judged.severity)],
          what + note(judged), items(finding.items, isTruncated: finding.itemsTruncated),
          [
            .init(String(failure.run.name.prefix(10)), .notable),
            .init(" " + CivilTime.date(failure.run.startedAt)),
          ],
        ]
      })
  }

  /// Why the run closes none of them, in a sentence.
  private static func why(_ run: RunSummary) -> Document.Line {
    var line: Document.Line = [.init("This run ")]
    if !run.isComplete {
      line.append(.init("is incomplete and "))
    } else if !run.scope.isWhole {
      line.append(.init("was limited ("))
      line.append(.init(Untrusted(run.scope.text)))
      line.append(.init(") and "))
    }
    line.append(.init("did not evaluate these, so what an earlier run found still holds."))
    return line
  }
}

/// A failure that is open from before a run, in the documents that programs read.
struct StillOpenJSON: Encodable {
  let control: String
  let checkId: String
  let title: String
  let severity: String?
  let items: [ItemJSON]
  let itemsTruncated: Bool
  /// Whether the policy accepts the failure; nil where it says nothing.
  let waived: Bool?
  let run: String
  let startedAt: String
  let source: SourceJSON

  init(_ failure: StillOpen, _ judged: JudgedFinding?) {
    let finding = failure.finding
    control = finding.control ?? "unmapped"
    checkId = finding.checkID
    title = finding.title
    severity = judged?.severity?.name
    items = finding.items.map(ItemJSON.init)
    itemsTruncated = finding.itemsTruncated
    waived = judged?.isWaived == true ? true : nil
    run = failure.run.name
    startedAt = CivilTime.rfc3339(failure.run.startedAt)
    source = SourceJSON(path: failure.run.path, line: finding.line)
  }
}
