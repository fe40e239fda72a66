package import BenchAnalysis
import BenchCatalog
import BenchModel

/// The report on the waivers and attestations that end soon or have ended.
package enum PolicyDueReport {
  /// Describes what ends for people.
  package static func document(_ due: PolicyDue, _ policy: Policy, path: String) -> Document {
    var document = Document()
    document.heading(.init("What ends in "), .init(Untrusted(path), .notable))
    let within = "within \(TrendReport.count(due.days, "day"))"
    guard !due.entries.isEmpty else {
      document.paragraph(
        .init("Nothing has ended", .good), .init(", and nothing ends \(within)."))
      return document
    }
    let (ended, ending) = (due.ended, due.entries.count - due.ended)
    document.paragraph(
      .init("\(ended) ha\(ended == 1 ? "s" : "ve") ended", ended > 0 ? .bad : .plain),
      .init(", \(ending) end\(ending == 1 ? "s" : "") \(within)", ending > 0 ? .notable : .plain))
    document.table(
      [
        Document.Column("last day"), Document.Column(""),
        Document.Column("line", isRightAligned: true),
        Document.Column("accepted", isFlexible: true), Document.Column("by", isFlexible: true),
      ],
      due.entries.map { entry in
        [
          // The last day on which it holds is the one before its end.
          [.init(CivilTime.date(entry.end - 1))],
          [.init(when(entry.days), entry.hasEnded ? .bad : .notable)], [.init("\(entry.line)")],
          what(entry, policy), by(entry),
        ]
      })
    return document
  }

  private static func when(_ days: Int) -> String {
    switch days {
    case 0: "today"
    case 1...: "in " + TrendReport.count(days, "day")
    default: TrendReport.count(-days, "day") + " ago"
    }
  }

  private static func what(_ entry: PolicyDue.Entry, _ policy: Policy) -> Document.Line {
    var line: Document.Line = []
    if case .attestation(let decision) = entry.kind {
      line.append(.init("attested as \(decision.name): "))
    }
    switch entry.coverage.subject {
    case .control(let control):
      line.append(.init(Untrusted(policy.catalog.controls.control(control)?.title ?? "")))
      line.append(.init(Untrusted(" " + control), .faint))
    case .stride(let category): line.append(.init("all of STRIDE \(category.name)"))
    case .severity(let severity): line.append(.init("all of severity \(severity.name)"))
    }
    if !entry.coverage.hosts.isEmpty {
      line.append(.init(Untrusted(" on " + names(entry.coverage.hosts))))
    }
    if !entry.items.isEmpty { line.append(.init(Untrusted(": " + names(entry.items)))) }
    return line
  }

  private static func names(_ globs: [Glob]) -> String {
    globs.map(\.pattern).joined(separator: ", ")
  }

  private static func by(_ entry: PolicyDue.Entry) -> Document.Line {
    [
      .init(
        Untrusted(
          Acceptance.words(
            by: entry.by, from: entry.accepted, until: nil, ticket: entry.ticket,
            reason: entry.reason)))
    ]
  }
}

/// `benchtrail.policy-due.v1`: the waivers and attestations that end soon or have ended.
package struct PolicyDueJSON: Encodable {
  struct EntryJSON: Encodable {
    let kind: String
    let control: String?
    let title: String?
    let stride: String?
    let severity: String?
    let hosts: [String]
    let items: [String]
    let decision: String?
    let by: String
    let ticket: String?
    let reason: String
    let accepted: String?
    let lastDay: String
    let days: Int
    let ended: Bool
    let line: Int
  }

  let schema = "benchtrail.policy-due.v1"
  let path: String
  let asOf: String
  let within: Int
  let entries: [EntryJSON]

  /// Describes what ends.
  package init(_ due: PolicyDue, _ policy: Policy, path: String, time: Int64) {
    self.path = path
    asOf = CivilTime.rfc3339(time)
    within = due.days
    entries = due.entries.map { entry in
      var (control, stride, severity): (String?, String?, String?)
      switch entry.coverage.subject {
      case .control(let id): control = id
      case .stride(let category): stride = category.name
      case .severity(let level): severity = level.name
      }
      var (kind, decision): (String, String?) = ("waiver", nil)
      if case .attestation(let outcome) = entry.kind {
        (kind, decision) = ("attestation", outcome.name)
      }
      return EntryJSON(
        kind: kind, control: control,
        title: control.flatMap { policy.catalog.controls.control($0)?.title }, stride: stride,
        severity: severity, hosts: entry.coverage.hosts.map(\.pattern),
        items: entry.items.map(\.pattern), decision: decision, by: entry.by, ticket: entry.ticket,
        reason: entry.reason, accepted: entry.accepted.map { CivilTime.date($0) },
        lastDay: CivilTime.date(entry.end - 1), days: entry.days, ended: entry.hasEnded,
        line: entry.line)
    }
  }
}
