package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report on whether the gate tripped, with every reason.
package enum GateReport {
  /// Describes a gate for people.
  package static func document(_ gate: Gate) -> Document {
    var document = Document()
    let hosts = TrendReport.count(gate.hosts.count, "host")
    switch gate.state {
    case .tripped:
      document.heading(
        .init("The gate tripped: \(TrendReport.count(gate.reasons.count, "reason"))", .bad),
        .init(" on \(gate.count(.tripped)) of \(hosts)"))
    case .notMeasurable:
      document.heading(
        .init(
          "The gate is not passed: \(gate.count(.notMeasurable)) of \(hosts) not measurable",
          .notable))
    case .passed: document.heading(.init("The gate is passed", .good), .init(": \(hosts)"))
    }
    document.paragraph(
      .init("\(gate.open) open, \(gate.waived) accepted"),
      .init(
        gate.criterionChanged > 0
          ? ", \(gate.criterionChanged) judged by another criterion and not counted as new" : "",
        .notable))
    if gate.thresholds.isEmpty {
      document.paragraph(
        .init("Nothing is asked for: give a flag, or 'gate' in the policy.", .notable))
    }
    document.table(
      [
        Document.Column("host"), Document.Column("reason", isFlexible: true),
        Document.Column("what", isFlexible: true),
      ],
      gate.reasons.map { reason in
        [[.init(Untrusted(reason.host))], [.init(words(reason), .bad)], what(reason, gate.catalog)]
      })
    states(gate, &document)
    return document
  }

  /// The hosts that did not pass, each with its state; of one host the reasons say it.
  private static func states(_ gate: Gate, _ document: inout Document) {
    guard gate.hosts.contains(where: { !$0.unmeasured.isEmpty }) else { return }
    for host in gate.hosts where !host.unmeasured.isEmpty {
      document.bullet([
        .init(Untrusted(host.host), .strong), .init(": "),
        .init(host.state == .tripped ? "tripped; also " : "", .bad),
        .init("not measurable: ", .notable),
        .init(host.unmeasured.map(words).joined(separator: "; ")),
      ])
    }
    document.paragraph(
      .init(
        "'benchtrail baseline set' makes a run one that later ones are measured against.", .faint))
  }

  /// Why a run's new failures can't be told.
  package static func words(_ unmeasured: Gate.Unmeasured) -> String {
    let system = unmeasured.system.name
    return switch unmeasured.reason {
    case .noBase:
      "new failures of \(system) have no baseline and no run before to be measured against"
    case .nothingInCommon: "the base has no \(system) check in common with the newest run"
    }
  }

  /// Why the gate tripped, in words of our own.
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
      "compliance \(compliance.text ?? "0") % is below \(Chart.Series.text(least)) %"
    case .count(let severity, let count, let most):
      "\(count) open of severity \(severity.name); the most is \(most)"
    case .unmapped(let count): "\(TrendReport.count(count, "check")) that no edition knows"
    case .incomplete: "the run is incomplete"
    case .stale(let days, let most):
      "the newest run is \(TrendReport.count(days, "day")) old; the most is \(most)"
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

  /// Describes a gate as GitHub's workflow commands, one error for each reason.
  ///
  /// What stands in them is escaped as GitHub's runner reads it, so that no name ends the command.
  package static func annotations(_ gate: Gate) -> String {
    var output = ""
    for reason in gate.reasons {
      var text = reason.host + ": " + words(reason)
      if let finding = reason.finding {
        text += ": \(finding.checkID) \(finding.title)"
        let names = reason.items.prefix(8).map(\.name)
        if !names.isEmpty { text += " (\(names.joined(separator: ", ")))" }
      }
      let place =
        reason.run.map {
          "file=\(property($0.path)),line=\(reason.finding?.line ?? $0.line),"
        } ?? ""
      output += "::error \(place)title=benchtrail gate::\(message(text))\n"
    }
    for host in gate.hosts {
      for unmeasured in host.unmeasured {
        output +=
          "::warning title=benchtrail gate::\(message(host.host + ": " + words(unmeasured)))\n"
      }
    }
    if gate.state == .passed { output += "::notice title=benchtrail gate::passed\n" }
    return output
  }

  private static func message(_ text: String) -> String {
    var output = ""
    for scalar in Untrusted(text).forTerminal.unicodeScalars {
      switch scalar {
      case "%": output += "%25"
      case "\r": output += "%0D"
      case "\n": output += "%0A"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func property(_ text: String) -> String {
    message(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

/// `benchtrail.gate.v1`: whether the gate tripped, and why.
package struct GateJSON: Encodable {
  struct ReasonJSON: Encodable {
    let host: String
    let kind: String
    let message: String
    let control: String?
    let checkId: String?
    let title: String?
    let items: [ItemJSON]?
    let leftOut: Bool?
    let run: String?
    let source: SourceJSON?
  }

  struct HostJSON: Encodable {
    struct UnmeasuredJSON: Encodable {
      let system: String
      let reason: String
    }
    let host: String
    let state: String
    let reasons: Int
    let unmeasured: [UnmeasuredJSON]
  }

  let schema = "benchtrail.gate.v1"
  let passed: Bool
  let state: String
  let hosts: Int
  let hostStates: [HostJSON]
  let open: Int
  let waived: Int
  let criterionChanged: Int
  let reasons: [ReasonJSON]

  /// Describes a gate.
  package init(_ gate: Gate) {
    passed = gate.state == .passed
    state = gate.state.rawValue
    hosts = gate.hosts.count
    hostStates = gate.hosts.map { host in
      HostJSON(
        host: host.host, state: host.state.rawValue, reasons: host.reasons,
        unmeasured: host.unmeasured.map {
          HostJSON.UnmeasuredJSON(system: $0.system.name, reason: $0.reason.rawValue)
        })
    }
    open = gate.open
    waived = gate.waived
    criterionChanged = gate.criterionChanged
    reasons = gate.reasons.map { reason in
      ReasonJSON(
        host: reason.host, kind: Self.name(reason.kind), message: GateReport.words(reason),
        control: reason.finding.map { $0.control ?? "unmapped" },
        checkId: reason.finding?.checkID, title: reason.finding?.title,
        items: reason.finding == nil ? nil : reason.items.map(ItemJSON.init),
        leftOut: reason.finding == nil ? nil : reason.isLeftOut, run: reason.run?.name,
        source: reason.run.map {
          SourceJSON(path: $0.path, line: reason.finding?.line ?? $0.line)
        })
    }
  }

  /// The key of the policy that asks for it.
  private static func name(_ kind: Gate.Reason.Kind) -> String {
    switch kind {
    case .newFailure: "new-failures"
    case .severity: "severity"
    case .compliance: "compliance"
    case .count: "counts"
    case .unmapped: "unmapped"
    case .incomplete: "incomplete"
    case .stale: "stale-days"
    case .lapsed: "lapsed-attestations"
    }
  }
}
