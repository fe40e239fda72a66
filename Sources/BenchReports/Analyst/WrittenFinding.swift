import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchRemedy

/// All that the document says of one chosen finding.
struct WrittenFinding {
  let candidate: Selection.Candidate
  /// What the tool printed: in the run in which it failed last, else in the newest one.
  let printed: (word: String, id: String, title: String)
  /// The run that printed it.
  let evidence: Selection.Evidence?
  let control: Control?
  let risk: Risk?
  /// For the distribution that the run tells; nil where the catalogue has none.
  let advice: Advice?
  let snippets: [Snippet]
  /// How many hosts lack a text, as the document has those for most hosts alone.
  let hostsWithoutText: Int
  /// The threats that a failure opens, and those whose answer it weakens.
  let opens: [Threat]
  let weakens: [Threat]
  /// What stays open where it is fixed, a sentence for each threat.
  let residual: [String]
  /// The finding in a later run; nil where there is none.
  let after: (run: RunSummary, finding: Finding?)?

  init(_ candidate: Selection.Candidate, _ report: SelectionReport) {
    self.candidate = candidate
    let catalog = report.catalog
    evidence = candidate.before ?? candidate.now
    printed =
      evidence?.printed(candidate.asked)
      ?? (candidate.finding.printed.word, candidate.finding.checkID, candidate.finding.title)
    control = catalog.controls.control(candidate.control)
    risk = catalog.risks[candidate.control]
    let edition = evidence?.run.release.edition
    let advice = catalog.advice[candidate.control].map {
      catalog.distributions.advice($0, in: edition, check: candidate.finding.checkID)
    }
    self.advice = advice
    let texts = advice.map {
      report.remedies.snippets(
        of: [$0.fix.id], merging: report.own, most: report.mostTexts)
    }
    snippets = texts?.snippets ?? []
    hostsWithoutText = texts?.lacking.count ?? 0
    opens = candidate.threats.compactMap { report.model[$0] }
    let known = Set(candidate.threats)
    weakens = report.model.threats.filter {
      $0.controls.contains(candidate.control) && !known.contains($0.id)
        && report.assessment[$0.id]?.state != .doesNotApply
    }
    residual = (opens + weakens).compactMap { threat in
      report.assessment[threat.id].map { Self.residual($0, without: candidate.control) }
    }
    // Only what the same host found later shows whether the step helped.
    let start = evidence?.run.startedAt ?? .min
    after = report.after.flatMap { after in
      after.run.host == candidate.hosts.first && after.run.startedAt > start
        ? (after.run, after.findings[candidate.control]) : nil
    }
  }

  /// What a threat rests on beside one control.
  private static func residual(
    _ row: ThreatAssessment.Row, without control: ControlID
  ) -> String {
    func names(_ counts: [ThreatAssessment.Row.Count]) -> String? {
      let names = counts.map(\.control).filter { $0 != control }
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    let rest = [
      names(row.decidingFailing).map { "still failing: \($0)" },
      names(row.decidingAccepted).map { "accepted by the policy: \($0)" },
      names(row.missing).map { "not judged: \($0)" },
      names(row.supportingFailing).map { "failing, and weakening the answer: \($0)" },
    ].compactMap { $0 }
    return "\(row.threat.title): "
      + (rest.isEmpty ? "nothing else of it is known to fail." : rest.joined(separator: "; ") + ".")
  }

  /// What a run of the tool prints where the finding is fixed.
  var expected: String {
    let tool = evidence?.run.release.tool.name ?? "the tool"
    if control?.kind == .manual {
      return
        "\(tool) cannot judge it: look at the output, and record the decision as an attestation."
    }
    if advice?.leavesFinding == true {
      return "\(tool) goes on failing \(printed.id) and wants a waiver, as said above."
    }
    return "The next run of \(tool) prints [PASS] \(printed.id)."
  }
}

extension AnalystDocument {
  /// Writes a finding up.
  func describe(_ finding: WrittenFinding, number: Int, _ document: inout Document) {
    let candidate = finding.candidate
    let (word, id, title) = finding.printed
    document.heading(.init("Finding \(number): "), .init(Untrusted("[\(word)] \(id) \(title)")))
    evidence(finding, &document)
    var meaning: Document.Line = [
      .init("Meaning: ", .strong), .init(Untrusted(finding.control?.title ?? candidate.control)),
      .init(Untrusted(" (\(candidate.control)")),
    ]
    meaning.append(.init(finding.risk.map { ", attack surface \($0.surface)" } ?? ""))
    meaning.append(.init("); severity "))
    meaning.append(TrendReport.severity(candidate.severity))
    meaning.append(.init(Untrusted(finding.risk.map { ": " + $0.reason } ?? "")))
    document.bullet(meaning)
    for threat in finding.opens { bullet("Threat", threat, "", &document) }
    if finding.opens.isEmpty {
      for threat in finding.weakens {
        bullet("Threat", threat, "weakens the answer to: ", &document)
      }
    }
    guard let advice = finding.advice else { return }
    document.bullet([.init("Rationale: ", .strong), .init(Untrusted(advice.rationale))])
    var step: Document.Line = [
      .init("Hardening: ", .strong), .init(Untrusted(advice.fix.title + ". " + advice.fix.note)),
    ]
    if advice.fix.isUnfixable {
      step.append(.init(" There is nothing to change where this was found.", .notable))
    }
    step.append(
      .init(
        Untrusted(
          " May break: \(advice.impact) Restart: \(advice.restart); effort: \(advice.effort).")))
    document.bullet(step)
    // A list to tick off says no more than the step.
    for snippet in finding.snippets where snippet.kind != .checklist {
      var line: Document.Line = [
        .init("Text to apply: ", .strong), .init(Untrusted(snippet.fileName)), .init(" for "),
        .init(Untrusted(ShortlistReport.names(snippet.hosts))),
      ]
      if !snippet.destination.isEmpty {
        line += [.init(", to "), .init(Untrusted(snippet.destination))]
      }
      for note in snippet.notes where !note.text.contains(advice.fix.note) {
        line += [.init(". "), .init(Untrusted(note.text), .notable)]
      }
      document.bullet(line)
      document.code(snippet.text, language: snippet.language)
    }
    if finding.hostsWithoutText > 0 {
      document.bullet([
        .init("\(TrendReport.count(finding.hostsWithoutText, "host")) more, without a text here.")
      ])
    }
    document.bullet([
      .init("Verification: ", .strong), .init(Untrusted(finding.expected)), .init(" By hand: "),
      .init(Untrusted(advice.verification), .code),
    ])
    for text in finding.residual {
      document.bullet([.init("Residual risk: ", .strong), .init(Untrusted(text))])
    }
    if finding.residual.isEmpty {
      document.bullet([
        .init("Residual risk: ", .strong), .init("no threat of the model rests on it."),
      ])
    }
    afterwards(finding, &document)
  }

  private func bullet(
    _ name: String, _ threat: Threat, _ words: String, _ document: inout Document
  ) {
    document.bullet([
      .init(name + ": ", .strong), .init(words), .init(Untrusted(threat.title)),
      .init(" (\(threat.stride.title))."),
    ])
  }

  private func evidence(_ finding: WrittenFinding, _ document: inout Document) {
    let candidate = finding.candidate
    var line: Document.Line = [
      .init("Evidence: ", .strong), .init(Untrusted(ShortlistReport.names(candidate.hosts))),
    ]
    if let evidence = finding.evidence {
      line.append(.init(", \(CivilTime.short(evidence.run.startedAt)) UTC, "))
      line.append(.init(Untrusted("\(evidence.run.path):\(evidence.finding.line)"), .faint))
      if !evidence.finding.items.isEmpty {
        line.append(.init(": "))
        line += RunReport.items(
          evidence.finding.items, isTruncated: evidence.finding.itemsTruncated, most: 20)
      }
      if evidence.finding.part(finding.printed.id) != nil, evidence.finding.outcome != .fail {
        line.append(.init("; the control as a whole held, in another place"))
      }
      let details = evidence.finding.details.prefix(5)
      if !details.isEmpty {
        line.append(.init(Untrusted("; output: " + details.joined(separator: "; "))))
      }
    }
    document.bullet(line)
  }

  /// Before and after: in the newest run that judged it, and in a later run that was named.
  private func afterwards(_ finding: WrittenFinding, _ document: inout Document) {
    let asked = finding.candidate.asked
    var line: Document.Line = [.init("Before and after: ", .strong)]
    if let before = finding.candidate.before {
      line += SelectionReport.printed(before, asked)
    } else {
      line.append(.init("no run that was looked at has it failing"))
    }
    if let now = finding.candidate.now, now.run.id != finding.candidate.before?.run.id {
      line.append(.init("; now "))
      line += SelectionReport.printed(now, asked)
    } else if finding.after == nil {
      line.append(.init("; no later run judged it", .faint))
    }
    if let (run, found) = finding.after {
      line.append(.init("; later "))
      if let found {
        line += SelectionReport.printed(Selection.Evidence(run: run, finding: found), asked)
      } else {
        let isOpen = finding.candidate.before?.run.id == finding.candidate.now?.run.id
        line.append(
          .init(
            "\(CivilTime.short(run.startedAt)) UTC did not evaluate it"
              + (isOpen ? ": still open" : ""), .notable))
      }
    }
    document.bullet(line + [.init(".")])
  }
}
