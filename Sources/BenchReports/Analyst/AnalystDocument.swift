package import BenchAnalysis
import BenchCatalog
import BenchModel

/// What an analyst hands in: the threat models against the evidence, and the chosen findings written up.
///
/// A reader meets the answer first: what it is about, a table of the threats with state and countermeasure, and which
/// findings were chosen. Then each is explained.
package struct AnalystDocument: Sendable {
  /// How the document is headed, and how much of the models it has.
  package struct Options: Sendable {
    package var title: String
    /// Nil where nobody is named.
    package var author: String?
    /// When it is as of, in seconds since 1970.
    package var time: Int64
    /// The most threats of a system; nil for all.
    package var threatsPerSystem: Int?

    /// Creates options.
    package init(
      title: String = "Threats and chosen findings", author: String? = nil, time: Int64,
      threatsPerSystem: Int? = nil
    ) {
      self.title = title
      self.author = author
      self.time = time
      self.threatsPerSystem = threatsPerSystem
    }
  }

  let report: SelectionReport
  let matrix: StrideMatrix
  let options: Options
  let findings: [WrittenFinding]
  let systems: [(system: Threat.System, threats: ChosenThreats)]
  let policy: Policy

  /// Collects what the document says.
  ///
  /// - Parameters:
  ///   - report: The chosen findings with all that is known of them.
  ///   - matrix: The open failures by attack surface.
  ///   - policy: The team's severities.
  ///   - options: How the document is headed.
  package init(
    _ report: SelectionReport, matrix: StrideMatrix, _ policy: Policy, _ options: Options
  ) {
    self.report = report
    self.matrix = matrix
    self.policy = policy
    self.options = options
    findings = report.selection.choices.map { WrittenFinding($0.candidate, report) }
    systems = Threat.System.allCases.map { system in
      (
        system,
        ChosenThreats(
          to: system, report.assessment, most: options.threatsPerSystem,
          severity: { policy.severity(of: $0) })
      )
    }.filter { !$0.1.rows.isEmpty }
  }

  /// The document for people.
  package var document: Document {
    var document = Document()
    document.heading(.init(Untrusted(options.title)))
    about(&document)
    summary(&document)
    for (system, threats) in systems { describe(system, threats, &document) }
    surfaces(&document)
    document.section(.init("Chosen findings"))
    let isNamed = report.selection.choices.contains { $0.reason == .named }
    if report.selection.choices.isEmpty, report.selection.passedOver.isEmpty {
      document.paragraph(
        .init(report.runs.isEmpty ? "There is no run yet." : "No finding is open."))
    } else if findings.isEmpty {
      document.paragraph(.init("None could be chosen; why not is said below."))
    } else if isNamed {
      document.paragraph(
        .init("The analyst named them; 'benchtrail shortlist' lists what else is open."))
      report.ids(&document, severalAlone: true)
    }
    for (number, finding) in findings.enumerated() {
      describe(finding, number: number + 1, &document)
    }
    if !isNamed, !report.selection.passedOver.isEmpty || !findings.isEmpty {
      document.section(.init("Why these findings"))
      report.choices(&document)
    }
    sources(&document)
    return document
  }

  // MARK: - What it is about

  private func about(_ document: inout Document) {
    let hosts = report.runs.map(\.host).uniqued
    var line: Document.Line = []
    if let author = options.author { line += [.init(Untrusted(author)), .init(", ")] }
    line.append(.init(CivilTime.date(options.time)))
    line.append(.init(". Scope: "))
    if hosts.isEmpty {
      line.append(.init("the threat models alone, as there is no run yet."))
    } else {
      line.append(.init(Untrusted(ShortlistReport.names(hosts)), .strong))
      line.append(.init("."))
    }
    document.paragraph(line)
    let runs = runs
    let evidence = Set(findings.compactMap { $0.evidence?.run.id })
    let own = runs.count > Self.mostRuns ? runs.filter { evidence.contains($0.id) } : runs
    document.table(
      ["run", "host", "start", "tool", "edition", "log"].map {
        Document.Column($0, isFlexible: $0 == "log")
      },
      own.map { run in
        [
          [.init(String(run.name.prefix(10)))], [.init(Untrusted(run.host))],
          [.init(CivilTime.short(run.startedAt) + " UTC")],
          [
            .init(
              Untrusted(
                [run.release.tool.name, run.release.printed ?? ""].filter { !$0.isEmpty }.joined(
                  separator: " ")))
          ],
          [.init(Untrusted(run.release.edition ?? "unknown"))],
          [
            .init(Untrusted("\(run.path):\(run.line)")),
            .init(run.isComplete ? "" : " incomplete", .notable),
          ],
        ]
      })
    if own.count < runs.count {
      document.paragraph(
        .init("These are the runs of the findings; \(runs.count - own.count) more tell the rest."))
    }
  }

  /// Of more runs only those of the findings are listed.
  private static let mostRuns = 20

  /// The newest runs, and those from which the findings are.
  var runs: [RunSummary] {
    let evidence = findings.compactMap { $0.evidence?.run } + findings.compactMap { $0.after?.run }
    var seen: Set<Int64> = []
    return (report.runs + evidence).filter { seen.insert($0.id).inserted }
      .sorted { ($0.host, $0.startedAt, $0.id) < ($1.host, $1.startedAt, $1.id) }
  }

  // MARK: - Summary

  private func summary(_ document: inout Document) {
    document.section(.init("Summary"))
    for (system, threats) in systems { document.bullet(counts(system, threats)) }
    guard !findings.isEmpty else { return threats(&document) }
    document.bullet(
      [.init("Findings: ", .strong)]
        + findings.enumerated().flatMap { place, finding -> Document.Line in
          [
            .init(place == 0 ? "" : ", "), .init(Untrusted(finding.printed.id), .strong),
            .init(Untrusted(" " + (finding.control?.title ?? finding.printed.title))),
          ]
        } + [.init(".")])
    threats(&document)
  }

  /// The threats that the document has, each with its state and what to do.
  private func threats(_ document: inout Document) {
    document.table(
      [
        Document.Column("threat", isFlexible: true), Document.Column("state"),
        Document.Column("countermeasure", isFlexible: true),
      ],
      systems.flatMap(\.threats.rows).map { row in
        [
          [
            .init("\(row.threat.system.title), \(row.threat.stride.title.lowercased()): "),
            .init(Untrusted(row.threat.title)),
          ],
          [ThreatsReport.word(row.state)], [.init(Untrusted(row.threat.countermeasure))],
        ]
      })
  }

  private func counts(_ system: Threat.System, _ threats: ChosenThreats) -> Document.Line {
    let all = report.assessment.rows.filter { $0.threat.system == system }
    var line: Document.Line = [.init("\(system.title): ", .strong)]
    if all.allSatisfy({ $0.hostCount == 0 }) {
      line.append(
        .init(
          "no run tells, so nothing is proven of its \(TrendReport.count(threats.total, "threat"))")
      )
    } else {
      let counts = ThreatState.allCases.compactMap { state -> String? in
        let count = all.count { $0.state == state }
        return count > 0 ? "\(count) \(ThreatsReport.words(state, count))" : nil
      }
      line.append(.init("of \(threats.total) threats " + counts.joined(separator: ", ")))
    }
    if threats.rows.count < threats.total {
      line.append(.init("; \(threats.rows.count) are described here"))
    }
    return line + [.init(".")]
  }

  // MARK: - Threats

  private func describe(
    _ system: Threat.System, _ threats: ChosenThreats, _ document: inout Document
  ) {
    document.section(.init("Threat model of \(system.title)"))
    for category in Stride.allCases {
      let rows = threats.rows.filter { $0.threat.stride == category }
      guard !rows.isEmpty else { continue }
      document.heading(.init(category.title))
      for row in rows { describe(row, &document) }
    }
  }

  private func describe(_ row: ThreatAssessment.Row, _ document: inout Document) {
    let threat = row.threat
    document.paragraph(
      .init(Untrusted(threat.title), .strong), .init(". "), .init(Untrusted(threat.description)))
    document.bullet([
      .init("State: "), ThreatsReport.word(row.state), .init(", severity "),
      TrendReport.severity(policy.severity(of: threat)), .init(". "),
      .init(Untrusted(ThreatSentence.text(row))),
    ])
    if !threat.countermeasure.isEmpty {
      document.bullet([.init("Countermeasure: "), .init(Untrusted(threat.countermeasure))])
    }
    let chosen = findings.filter { threat.controls.contains($0.candidate.control) }
    var facts = "Components: \(threat.components.joined(separator: ", "))."
    if !threat.techniques.isEmpty {
      facts += " MITRE ATT&CK: \(threat.techniques.joined(separator: ", "))."
    }
    if !chosen.isEmpty {
      facts += " Chosen findings: \(chosen.map(\.printed.id).joined(separator: ", "))."
    }
    document.bullet([.init(Untrusted(facts))])
  }

  // MARK: - Surfaces and sources

  private func surfaces(_ document: inout Document) {
    guard matrix.total > 0 else { return }
    document.section(.init("Attack surfaces"))
    document.table(
      [Document.Column("surface"), Document.Column("open", isRightAligned: true)]
        + Stride.allCases.map { Document.Column($0.title, isRightAligned: true) },
      matrix.surfaces.map { surface in
        [[.init(surface)], [.init("\(matrix.count(surface: surface))", .strong)]]
          + Stride.allCases.map { [.init("\(matrix[$0, surface])")] }
      })
  }

  private func sources(_ document: inout Document) {
    let own = systems.flatMap(\.threats.rows).flatMap(\.threat.sources)
    let names = (own + findings.flatMap { $0.risk?.stride.map(\.source) ?? [] }).uniqued.sorted()
    document.section(.init("Sources"))
    let known = report.catalog.sources
    for name in names {
      guard let source = known[name] else {
        document.bullet([
          .init(
            Untrusted(
              name == Source.judgement ? "Our own judgement, where no source is named." : name))
        ])
        continue
      }
      document.bullet([.init(source.citation), .init(" " + source.url)])
    }
  }
}
