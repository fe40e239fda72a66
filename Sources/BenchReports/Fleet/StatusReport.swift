package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report on one host, which fits a screen.
package enum StatusReport {
  /// More of what is worse is counted and not named, so that it stays one screen.
  private static let mostWorse = 3
  /// The most characters of the line of little bars.
  private static let barWidth = 30

  /// Describes a host for people.
  package static func document(_ status: HostStatus) -> Document {
    var document = Document()
    document.blocks.append(.heading(heading(status)))
    document.table(
      [Document.Column(""), Document.Column("", isFlexible: true)],
      facts(status).map { label, text in [[.init(Untrusted(label), .faint)], text] })
    worse(status, &document)
    urgent(status, &document)
    return document
  }

  private static func heading(_ status: HostStatus) -> Document.Line {
    let host = status.overview
    var line: Document.Line = [
      .init(Untrusted(host.name), .strong), .init(": \(host.open.total) open; "),
    ]
    guard status.systems.contains(where: { $0.base != nil }) else {
      return line + [.init("first run", .notable)]
    }
    line.append(.init("\(host.worse) worse", host.worse > 0 ? .bad : .plain))
    line.append(.init(", "))
    line.append(.init("\(host.fixed) fixed", host.fixed > 0 ? .good : .plain))
    return line + [.init(" since the run before")]
  }

  // MARK: - Facts

  private static func facts(_ status: HostStatus) -> [(label: String, text: Document.Line)] {
    var facts: [(String, Document.Line)] = status.runs.map {
      ($0.release.tool.system.name, tool($0))
    }
    facts.append(("newest run", newest(status)))
    facts.append(("baseline", baseline(status)))
    facts.append(("open", open(status)))
    facts.append(("accepted", [.init(GateReport.accepted(status.accepted))]))
    facts.append(("to decide", undecided(status)))
    facts.append(("compliance", compliance(status)))
    facts += gate(status)
    facts.append(("last runs", history(status)))
    return facts
  }

  private static func tool(_ run: RunSummary) -> Document.Line {
    var text = run.release.tool.name
    if let printed = run.release.printed { text += " " + printed }
    text += ", " + (run.release.edition ?? "edition unknown")
    var line: Document.Line = [.init(Untrusted(text))]
    if run.unmapped > 0 {
      line.append(.init("; \(TrendReport.count(run.unmapped, "unmapped check"))", .notable))
    }
    if !run.isComplete { line.append(.init("; incomplete run", .notable)) }
    return line
  }

  private static func newest(_ status: HostStatus) -> Document.Line {
    let host = status.overview
    var line: Document.Line = [
      .init("\(CivilTime.short(host.lastRun)) UTC, \(ago(host, status.time))")
    ]
    if host.isSilent {
      line.append(.init(", silent", .notable))
      line.append(.init(" (more than \(TrendReport.count(status.silentAfter, "day")))"))
    }
    return line
  }

  private static func ago(_ host: HostOverview, _ time: Int64) -> String {
    if host.age.days > 1 { return "\(host.age.days) days ago" }
    // What a clock that is ahead says was just now.
    let minutes = host.lastRun < time ? (time - host.lastRun) / 60 : 0
    return minutes < 60 ? "\(minutes) min ago" : "\(minutes / 60) h ago"
  }

  private static func baseline(_ status: HostStatus) -> Document.Line {
    let known = status.systems.compactMap { system in
      system.baseline.map { run in
        "\(CivilTime.short(run.startedAt)) UTC"
          + (status.systems.count > 1 ? " (\(system.system.name))" : "")
      }
    }
    return [.init(Untrusted(known.isEmpty ? "none" : known.joined(separator: ", ")))]
  }

  private static func open(_ status: HostStatus) -> Document.Line {
    let open = status.overview.open
    var line: Document.Line = []
    for severity in Severity.descending {
      let count = open[severity]
      line.append(
        .init("\(count) \(severity.name)", severity >= .high && count > 0 ? .bad : .plain))
      line.append(.init(severity == .low ? "" : ", "))
    }
    if open.unrated > 0 { line.append(.init(", \(open.unrated) of unmapped checks", .notable)) }
    if status.notEvaluated > 0 {
      line.append(
        .init("; \(status.notEvaluated) of them not evaluated by the newest run", .notable))
    }
    return line
  }

  private static func undecided(_ status: HostStatus) -> Document.Line {
    var line: Document.Line = [.init(TrendReport.count(status.manual, "manual check"))]
    if status.lapsed > 0 {
      line.append(.init(", \(TrendReport.count(status.lapsed, "attestation")) lapsed", .notable))
    }
    return line
  }

  private static func compliance(_ status: HostStatus) -> Document.Line {
    let now = status.overview.compliance
    guard let text = now.text else { return [.init("nothing judged")] }
    var line: Document.Line = [.init("\(text) %")]
    guard let before = status.complianceBefore?.tenThousandths, let share = now.tenThousandths
    else { return line }
    // The difference of the numbers as they are shown.
    let tenths = share / 10 - before / 10
    let amount = Chart.Series.text(Double(tenths.magnitude) / 10)
    switch tenths {
    case 0: line.append(.init(", as with the run before"))
    case 1...: line.append(.init(", \(amount) more than with the run before", .good))
    default: line.append(.init(", \(amount) less than with the run before", .bad))
    }
    return line
  }

  private static func history(_ status: HostStatus) -> Document.Line {
    guard let first = status.history.first, let last = status.history.last else { return [] }
    let values = status.history.map { Double($0.failures) as Double? }
    let bars = Chart.Series("", .plain, values).sparkline(width: barWidth, isFromZero: true)
    let runs = TrendReport.count(status.history.count, "run")
    return [
      .init(bars),
      .init(
        status.history.count > 1
          ? " \(first.failures) to \(last.failures) failures in \(runs)"
          : " \(TrendReport.count(last.failures, "failure")) in \(runs)"),
      .init(status.accepted.count > 0 ? ", accepted ones too" : ""),
    ]
  }

  // MARK: - The gate

  /// The state, and a line for each rule that failed.
  private static func gate(_ status: HostStatus) -> [(String, Document.Line)] {
    guard let gate = status.gate, let host = gate.hosts.first else { return [] }
    let missing = host.missing.map(GateReport.words).joined(separator: "; ")
    switch host.state {
    case .passed:
      let first = host.firstRuns.isEmpty ? "" : "; of a first run nothing can be told to be new"
      return [("gate", [.init("passed", .good), .init(first)])]
    case .notMeasurable:
      return [("gate", [.init("not measurable", .notable), .init(": " + missing)])]
    case .tripped:
      var lines = failedRules(gate).enumerated().map { number, rule in
        (
          number == 0 ? "gate" : "",
          [.init(number == 0 ? "failed: " : "", .bad), .init(rule.words)] as Document.Line
        )
      }
      if !missing.isEmpty { lines.append(("", [.init("not measurable: " + missing, .notable)])) }
      return lines
    }
  }

  /// The rules that failed, each with how many reasons there are and a line of words.
  static func failedRules(_ gate: Gate) -> [(key: String, reasons: Int, words: String)] {
    gate.thresholds.keys.compactMap { key in
      let reasons = gate.reasons.filter { $0.kind.key == key }
      guard let first = reasons.first else { return nil }
      let words =
        switch first.kind {
        case .newFailure: "\(TrendReport.count(reasons.count, "new failure"))"
        case .severity(_, let least):
          "\(reasons.count) open of severity \(least.name)"
            + (least == .critical ? "" : " or above")
        case .lapsed: "\(TrendReport.count(reasons.count, "attestation")) lapsed"
        case .compliance, .count, .unmapped, .incomplete, .stale:
          reasons.map(GateReport.words).joined(separator: "; ")
        }
      return (key, reasons.count, words)
    }
  }

  // MARK: - Findings

  private static func worse(_ status: HostStatus, _ document: inout Document) {
    let shown = status.worst.prefix(mostWorse)
    guard !shown.isEmpty else { return }
    let count = status.overview.worse
    document.heading(.init("Worse since the run before"))
    document.table(
      [Document.Column(""), Document.Column(""), Document.Column("", isFlexible: true)],
      shown.map { failure in
        var what: Document.Line = [.init(Untrusted(failure.title))]
        if !failure.items.isEmpty {
          what.append(.init(": "))
          what += RunReport.items(failure.items, most: 3)
        }
        if failure.isAccepted { what.append(.init(" (accepted)", .notable)) }
        return [
          [TrendReport.severity(failure.severity)], [.init(Untrusted(failure.check.checkID))], what,
        ]
      })
    if shown.count < count {
      document.paragraph(
        [.init("and \(count - shown.count) more: '", .faint)]
          + command("compare", status.overview.name) + [.init("' has them", .faint)])
    }
  }

  private static func urgent(_ status: HostStatus, _ document: inout Document) {
    guard !status.urgent.isEmpty else {
      document.paragraph(.init("Nothing is open.", .good))
      return
    }
    document.heading(.init("Most urgent"))
    document.table(
      [
        Document.Column(""), Document.Column(""), Document.Column("", isFlexible: true),
        Document.Column("", isFlexible: true),
      ],
      status.urgent.map { failure in
        [
          [TrendReport.severity(failure.severity)], [.init(Untrusted(failure.check.checkID))],
          [.init(Untrusted(failure.title))],
          failure.fix.map { [.init("fix: "), .init(Untrusted($0.title))] } ?? [],
        ]
      })
    document.paragraph(
      [.init("Next: '", .faint)] + command("shortlist", status.overview.name)
        + [.init("' has the texts of the fixes.", .faint)])
  }

  /// A command about the host, whose name stands in it only where a shell takes it for one word.
  private static func command(_ name: String, _ host: String) -> Document.Line {
    let isPlain =
      !host.hasPrefix("-")
      && host.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
      }
    return [.init("benchtrail \(name) --host "), .init(Untrusted(isPlain ? host : "HOST"))]
  }
}
