package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report on the threat model, against what the runs say.
package enum ThreatsReport {
  /// Describes threats for people: by system and category, each with its state and evidence.
  ///
  /// - Parameters:
  ///   - assessment: The threats, with hosts or without.
  ///   - system: The only system that is asked for.
  ///   - isVerbose: Whether descriptions and all controls are printed.
  /// - Returns: The report.
  package static func document(
    _ assessment: ThreatAssessment, system: Threat.System?, isVerbose: Bool
  ) -> Document {
    var document = Document()
    let hasHosts = assessment.rows.contains { $0.hostCount > 0 || !$0.withoutRun.isEmpty }
    document.heading(.init("Threat model"))
    if hasHosts {
      document.paragraph(summary(assessment, system))
    } else {
      document.paragraph(
        .init("Without a run, nothing is proven: what is said is the model alone.", .faint))
    }
    for known in Threat.System.allCases where system == nil || system == known {
      let rows = assessment.rows.filter { $0.threat.system == known }
      guard !rows.isEmpty else { continue }
      document.section(.init(known.title))
      for category in Stride.allCases {
        let own = rows.filter { $0.threat.stride == category }
        guard !own.isEmpty else { continue }
        document.heading(.init(category.title))
        if isVerbose {
          for row in own { describe(row, hasHosts: hasHosts, &document) }
        } else {
          table(own, hasHosts: hasHosts, &document)
        }
      }
    }
    return document
  }

  static func summary(
    _ assessment: ThreatAssessment, _ system: Threat.System?
  ) -> Document.Line {
    counts(assessment.rows.filter { system == nil || $0.threat.system == system })
  }

  /// How many threats have which state.
  static func counts(_ rows: [ThreatAssessment.Row]) -> Document.Line {
    var line: Document.Line = []
    for state in ThreatState.allCases {
      let count = rows.count { $0.state == state }
      guard count > 0 else { continue }
      line.append(.init((line.isEmpty ? "" : ", ") + "\(count) "))
      line.append(word(state, count))
    }
    return line.isEmpty ? [.init("no threats")] : line
  }

  private static func table(
    _ rows: [ThreatAssessment.Row], hasHosts: Bool, _ document: inout Document
  ) {
    document.table(
      (hasHosts ? [Document.Column("state")] : [])
        + [
          Document.Column("threat", isFlexible: true),
          Document.Column(hasHosts ? "evidence" : "decided by", isFlexible: true),
        ],
      rows.map { row in
        (hasHosts ? [[word(row.state)]] : []) + [
          [.init(Untrusted(row.threat.title)), .init(Untrusted(" " + row.threat.id), .faint)],
          [
            .init(
              Untrusted(
                hasHosts
                  ? ThreatSentence.text(row)
                  : (row.threat.evidence.deciding + row.threat.evidence.decidingWhereChecked)
                    .joined(separator: ", ")))
          ],
        ]
      })
  }

  private static func describe(
    _ row: ThreatAssessment.Row, hasHosts: Bool, _ document: inout Document
  ) {
    var title: Document.Line = [.init(Untrusted(row.threat.title), .strong)]
    title.append(.init(Untrusted(" " + row.threat.id), .faint))
    if hasHosts {
      title.append(.init(": "))
      title.append(word(row.state))
    }
    document.paragraph(title)
    let threat = row.threat
    document.paragraph(.init(Untrusted(threat.description)))
    if hasHosts {
      document.bullet([.init("evidence: ", .faint), .init(Untrusted(ThreatSentence.text(row)))])
      failures(row, &document)
    }
    facts(threat, &document)
    let unjudged = row.unjudged.map { entry in
      entry.control + (row.hostCount > 1 ? " (\(entry.hosts))" : "")
    }
    if !unjudged.isEmpty {
      document.bullet([
        .init("not judged: ", .faint),
        .init(Untrusted(unjudged.joined(separator: ", ")), .notable),
      ])
    }
  }

  /// The findings that expose a threat or weaken its answer, on the first hosts.
  private static func failures(_ row: ThreatAssessment.Row, _ document: inout Document) {
    for host in row.describedHosts {
      for found in host.open {
        var line: Document.Line = [.init(Untrusted(host.host)), .init(": ")]
        line.append(.init(Untrusted("\(found.check.checkID) \(found.check.title)")))
        if !found.openItems.isEmpty {
          line.append(.init(": "))
          line += RunReport.items(found.openItems)
        }
        document.bullet(line)
      }
    }
  }

  /// What the model says of a threat beside its description.
  static func facts(_ threat: Threat, _ document: inout Document) {
    func bullet(_ name: String, _ text: String) {
      guard !text.isEmpty else { return }
      document.bullet([.init(name + ": ", .faint), .init(Untrusted(text))])
    }
    func bullet(_ name: String, _ list: [String]) {
      let tools = threat.evidence.tools
      bullet(
        name,
        list.map { own in own + (tools[own].map { " (by \($0.name))" } ?? "") }.joined(
          separator: ", "))
    }
    bullet("countermeasure", threat.countermeasure)
    bullet("components", threat.components)
    bullet("only if", threat.condition?.says ?? "")
    bullet("decided by", threat.evidence.deciding)
    bullet("and, where a benchmark checks it, by", threat.evidence.decidingWhereChecked)
    bullet("supported by", threat.evidence.supporting)
    bullet("or stood in for by", threat.evidence.mitigating)
    bullet("MITRE ATT&CK", threat.techniques)
    bullet("sources", threat.sources)
    bullet("note", threat.note ?? "")
  }

  /// A state as words, which may be said of several threats.
  static func words(_ state: ThreatState, _ count: Int) -> String {
    state == .doesNotApply && count > 1 ? "do not apply" : state.words
  }

  /// A state as words in its colour, which may be said of several threats.
  static func word(_ state: ThreatState, _ count: Int = 1) -> Document.Span {
    let words = words(state, count)
    return switch state {
    case .exposed: .init(words, .bad)
    case .partlyMitigated, .accepted, .unproven: .init(words, .notable)
    case .mitigated: .init(words, .good)
    case .doesNotApply: .init(words, .faint)
    }
  }
}
