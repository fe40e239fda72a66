package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report on whether the gate passed or failed, with every reason.
package enum GateReport {
  /// What to type where nothing is asked for.
  static let advice =
    "'benchtrail policy init' makes a policy, or give a flag such as --new-failures"
  /// First runs of more hosts are counted and not named; as JSON all are.
  private static let mostFirstRuns = 8

  /// Describes a gate for people.
  package static func document(_ gate: Gate) -> Document {
    var document = Document()
    heading(gate, &document)
    document.table(
      [
        Document.Column("host"), Document.Column("severity"), Document.Column("check"),
        Document.Column("what", isFlexible: true), Document.Column("why", isFlexible: true),
      ],
      GateRow.rows(of: gate).mapInParallel { [catalog = gate.catalog] row in row.cells(catalog) })
    states(gate, &document)
    document.paragraph(totals(gate))
    return document
  }

  private static func heading(_ gate: Gate, _ document: inout Document) {
    let hosts = TrendReport.count(gate.hosts.count, "host")
    guard !gate.thresholds.isEmpty else {
      document.heading(
        .init(
          "Gate has nothing to judge by: run 'benchtrail policy init', or give a flag", .notable))
      document.paragraph(
        .init(
          "No threshold is set, so everything passes. "
            + "A flag is, for example, --new-failures or --severity high."))
      return
    }
    switch gate.state {
    case .tripped:
      document.heading(.init("Gate failed on \(gate.count(.tripped)) of \(hosts)", .bad))
    case .notMeasurable where gate.hosts.isEmpty:
      document.heading(.init("Gate judged no host: none has a run at this time", .notable))
    case .notMeasurable:
      document.heading(
        .init(
          "Gate can't judge \(gate.count(.notMeasurable)) of \(hosts)", .notable),
        .init(", and failed on none"))
    case .passed: document.heading(.init("Gate passed on \(hosts)", .good))
    }
  }

  /// How many rules failed, and what does not count.
  private static func totals(_ gate: Gate) -> Document.Line {
    var line: Document.Line = []
    let failed = Set(gate.reasons.map(\.kind.key))
    if !failed.isEmpty {
      let names = gate.thresholds.keys.filter(failed.contains).joined(separator: ", ")
      line.append(.init("\(TrendReport.count(failed.count, "rule")) failed: \(names). ", .bad))
    }
    line.append(.init("Open: \(TrendReport.count(gate.open, "finding")). "))
    line.append(.init("Accepted: \(accepted(gate.accepted))."))
    if gate.criterionChanged > 0 {
      line.append(
        .init(
          " The check's logic changed, so not counted as new: \(gate.criterionChanged).",
          .notable))
    }
    return line
  }

  /// How many findings are accepted, and until when the first of them.
  static func accepted(_ accepted: Acceptances) -> String {
    guard accepted.count > 0 else { return "none" }
    var text = TrendReport.count(accepted.count, "finding")
    if let end = accepted.nextEnd {
      let some = accepted.endingNext < accepted.count ? "\(accepted.endingNext) " : ""
      text += " (\(some)until \(CivilTime.date(end - 1)))"
    }
    return text
  }

  /// The hosts that could not be judged, and those that are new.
  private static func states(_ gate: Gate, _ document: inout Document) {
    for host in gate.hosts where !host.missing.isEmpty {
      document.bullet([
        .init(Untrusted(host.host), .strong), .init(": "),
        .init(host.state == .tripped ? "failed; also " : "", .bad),
        .init("not measurable: ", .notable),
        .init(host.missing.map(words).joined(separator: "; ")),
      ])
    }
    if gate.hosts.contains(where: { !$0.missing.isEmpty }) {
      document.paragraph(
        .init(
          "'benchtrail baseline set' makes a run one that later ones are measured against.", .faint)
      )
    }
    let first = gate.hosts.filter { !$0.firstRuns.isEmpty }
    guard !first.isEmpty else { return }
    var line: Document.Line = [.init("First run: ", .notable)]
    for (number, host) in first.prefix(mostFirstRuns).enumerated() {
      let systems = host.firstRuns.map(\.system.name).joined(separator: ", ")
      line.append(.init(Untrusted((number > 0 ? ", " : "") + "\(host.host) (\(systems))")))
    }
    if first.count > mostFirstRuns {
      line.append(.init(" and \(TrendReport.count(first.count - mostFirstRuns, "more host"))"))
    }
    line.append(.init(". There is nothing earlier that new failures could be measured against."))
    document.paragraph(line)
  }

  /// Why a run's new failures can't be told.
  package static func words(_ unmeasured: Gate.Unmeasured) -> String {
    let system = unmeasured.system.name
    return switch unmeasured.reason {
    case .noBase:
      "first run of \(system): there is no baseline and no run before to measure new failures against"
    case .otherSystem: "the base is not a run of \(system)"
    case .nothingInCommon: "the base has no \(system) check in common with the newest run"
    }
  }

  /// Why the gate failed, in words of our own.
  package static func words(_ reason: Gate.Reason) -> String {
    switch reason.kind {
    case .newFailure(.regressed): "regressed"
    case .newFailure(.stillFailing): "fails for more items"
    case .newFailure: "newly seen failing"
    case .severity(nil, let least):
      "open and without a severity, which counts as \(least.name) or above"
    case .severity(.some(let severity), let least):
      "open, \(severity.name)"
        + (severity == least ? "" : "; none of \(least.name) or above may be")
    case .compliance(let compliance, let least):
      "compliance \(compliance.text ?? "0") %, at least \(Chart.Series.text(least)) % is required"
    case .count(let severity, let count, let most):
      "\(count) open of severity \(severity.name), at most \(most) are allowed"
    case .unmapped(let count): "\(TrendReport.count(count, "check")) that no edition knows"
    case .incomplete: "the run is incomplete"
    case .stale(let days, let most):
      "the newest run is \(TrendReport.count(days, "day")) old, at most \(most) are allowed"
    case .lapsed: "the attestation has lapsed"
    }
  }

  /// The finding or the run that is the reason.
  static func what(_ reason: Gate.Reason, _ catalog: Catalog) -> Document.Line {
    var line: Document.Line = []
    if let finding = reason.finding {
      line.append(.init(Untrusted(finding.checkID + " ")))
      line += TrendReport.name(
        CheckKeys.Check(
          control: finding.control, checkID: finding.checkID, title: finding.title), catalog)
      if !reason.items.isEmpty {
        line.append(.init(": "))
        line += RunReport.items(reason.items)
      }
      if reason.isLeftOut { line.append(.init(" (left out by the newest run)", .notable)) }
    } else if let run = reason.run {
      line.append(.init(String(run.name.prefix(10)), .notable))
      line.append(.init(" " + CivilTime.short(run.startedAt)))
    }
    if let run = reason.run, reason.finding != nil {
      line.append(.init(Untrusted("  \(run.path):\(reason.finding?.line ?? run.line)"), .faint))
    }
    return line
  }
}
