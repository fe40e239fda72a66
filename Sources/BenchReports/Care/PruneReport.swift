package import BenchHistory
import BenchModel

/// The report on which runs stay and which go.
package enum PruneReport {
  /// Says what stays and what goes, or would go.
  ///
  /// - Parameters:
  ///   - plan: What stays and what goes.
  ///   - isDryRun: Whether nothing was changed.
  ///   - isVerbose: Whether the runs that stay are listed, with the reasons.
  /// - Returns: The report.
  package static func document(_ plan: PrunePlan, isDryRun: Bool, isVerbose: Bool) -> Document {
    var document = Document()
    document.table(
      [
        Document.Column("host", isFlexible: true), Document.Column("tool", isFlexible: true),
        Document.Column(isDryRun ? "keep" : "kept", isRightAligned: true),
        Document.Column(isDryRun ? "go" : "gone", isRightAligned: true),
      ],
      plan.groups.map { group in
        [
          [.init(Untrusted(group.host), .strong)], [.init(Untrusted(group.tool.name))],
          [.init("\(group.kept.count)")],
          [.init("\(group.gone.count)", group.gone.isEmpty ? .faint : .bad)],
        ]
      })
    if isVerbose { kept(plan, &document) }
    let gone = plan.gone.count
    let what = "\(gone) of \(TrendReport.count(gone + plan.kept, "run"))"
    if gone == 0 {
      document.paragraph(.init("No run goes; \(plan.kept) stay."))
    } else if isDryRun {
      document.paragraph(
        .init("\(what) would go. Nothing was changed: add '--yes' to remove them."))
    } else {
      document.paragraph(.init("\(what) \(gone == 1 ? "is" : "are") gone."))
    }
    return document
  }

  /// Lists the runs that stay, with the reasons.
  private static func kept(_ plan: PrunePlan, _ document: inout Document) {
    document.heading(.init("Kept (\(plan.kept))"))
    document.table(
      [
        Document.Column("run"), Document.Column("host", isFlexible: true),
        Document.Column("started (UTC)"), Document.Column("because", isFlexible: true),
      ],
      plan.groups.flatMap { group in
        group.kept.map { kept in
          [
            [.init(String(RunSummary.name(of: kept.run.id).prefix(10)), .notable)],
            [.init(Untrusted(group.host))], [.init(CivilTime.short(kept.run.startedAt))],
            [.init(kept.reasons.map(words).joined(separator: ", "))],
          ]
        }
      })
  }

  /// Why a run stays, in words.
  private static func words(_ reason: Retention.Reason) -> String {
    switch reason {
    case .last: "one of the last"
    case .daily: "last of its day"
    case .weekly: "last of its week"
    case .monthly: "last of its month"
    case .yearly: "last of its year"
    case .within: "recent"
    case .oldest: "the oldest"
    case .baseline: "baseline"
    case .current: "what is known now stands on it"
    }
  }
}

/// `benchtrail.prune.v1`: which runs stay and which go.
package struct PruneJSON: Encodable {
  struct KeptJSON: Encodable {
    let run: String
    let startedAt: String
    let reasons: [String]
  }

  struct GoneJSON: Encodable {
    let run: String
    let startedAt: String
  }

  struct HostJSON: Encodable {
    let host: String
    let tool: String
    let kept: [KeptJSON]
    let gone: [GoneJSON]
  }

  let schema = "benchtrail.prune.v1"
  let dryRun: Bool
  let kept: Int
  let gone: Int
  let hosts: [HostJSON]

  /// Describes what stays and what goes.
  package init(_ plan: PrunePlan, isDryRun: Bool) {
    dryRun = isDryRun
    kept = plan.kept
    gone = plan.gone.count
    hosts = plan.groups.map { group in
      HostJSON(
        host: group.host, tool: group.tool.name,
        kept: group.kept.map {
          KeptJSON(
            run: RunSummary.name(of: $0.run.id), startedAt: CivilTime.rfc3339($0.run.startedAt),
            reasons: $0.reasons.map(\.rawValue))
        },
        gone: group.gone.map {
          GoneJSON(
            run: RunSummary.name(of: $0.id), startedAt: CivilTime.rfc3339($0.startedAt))
        })
    }
  }
}
