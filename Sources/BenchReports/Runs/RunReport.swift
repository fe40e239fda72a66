package import BenchAnalysis
import BenchCatalog
package import BenchModel

/// The reports for people on single runs.
package enum RunReport {
  /// Lists runs, newest first.
  package static func list(_ runs: [RunSummary]) -> Document {
    var document = Document()
    document.table(
      [
        Document.Column("run"), Document.Column("host", isFlexible: true),
        Document.Column("started (UTC)"), Document.Column("edition"),
        Document.Column("fail", isRightAligned: true),
        Document.Column("pass", isRightAligned: true),
        Document.Column("manual", isRightAligned: true), Document.Column("", isFlexible: true),
      ],
      runs.map { run in
        let counts = run.counts
        return [
          [.init(String(run.name.prefix(10)), .notable)],
          [.init(Untrusted(run.host))],
          [.init(CivilTime.short(run.startedAt))],
          [.init(Untrusted(run.release.edition ?? "unknown"))],
          [.init("\(counts[.fail] ?? 0)", .bad)],
          [.init("\(counts[.pass] ?? 0)", .good)],
          [.init("\(counts[.manual] ?? 0)")],
          [.init(notes(on: run).joined(separator: ", "), .faint)],
        ]
      })
    return document
  }

  /// Shows a run with the findings that are asked for.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - findings: Some or all of its findings.
  ///   - title: Says which.
  ///   - judgement: What the policy says of findings.
  /// - Returns: The report.
  package static func show(
    _ run: RunSummary, _ findings: [Finding], title: String, _ judgement: Judgement
  ) -> Document {
    let controls = judgement.policy.catalog.controls
    var document = Document()
    document.heading(.init("Run "), .init(run.name, .notable))
    document.paragraph(header(run))
    document.paragraph(tally(run))
    if !notes(on: run).isEmpty {
      document.paragraph(.init("Note: " + notes(on: run).joined(separator: "; "), .notable))
    }
    document.heading(.init("\(title) (\(findings.count))"))
    if findings.isEmpty { document.paragraph(.init("None.", .good)) }
    document.table(
      [
        Document.Column("check"), Document.Column(""),
        Document.Column("control", isFlexible: true),
        Document.Column("items", isFlexible: true),
      ],
      findings.map { finding in
        var what: Document.Line = [
          .init(Untrusted(finding.control.flatMap(controls.control)?.title ?? finding.title))
        ]
        what.append(.init(Untrusted(" " + (finding.control ?? "unmapped")), .faint))
        return [
          [.init(Untrusted(finding.checkID))], [outcome(finding.outcome)],
          what + note(judgement.judge(finding, host: run.host)),
          items(finding.items, isTruncated: finding.itemsTruncated),
        ]
      })
    return document
  }

  /// What the policy says of a finding.
  static func note(_ judged: JudgedFinding) -> Document.Line {
    if judged.isWaived { return [.init(" (waived)", .notable)] }
    if !judged.waivedItems.isEmpty {
      return [.init(" (waived for \(judged.waivedItems.count) of its items)", .notable)]
    }
    if judged.attestation != nil { return [.init(" (attested: \(judged.outcome.name))", .notable)] }
    return judged.isLapsed ? [.init(" (attestation lapsed)", .notable)] : []
  }

  /// Host, tool, edition and time in one line.
  static func header(_ run: RunSummary) -> Document.Line {
    var line: Document.Line = [
      .init(Untrusted(run.host), .strong), .init("  \(CivilTime.short(run.startedAt)) UTC  "),
      .init(Untrusted(run.release.tool.name)),
    ]
    if let printed = run.release.printed { line.append(.init(Untrusted(" " + printed))) }
    line.append(.init(Untrusted("  " + (run.release.edition ?? "edition unknown"))))
    line.append(.init(Untrusted("  \(run.path):\(run.line)"), .faint))
    return line
  }

  static func tally(_ run: RunSummary) -> Document.Line {
    let counts = run.counts
    return [
      .init("\(counts[.fail] ?? 0) fail", .bad), .init(", "),
      .init("\(counts[.pass] ?? 0) pass", .good),
      .init(
        ", \(counts[.manual] ?? 0) manual, \(counts[.info] ?? 0) info, "
          + "\(counts[.notApplicable] ?? 0) not applicable"),
    ]
  }

  static func notes(on run: RunSummary) -> [String] {
    var notes: [String] = []
    if !run.isComplete { notes.append("incomplete") }
    if run.unmapped > 0 { notes.append("\(run.unmapped) unmapped") }
    switch run.timeSource {
    case .log: break
    case .logWithoutMinutes: notes.append("minutes unknown")
    case .given: notes.append("time given")
    case .file: notes.append("file's time")
    }
    if run.isOrderGuessed { notes.append("same time as another run: order guessed") }
    return notes
  }

  /// An outcome as a word in its colour.
  static func outcome(_ outcome: Outcome?) -> Document.Span {
    switch outcome {
    case .pass: .init("pass", .good)
    case .fail: .init("fail", .bad)
    case .manual: .init("manual", .notable)
    case .info: .init("info")
    case .notApplicable: .init("n/a", .faint)
    case nil: .init("absent", .faint)
    }
  }

  /// Items with what is at fault in brackets, one name once, and no more than fit a glance.
  static func items(_ items: [Item], isTruncated: Bool = false, most: Int = 8) -> Document.Line {
    var names: [String] = []
    var values: [String: [String]] = [:]
    for item in items {
      if values[item.name] == nil { names.append(item.name) }
      values[item.name, default: []] += item.value.isEmpty ? [] : [item.value]
    }
    var line: Document.Line = []
    for (number, name) in names.prefix(most).enumerated() {
      let value = values[name, default: []]
      let text = value.isEmpty ? name : "\(name) (\(value.joined(separator: ", ")))"
      // The comma goes with the name before it, so that no line begins with one.
      let isLast = number == names.count - 1
      line.append(.init(Untrusted((line.isEmpty ? "" : " ") + text + (isLast ? "" : ","))))
    }
    if names.count > most { line.append(.init(" and \(names.count - most) more", .faint)) }
    if isTruncated { line.append(.init(" (list cut short)", .notable)) }
    return line
  }
}
