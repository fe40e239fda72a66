import BenchAnalysis
package import BenchCatalog
import BenchModel

/// The report for people on what a control, or an id, is.
package enum ExplainReport {
  /// Describes controls, one after the other.
  ///
  /// - Parameters:
  ///   - controls: The controls.
  ///   - hasVersions: Whether all criteria are printed, and not the newest of each tool alone.
  /// - Returns: The report.
  package static func document(
    _ controls: [ExplainedControl], hasVersions: Bool = false
  ) -> Document {
    var document = Document()
    for explained in controls {
      let control = explained.control
      document.heading(.init(control.title), .init("  \(control.id)", .faint))
      let scored = control.isScored ? "scored" : "not scored"
      let items = control.itemKinds.map(\.name).joined(separator: ", ")
      document.paragraph(
        .init("\(control.section), \(control.kind.rawValue), \(scored)"),
        .init(items.isEmpty ? "" : "; reports \(items) items"))
      describe(explained, &document)
      document.append(FrameworkReport.document(explained.frameworks))
      var titles: [String] = []
      for title in explained.printedTitles.map(PrintedTitle.tidy) where !titles.contains(title) {
        titles.append(title)
      }
      for title in titles {
        document.paragraph(.init("Printed as: ", .faint), .init(title))
      }
      let spans = EditionSpan.spans(explained.entries) { $0.ids == $1.ids }
      EditionSpan.table(spans, Document.Column("id"), &document) {
        $0.ids.joined(separator: ", ")
      }
      document.paragraph(.init(""))
      judge(explained, hasVersions: hasVersions, &document)
    }
    return document
  }

  /// Tells by what each tool judges a control.
  private static func judge(
    _ explained: ExplainedControl, hasVersions: Bool, _ document: inout Document
  ) {
    let shown = explained.criteria.flatMap { tool, criteria in
      criteria.suffix(hasVersions ? criteria.count : 1).map { (tool: tool, criterion: $0) }
    }
    document.table(
      [
        Document.Column("tool"), Document.Column("judged since"),
        Document.Column("by", isFlexible: true),
      ],
      shown.map {
        [[.init($0.tool.name)], [.init($0.criterion.since)], [.init($0.criterion.says)]]
      })
    let hidden = explained.criteria.reduce(0) { $0 + $1.criteria.count } - shown.count
    guard hidden > 0 else { return }
    document.paragraph(
      .init("\(hidden) earlier \(hidden == 1 ? "criterion" : "criteria"): --versions", .faint))
  }

  /// Tells why the control matters and how it is brought about.
  private static func describe(_ explained: ExplainedControl, _ document: inout Document) {
    if explained.risk != nil || explained.severity.own != nil {
      var line: Document.Line = [.init("Severity: ", .faint)]
      line += explained.severity.line
      if let risk = explained.risk { line.append(.init(". " + risk.reason)) }
      document.paragraph(line)
    }
    if let risk = explained.risk {
      let stride = risk.stride.map { "\($0.stride.title) (\($0.source))" }.joined(separator: ", ")
      document.paragraph(.init("STRIDE: ", .faint), .init(stride))
      let nist = risk.nist.isEmpty ? "" : ", NIST SP 800-190 \(risk.nist)"
      let techniques =
        risk.techniques.isEmpty
        ? "" : ", ATT&CK \(Risk.attackVersion) " + risk.techniques.joined(separator: ", ")
      document.paragraph(.init("Surface: ", .faint), .init(risk.surface + techniques + nist))
    }
    if !explained.threats.isEmpty {
      let threats = explained.threats.map { "\($0.id) (\($0.title))" }.joined(separator: ", ")
      document.paragraph(.init("Threats: ", .faint), .init(Untrusted(threats)))
    }
    if let hosts = explained.hosts, hosts.hosts > 0 { document.paragraph(open(hosts)) }
    if let advice = explained.advice {
      document.paragraph(.init("Why: ", .faint), .init(advice.rationale))
      document.paragraph(
        .init("Fix: ", .faint), .init(advice.fix.title), .init(setting(advice.fix), .notable),
        .init(advice.fix.note))
      let others = explained.othersOfFix
      document.paragraph(
        .init("Fix id: ", .faint), .init(advice.fix.id),
        .init(others == 0 ? "" : ", which closes \(others) more"))
      document.paragraph(.init("Impact: ", .faint), .init(advice.impact))
      document.paragraph(
        .init("Restart: ", .faint), .init("\(advice.restart); effort: \(advice.effort)"))
      document.paragraph(.init("Verify: ", .faint), .init(advice.verification, .notable))
    }
  }

  /// How many hosts with an open failure are named.
  private static let mostHosts = 10

  /// Tells on which hosts a control is open, and since when.
  private static func open(_ state: OpenControls.State) -> Document.Line {
    var line: Document.Line = [.init("Open: ", .faint)]
    if let since = state.since {
      line.append(.init("on \(state.open.count) of \(state.hosts) hosts", .bad))
      line.append(.init(" since \(CivilTime.date(since)): "))
      let names = state.open.prefix(mostHosts).map(\.name).joined(separator: ", ")
      line.append(.init(Untrusted(names)))
      let more = state.open.count - mostHosts
      line.append(.init(more > 0 ? " and \(more) more" : ""))
    } else {
      line.append(.init("on none of \(state.hosts) hosts"))
    }
    if state.accepted > 0 { line.append(.init("; accepted on \(state.accepted)", .notable)) }
    if state.passing > 0 { line.append(.init("; passes on \(state.passing)")) }
    return line
  }

  /// The target of a fix and its value, in brackets.
  private static func setting(_ fix: Fix) -> String {
    if fix.target.isEmpty { return ". " }
    return fix.value.isEmpty ? " (\(fix.target)). " : " (\(fix.target): \(fix.value)). "
  }

  /// Lists what an id means in each edition that has it.
  package static func document(id: String, _ meanings: [EditionIndex.Entry]) -> Document {
    var document = Document()
    document.heading(.init("What "), .init(Untrusted(id)), .init(" means"))
    let spans = EditionSpan.spans(meanings) { $0.control == $1.control }
    EditionSpan.table(spans, Document.Column("control"), &document) {
      $0.control.id
    }
    return document
  }
}

/// `benchtrail.control.v1`: what a control is.
package struct ExplainJSON: Encodable {
  struct ControlJSON: Encodable {
    let control: String
    let section: String
    let kind: String
    let scored: Bool
    let items: [String]
    let title: String
    let printedTitle: String
    let ids: [EditionJSON]
    let criteria: [CriterionJSON]
    let risk: RiskJSON?
    let policySeverity: String?
    let threats: [ThreatJSON]
    let open: OpenJSON?
    let advice: AdviceJSON?
    let frameworks: [FrameworkJSON]
  }

  struct ThreatJSON: Encodable {
    let id: String
    let title: String
  }

  struct OpenJSON: Encodable {
    let hosts: [HostJSON]
    let accepted: Int
    let passing: Int
    let hostCount: Int
  }

  struct HostJSON: Encodable {
    let host: String
    let since: String
  }

  struct RiskJSON: Encodable {
    let severity: String
    let reason: String
    let stride: [CategoryJSON]
    let surface: String
    let techniques: [String]
    let nist: String
  }

  struct CategoryJSON: Encodable {
    let category: String
    let source: String
  }

  struct AdviceJSON: Encodable {
    let rationale: String
    let fix: FixJSON
    let impact: String
    let restart: String
    let effort: String
    let verification: String
  }

  struct FixJSON: Encodable {
    let id: String
    let kind: String
    let title: String
    let target: String
    let value: String
    let note: String
  }

  struct EditionJSON: Encodable {
    let tool: String
    let edition: String
    let ids: [String]
  }

  struct CriterionJSON: Encodable {
    let tool: String
    let since: String
    let says: String
  }

  let schema = "benchtrail.control.v1"
  let controls: [ControlJSON]

  /// Describes controls.
  package init(_ controls: [ExplainedControl]) {
    self.controls = controls.map { explained in
      let threats = explained.threats.map { ThreatJSON(id: $0.id, title: $0.title) }
      let open = explained.hosts.map(OpenJSON.init)
      return ControlJSON(
        control: explained.control.id, section: explained.control.section,
        kind: explained.control.kind.rawValue, scored: explained.control.isScored,
        items: explained.control.itemKinds.map(\.name), title: explained.control.title,
        printedTitle: explained.printedTitles.first ?? "",
        ids: explained.entries.map {
          EditionJSON(tool: $0.tool.name, edition: $0.edition, ids: $0.ids)
        },
        criteria: explained.criteria.flatMap { tool, criteria in
          criteria.map { CriterionJSON(tool: tool.name, since: $0.since, says: $0.says) }
        }, risk: explained.risk.map(RiskJSON.init),
        policySeverity: explained.severity.own?.name, threats: threats, open: open,
        advice: explained.advice.map(AdviceJSON.init),
        frameworks: explained.frameworks.map(FrameworkJSON.init))
    }
  }
}

extension ExplainJSON.RiskJSON {
  fileprivate init(_ risk: Risk) {
    self.init(
      severity: risk.severity.name, reason: risk.reason,
      stride: risk.stride.map { .init(category: $0.stride.name, source: $0.source) },
      surface: risk.surface, techniques: risk.techniques, nist: risk.nist)
  }
}

extension ExplainJSON.OpenJSON {
  fileprivate init(_ state: OpenControls.State) {
    self.init(
      hosts: state.open.map { .init(host: $0.name, since: CivilTime.rfc3339($0.since)) },
      accepted: state.accepted, passing: state.passing, hostCount: state.hosts)
  }
}

extension ExplainJSON.AdviceJSON {
  fileprivate init(_ advice: Advice) {
    let fix = advice.fix
    self.init(
      rationale: advice.rationale,
      fix: .init(
        id: fix.id, kind: fix.kind, title: fix.title, target: fix.target, value: fix.value,
        note: fix.note),
      impact: advice.impact, restart: advice.restart, effort: advice.effort,
      verification: advice.verification)
  }
}
