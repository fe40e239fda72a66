package import BenchAnalysis
package import BenchHistory
package import BenchModel

/// The reports for people on single runs.
package enum RunReport {
  /// Lists runs, newest first.
  ///
  /// - Parameters:
  ///   - runs: The runs.
  ///   - baselines: The ids of those that are marked as baselines.
  /// - Returns: The report.
  package static func list(_ runs: [RunSummary], baselines: Set<Int64> = []) -> Document {
    var document = Document()
    document.table(
      [
        Document.Column("run"), Document.Column("host", isFlexible: true),
        Document.Column("started (UTC)"), Document.Column("tool", spare: 1),
        Document.Column("edition", spare: 4), Document.Column("fail", isRightAligned: true),
        Document.Column("pass", isRightAligned: true, spare: 2),
        Document.Column("manual", isRightAligned: true, spare: 3),
        Document.Column("", isFlexible: true),
      ],
      runs.map { run in
        let counts = run.counts
        return [
          [.init(String(run.name.prefix(10)), .notable)],
          [.init(Untrusted(run.host))],
          [.init(CivilTime.short(run.startedAt))],
          [.init(Untrusted(run.release.tool.shortName))],
          [.init(Untrusted(run.release.edition ?? "unknown"))],
          [.init("\(counts[.fail] ?? 0)", .bad)],
          [.init("\(counts[.pass] ?? 0)", .good)],
          [.init("\(counts[.manual] ?? 0)")],
          [
            .init(
              Untrusted(
                marks(on: run, isBaseline: baselines.contains(run.id)).joined(separator: ", ")),
              .faint)
          ],
        ]
      })
    return document
  }

  /// What a list says of a run besides its numbers, what matters most first.
  private static func marks(on run: RunSummary, isBaseline: Bool) -> [String] {
    let isMarked = isBaseline || run.labels[RunFilter.baselineLabel] != nil
    var marks = isMarked ? ["baseline"] : []
    if !run.isComplete { marks.append("incomplete") }
    if !run.scope.isWhole { marks.append("partial: " + run.scope.text) }
    if run.unmapped > 0 { marks.append("\(run.unmapped) unmapped") }
    switch run.timeSource {
    case .log: break
    case .logWithoutMinutes: marks.append("minutes unknown")
    case .given: marks.append("time given")
    case .file: marks.append("file's time")
    }
    if run.isOrderGuessed { marks.append("order guessed") }
    return marks
      + run.labels.filter { $0.key != RunFilter.baselineLabel }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }
  }

  /// Shows a run with the findings that are asked for: what fails first, the worst of it at the top.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - findings: Some or all of its findings.
  ///   - title: Says which.
  ///   - stillOpen: What is open from before, because the run did not evaluate it.
  ///   - judgement: What the policy says of findings.
  /// - Returns: The report.
  package static func show(
    _ run: RunSummary, _ findings: [Finding], title: String, stillOpen: [StillOpen] = [],
    _ judgement: Judgement
  ) -> Document {
    let policy = judgement.policy
    var document = Document()
    document.heading(.init("Run "), .init(run.name, .notable))
    document.paragraph(header(run))
    document.paragraph(tally(run))
    if !notes(on: run).isEmpty {
      document.paragraph(.init("Note: " + notes(on: run).joined(separator: "; "), .notable))
    }
    document.heading(.init("\(title) (\(findings.count))"))
    if findings.isEmpty { document.paragraph(.init("None.", .good)) }
    let failures = findings.filter { $0.outcome == .fail }
    let others = findings.filter { $0.outcome != .fail }
    let areOutcomesShown = !others.isEmpty
    let sorted = SeverityOrder.sorted(failures, policy) { ($0.control, $0.checkID) } + others
    document.table(
      [Document.Column("severity"), Document.Column("check")]
        + (areOutcomesShown ? [Document.Column("")] : [])
        + [Document.Column("control, items", isFlexible: true)],
      sorted.map { finding in
        let isFailure = finding.outcome == .fail
        var what: Document.Line =
          [.init(Untrusted(policy.title(of: finding)))]
          + note(judgement.judge(finding, host: run.host))
          + [.lineBreak, .init(Untrusted(finding.control ?? "unmapped"), .faint)]
        let items = items(finding.items, isTruncated: finding.itemsTruncated)
        if !items.isEmpty { what += [.lineBreak] + items }
        let severity = policy.severity(of: finding.control)
        return [
          isFailure ? [TrendReport.severity(severity)] : [], [.init(Untrusted(finding.checkID))],
        ] + (areOutcomesShown ? [[outcome(finding.outcome)]] : []) + [what]
      })
    Self.stillOpen(stillOpen, after: run, judgement, &document)
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

  /// The names of items with what is at fault in brackets, one name once.
  static func names(_ items: [Item]) -> [String] {
    var names: [String] = []
    var values: [String: [String]] = [:]
    for item in items {
      if values[item.name] == nil { names.append(item.name) }
      values[item.name, default: []] += item.value.isEmpty ? [] : [item.value]
    }
    return names.map { name in
      let value = values[name, default: []]
      return value.isEmpty ? name : "\(name) (\(value.joined(separator: ", ")))"
    }
  }

  /// Items as ``names(_:)`` has them, and no more than fit a glance.
  static func items(_ items: [Item], isTruncated: Bool = false, most: Int = 8) -> Document.Line {
    let names = names(items)
    var line: Document.Line = []
    for (number, name) in names.prefix(most).enumerated() {
      // The comma goes with the name before it, so that no line begins with one.
      let isLast = number == names.count - 1
      line.append(.init(Untrusted((line.isEmpty ? "" : " ") + name + (isLast ? "" : ","))))
    }
    if names.count > most { line.append(.init(" and \(names.count - most) more", .faint)) }
    if isTruncated { line.append(.init(" (list cut short)", .notable)) }
    return line
  }
}
